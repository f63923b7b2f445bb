"""What is on the page of a review, and in which order; `page` makes a whole file of it."""

from __future__ import annotations

import math
import re
from html import escape
from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.beside import alike_text
from analyzer.report.drawing import draw_run
from analyzer.report.findings import certainty_text, evidence_text, flag_sign, flag_title
from analyzer.report.findings.finding import Subject
from analyzer.report.headline import headline
from analyzer.report.language import capital, decimal, noted, say, spoken
from analyzer.report.measures import DASH
from analyzer.report.page import page
from analyzer.report.people import body_text, note_text
from analyzer.report.rests_on import rests_on_parts
from analyzer.report.scene import SIDES
from analyzer.report.view import block_row, ordered_flags, score_words, title, unit_of
from analyzer.units import UNIT_M, round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from analyzer.units import Unit

MANY_ROWS = 9
"""Longer tables are set tighter on paper."""

MOST_LOOSE = 11
"""Blocks and findings that fit on a sheet without being set tighter."""

COLUMNS = (
    (noted("Block"), ""), (noted("Planned"), "n"), (noted("Run"), "n"), (noted("Off by"), "dv"),
    (noted("In band"), "n"), (noted("Wander"), "n"), (noted("Heart rate"), "n"),
    (noted("Verdict"), "vd"),
)  # fmt: skip


LABELS = (noted("plan"), noted("run"), noted("in band"), noted("wander"), noted("heart rate"))
"""What comes before each cell on a phone, which has no room for headings of columns."""


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
    first = reviews[0]
    score, word, _ = score_words(first)
    heading = f"{title(first, unit_of(first, units))}: {score}, {word}"
    articles = "\n".join(
        article(review, unit_of(review, units), i) for i, review in enumerate(reviews, start=1)
    )
    return page(heading, articles, language=spoken())


def article(review: Review, unit: Unit, number: int = 1, *, is_whole: bool = False) -> str:
    """
    Return one review as markup, in the order of every form.

    Rows and findings say which part of the drawing they are about (``data-span``, ``data-at``,
    in elapsed seconds), for a page that links them.

    Parameters
    ----------
    review : Review
        What to report.
    unit : {'km', 'mi'}
        Of distances and paces.
    number : int
        Of the review on its page, for names that must not meet.
    is_whole : bool
        Draw all of the recording, and not the blocks alone: for a page on which they move.
    """
    first, second = headline(review, unit)
    body = body_text(review)
    parts = [
        '<article class="crowded">' if _is_crowded(review) else "<article>",
        f'<header>\n<div class="top"><span>{_words(title(review, unit))}</span>'
        "<span>progcheck</span></div>",
        f'<div class="lead"><div><h1>{_words(first)}</h1>',
        f'<p class="sub">{_words(second)}</p>' if second else "",
        f"</div>{_score(review)}</div>\n</header>",
        _table(review, unit),
        _figure(review, unit, draw_run(review, unit, first, number, is_whole=is_whole)),
        f'<p class="body">{_words(body)}</p>' if body else "",
        _flags(review, unit),
        _route(review, unit, number),
        _rests_on(review, unit),
        _next(review, unit),
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def digest(review: Review, unit: Unit) -> str:
    """
    Return the sentence, the score and a line a block: for readings that stand side by side.

    Parameters
    ----------
    review : Review
        What to report.
    unit : {'km', 'mi'}
        Of distances and paces.
    """
    score, word, sure = score_words(review)
    told = f"<b>{score}</b> {escape(word)}, {_words(sure)}" if sure else escape(capital(word))
    rows = "\n".join(
        f'<tr class="{SIDES[row.kind]}"><th scope="row"><b>{row.index}</b> {_words(row.name)}</th>'
        f'<td class="n">{row.run}</td>'
        f'<td class="vd"><i aria-hidden="true">{row.glyph}</i> {_words(row.verdict)}</td></tr>'
        for row in (block_row(block, unit) for block in review.blocks)
    )
    return (
        f"<p><strong>{_words(headline(review, unit)[0])}</strong></p>\n<p>{told}</p>\n"
        f'<table class="digest"><tbody>\n{rows}\n</tbody></table>'
    )


def _is_crowded(review: Review) -> bool:
    """Whether a review is set tighter on paper, so that it stays on one sheet."""
    return len(ordered_flags(review)) + len(review.blocks) > MOST_LOOSE


def _words(text: str) -> str:
    """Escape a text; each number keeps its whole unit and each option its dashes on one line."""
    kept = re.sub(r"(?<=\d) (?=(?:s|min|km|mi|s/km|s/mi|%|bpm|/km|/mi|m)\b|%)", "\u00a0", text)
    return re.sub(r"--[a-z]+|\bs/(?:km|mi)\b", r'<span class="nb">\g<0></span>', escape(kept))


def _score(review: Review) -> str:
    """Return score, word and range, second to the sentence."""
    score, word, sure = score_words(review)
    if not sure:
        return f'<div class="score"><p>{escape(capital(word))}</p></div>'
    most = say("of 100")
    return (
        f'<div class="score"><b>{score}<span> {most}</span></b>'
        f"<p>{escape(word)} <br><small>{_words(sure)}</small></p></div>"
    )


def _table(review: Review, unit: Unit) -> str:
    """Return the block table, which is also the text of the drawing."""
    labels = {name: escape(say(name)) for name in LABELS}
    head = "".join(
        f'<th role="columnheader" scope="col"{f" class={kind}" if kind else ""}>{words}</th>'
        for words, kind in ((escape(say(name)), kind) for name, kind in COLUMNS)
    )
    rows = []
    for block in review.blocks:
        row = block_row(block, unit)
        wander = round_half_up(block.steadiness_pct or 0.0, 1)
        wandered = f"{decimal(wander, 1)} %" if wander > 0 else DASH  # no more than the watch's own
        cells = (
            ("n pl", f'<span class="k">{labels["plan"]} </span>{_words(row.planned)}'),
            ("n ac", f'<span class="k">{labels["run"]} </span><strong>{row.run}</strong>'
             f'<span class="pm"> {_words(row.error)}</span>'),
            ("dv", _words(row.off)),
            ("n ib", f'<span class="k">{labels["in band"]} </span>{_words(row.in_band)}'),
            ("n sw", f'<span class="k">{labels["wander"]} </span>{_words(wandered)}'),
            ("n hb", f'<span class="k">{labels["heart rate"]} </span>{row.heart_rate}'),
            ("vd", f'<i aria-hidden="true">{row.glyph}</i> {_words(row.verdict)}'),
        )  # fmt: skip
        rows.append(
            f'<tr role="row" class="{SIDES[row.kind]}"{_span(block)}>'
            '<th role="rowheader" scope="row">'
            f"<b>{row.index}</b> {_words(row.name)}</th>"
            + "".join(f'<td role="cell" class="{kind}">{cell}</td>' for kind, cell in cells)
            + "</tr>"
        )
    many = " many" if len(rows) > MANY_ROWS else ""
    body = "\n".join(rows)
    caption = say(
        "Paces in min/{unit}, ± one standard error in s/{unit}. In band: share of 30 s stretches "
        "within tolerance. Wander: spread of the pace about its own trend.",
        unit=unit,
    )
    return (
        f'<table role="table" class="blocks{many}">\n<caption>{_words(caption)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>'
    )


def _span(block: BlockResult) -> str:
    """Return where a block lies, for the cursor."""
    if block.start_s is None or block.end_s is None:
        return ""
    return f' data-span="{block.start_s:.1f},{block.end_s:.1f}"'


def _figure(review: Review, unit: Unit, drawing: str) -> str:
    """Return the drawing with what the cursor can read from it."""
    if not drawing:
        return ""
    caption = say(
        "Faster is up; the scale is even in speed, so that coloured areas are metres. Grey: "
        "planned, with its tolerance. Blue ▲ and orange ▼: faster and slower than tolerated for "
        "90 s or more. Line smoothed over 30 s. Ring and bar: mean of the block ± one standard "
        "error. Wedges: where the pace really changed."
    )
    data = f'data-unit="{unit}" data-metres="{UNIT_M[unit]:g}" data-run="{_readout(review)}"'
    below = f"<output></output>\n<figcaption>{_words(caption)}</figcaption>"
    return f"<figure {data}>\n{drawing}\n{below}\n</figure>"


def _readout(review: Review) -> str:
    """Return time, speed and heart rate of every second point of the line."""
    trace = review.trace
    points = zip(
        trace.elapsed_s.tolist(),
        trace.speed_mps.tolist(),
        trace.heart_rate_bpm.tolist(),
        strict=True,
    )
    return ";".join(
        f"{t:.0f},{v if math.isfinite(v) else 0:.2f},{h if math.isfinite(h) else 0:.0f}"
        for t, v, h in list(points)[::2]
    )


def _flags(review: Review, unit: Unit) -> str:
    """Return the findings with their evidence and how sure they are."""
    items = [
        f'<li{_at(f, review)}><span class="ce">{escape(certainty_text(f))}</span><div>'
        f'<h3 class="{_side(flag_sign(f))}"><i aria-hidden="true">{flag_sign(f)}</i>'
        f"{_words(flag_title(f))}</h3>"
        f"<p>{_words(evidence_text(f, Subject(review, unit)))}</p></div></li>"
        for f in ordered_flags(review)
    ]
    if not items:
        return ""
    heading = escape(say("What happened, and how sure it is"))
    return f"<h2>{heading}</h2>\n<ol>\n" + "\n".join(items) + "\n</ol>"


def _at(flag: Flag, review: Review) -> str:
    """Return the moment or the block that a finding is about, for the cursor."""
    facts = flag.facts
    moments = (getattr(facts, name, None) for name in ("at_s", "longest_at_s", "changed_at_s"))
    at_s = next((moment for moment in moments if moment is not None), None)
    at = "" if at_s is None else f' data-at="{at_s:.1f}"'
    block = next((b for b in review.blocks if b.index == flag.block), None)
    return at + ("" if block is None else _span(block))


def _route(review: Review, unit: Unit, number: int) -> str:
    """Return the drawing of the route, if it was asked for and there is one."""
    if review.track is None:
        return ""
    from analyzer.report.track_drawing import draw_track

    heading = escape(say("The route"))
    return f"<h2>{heading}</h2>\n{draw_track(review, unit, number)}"


def _side(glyph: str) -> str:
    """Return the class of a sign: up is too fast, down is too slow."""
    return "tf" if glyph in "▲△" else "ts" if glyph in "▼▽" else "h"


def _rests_on(review: Review, unit: Unit) -> str:
    """Return what the review rests on, below headings."""
    parts = "\n".join(
        f"<div><dt>{escape(part)}</dt><dd>{_words(' '.join(lines))}</dd></div>"
        for part, lines in rests_on_parts(review, unit)
    )
    heading = escape(say("What this rests on"))
    return f"<h2>{heading}</h2>\n<dl>\n{parts}\n</dl>"


def _next(review: Review, unit: Unit) -> str:
    """Return what to do next time, and the runner's own words; nothing where there is neither."""
    suggestion, note = next_time(review, unit), note_text(review)
    parts = []
    if suggestion:
        heading = escape(say("Next time"))
        parts.append(f'<div><h2>{heading}</h2><p class="do">{_words(suggestion)}</p></div>')
    beside = alike_text(review)
    if beside:
        heading = escape(say("Compared"))
        parts.append(f"<div><h2>{heading}</h2><p>{_words(beside)}</p></div>")
    if note:
        heading = escape(say("In your words"))
        parts.append(f"<div><h2>{heading}</h2><blockquote>{_words(note)}</blockquote></div>")
    if not parts:
        return ""
    alone = " one" if len(parts) == 1 else ""
    return f'<div class="next{alone}">{"".join(parts)}</div>'
