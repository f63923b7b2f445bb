"""What every part of the drawing of a run needs: the review, the sizes, and where things lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.activity import Floats
    from analyzer.model.block_result import BlockResult
    from analyzer.model.review import Review
    from analyzer.units import Unit

SIDES = {"too_fast": "tf", "too_slow": "ts", "held": "h", "not_scored": "u"}
"""Class of a verdict in the style of the page."""


class Layout(Struct, frozen=True):
    """
    Sizes of one drawing, in its own units (px where it is not scaled).

    Parameters
    ----------
    name : str
        Class of the drawing.
    width, left, right : float
        Of the whole, and the edges of the part that holds the line.
    letter, size : float
        About the width of a letter, and the height of a line of text.
    pace_height : float
        Of the part that holds the line.
    head_lines : int
        Lines above each block; with one there is room for numbers only.
    minutes : int
        Most marks along the time.
    """

    name: str
    width: float
    left: float
    right: float
    letter: float
    size: float
    pace_height: float
    head_lines: int
    minutes: int

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for numbers only."""
        return self.head_lines == 1


WIDE = Layout("wide", 920, 56, 914, 6.4, 15, 230, 2, 8)
NARROW = Layout("narrow", 328, 34, 325, 5.7, 13, 150, 1, 5)


class Scene(Struct, frozen=True):
    """
    One drawing of one review.

    Parameters
    ----------
    review : Review
        With its trace.
    unit : {'km', 'mi'}
        Of distances and paces.
    layout : Layout
        Sizes.
    blocks : sequence of BlockResult
        Those that have a place in the recording.
    frame : Frame
        Where seconds and speeds lie.
    """

    review: Review
    unit: Unit
    layout: Layout
    blocks: Sequence[BlockResult]
    frame: Frame

    def edges(self, block: BlockResult) -> tuple[float, float]:
        """Left and right of a block."""
        return self.frame.x(block.start_s or 0.0), self.frame.x(block.end_s or 0.0)

    def during(self, values: Floats) -> list[float]:
        """Values of the trace that lie within the drawing, NaN included."""
        elapsed_s = self.review.trace.elapsed_s
        inside = (elapsed_s >= self.frame.start_s) & (elapsed_s <= self.frame.end_s)
        during: list[float] = values[inside].tolist()
        return during

    def times_s(self) -> list[float]:
        """Elapsed seconds of `during`."""
        return self.during(self.review.trace.elapsed_s)


def scene_of(  # noqa: PLR0913, PLR0917 - where all of it lies
    review: Review,
    unit: Unit,
    layout: Layout,
    blocks: Sequence[BlockResult],
    span_s: tuple[float, float],
    limits_mps: tuple[float, float],
) -> Scene:
    """Lay out a drawing: distance and headings on top, then the part that holds the line."""
    top = layout.size * 1.5 + layout.head_lines * layout.size * 1.1 + 6
    frame = Frame(layout.left, layout.right, top, top + layout.pace_height, *span_s, *limits_mps)
    return Scene(review, unit, layout, blocks, frame)
