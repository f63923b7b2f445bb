"""Runs side by side for an assistant: what they have in common, and each run in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.brief.lines import Line, named, row
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import columns, held_of, notes, run_row, side_unit, title_text
from analyzer.report.language import capital, say
from analyzer.report.measures import DASH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.model.comparison import SideBySide
    from analyzer.report.compare.view import Cell, Column, RunRow
    from analyzer.units import Unit

MOST_IN_A_ROW = 12
"""Blocks that stand in the row of a run; of more, each run has rows of them below."""

COMMON, RUNS, BLOCKS, NOTES, CELLS = 0, 1, 2, 3, 4


def brief_comparison(side: SideBySide, units: Unit | None = None) -> list[Line]:
    """
    Return runs side by side as lines.

    Parameters
    ----------
    side : SideBySide
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    """
    unit = side_unit(side, units)
    rows = [run_row(run, unit) for run in side.runs]
    heads = columns(side, unit)
    is_short = len(heads) <= MOST_IN_A_ROW
    lines = [
        Line(title_text(side), "title", COMMON),
        *(Line(text, rank=COMMON) for text in sentences(side) if text),
        Line(_head(heads, is_short=is_short), "head", COMMON),
        *(Line(_run(each, is_short=is_short), "run", RUNS) for each in rows),
    ]
    lines += [Line(_block(head, len(rows)), "block", BLOCKS) for head in heads]
    if not is_short:
        lines += [Line(text, "run", CELLS) for each in rows for text in _cells(each)]
    return [*lines, *(Line(note, rank=NOTES) for note in notes(side, unit))]


def _head(heads: Sequence[Column], *, is_short: bool) -> str:
    """Return the names of the columns."""
    numbers = [head.index for head in heads] if is_short else []
    first, score = capital(say("run")), say("Score")
    return row([first, f"{score} (90 %)", *numbers, say("Findings")])


def _run(run: RunRow, *, is_short: bool) -> str:
    """Return one run: score with its range, how far off each block was, and what is clear."""
    score = f"{run.score} ({run.sure})" if run.sure else run.score
    cells = [f"{cell.glyph} {cell.off}" for cell in run.cells] if is_short else []
    return row([run.label, score, *cells, run.summary])


def _cells(run: RunRow) -> Iterator[str]:
    """Return the blocks of a run, some a row."""
    for at in range(0, len(run.cells), MOST_IN_A_ROW):
        yield row([run.label, *(_numbered(cell) for cell in run.cells[at : at + MOST_IN_A_ROW])])


def _numbered(cell: Cell) -> str:
    """Return a block with its number."""
    return f"{cell.index} {cell.glyph} {cell.off}"


def _block(head: Column, runs: int) -> str:
    """Return what a block asked for, and in how many runs it was held."""
    held = head.held if head.held == DASH else f"{held_of(runs)}: {head.held}"
    return row(part for part in (named(head.index, head.name), head.planned, held) if part)
