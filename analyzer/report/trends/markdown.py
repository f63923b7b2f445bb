"""Trends as Markdown: a sentence and a table an athlete; nothing of the input becomes markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import capital, say
from analyzer.report.markdown import escaped
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
    from analyzer.units import Unit


def render_trends_markdown(squad: SquadTrends, units: Unit | None = None) -> str:
    """
    Return trends as Markdown.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    units : {'km', 'mi'}, optional
        Without effect: nothing here is by the kilometre or the mile.
    """
    lines = [f"# {escaped(title_text(squad))}", ""]
    if len(squad.athletes) > 1:
        lines += [f"**{escaped(squad_sentence(squad))}**", ""]
    for athlete in squad.athletes:
        lines += _athlete(athlete, is_alone=len(squad.athletes) == 1)
    lines.append(escaped(" ".join(notes(squad))))
    return "\n".join(lines) + "\n"


def _athlete(athlete: AthleteTrends, *, is_alone: bool) -> list[str]:
    """Return heading, sentences and table of one athlete."""
    first, second = sentences(athlete)
    lines = [] if is_alone else [f"## {escaped(name_of(athlete))}", ""]
    lines += [f"**{escaped(first)}** {escaped(second)}".strip(), ""]
    if athlete.score.shown == "cannot_tell":
        return lines
    heads = ("", say("now"), say("a month"), say("range"), "")
    lines.append(_row([capital(h) for h in heads]))
    lines.append("|---|--:|--:|--:|---|")
    lines += [_row(_cells(t)) for t in athlete.trends if t.points]
    return [*lines, ""]


def _cells(trend: MeasureTrend) -> list[str]:
    """Return the row of a measure."""
    name, change = say(WORDS[trend.measure].name), change_with_unit(trend)
    return [name, usual_text(trend), change, range_text(trend), shown_text(trend)]


def _row(cells: list[str]) -> str:
    """Return one row of the table."""
    return "| " + " | ".join(escaped(c) for c in cells) + " |"
