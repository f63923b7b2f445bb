"""A squad sheet for a terminal: a paragraph an athlete, those who need the coach first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import say
from analyzer.report.squad.sentences import sentences
from analyzer.report.squad.view import HEADINGS, grouped, notes, row_words, sign_text, title_text
from analyzer.report.styled import BOLD, DIM, SIDES, Line

if TYPE_CHECKING:
    from analyzer.model.squad import SquadSheet
    from analyzer.report.squad.view import RowWords
    from analyzer.units import Unit

INDENT = 2

KEPT = "\u00a0"
"""Keeps a deviation on the line of its sign."""


def text_file(sheet: SquadSheet, units: Unit | None = None) -> str:
    """Return the same without colour, with the line end of a file."""
    return render_squad_text(sheet, units=units) + "\n"


def render_squad_text(
    sheet: SquadSheet, *, width: int = 80, colour: bool = False, units: Unit | None = None
) -> str:
    """
    Return a squad sheet as text.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    width : int
        Columns; no line is longer.
    colour : bool
        With escape codes; words and signs carry everything without them.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    """
    first, second = sentences(sheet)
    lines = [*Line.of(title_text(sheet), DIM).wrapped(width), Line()]
    lines += Line([(first, BOLD), (f" {second}" if second else "", "")]).wrapped(width)
    for group, rows in grouped(sheet):
        heading = say(HEADINGS[group])
        lines += [Line(), Line.of(f"{heading} · {len(rows)}", BOLD)]
        for row in rows:
            lines += [Line(), *_athlete(row_words(row, units), width)]
    lines += [Line(), *Line.of(" ".join(notes(sheet, units)), DIM).wrapped(width)]
    return "\n".join(line.rendered(colour=colour) for line in lines).rstrip("\n")


def _athlete(row: RowWords, width: int) -> list[Line]:
    """Return one athlete: name, need and score; the run and its signs; the sentence; what to do."""
    lines = _head(row).wrapped(width, INDENT)
    shown = (
        Line.of(row.run, DIM),
        _signs(row),
        Line.of(row.told),
        Line.of(row.next_line, BOLD),
        Line.of(row.coach_line, DIM),
        Line.of(row.others, DIM),
    )
    return [*lines, *(below for line in shown if line.plain for below in _below(line, width))]


def _head(row: RowWords) -> Line:
    """Return name, need, score and trend."""
    head = Line.of(row.athlete, BOLD)
    for words in (row.need, row.scored, f"{row.arrow} {row.trend}".strip()):
        head.add(f" · {words}" if words else "")
    return head


def _signs(row: RowWords) -> Line:
    """Return the blocks of a run, the sign of each in its colour."""
    line = Line()
    if len(row.signs) < len(row.cells):
        return line.add(row.signs[0])
    for cell in row.cells:
        line.add(sign_text(cell).replace(" ", KEPT), SIDES[cell.kind]).add("  ")
    return line


def _below(line: Line, width: int) -> list[Line]:
    """Wrap a line and set it in."""
    wrapped = line.wrapped(width - INDENT)
    pieces = ([(text.replace(KEPT, " "), style) for text, style in w.pieces] for w in wrapped)
    return [Line([(" " * INDENT, ""), *row]) for row in pieces]
