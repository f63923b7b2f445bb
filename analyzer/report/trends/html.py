"""Trends as one page: the squad in a table, then each athlete of whom something can be told."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from analyzer.report.language import capital, say, spoken
from analyzer.report.page import page
from analyzer.report.trends.drawing import draw_score, draw_small
from analyzer.report.trends.plot import days_of, scale_of
from analyzer.report.trends.sentences import (
    athlete_title,
    caveats,
    notes,
    sentences,
    squad_sentence,
    title_text,
)
from analyzer.report.trends.words import (
    SHOWN,
    SIGNS,
    WORDS,
    change_text,
    change_with_unit,
    name_of,
    range_text,
    runs_text,
    usual_text,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from analyzer.model.trends import AthleteTrends, MeasureTrend, SquadTrends
    from analyzer.report.trends.plot import Scale
    from analyzer.units import Unit

DRAWN = """
.pt{fill:var(--ink)}.pt.o{fill:var(--plan)}
.rg{stroke:var(--ink);stroke-width:1.6;stroke-opacity:.45}.rg.o{stroke:var(--plan)}
.tr{stroke:var(--ink);stroke-width:2.2;fill:none}
.small .base{stroke:var(--line);stroke-width:1}.small .tr{stroke-width:1.6}
.small .rg{stroke-width:1}
"""
"""How the drawings look."""

STYLE = f"""{DRAWN}
.over .small{{display:block;width:200px;height:48px}}
.over td,.over th{{vertical-align:middle}}.over td.n{{white-space:nowrap}}
.over tbody th b{{display:block}}.over tbody th span{{display:block;font-size:13px;
color:var(--note);line-height:1.4;text-wrap:pretty;max-width:44em}}
.over .ch{{font-weight:400}}.over .better .ch,.over .worse .ch,.over .better .sa,.over .worse .sa
{{font-weight:600}}.over .cannot_tell .sa,.over .rn{{color:var(--note)}}
.over td .k{{display:none;font-weight:400;color:var(--note)}}
.over thead th.n{{text-align:right;white-space:nowrap}}
.over thead td{{border-bottom:1px solid var(--line)}}
@media screen and (max-width:719px){{
.over tbody{{display:block}}.over{{display:flex;flex-direction:column}}
.over caption{{display:block;order:2}}
.over thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.over tbody tr{{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:4px 10px;
padding:12px 0;border-bottom:1px solid var(--line)}}
.over{{border-top:1px solid var(--line);margin-top:24px}}
.over tbody th,.over tbody td{{display:block;border:0;padding:0;text-align:left;white-space:normal}}
.over tbody th{{grid-column:1/3;grid-row:1}}
.over .sa{{grid-column:3;grid-row:1;text-align:right;font-size:14px}}
.over tbody .sa{{white-space:nowrap}}.over .n{{grid-row:2}}
.over .dr{{grid-column:1/-1;grid-row:3}}.over .small{{width:100%;height:auto}}
.over td .k{{display:block;font-size:12px}}.of-score .dr{{display:none}}
}}
@media print{{.over .small{{width:34mm;height:8.2mm}}.over tbody th span{{font-size:7.4pt}}}}
"""


def render_trends_html(squad: SquadTrends, units: Unit | None = None) -> str:
    """
    Return one page with every athlete.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    units : {'km', 'mi'}, optional
        Without effect: nothing here is by the kilometre or the mile.
    """
    return page(title_text(squad), articles(squad), language=spoken(), scripted=False, style=STYLE)


def articles(squad: SquadTrends) -> str:
    """
    Return trends as markup: an article for the only athlete, else the squad and each one told of.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    """
    days = days_of(squad)
    if len(squad.athletes) == 1:
        return _alone(squad, days)
    told = [a for a in squad.athletes if a.score.shown != "cannot_tell"]
    each = (_athlete(athlete, i) for i, athlete in enumerate(told, start=1))
    return "\n".join([_overview(squad, days), *each])


def _header(heading: str, first: str, second: str = "") -> str:
    """Return title and sentences."""
    sub = f'<p class="sub">{escape(second)}</p>\n' if second else ""
    return (
        f'<header>\n<div class="top"><span>{escape(heading)}</span><span>progcheck</span></div>\n'
        f"<h1>{escape(_kept(first))}</h1>\n{sub}</header>"
    )


def _kept(sentence: str) -> str:
    """Keep what is in brackets on one line: ``(2 to 6)``."""
    return re.sub(r"\([^)]{1,20}\)", lambda m: m[0].replace(" ", "\u00a0"), sentence)


def _alone(squad: SquadTrends, days: tuple[dt.date, dt.date] | None) -> str:
    """Return the article of the only athlete, which says how to read it, too."""
    athlete = squad.athletes[0]
    first, second = sentences(athlete)
    below = _notes(notes(squad))
    return (
        f"<article>\n{_header(title_text(squad), first, second)}\n"
        f"{_body(athlete, days, 1)}\n{below}\n</article>"
    )


def _overview(squad: SquadTrends, days: tuple[dt.date, dt.date] | None) -> str:
    """Return the table of all athletes; their drawings have the same days."""
    heads = (
        (say("Athlete"), ""),
        (capital(say("now")), "n"),
        (capital(say("a month")), "n"),
        (capital(say("range")), "n"),
        ("", ""),
        (say("Scores"), ""),
    )
    scale = None if days is None else scale_of([a.score for a in squad.athletes], days)
    rows = "\n".join(_overview_row(a, scale) for a in squad.athletes)
    return (
        f"<article>\n{_header(title_text(squad), squad_sentence(squad))}\n"
        f'<table role="table" class="over">\n<caption>{escape(" ".join(notes(squad)))}</caption>\n'
        f'{_head(heads)}\n<tbody role="rowgroup">\n{rows}\n</tbody>\n</table>\n</article>'
    )


def _overview_row(athlete: AthleteTrends, scale: Scale | None) -> str:
    """Return one athlete of the table."""
    first, _ = sentences(athlete)
    name, trend = name_of(athlete), athlete.score
    said = runs_text(trend)
    if trend.shown == "cannot_tell":
        said = capital(first.removeprefix(f"{name}: "))
    return (
        f'<tr role="row" class="{trend.shown}"><th role="rowheader" scope="row">'
        f"<b>{escape(name)}</b><span>{escape(said)}</span></th>"
        f"{_numbers(trend)}{_said(trend)}{_drawn(trend, scale, first)}</tr>"
    )


def _athlete(athlete: AthleteTrends, number: int) -> str:
    """Return the article of one athlete of several."""
    first, second = sentences(athlete)
    days = None
    if athlete.first_day is not None and athlete.last_day is not None:
        days = (athlete.first_day, athlete.last_day)
    below = _notes(caveats([athlete]))
    return (
        f"<article>\n{_header(athlete_title(athlete), first, second)}\n"
        f"{_body(athlete, days, number)}\n{below}\n</article>"
    )


def _body(athlete: AthleteTrends, days: tuple[dt.date, dt.date] | None, number: int) -> str:
    """Return figure and table of an athlete; empty where no run was scored."""
    if days is None or not athlete.score.points:
        return ""
    first, _ = sentences(athlete)
    words = [say("Each point a run, with its 90 % range.")]
    if len({p.session for p in athlete.score.points}) > 1:
        words.append(say("Grey: other sessions than the most frequent one."))
    if athlete.score.line is not None:
        words.append(say("The line is the trend."))
    drawn = draw_score(athlete.score, scale_of([athlete.score], days), first, number)
    figure = f"<figure>\n{drawn}\n<figcaption>{escape(' '.join(words))}</figcaption>\n</figure>"
    heads = (
        (say("Measure"), ""),
        (capital(say("now")), "n"),
        (capital(say("a month")), "n"),
        (capital(say("range")), "n"),
        ("", ""),
        (say("Runs"), ""),
    )
    rows = "\n".join(_measure(t, days) for t in athlete.trends if t.points)
    return (
        f'{figure}\n<table role="table" class="over parts">\n{_head(heads)}\n'
        f'<tbody role="rowgroup">\n{rows}\n</tbody>\n</table>'
    )


def _measure(trend: MeasureTrend, days: tuple[dt.date, dt.date]) -> str:
    """Return one measure of an athlete's table."""
    name, shown = say(WORDS[trend.measure].name), say(SHOWN[trend.shown])
    return (
        f'<tr role="row" class="{trend.shown} of-{trend.measure}"><th role="rowheader" scope="row">'
        f"<b>{escape(name)}</b></th>{_numbers(trend)}{_said(trend)}"
        f"{_drawn(trend, scale_of([trend], days), f'{name}: {shown}')}</tr>"
    )


def _head(heads: Sequence[tuple[str, str]]) -> str:
    """Return the names of the columns; one without a name is no heading."""
    cells = "".join(
        f'<th role="columnheader" scope="col" class="{kind}">{escape(words)}</th>'
        if words
        else '<td role="cell"></td>'
        for words, kind in heads
    )
    return f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'


def _numbers(trend: MeasureTrend) -> str:
    """Return what is usual now, the change in a month, and what is not ruled out."""
    change = change_text(trend) if trend.measure == "score" else change_with_unit(trend)
    cells = (
        ("us", capital(say("now")), usual_text(trend)),
        ("ch", capital(say("a month")), change),
        ("rn", capital(say("range")), range_text(trend) or "–"),
    )
    return "".join(
        f'<td role="cell" class="n {kind}"><span class="k">{escape(head)}</span>'
        f"{escape(words)}</td>"
        for kind, head, words in cells
    )


def _said(trend: MeasureTrend) -> str:
    """Return what is shown, its sign in front."""
    sign, words = SIGNS[trend.shown], say(SHOWN[trend.shown])
    drawn = f'<i aria-hidden="true">{sign}</i> ' if sign else ""
    return f'<td role="cell" class="sa">{drawn}{escape(words)}</td>'


def _drawn(trend: MeasureTrend, scale: Scale | None, finding: str) -> str:
    """Return the small drawing of a measure."""
    return f'<td role="cell" class="dr">{draw_small(trend, scale, finding)}</td>'


def _notes(lines: Sequence[str]) -> str:
    """Return how to read an article, below it."""
    return f'<p class="said">{escape(" ".join(lines))}</p>' if lines else ""
