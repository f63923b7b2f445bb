"""Trends for a terminal: a sentence an athlete, and the table of measures below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import say
from analyzer.report.styled import BOLD, DIM, Line, cells, cut, padded
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
    from collections.abc import Sequence

    from analyzer.model.trends import AthleteTrends, MeasureTrend, SquadTrends
    from analyzer.units import Unit

STYLES = {"better": BOLD, "worse": BOLD, "not_shown": "", "cannot_tell": DIM}

BARS = "▁▂▃▄▅▆▇█"
"""A score from 0 to 100, a run a character."""

MOST_BARS = 24
"""The latest so many runs of the main session are shown."""


def text_file(squad: SquadTrends, units: Unit | None = None) -> str:
    """Return the same without colour, with the line end of a file."""
    return render_trends(squad) + "\n"


def render_trends(squad: SquadTrends, *, width: int = 80, colour: bool = False) -> str:
    """
    Return trends as text.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    width : int
        Columns; no line is longer.
    colour : bool
        With escape codes; words and signs carry everything without them.
    """
    parts = [Line.of(title_text(squad), DIM), Line()]
    if len(squad.athletes) > 1:
        parts += [Line.of(squad_sentence(squad), BOLD), Line()]
    for athlete in squad.athletes:
        parts += [*_athlete(athlete), Line()]
    parts.append(Line.of(" ".join(notes(squad)), DIM))
    lines = [
        line.rendered(colour=colour)
        for part in parts
        for line in ([part] if cells(part.plain) <= width else part.wrapped(width))
    ]
    return "\n".join(lines).rstrip("\n")


def _athlete(athlete: AthleteTrends) -> list[Line]:
    """Return sentence and table of one athlete; no table where nothing can be told."""
    first, second = sentences(athlete)
    line = _with_name_in_bold(first, name_of(athlete))
    if second:
        line.add(f" {second}")
    if not athlete.score.points:
        return [line]
    bars = Line.of(f"  {_bars(athlete.score)}", DIM)
    if athlete.score.shown == "cannot_tell":
        return [line, bars]
    return [line, bars, *_table(athlete.trends)]


def _with_name_in_bold(sentence: str, name: str) -> Line:
    """Return a sentence in which the name it begins with stands out."""
    if not sentence.startswith(name):
        return Line.of(sentence, BOLD)
    return Line.of(name, BOLD).add(sentence[len(name) :])


def _bars(trend: MeasureTrend) -> str:
    """Draw the scores of the main session, each as high as it is."""
    main = min(p.session for p in trend.points)
    values = [p.value for p in trend.points if p.session == main][-MOST_BARS:]
    return "".join(BARS[min(7, int(v / 100 * 8))] for v in values)


def _table(trends: Sequence[MeasureTrend]) -> list[Line]:
    """Return a row a measure."""
    heads = ("", say("now"), say("a month"), say("range"), "")
    rows = [
        (
            say(WORDS[t.measure].name),
            usual_text(t),
            change_with_unit(t),
            range_text(t),
            shown_text(t),
        )
        for t in trends
        if t.points
    ]
    sizes = [max(cells(row[i]) for row in (heads, *rows)) for i in range(4)]
    lines = [Line.of(_cells(heads, sizes), DIM)]
    for row, trend in zip(rows, (t for t in trends if t.points), strict=True):
        lines.append(Line.of(_cells(row, sizes)).add(row[4], STYLES[trend.shown]))
    return lines


def _cells(row: Sequence[str], sizes: Sequence[int]) -> str:
    """Return the cells of a row but the last, numbers to the right."""
    first, *others = (cut(words, size) for words, size in zip(row, sizes, strict=False))
    shown = [padded(first, sizes[0])]
    shown += [
        " " * (size - cells(words)) + words for words, size in zip(others, sizes[1:], strict=True)
    ]
    return "  " + "   ".join(shown) + "   "
