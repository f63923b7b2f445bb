"""The block table of a terminal: as wide as there is room, the least needed columns go first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.language import noted, say
from analyzer.report.styled import DIM, SIDES, Line, cut, padded
from analyzer.report.view import block_row
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analyzer.model.review import Review
    from analyzer.report.view import Row
    from analyzer.units import Unit

HEADINGS = (
    noted("Block"), noted("Planned"), noted("Run"), noted("Off by"), noted("In band"),
    noted("HR"), noted("Verdict"),
)  # fmt: skip

LEAST_NAME = 10
"""Columns of a name before a figure gives way to it: "15 min ea…" and not "1:30 mi…"."""

SHORTEST_NAME = 5
"""Columns of a name where nothing is left to give way to it."""

GAPS, BAND, RATE = 9, 9, 5
"""Columns between the others, of the share in band, and of the heart rate, each with its gap."""


class _Layout(Struct, frozen=True):
    """Columns of each part of a row; those of name, band and rate follow from the room left."""

    number: int
    planned: int
    run: int
    off: int
    verdict: int
    name: int = 0
    has_band: bool = False
    has_rate: bool = False

    @property
    def fixed(self) -> int:
        """What a row takes without its name, band and rate."""
        return self.number + self.planned + self.run + self.off + self.verdict + GAPS

    @property
    def optional(self) -> int:
        """What band and rate take."""
        return BAND * self.has_band + RATE * self.has_rate

    @property
    def total(self) -> int:
        """What the whole row takes; the gaps leave one column at the edge."""
        return self.fixed + self.name + self.optional - 1


def block_table(review: Review, width: int, unit: Unit) -> list[Line]:
    """
    Return the block table.

    Narrow ones lose the share in band, the heart rate, the error, and last the word
    of the verdict, whose sign stays.

    Parameters
    ----------
    review : Review
        Whose blocks to show.
    width : int
        Columns of the terminal.
    unit : {'km', 'mi'}
        Of the paces.
    """
    rows = [block_row(block, unit) for block in review.blocks]
    headings = {name: say(name) for name in HEADINGS}
    longest = max(SHORTEST_NAME, *(len(row.name) for row in rows))
    if width - _columns(rows, headings).fixed < min(longest, LEAST_NAME):
        rows = [replace(row, error="") for row in rows]
    if width - _columns(rows, headings).fixed < SHORTEST_NAME:
        rows = [replace(row, verdict="") for row in rows]
        headings["Verdict"] = ""
    layout = _with_name(_columns(rows, headings), longest, width)
    rule = Line.of("─" * min(layout.total, width), DIM)
    return [_head(headings, layout), rule, *(_row(row, layout) for row in rows), rule]


def _columns(rows: Sequence[Row], headings: Mapping[str, str]) -> _Layout:
    """Return the columns that are always there, each as wide as its widest cell."""
    has_errors = any(row.error for row in rows)
    return _Layout(
        number=max(2, len(str(len(rows))) + 1),
        planned=max(len(headings["Planned"]), *(len(row.planned) for row in rows)),
        run=max(
            11 if has_errors else len(headings["Run"]) + 1,
            *(len(f"{row.run} {row.error}") for row in rows),
        ),
        off=max(len(headings["Off by"]), *(len(row.off) for row in rows)),
        verdict=max(len(headings["Verdict"]), *(len(row.verdict) + 2 for row in rows)),
    )


def _with_name(layout: _Layout, longest: int, width: int) -> _Layout:
    """Share out what is left: to the name first, then to the heart rate, then to the band."""
    room = width - layout.fixed
    needed = min(longest, LEAST_NAME)
    layout = replace(layout, has_rate=room - RATE >= needed, has_band=room - RATE - BAND >= needed)
    return replace(layout, name=min(longest, max(SHORTEST_NAME, room - layout.optional)))


def _head(headings: Mapping[str, str], layout: _Layout) -> Line:
    """Return the names of the columns."""
    words = f"{headings['Block']:<{layout.number + 1 + layout.name}}"
    words += f"{headings['Planned']:>{layout.planned + 2}}{headings['Run']:>{layout.run + 1}}"
    words += f"  {headings['Off by']:<{layout.off}}"
    words += f"  {headings['In band']:>7}" if layout.has_band else ""
    words += f"{headings['HR']:>5}" if layout.has_rate else ""
    return Line.of(f"{words}  {headings['Verdict']}".rstrip(), DIM)


def _row(row: Row, layout: _Layout) -> Line:
    """Return one block of the table."""
    side = SIDES[row.kind]
    name = padded(cut(row.name, layout.name), layout.name)
    error = f" {row.error}" if row.error else ""
    line = Line.of(f"{row.index:<{layout.number}} {name}{row.planned:>{layout.planned + 2}}")
    line.add(" " * (layout.run + 1 - len(row.run) - len(error)))
    line.add(row.run, f"bold {side}".strip()).add(error, DIM)
    line.add(f"  {row.off:<{layout.off}}", side if row.kind != "not_scored" else "")
    line.add(f"  {row.in_band:>7}" if layout.has_band else "")
    line.add(f"{row.heart_rate:>5}" if layout.has_rate else "")
    return line.add(f"  {row.glyph} {row.verdict}".rstrip(), side)
