"""The file around the content of any page: its head, its policy, and a script it can do without."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from analyzer.report.page_style import STYLE

SCRIPT = """
for(const f of document.querySelectorAll('figure[data-run]')){
const d=f.dataset.run.split(';').map(p=>p.split(',').map(Number)),u=f.dataset.unit,
o=f.querySelector('output'),w=+f.dataset.metres;
for(const s of f.querySelectorAll('svg.fig')){
const[a,b,t0,t1,y0,y1]=s.dataset.frame.split(',').map(Number),
l=document.createElementNS(s.namespaceURI,'path');l.setAttribute('class','cursor');
s.append(l);
const off=()=>{l.removeAttribute('d');o.textContent=''};
s.addEventListener('pointermove',e=>{
const m=s.getScreenCTM();if(!m)return;
const x=new DOMPoint(e.clientX,e.clientY).matrixTransform(m.inverse()).x,
t=t0+(x-a)/(b-a)*(t1-t0);if(x<a||x>b)return off();
let p=d[0];for(const q of d)if(Math.abs(q[0]-t)<Math.abs(p[0]-t))p=q;
const c=n=>Math.floor(n/60)+':'+String(Math.floor(n%60)).padStart(2,'0'),
v=p[1]>0?c(Math.round(w/p[1]))+' /'+u:'\\u2013';
l.setAttribute('d','M'+x.toFixed(1)+' '+y0+'V'+y1);
o.textContent=c(p[0])+'  \\u00b7  '+v+(p[2]>0?'  \\u00b7  '+p[2]+' bpm':'')});
s.addEventListener('pointerleave',off)}}
"""
"""Shows time, pace and heart rate under the finger; nothing is lost where scripts do not run."""


def page(
    heading: str, articles: str, *, language: str = "en", scripted: bool = True, style: str = ""
) -> str:
    """
    Return a whole page that asks nothing of the network.

    Parameters
    ----------
    heading : str
        For the tab; plain text.
    articles : str
        Finished markup.
    language : str
        Of the words.
    scripted : bool
        With the readout under the cursor; its hash is the only script the policy lets run.
    style : str
        Rules beside those of every page.
    """
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    policy += f"; script-src 'sha256-{digest}'" if scripted else ""
    end = f"<script>{SCRIPT}</script>\n" if scripted else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(heading)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<main>\n"
        f"{articles}\n</main>\n{end}</body>\n</html>\n"
    )
