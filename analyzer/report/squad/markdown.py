"""A squad sheet as Markdown: a section an athlete; nothing of the input becomes markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import say
from analyzer.report.markdown import escaped
from analyzer.report.squad.sentences import sentences
from analyzer.report.squad.view import HEADINGS, grouped, notes, row_words, title_text

if TYPE_CHECKING:
    from analyzer.model.squad import SquadSheet
    from analyzer.report.squad.view import RowWords
    from analyzer.units import Unit


def render_squad_markdown(sheet: SquadSheet, units: Unit | None = None) -> str:
    """
    Return a squad sheet as Markdown.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    """
    first, second = sentences(sheet)
    lines = [f"# {escaped(title_text(sheet))}", "", f"**{escaped(first)}** {escaped(second)}"]
    for group, rows in grouped(sheet):
        heading = say(HEADINGS[group])
        lines += ["", f"## {escaped(heading)} · {len(rows)}"]
        for row in rows:
            lines += ["", *_athlete(row_words(row, units))]
    lines += ["", escaped(" ".join(notes(sheet, units)))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _athlete(row: RowWords) -> list[str]:
    """Return one athlete: a bold line, and an item for each thing to say."""
    about = [row.need, row.scored, f"{row.arrow} {row.trend}".strip()]
    head = " · ".join(escaped(words) for words in about if words)
    shown = [row.run, " ".join(row.signs), row.told, row.next_line, row.coach_line, row.others]
    items = [f"- {_item(words)}" for words in shown if words]
    return [f"**{escaped(row.athlete)}**{f' · {head}' if head else ''}", "", *items]


def _item(words: str) -> str:
    """Escape the words of an item; a number in front of a full stop is no list either."""
    number, dot, rest = words.partition(".")
    return f"{number}\\.{escaped(rest)}" if dot and number.isdigit() else escaped(words)
