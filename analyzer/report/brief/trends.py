"""Trends for an assistant: a sentence an athlete, and the measures with what is not ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.brief.lines import Line, row
from analyzer.report.language import say
from analyzer.report.trends.sentences import notes, sentences, squad_sentence, title_text
from analyzer.report.trends.words import (
    WORDS,
    change_with_unit,
    name_of,
    range_text,
    shown_text,
    usual_text,
)

if TYPE_CHECKING:
    from analyzer.model.trends import AthleteTrends, MeasureTrend, SquadTrends

SQUAD, ATHLETE, MEASURE, NOTE = 0, 1, 2, 3


def brief_trends(squad: SquadTrends) -> list[Line]:
    """Return the trends of athletes as lines."""
    is_one = len(squad.athletes) == 1
    head = row([say("Measure"), say("now"), say("a month"), say("range")])
    has_table = any(_measures(athlete) for athlete in squad.athletes)
    lines = [Line(title_text(squad), "title", SQUAD)]
    if not is_one:
        lines.append(Line(squad_sentence(squad), rank=SQUAD))
    lines += [
        Line(" ".join(s for s in sentences(athlete) if s), "athlete", ATHLETE)
        for athlete in squad.athletes
    ]
    if has_table:
        lines.append(Line(head, rank=MEASURE))
    for athlete in squad.athletes:
        name = "" if is_one else name_of(athlete)
        lines += [Line(_row(name, trend), rank=MEASURE) for trend in _measures(athlete)]
    return [*lines, *(Line(note, rank=NOTE) for note in notes(squad))]


def _measures(athlete: AthleteTrends) -> list[MeasureTrend]:
    """Return the measures that have a row: none where nothing can be told."""
    if athlete.score.shown == "cannot_tell":
        return []
    return [trend for trend in athlete.trends if trend.points]


def _row(name: str, trend: MeasureTrend) -> str:
    """Return one measure."""
    measure = say(WORDS[trend.measure].name)
    what = f"{name}, {measure}" if name else measure
    cells = (usual_text(trend), change_with_unit(trend), range_text(trend), shown_text(trend))
    return row(cell for cell in (what, *cells) if cell)
