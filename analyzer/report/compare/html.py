"""Runs side by side as one page: a table on a desk, a card a run on a phone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.report.compare.axes import shared_axes
from analyzer.report.compare.drawing import draw_range, draw_small
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import columns, held_of, notes, run_row, side_unit, title_text
from analyzer.report.language import capital, say, spoken
from analyzer.report.links import NOWHERE, linked
from analyzer.report.page import page
from analyzer.report.scene import SIDES
from analyzer.units import clock_text, pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.comparison import Compared, SideBySide
    from analyzer.report.compare.axes import SharedAxes
    from analyzer.report.compare.view import Column, RunRow
    from analyzer.report.links import Links
    from analyzer.units import Unit

MOST_COLUMNS = 7
"""With more blocks every run is a card, on a desk too."""


def _cards(table: str, across: int) -> str:
    """Return the rules that make a card of each run, with that many blocks side by side."""
    return (
        f"{table} tbody,{table} tfoot{{display:block}}"
        f"{table}{{display:flex;flex-direction:column}}"
        f"{table} thead{{position:absolute;width:1px;height:1px;overflow:hidden;"
        "clip-path:inset(50%)}"
        f"{table} caption{{display:block;order:2}}"
        f"{table} tr{{display:grid;grid-template-columns:repeat({across},minmax(0,1fr));"
        "gap:6px 8px;padding:14px 0;border-bottom:1px solid var(--line)}"
        f"{table} th,{table} td{{display:block;border:0;padding:0;text-align:left;"
        "white-space:normal}"
        f"{table} tbody th{{grid-column:span {across - 2};max-width:none}}"
        f"{table} tfoot th{{grid-column:span {across}}}{table} tfoot .none{{display:none}}"
        f"{table} tfoot td.n{{text-align:left}}"
        f"{table} .sc{{grid-column:span 2;text-align:right}}{table} .range{{margin-left:auto}}"
        f"{table} .dr{{grid-column:span {across};width:auto}}"
        f"{table} .b .k{{display:block;font-size:12px}}"
    )


DRAWN = """
.range path{fill:none;stroke-linecap:round}.range .all{stroke:var(--line);stroke-width:1}
.range .sure{stroke:var(--plan);stroke-width:4}.range circle{fill:var(--ink)}
.small .band{fill:var(--band)}.small .run{fill:none;stroke:var(--ink);stroke-width:1.2;
stroke-linejoin:round;vector-effect:non-scaling-stroke}
.small .run.tf{stroke:var(--fast);stroke-width:1.8}
.small .run.ts{stroke:var(--slow);stroke-width:1.8}
"""
"""How the drawings look."""

STYLE = (
    f"""{DRAWN}
.runs tbody th{{min-width:12em;max-width:17em}}.runs tbody th b{{display:block}}
.top span+span{{white-space:nowrap}}.runs td,.runs th{{vertical-align:top}}
.runs .summary{{display:block;font-size:13px;line-height:1.4;color:var(--note);text-wrap:pretty}}
.runs .sc b{{font-size:22px;line-height:1.1;font-weight:600;display:block}}
.runs .sc small{{font-size:13px;color:var(--note);white-space:nowrap}}
.runs .range{{display:block;width:84px;height:8px;margin-top:3px}}
.runs .dr{{width:200px}}.small{{display:block;width:100%;height:auto}}
.runs .b{{white-space:nowrap}}.b .k{{font-weight:400}}
.runs .b i{{color:var(--plan);margin-right:2px}}
.runs .b.tf,.runs .b.tf i{{color:var(--fast);font-weight:600}}
.runs .b.ts,.runs .b.ts i{{color:var(--slow);font-weight:600}}.runs .b.u{{color:var(--note)}}
.runs thead small{{display:block;font-size:12px}}.runs thead b{{font-weight:600;color:var(--ink)}}
.runs tfoot th,.runs tfoot td{{font-weight:400;text-align:left;color:var(--note);
padding:8px 16px 0 0}}
.runs tfoot td.n{{text-align:right}}.runs tr>:last-child{{padding-right:0}}
.cards .k{{display:inline;color:var(--note)}}.cards .small{{max-width:460px}}
"""
    + _cards(".runs.cards", 12)
    + "@media screen and (max-width:719px){.runs{margin-top:20px;border-top:1px solid var(--line)}"
    + _cards(".runs", 5)
    + _cards(".runs.cards", 5)
    + "}\n@media print{.runs .dr{width:34mm}.runs .sc b{font-size:13pt}.runs .summary"
    ",.runs .sc small,.runs thead small{font-size:7.4pt}.runs tbody th{min-width:0}"
    ".runs thead th{white-space:nowrap}.cards .small{max-width:80mm}}\n"
)
"""What a comparison needs beside the sheet of every page."""


def render_comparison_html(side: SideBySide, units: Unit | None = None) -> str:
    """
    Return one page with every run.

    Parameters
    ----------
    side : SideBySide
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    """
    made = article(side, units)
    return page(title_text(side), made, language=spoken(), scripted=False, style=STYLE)


def article(side: SideBySide, units: Unit | None = None, links: Links = NOWHERE) -> str:
    """
    Return runs side by side as markup.

    Parameters
    ----------
    side : SideBySide
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    links : Links
        Where runs lead.
    """
    unit = side_unit(side, units)
    first, second = sentences(side)
    heads = columns(side, unit)
    axes = shared_axes(run.review for run in side.runs)
    caption = escape(" ".join([*notes(side, unit), *_drawn(axes, unit)]))
    rows = "\n".join(_row(run, heads, axes, unit, links) for run in side.runs)
    kind = "runs cards" if len(heads) > MOST_COLUMNS else "runs"
    return (
        f'<article>\n<header>\n<div class="top"><span>{escape(title_text(side))}</span>'
        f"<span>progcheck</span></div>\n<h1>{escape(first)}</h1>\n"
        + (f'<p class="sub">{escape(second)}</p>\n' if second else "")
        + f'</header>\n<table role="table" class="{kind}">\n<caption>{caption}</caption>\n'
        f"{_head(heads)}\n"
        f'<tbody role="rowgroup">\n{rows}\n</tbody>\n{_foot(side, heads)}\n</table>\n</article>'
    )


def _drawn(axes: SharedAxes | None, unit: Unit) -> list[str]:
    """Say what the drawings show."""
    if axes is None:
        return []
    slow, fast = (pace_text(pace_s_per_km(v), unit) for v in (axes.low_mps, axes.high_mps))
    return [
        say(
            "Drawings: grey is planned, with its tolerance; faster is up; all on the same axes, "
            "{length} long, {slow} to {fast} /{unit}.",
            length=clock_text(axes.length_s),
            slow=slow,
            fast=fast,
            unit=unit,
        )
    ]


def _head(heads: tuple[Column, ...]) -> str:
    """Return the names of the columns."""
    blocks = "".join(
        f'<th role="columnheader" scope="col" class="n"><b>{h.index}</b>'
        f"<small>{escape(h.name)}</small>"
        + (f"<small>{escape(h.planned)}</small>" if h.planned else "")
        + "</th>"
        for h in heads
    )
    first = "".join(
        f'<th role="columnheader" scope="col">{words}</th>'
        for words in (capital(say("run")), say("Score"), say("Pace over time"))
    )
    return f'<thead role="rowgroup"><tr role="row">{first}{blocks}</tr></thead>'


def _row(
    run: Compared, heads: tuple[Column, ...], axes: SharedAxes | None, unit: Unit, links: Links
) -> str:
    """Return one run."""
    row = run_row(run, unit)
    label = linked(escape(row.label), links.run(run.review))
    finding = f"{row.label}: {row.summary}"
    cells = "".join(
        f'<td role="cell" class="n b {SIDES[cell.kind]}"><span class="k">{cell.index} '
        f"{escape(head.planned)}</span>"
        f'<i aria-hidden="true">{cell.glyph}</i>'
        f'<span aria-label="{escape(cell.words)}" role="img">{cell.off}</span></td>'
        for cell, head in zip(row.cells, heads, strict=True)
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><b>{label}</b>'
        f'<span class="summary">{escape(row.summary)}</span></th>'
        f'<td role="cell" class="sc">{_score(run, row)}</td>'
        f'<td role="cell" class="dr">{draw_small(run.review, axes, finding)}</td>{cells}</tr>'
    )


def _score(run: Compared, row: RunRow) -> str:
    """Return the score with its range, in numbers and as a line."""
    score = run.review.score
    if score.overall is None or score.low is None or score.high is None:
        return f"<b>{row.score}</b>"
    drawn = draw_range(score.overall, score.low, score.high)
    return f"<b>{row.score}</b><small>{row.sure}</small>{drawn}"


def _foot(side: SideBySide, heads: tuple[Column, ...]) -> str:
    """Return in how many runs each block was held."""
    cells = "".join(
        f'<td role="cell" class="n b"><span class="k">{h.index} </span>{h.held}</td>' for h in heads
    )
    return (
        f'<tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row">'
        f'{held_of(len(side.runs))}</th><td role="cell" class="none"></td>'
        f'<td role="cell" class="none"></td>{cells}</tr></tfoot>'
    )
