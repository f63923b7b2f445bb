"""Runs side by side for a terminal: a table where it fits, else a paragraph a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

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
from analyzer.report.styled import BOLD, DIM, SIDES, Line, cells, cut, padded
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.comparison import SideBySide
    from analyzer.report.compare.view import Column, RunRow
    from analyzer.units import Unit

LEAST_LABEL = 12
"""Where labels would be cut below this, the table is folded [columns]."""


def text_file(side: SideBySide, units: Unit | None = None) -> str:
    """Return the same without colour, with the line end of a file."""
    return render_comparison(side, units=units) + "\n"


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


class _Layout(Struct, frozen=True):
    """Columns of the parts of a row: label, score, its range, and each block without its sign."""

    label: int
    score: int
    sure: int
    blocks: tuple[int, ...]

    @property
    def start(self) -> int:
        """Columns in front of the first block."""
        return self.label + 2 + self.score + 2 + self.sure

    @property
    def total(self) -> int:
        """Columns of the whole row."""
        return self.start + sum(4 + size for size in self.blocks)

    def fits(self, words: Sequence[str]) -> bool:
        """Whether a word a block can stand above the blocks, with a gap between."""
        return all(cells(w) <= size + 3 for w, size in zip(words, self.blocks, strict=True))

    def above_blocks(self, words: Sequence[str]) -> list[str]:
        """Return a word a block, each set to the right edge of its block."""
        return [_right(w, size + 4) for w, size in zip(words, self.blocks, strict=True)]


def _table(rows: Sequence[RunRow], heads: Sequence[Column], width: int) -> list[Line]:
    """Return a row a run with a column a block; nothing where it does not fit."""
    layout = _layout(rows, heads, width)
    if layout is None:
        return []
    rule = Line.of("─" * layout.total, DIM)
    lines = [*_head(heads, layout), rule]
    for row in rows:
        lines += _row(row, layout, width)
    held = Line.of(padded(held_of(len(rows)), layout.start), DIM)
    for words in layout.above_blocks([head.held for head in heads]):
        held.add(words)
    return [*lines, rule, held]


def _layout(rows: Sequence[RunRow], heads: Sequence[Column], width: int) -> _Layout | None:
    """Return the widest layout that fits; names of blocks go first, then paces, then labels."""
    shown = [[row.cells[i].off for row in rows] for i in range(len(heads))]
    pairs = list(zip(heads, shown, strict=True))
    named = [_size([head.name[1:], head.planned[1:], *offs]) for head, offs in pairs]
    paced = [_size([head.planned[1:], *offs]) for head, offs in pairs]
    bare = [_size(offs) for offs in shown]
    sure = max(4, *(cells(row.sure) for row in rows))
    longest = max(cells(row.label) for row in rows)
    least = min(longest, LEAST_LABEL)
    tried = ((named, longest), (paced, longest), (bare, longest), (paced, least), (bare, least))
    for sizes, needed in tried:
        layout = _Layout(0, _score_width(rows), sure, tuple(sizes))
        room = width - layout.total
        if room >= needed:
            return replace(layout, label=max(min(longest, room), min(5, room)))
    return None


def _head(heads: Sequence[Column], layout: _Layout) -> list[Line]:
    """Return number, name and pace of the blocks, the last of them beside the other headings."""
    numbers = Line.of(" " * layout.start, DIM)
    for number in layout.above_blocks([head.index for head in heads]):
        numbers.add(number, BOLD)
    labels = ([head.name for head in heads], [head.planned for head in heads])
    *above, last = [
        numbers,
        *(
            Line.of(" " * layout.start + "".join(layout.above_blocks(words)), DIM)
            for words in labels
            if any(words) and layout.fits(words)
        ),
    ]
    run, score = padded(capital(say("run")), layout.label), say("Score")
    heading = Line.of(f"{run}  {score:>{layout.score}}  {'90 %':<{layout.sure}}", DIM)
    return [*above, heading.add(last.plain[layout.start :], DIM)]


def _score_width(rows: Sequence[RunRow]) -> int:
    """Return the width of the column of scores, as wide as its name; two readings take more."""
    return max(5, cells(say("Score")), *(cells(row.score) for row in rows))


def _size(words: Sequence[str]) -> int:
    """Return how wide the widest of some words is, as wide as a deviation at least."""
    return max(3, *(cells(w) for w in words))


def _row(row: RunRow, layout: _Layout, width: int) -> list[Line]:
    """Return one run of the table, its word and findings below."""
    line = Line.of(padded(cut(row.label, layout.label), layout.label), BOLD)
    line.add(f"  {row.score:>{layout.score}}", BOLD).add(f"  {padded(row.sure, layout.sure)}", DIM)
    off = max(3, *(cells(cell.off) for cell in row.cells))
    for cell, size in zip(row.cells, layout.blocks, strict=True):
        wide = min(off, size)
        line.add(" " * (2 + size - wide))
        line.add(f"{cell.glyph} {_right(cell.off, wide)}", SIDES[cell.kind])
    return [line, *_below(row, width)]


def _below(row: RunRow, width: int) -> list[Line]:
    """Return word and findings of a run, wrapped and set in."""
    lines = Line.of(row.summary, DIM).wrapped(width - 2)
    return [Line([("  ", ""), *line.pieces]) for line in lines]


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
    """Align a text right in a number of columns."""
    return " " * max(0, columns_wide - cells(text)) + text
