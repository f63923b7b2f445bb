"""How a page looks: paper and ink, light and dark, on a phone and in print."""

from __future__ import annotations

LIGHT = (
    "--paper:#fcfbf8;--ink:#1b1e21;--note:#5c5f62;--rule:#eeebe4;--line:#d8d4ca;--band:#e3e0d8;"
    "--plan:#a5a198;--fast:#0068a3;--slow:#8a5a00;--fastarea:#0072b266;--slowarea:#e69f0099;"
    "--hr:#a79d97;--hrtext:#746b66;--ground:#ece8df;--stop:#1b1e211f;--soft:#f4f1ea"
)
DARK = (
    "--paper:#14171a;--ink:#ecebe6;--note:#a4a8ab;--rule:#22272b;--line:#3a4147;--band:#2d3338;"
    "--plan:#6b7278;--fast:#56b4e9;--slow:#e69f00;--fastarea:#56b4e966;--slowarea:#e69f0080;"
    "--hr:#7f7780;--hrtext:#a39ca4;--ground:#20252a;--stop:#ecebe62e;--soft:#1b1f23"
)
PRINTED = LIGHT.replace("--paper:#fcfbf8", "--paper:#ffffff")
"""Okabe-Ito blue and orange, dark or light enough as text on each paper (4.5:1 and more)."""

BASE = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 Inter,system-ui,-apple-system,
"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:968px;margin:0 auto;padding:40px 24px 56px}
h1,h2,h3,p,ol,dl,dd,figure,blockquote{margin:0;padding:0}
i{font-style:normal}
article+article{border-top:2px solid var(--line);margin-top:56px;padding-top:40px}
.top{display:flex;justify-content:space-between;gap:16px;color:var(--note);font-size:13px;
padding-bottom:32px;overflow-wrap:anywhere}
.top span:first-child{min-width:0}.top span:last-child{flex:none}
.lead{display:grid;grid-template-columns:minmax(0,1fr) 200px;gap:0 48px;align-items:start}
h1{font-size:32px;line-height:1.2;font-weight:600;letter-spacing:-.018em;text-wrap:balance;
max-width:22em;overflow-wrap:anywhere}
.sub{font-size:17px;line-height:1.45;color:var(--note);margin-top:12px;text-wrap:balance}
.score{border-left:1px solid var(--line);padding-left:24px}
.score b{display:block;font-size:52px;line-height:1;font-weight:600;letter-spacing:-.03em}
.score b span{font-size:17px;letter-spacing:0;font-weight:400;color:var(--note)}
.score p{margin-top:8px;line-height:1.35}.score small{color:var(--note);font-size:13px}
h2{font-size:13px;line-height:1.4;font-weight:600;color:var(--note);margin:40px 0 8px}
"""

TABLE = """
table{width:100%;border-collapse:collapse;margin-top:36px}
caption{text-align:left;font-size:13px;color:var(--note);caption-side:bottom;padding-top:8px}
thead th{font-size:13px;font-weight:400;color:var(--note);text-align:left;padding:0 16px 6px 0;
border-bottom:1px solid var(--line);vertical-align:bottom}
tbody th,tbody td{font-weight:400;text-align:left;padding:7px 16px 7px 0;
border-bottom:1px solid var(--rule);white-space:nowrap}
tbody th{white-space:normal;overflow-wrap:anywhere}
tbody th b{font-weight:600;display:inline-block;min-width:1.3em}.many tbody th b{min-width:1.7em}
.nb{white-space:nowrap}
thead th.n,td.n{text-align:right}td:last-child,thead th:last-child{padding-right:0}
.dv{padding-left:12px}.ac strong{font-weight:600}
.pm,.pl,.ib,.sw,.hb,.h .dv,.u .dv{color:var(--note)}
.k{display:none}.vd i{display:inline-block;width:1.2em}
.tf .dv,.tf .vd,.tf .ac strong,h3.tf{color:var(--fast)}
.ts .dv,.ts .vd,.ts .ac strong,h3.ts{color:var(--slow)}
.tf .dv,.tf .vd,.ts .dv,.ts .vd{font-weight:600}.h .vd i{color:var(--plan)}
"""

FIGURE = """
figure{margin-top:36px;position:relative}
.fig{display:block;width:100%;height:auto;overflow:visible}
.fig.narrow{display:none}
figcaption{font-size:13px;color:var(--note);margin-top:8px}
.fig text{fill:var(--note);font-family:inherit;font-size:12.5px}
.fig.narrow text{font-size:11px}
.fig .band{fill:var(--band)}.fig .plan{stroke:var(--plan)}
.fig .bound,.fig .base,.fig .tick{stroke:var(--line)}
.fig .fast{fill:var(--fastarea)}.fig .slow{fill:var(--slowarea)}
.fig .run{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.fig .m{fill:var(--paper);stroke:var(--ink);stroke-width:1.8}
.fig .bar{stroke:var(--ink);stroke-width:1.8}
.fig .m.tf,.fig .bar.tf{stroke:var(--fast)}.fig .m.ts,.fig .bar.ts{stroke:var(--slow)}
.fig .val{fill:var(--ink);font-weight:600;font-size:15px;paint-order:stroke;stroke:var(--paper);
stroke-width:3px;stroke-linejoin:round}
.fig.narrow .val{font-size:12px}
.fig .hn{fill:var(--ink);font-weight:600}
.fig text.hn{paint-order:stroke;stroke:var(--paper);stroke-width:3px}.fig .st{fill:var(--ink)}
.fig text.tf{fill:var(--fast)}.fig text.ts{fill:var(--slow)}
.fig .head.tf,.fig .head.ts{font-weight:600}
.fig .exe{fill:var(--ink)}.fig .exel{stroke:var(--ink);stroke-width:1}
.fig .stop{fill:var(--stop)}.fig .hr{fill:none;stroke:var(--hr);stroke-width:1.3}
.fig .hrl{fill:var(--hrtext)}.fig .ground{fill:var(--ground)}
.fig .cursor{stroke:var(--note);stroke-width:1;stroke-dasharray:2 3}
output{display:block;min-height:1.5em;font-size:13px;color:var(--ink)}
.track{display:block;max-width:100%;height:auto;margin-top:8px}
.track path{fill:none;stroke:var(--plan);stroke-width:2;stroke-linejoin:round}
.track .tf{stroke:var(--fast);stroke-width:3}.track .ts{stroke:var(--slow);stroke-width:3}
.track .h{stroke:var(--ink)}.track circle{fill:var(--paper);stroke:var(--ink)}
.track text{fill:var(--ink);font-size:12px;font-family:inherit}
"""

PLAN_STYLE = """
.planned .step.work{fill:var(--band)}.planned .step.quiet{fill:var(--soft)}
.planned .held{fill:var(--stop)}
.planned .goal{stroke-width:2.2}.planned .goal.work{stroke:var(--ink)}
.planned .goal.quiet{stroke:var(--plan);stroke-width:1.6}
.planned .level{stroke:var(--rule)}.planned .base{stroke:var(--line)}
.fig.planned text.hn{stroke:none}
"""
"""The steps of a plan; beside the rules of every page where one is drawn."""

REST = """
ol{list-style:none;border-top:1px solid var(--line)}
li{display:grid;grid-template-columns:88px minmax(0,1fr);gap:0 16px;padding:10px 0;
border-bottom:1px solid var(--rule);align-items:baseline}
.ce{font-size:13px;color:var(--note)}
h3{font-size:15px;font-weight:600;line-height:1.5}h3 i{display:inline-block;width:1.3em}
li div p{color:var(--note);max-width:46em;padding-left:1.3em;text-wrap:pretty}
.body{margin-top:16px;color:var(--note)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px 24px;
font-size:13px;line-height:1.45;border-top:1px solid var(--line);padding-top:10px}
dt{font-weight:600}dd{color:var(--note);text-wrap:pretty;overflow-wrap:anywhere}
.next{margin-top:40px;background:var(--soft);border-radius:6px;padding:20px 24px;display:grid;
grid-template-columns:minmax(0,1fr) 260px;gap:8px 40px;align-items:start}
.next.one{grid-template-columns:minmax(0,1fr)}
.next h2{margin:0 0 4px}
.next .do{font-size:20px;line-height:1.35;letter-spacing:-.008em;font-weight:600;text-wrap:balance}
blockquote{text-wrap:pretty;overflow-wrap:anywhere}
blockquote+p,.said{color:var(--note);font-size:13px;margin-top:4px}
"""

PHONE = """
@media (max-width:719px){
main{padding:20px 16px 40px}.top{padding-bottom:20px}
.lead{grid-template-columns:minmax(0,1fr);gap:20px}
h1{font-size:25px;line-height:1.22}.sub{font-size:16px}
.score{border:0;padding:0;display:flex;gap:14px;align-items:center}.score b{font-size:44px}
.score p{margin:0}
.blocks,.blocks tbody,.blocks tr{display:block}
.blocks thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);left:0}
.blocks{display:flex;flex-direction:column;margin-top:28px;border-top:1px solid var(--line)}
.blocks caption{display:block;order:2}
.blocks tbody tr{display:grid;grid-template-columns:auto auto minmax(0,1fr);column-gap:10px;
padding:10px 0;border-bottom:1px solid var(--rule);align-items:baseline}
.blocks tbody th,.blocks tbody td{border:0;padding:0;text-align:left}
.blocks tbody th{grid-column:1/3;max-width:58vw}
.blocks .vd{grid-column:3;grid-row:1;text-align:right}.vd i{width:auto;margin-right:2px}
.blocks .dv,.blocks .hb{text-align:right}.dv{white-space:normal}
.pl,.ac,.dv{font-size:14px}.ib,.sw,.hb{font-size:13px}.k{display:inline;color:var(--note)}
.fig.wide{display:none}.fig.narrow{display:block}
li{grid-template-columns:minmax(0,1fr);gap:2px}.ce{order:-1}
dl{grid-template-columns:minmax(0,1fr)}
.next{grid-template-columns:minmax(0,1fr);padding:16px;gap:20px}.next .do{font-size:18px}
}
"""

PRINT = """
@page{margin:10mm 13mm 8mm}
@media print{
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-size:8.4pt;line-height:1.34;background:#fff}main{max-width:none;padding:0}
article+article{break-before:page;border:0;margin:0;padding:0}
.top{padding-bottom:3.5mm;font-size:7.6pt}
.lead{grid-template-columns:minmax(0,1fr) 36mm;gap:0 8mm}
h1{font-size:16pt}.sub{font-size:9.4pt;margin-top:1.5mm}
.score{padding-left:5mm}.score b{font-size:27pt}.score b span{font-size:10pt}
.score p{margin-top:1.5mm}.score small{font-size:8pt}
table{margin-top:4mm;font-size:8.4pt}
thead th,caption,figcaption,.ce,dl,blockquote+p,.said,.body{font-size:7.2pt;line-height:1.35}
caption{padding-top:1mm}thead th{padding-bottom:1mm}
tbody th,tbody td{padding-top:.75mm;padding-bottom:.75mm}
figure{margin-top:3.5mm}figcaption{margin-top:1mm}.fig .val{font-size:16px}
.fig.wide{display:block;max-height:66mm}.fig.narrow,output{display:none}
.track{max-height:42mm;width:auto;margin-top:1mm}h2{break-after:avoid}
h2{margin:3.2mm 0 .8mm;font-size:7.6pt}
li{padding:.8mm 0;grid-template-columns:18mm minmax(0,1fr)}
h3{display:inline;font-size:inherit;line-height:inherit}h3::after{content:". "}
li div p{display:inline;max-width:none;padding:0}
.body{margin-top:1.5mm}
dl{grid-template-columns:repeat(3,minmax(0,1fr));gap:1mm 5mm;padding-top:1.6mm;line-height:1.35}
.next{margin-top:3.2mm;padding:2.2mm 4mm;grid-template-columns:minmax(0,1fr) 50mm;gap:2mm 8mm}
.next .do{font-size:10.5pt}
li,tr,figure,.track,.next{break-inside:avoid}
.crowded .fig.wide{max-height:42mm}.crowded ol{columns:2;column-gap:8mm}
.crowded li{grid-template-columns:14mm minmax(0,1fr);gap:0 2mm;font-size:7.1pt;line-height:1.28}
.crowded h1{font-size:12.4pt;max-width:none}
.crowded .score b{font-size:20pt}.crowded .top{padding-bottom:1.5mm}
.crowded figcaption{display:none}.crowded h2{margin-top:2mm}
.crowded table,.crowded figure,.crowded .next{margin-top:2mm}
.crowded dl{font-size:6.4pt;line-height:1.25}
.many{font-size:7.4pt}.many tbody th,.many tbody td{padding-top:.3mm;padding-bottom:.3mm}
}
"""

STYLE = (
    f":root{{color-scheme:light dark;{LIGHT}}}\n"
    f"@media (prefers-color-scheme:dark){{:root{{{DARK}}}}}"
    f"{BASE}{TABLE}{FIGURE}{REST}{PHONE}"
    f"@media print{{:root{{color-scheme:light;{PRINTED}}}}}{PRINT}"
)
"""One sheet for every page."""
