"""A squad sheet as one page: a table on a desk and on paper, a card an athlete on a phone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.report.card import kept_together
from analyzer.report.compare.axes import shared_axes
from analyzer.report.compare.drawing import draw_range, draw_small
from analyzer.report.compare.html import DRAWN
from analyzer.report.language import say, spoken
from analyzer.report.links import NOWHERE, linked
from analyzer.report.measures import DASH
from analyzer.report.page import page
from analyzer.report.scene import SIDES
from analyzer.report.squad.sentences import sentences
from analyzer.report.squad.view import (
    HEADINGS,
    grouped,
    notes,
    other_text,
    others_text,
    row_words,
    title_text,
)

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from analyzer.model.squad import SquadRow, SquadSheet
    from analyzer.report.compare.view import Cell
    from analyzer.report.links import Links
    from analyzer.report.squad.view import Group, RowWords
    from analyzer.units import Unit

COLUMNS = 4

STYLE = f"""{DRAWN}
.sheet h1{{font-size:27px;max-width:none}}.sheet .sub{{font-size:16px;overflow-wrap:anywhere}}
.squad{{table-layout:fixed;margin-top:28px}}
.squad th,.squad td{{vertical-align:top;white-space:normal;overflow-wrap:anywhere}}
.squad .part th{{font-size:15px;font-weight:600;padding:26px 0 6px;color:var(--ink);
border-bottom:1px solid var(--line)}}
.squad tbody:first-of-type .part th{{padding-top:0}}
.squad .part span{{color:var(--note);font-weight:400}}
.squad col.who{{width:21%}}.squad col.sc{{width:12.5%}}.squad col.dr{{width:26%}}
.squad tr>*{{padding:12px 20px 12px 0}}
.squad tbody th b{{display:block;font-size:17px;line-height:1.3}}
.squad .why{{display:block;line-height:1.35;margin-top:2px}}
.squad .need .why{{font-weight:600}}
.squad .run{{display:block;font-size:13px;line-height:1.4;color:var(--note);margin-top:3px;
text-wrap:pretty}}
.squad tr>.sc{{padding-right:8px}}
.squad .sc b{{font-size:26px;line-height:1.05;font-weight:600;display:block}}
.squad .sc small{{font-size:13px;line-height:1.35;color:var(--note);display:block}}
.squad .sc .trend{{color:var(--ink)}}
.squad .range{{display:block;width:84px;height:8px;margin:3px 0 2px}}
.squad .small{{display:block;width:100%;height:auto}}
.squad .signs{{font-size:13px;line-height:1.5;margin-top:2px;overflow-wrap:anywhere}}
.squad .signs span{{white-space:nowrap;margin-right:6px}}
.squad .signs i{{margin-right:1px}}
.squad .signs .h i{{color:var(--plan)}}.squad .signs .u{{color:var(--note)}}
.squad .signs .tf{{color:var(--fast);font-weight:600}}
.squad .signs .ts{{color:var(--slow);font-weight:600}}
.squad .tell p{{line-height:1.42;text-wrap:pretty}}.squad .tell p+p{{margin-top:4px}}
.squad .need .step{{font-weight:600}}
.squad .tech{{font-size:13px;color:var(--note)}}
.squad .kept .told{{color:var(--note)}}
@media screen and (max-width:719px){{
.sheet h1{{font-size:22px}}.squad{{margin-top:16px;display:flex;flex-direction:column}}
.squad colgroup{{display:none}}
.squad thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);left:0}}
.squad tbody{{display:block}}.squad caption{{display:block;order:2;padding-top:16px}}
.squad tr{{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:8px 16px;padding:14px 0;
border-bottom:1px solid var(--rule)}}
.squad tr.part{{display:block;padding:22px 0 6px;border-bottom:1px solid var(--line)}}
.squad tr>*,.squad tr.part>*{{display:block;border:0;padding:0;min-width:0}}
.squad tr>.sc{{text-align:right;padding:0}}.squad .range{{margin-left:auto}}
.squad .dr,.squad .tell,.squad .part th{{grid-column:span 2}}.squad .dr:empty{{display:none}}
}}
@media print{{
.sheet h1{{font-size:13pt}}.sheet .sub{{font-size:9pt}}.sheet .top{{padding-bottom:2mm}}
.squad{{margin-top:3mm}}.squad .part th{{font-size:9.4pt;padding:3.4mm 0 .8mm}}
.squad .part{{break-after:avoid}}.squad tr>*{{padding:1.7mm 4mm 1.7mm 0}}
.squad tbody th b{{font-size:10pt}}.squad .sc b{{font-size:13pt}}
.squad .run,.squad .sc small,.squad .signs,.squad .tech{{font-size:7.2pt;line-height:1.3;
margin-top:.3mm}}
.squad .tell p{{line-height:1.34}}.squad .tell p+p{{margin-top:.6mm}}
.squad .signs span{{margin-right:1mm}}.squad .range{{width:18mm;height:1.8mm;margin:.4mm 0}}
}}
"""
"""What a squad sheet needs beside the sheet of every page."""


def render_squad_html(sheet: SquadSheet, units: Unit | None = None) -> str:
    """
    Return one page with every athlete.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    """
    made = article(sheet, units)
    return page(title_text(sheet), made, language=spoken(), scripted=False, style=STYLE)


def article(sheet: SquadSheet, units: Unit | None = None, links: Links = NOWHERE) -> str:
    """
    Return a squad as markup.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    links : Links
        Where athletes and runs lead.
    """
    first, second = sentences(sheet)
    return (
        f'<article class="sheet">\n<header>\n<div class="top"><span>{escape(title_text(sheet))}'
        f"</span><span>progcheck</span></div>\n<h1>{_kept(first)}</h1>\n"
        + (f'<p class="sub">{escape(second)}</p>\n' if second else "")
        + f"</header>\n{_table(sheet, units, links)}</article>"
    )


def _table(sheet: SquadSheet, units: Unit | None, links: Links) -> str:
    """Return the athletes, part by part; nothing where there are none."""
    if not sheet.rows:
        return ""
    heads = (say("Athlete"), say("Score"), say("Pace over time"), say("What happened"))
    head = "".join(f'<th role="columnheader" scope="col">{escape(words)}</th>' for words in heads)
    drawn = say(
        "Drawings: grey is planned, with its tolerance; faster is up; each on its own axes."
    )
    parts = "\n".join(_part(group, rows, units, links) for group, rows in grouped(sheet))
    return (
        f'<table role="table" class="squad">\n'
        f"<caption>{escape(' '.join([*notes(sheet, units), drawn]))}</caption>\n"
        '<colgroup><col class="who"><col class="sc"><col class="dr"><col></colgroup>\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n{parts}\n</table>\n'
    )


def _part(group: Group, rows: list[SquadRow], units: Unit | None, links: Links) -> str:
    """Return one part of the sheet below its heading."""
    heading = say(HEADINGS[group])
    shown = "\n".join(_row(row, row_words(row, units), links) for row in rows)
    return (
        f'<tbody role="rowgroup" class="{group}">\n<tr role="row" class="part">'
        f'<th role="columnheader" scope="rowgroup" colspan="{COLUMNS}">{escape(heading)}'
        f" <span>{len(rows)}</span></th></tr>\n{shown}\n</tbody>"
    )


def _row(row: SquadRow, words: RowWords, links: Links) -> str:
    """Return one athlete."""
    who = linked(escape(words.athlete), links.athlete(row.athlete))
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><b>{who}</b>'
        f"{_kind('why', words.need)}{_run(row, words, links)}{_others(row, links)}</th>"
        f'<td role="cell" class="sc">{_score(row, words)}</td>'
        f'<td role="cell" class="dr">{_drawing(row, words)}</td>'
        f'<td role="cell" class="tell">{_telling(words)}</td></tr>'
    )


def _kind(kind: str, words: str) -> str:
    """Return words in a class of their own; nothing for none."""
    return f'<span class="{kind}">{escape(words)}</span>' if words else ""


def _run(row: SquadRow, words: RowWords, links: Links) -> str:
    """Return which run it is, the day on one line."""
    if row.review is None or not words.run:
        return ""
    plan, dot, day = words.run.rpartition(" · ")
    shown = f'{escape(plan)}{dot}<span class="nb">{escape(day)}</span>'
    return f'<span class="run">{linked(shown, links.run(row.review))}</span>'


def _others(row: SquadRow, links: Links) -> str:
    """Return the other runs of an athlete; empty where there are none."""

    def put(run: Review) -> str:
        return linked(escape(other_text(run)), links.run(run))

    shown = others_text(row.others, put)
    return f'<span class="run">{shown}</span>' if shown else ""


def _score(row: SquadRow, words: RowWords) -> str:
    """Return the score with its range, in numbers and as a line, its word, and the trend."""
    if row.review is None:
        return ""
    score = row.review.score
    shown = ""
    if score.overall is not None and score.low is not None and score.high is not None:
        drawn = draw_range(score.overall, score.low, score.high)
        shown = f"<b>{words.score}</b><small>{escape(words.sure)}</small>{drawn}"
    trend = (
        f'<small class="trend">{words.arrow} {escape(words.trend)}</small>' if words.arrow else ""
    )
    return f"{shown}<small>{escape(words.word)}</small>{trend}"


def _drawing(row: SquadRow, words: RowWords) -> str:
    """Return the run over its plan, and the sign of each block."""
    if row.review is None:
        return ""
    finding = f"{words.athlete}: {words.told}"
    drawn = draw_small(row.review, shared_axes([row.review]), finding)
    is_long = len(words.signs) < len(words.cells)
    signs = " ".join(_sign(cell, is_short=is_long) for cell in words.cells)
    return f'{drawn}<p class="signs">{signs}</p>'


def _sign(cell: Cell, *, is_short: bool) -> str:
    """Return the sign of one block, with how far off it was unless there are too many."""
    off = "" if is_short or cell.off == DASH else escape(cell.off)
    return (
        f'<span class="{SIDES[cell.kind]}" role="img" '
        f'aria-label="{cell.index}: {escape(cell.words)}"><i>{cell.glyph}</i>{off}</span>'
    )


def _telling(words: RowWords) -> str:
    """Return what happened, what to do, and what is for the coach alone."""
    told = f'<p class="told">{_kept(words.told)}</p>'
    step = f'<p class="step">{_kept(words.next_line)}</p>' if words.next_line else ""
    tech = f'<p class="tech">{_kept(words.coach_line)}</p>' if words.coach_line else ""
    return told + step + tech


def _kept(words: str) -> str:
    """Escape words; a number stays on the line of its unit."""
    return escape(kept_together(words))
