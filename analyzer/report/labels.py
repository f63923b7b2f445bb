"""Labels on a drawing of a run: which matter most, where they go, which must give way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.report.frame import Frame


class Labels(Struct):
    """The places that labels have taken; x and y in the units of the drawing."""

    places: list[tuple[float, float]] = field(default_factory=list)

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take a place, unless a label nearer than so wide and so high is there already."""
        if any(abs(x - u) < width and abs(y - v) < height for u, v in self.places):
            return False
        self.places.append((x, y))
        return True


class LabelRow(Struct):
    """Labels on one line, from left to right."""

    free_from: float = -math.inf

    def take(self, first: float, last: float) -> bool:
        """Take a part of the line, unless the label before it reaches into that."""
        if first < self.free_from:
            return False
        self.free_from = last
        return True


def is_off(block: BlockResult) -> bool:
    """Whether a block was judged too fast or too slow."""
    return block.verdict in ("too_fast", "too_slow")


def off_first(blocks: Iterable[BlockResult]) -> list[BlockResult]:
    """Return the blocks in the order their labels are wanted: those that were off, then others."""
    return sorted(blocks, key=lambda block: not is_off(block))


def label_height(
    line: Sequence[float], mean: float, above: bool, frame: Frame, room: float
) -> float:
    """
    Return where the label of a mean goes: off the line, never far from the mean.

    Parameters
    ----------
    line : sequence of float
        Heights of the run's line near the label, in drawing units.
    mean : float
        Height of the mean.
    above : bool
        The side to try first.
    frame : Frame
        For the edges.
    room : float
        Height of the label.
    """
    heights = [mean, *(v for v in line if math.isfinite(v))]
    over = min(heights) - 0.75 * room
    under = max(heights) + 1.15 * room
    for at in (over, under) if above else (under, over):
        if abs(at - mean) <= 4.5 * room and frame.top + room <= at <= frame.bottom - 0.3 * room:
            return at
    return mean - 0.75 * room if above else mean + 1.15 * room


def apart(places: Sequence[float], least: float) -> list[int]:
    """
    Return which labels may stay, by their place in the list.

    Parameters
    ----------
    places : sequence of float
        Where each would stand, the most wanted first.
    least : float
        Two that are nearer would touch.
    """
    kept: list[int] = []
    for i, place in enumerate(places):
        if all(abs(place - places[k]) >= least for k in kept):
            kept.append(i)
    return kept


def ends_first(speeds: Iterable[float]) -> list[float]:
    """Return speeds in the order their labels are wanted: fastest, slowest, then the others."""
    ordered = sorted(set(speeds), reverse=True)
    return [*ordered[:1], *ordered[1:][-1:], *ordered[1:-1]]
