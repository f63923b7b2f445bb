"""The review as one page: no script, no request, light and dark, and a drawing of the run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.drawing import draw_run
from analyzer.report.evidence import evidence_text, flag_glyph, flag_title
from analyzer.report.headline import headline
from analyzer.report.view import (
    CERTAINTY_WORDS,
    block_row,
    body_text,
    ordered_flags,
    remark_lines,
    rests_on,
    score_words,
    title,
    unit_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.review import Review
    from analyzer.units import Unit

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Nothing leaves the page."""

STYLE = """
:root{color-scheme:light dark;--paper:#fcfbf8;--ink:#1b1e21;--note:#5c5f62;--band:#e3e0d8;
--line:#d9d6cf;--fast:#0068a3;--slow:#8a5a00}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#ecebe6;--note:#a4a8ab;
--band:#2d3338;--line:#3a4046;--fast:#56b4e9;--slow:#e69f00}}
body{background:var(--paper);color:var(--ink);font:15px/1.45 Inter,system-ui,sans-serif;
margin:0 auto;max-width:46rem;padding:1.5rem 1rem;font-variant-numeric:tabular-nums}
h1{font-size:1.9rem;line-height:1.2;margin:.3rem 0}
.note,th,footer{color:var(--note);font-weight:400}
.score{font-size:1.1rem;margin:1rem 0}.score b{font-size:2.6rem}
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .4rem;text-align:left;
border-bottom:1px solid var(--line)}.n{text-align:right}
.too_fast{color:var(--fast);font-weight:600}.too_slow{color:var(--slow);font-weight:600}
.wide{overflow-x:auto}svg{width:100%;height:auto;margin:1.2rem 0}svg text{fill:var(--note);
font-size:13px}dt{margin-top:.7rem;font-weight:600}dd{margin:0}
.next{background:var(--band);padding:.8rem 1rem;border-radius:.4rem;font-weight:600}
article+article{border-top:2px solid var(--line);margin-top:3rem;padding-top:2rem}
@media print{body{font-size:9pt;max-width:none}}
"""


def render_html(reviews: Sequence[Review], units: Unit | None = None) -> str:
    """
    Return one page with every review.

    Parameters
    ----------
    reviews : sequence of Review
        At least one.
    units : {'km', 'mi'}, optional
        Left out: each plan's own.
    """
    heading = escape(title(reviews[0], unit_of(reviews[0], units)))
    articles = "\n".join(_article(review, unit_of(review, units)) for review in reviews)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{articles}\n</main>\n</body>\n</html>\n"
    )


def _article(review: Review, unit: Unit) -> str:
    """Return one review, in the order of every form."""
    first, second = headline(review, unit)
    score, word, sure = score_words(review)
    shown = f"<b>{score}</b> of 100, {word} <span class=note>{sure}</span>" if sure else word
    suggestion = next_time(review, unit)
    body = body_text(review)
    parts = [
        "<article>",
        f"<p class=note>{escape(title(review, unit))}</p>",
        f"<h1>{escape(first)}</h1>",
        f"<p>{escape(second)}</p>" if second else "",
        f"<p class=score>{shown}</p>",
        _table(review, unit),
        draw_run(review, unit, first),
        _flags(review, unit),
        f"<p class=note>{escape(body)}</p>" if body else "",
        *(f"<p>{escape(line)}</p>" for line in remark_lines(review)),
        f"<p class=next>Next time: {escape(suggestion)}</p>" if suggestion else "",
        f"<footer><p>{escape(' '.join(rests_on(review, unit)))}</p></footer>",
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def _table(review: Review, unit: Unit) -> str:
    """Return the block table, which is also the text of the drawing."""
    head = "".join(
        f"<th scope=col{' class=n' if n else ''}>{words}</th>"
        for words, n in (
            ("Block", False), ("Planned", True), ("Run", True), ("Off by", False),
            ("In band", True), ("Heart rate", True), ("Verdict", False),
        )
    )  # fmt: skip
    rows = []
    for block in review.blocks:
        row = block_row(block, unit)
        rows.append(
            f"<tr><th scope=row>{row.index} {escape(row.name)}</th><td class=n>{row.planned}</td>"
            f"<td class=n><b>{row.run}</b> {row.error}</td>"
            f"<td class={row.kind}>{escape(row.off)}</td><td class=n>{row.in_band}</td>"
            f"<td class=n>{row.heart_rate}</td>"
            f"<td class={row.kind}>{row.glyph} {row.verdict}</td></tr>"
        )
    body = "\n".join(rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f"<div class=wide>{table}</div>"


def _flags(review: Review, unit: Unit) -> str:
    """Return the flags with their evidence."""
    items = [
        f"<dt class={_side(flag_glyph(f))}>{flag_glyph(f)} {escape(flag_title(f))} "
        f"<span class=note>{CERTAINTY_WORDS[f.certainty]}</span></dt>"
        f"<dd>{escape(evidence_text(f, unit))}</dd>"
        for f in ordered_flags(review)
    ]
    return "<dl>\n" + "\n".join(items) + "\n</dl>" if items else ""


def _side(glyph: str) -> str:
    """Return the class of a sign: up is too fast, down is too slow."""
    return "too_fast" if glyph in "▲△" else "too_slow" if glyph in "▼▽" else "held"
