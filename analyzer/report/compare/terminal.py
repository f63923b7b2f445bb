"""Runs side by side for a terminal: a table where it fits, else a paragraph a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import (
    Cell,
    columns,
    held_of,
    notes,
    run_row,
    side_unit,
    title_text,
)
from analyzer.report.language import capital, say
from analyzer.report.styled import Line, cells, cut, padded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.comparison import SideBySide
    from analyzer.report.compare.view import Column, RunRow
    from analyzer.units import Unit

SIDES = {"too_fast": "blue", "too_slow": "yellow", "held": "", "not_scored": "dim"}
DIM, BOLD = "dim", "bold"

LEAST_LABEL = 12
"""Where labels would be cut below this, the table is folded [columns]."""


def render_comparison(
    side: SideBySide, *, width: int = 80, colour: bool = False, units: Unit | None = None
) -> str:
    """
    Return runs side by side as text.

    Parameters
    ----------
    side : SideBySide
        What to show.
    width : int
        Columns; no line is longer.
    colour : bool
        With escape codes; words and signs carry everything without them.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    """
    unit = side_unit(side, units)
    first, second = sentences(side)
    sentence = Line.of(first, BOLD)
    if second:
        sentence.add(f" {second}")
    rows = [run_row(run, unit) for run in side.runs]
    heads = columns(side, unit)
    parts = [Line.of(title_text(side), DIM), Line(), sentence, Line()]
    parts += _table(rows, heads, width) or _folded(rows, heads, width)
    parts += [Line(), Line.of(" ".join(notes(side, unit)), DIM)]
    lines = [
        line.rendered(colour=colour)
        for part in parts
        for line in ([part] if cells(part.plain) <= width else part.wrapped(width))
    ]
    return "\n".join(lines).rstrip("\n")


def _table(rows: Sequence[RunRow], heads: Sequence[Column], width: int) -> list[Line]:
    """Return a row a run with a column a block; nothing where it does not fit."""
    shown = [[r.cells[i].off for r in rows] for i in range(len(heads))]
    named = [_size([h.name[1:], h.planned[1:], *s]) for h, s in zip(heads, shown, strict=True)]
    paced = [_size([h.planned[1:], *s]) for h, s in zip(heads, shown, strict=True)]
    bare = [_size(s) for s in shown]
    sure = max(4, *(cells(r.sure) for r in rows))
    longest = max(cells(r.label) for r in rows)
    least = min(longest, LEAST_LABEL)
    tried = ((named, longest), (paced, longest), (bare, longest), (paced, least), (bare, least))
    for sizes, needed in tried:
        room = width - (2 + _score_width() + 2 + sure) - sum(4 + size for size in sizes)
        if room >= needed:
            break
    else:
        return []
    label = max(min(longest, room), min(5, room))
    start = label + 2 + _score_width() + 2 + sure
    ruled = Line.of("─" * (start + sum(4 + size for size in sizes)), DIM)
    lines = [Line.of(" " * start, DIM)]
    for head, size in zip(heads, sizes, strict=True):
        lines[0].add(_right(head.index, size + 4), BOLD)
    for words in ([h.name for h in heads], [h.planned for h in heads]):
        fits = all(cells(w) <= size + 3 for w, size in zip(words, sizes, strict=True))
        if any(words) and fits:
            told = "".join(_right(w, s + 4) for w, s in zip(words, sizes, strict=True))
            lines.append(Line.of(" " * start + told, DIM))
    last = lines.pop()
    name, score = padded(capital(say("run")), label), say("Score")
    heading = f"{name}  {score:>{_score_width()}}  {'90 %':<{sure}}"
    lines.append(Line.of(heading, DIM))
    lines[-1].add(last.plain[start:], DIM)
    lines.append(ruled)
    for row in rows:
        lines += _row(row, sizes, (label, sure), width)
    lines.append(ruled)
    held = Line.of(padded(held_of(len(rows)), start), DIM)
    for column, size in zip(heads, sizes, strict=True):
        held.add(_right(column.held, size + 4))
    lines.append(held)
    return lines


def _score_width() -> int:
    """Return the width of the column of scores, as wide as its name."""
    return max(5, cells(say("Score")))


def _size(words: Sequence[str]) -> int:
    """Return how wide the widest of some words is, as wide as a deviation at least."""
    return max(3, *(cells(w) for w in words))


def _row(row: RunRow, sizes: Sequence[int], fixed: tuple[int, int], width: int) -> list[Line]:
    """Return one run of the table, its word and findings below."""
    label, sure = fixed
    line = Line.of(padded(cut(row.label, label), label), BOLD)
    line.add(f"  {row.score:>{_score_width()}}", BOLD).add(f"  {padded(row.sure, sure)}", DIM)
    off = max(3, *(cells(cell.off) for cell in row.cells))
    for cell, size in zip(row.cells, sizes, strict=True):
        wide = min(off, size)
        line.add(" " * (2 + size - wide))
        line.add(f"{cell.glyph} {_right(cell.off, wide)}", SIDES[cell.kind])
    return [line, *_below(row, width)]


def _below(row: RunRow, width: int) -> list[Line]:
    """Return word and findings of a run, wrapped and set in."""
    told = Line.of(row.told, DIM).wrapped(width - 2)
    return [Line([("  ", ""), *line.pieces]) for line in told]


def _folded(rows: Sequence[RunRow], heads: Sequence[Column], width: int) -> list[Line]:
    """Return a paragraph a run, with the number of each block in front of its sign."""
    number = max(len(h.index) for h in heads)
    off = max(cells(c.off) for r in rows for c in r.cells)
    each = number + 1 + 2 + off + 3
    fitting = max(1, (width - 2 + 3) // each)
    lines: list[Line] = []
    for row in rows:
        first = Line.of(cut(row.label, width - 26), BOLD)
        first.add(f"  {row.score}", BOLD).add(f"  {row.sure}", DIM)
        lines += [first]
        for at in range(0, len(row.cells), fitting):
            lines.append(_numbered(row.cells[at : at + fitting], number, off))
        lines += [*_below(row, width), Line()]
    lines.append(Line.of(held_of(len(rows)), DIM))
    held = [Cell(h.index, "●", h.held, "", "held") for h in heads]
    return lines + [
        _numbered(held[at : at + fitting], number, off) for at in range(0, len(held), fitting)
    ]


def _numbered(shown: Sequence[Cell], number: int, off: int) -> Line:
    """Return a few blocks of one run on one line."""
    line = Line()
    for cell in shown:
        line.add("  ").add(f"{cell.index:>{number}} ", DIM)
        line.add(f"{cell.glyph} {cell.off}", SIDES[cell.kind])
        line.add(" " * (off - cells(cell.off) + 1))
    return line


def _right(text: str, columns_wide: int) -> str:
    """Set a text to the right of so many columns."""
    return " " * max(0, columns_wide - cells(text)) + text
