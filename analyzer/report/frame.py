"""Where things lie on a drawing of a run: seconds to the right, speed up, even in speed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.view import planned_speeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.review import Excursion, Review

WALKING_MPS = 1.2
"""Slower running does not stretch the scale [m/s]."""

WIDEST_PCT = 30.0
"""A free side is drawn this far [%]."""


class Frame(Struct, frozen=True):
    """
    Seconds and speeds to places on a drawing.

    Parameters
    ----------
    left, right, top, bottom : float
        Edges of the part that holds the line; y grows downwards.
    start_s, end_s : float
        Elapsed seconds at left and right.
    low_mps, high_mps : float
        Speeds at bottom and top.
    """

    left: float
    right: float
    top: float
    bottom: float
    start_s: float
    end_s: float
    low_mps: float
    high_mps: float

    def x(self, seconds: float) -> float:
        """Place of an elapsed second."""
        share = (seconds - self.start_s) / (self.end_s - self.start_s)
        return self.left + share * (self.right - self.left)

    def y(self, speed: float) -> float:
        """Place of a speed, kept inside the drawing."""
        kept = min(max(speed, self.low_mps), self.high_mps)
        share = (kept - self.low_mps) / (self.high_mps - self.low_mps)
        return self.bottom - share * (self.bottom - self.top)


def drawn_blocks(review: Review) -> list[BlockResult]:
    """Return the blocks that have a place in the recording."""
    return [b for b in review.blocks if b.start_s is not None and b.end_s is not None]


def span_of(blocks: Sequence[BlockResult]) -> tuple[float, float]:
    """Return the elapsed seconds that a drawing of these blocks covers."""
    return min(b.start_s or 0.0 for b in blocks), max(b.end_s or 0.0 for b in blocks)


def speed_limits(review: Review, blocks: Sequence[BlockResult]) -> tuple[float, float] | None:
    """
    Return slowest and fastest speed of a drawing: the plan, and nearly all of the run.

    None where there is nothing to draw.
    """
    if not blocks or review.trace.elapsed_s.size < 3:
        return None
    start_s, end_s = span_of(blocks)
    planned = [v for b in blocks if (ends := planned_speeds(b)) is not None for v in ends]
    speeds = planned + _usual_speeds(review, start_s, end_s)
    if not speeds or end_s <= start_s:
        return None
    room = max(0.1 * (max(speeds) - min(speeds)), 0.15)
    return min(speeds) - room, max(speeds) + room


def _usual_speeds(review: Review, start_s: float, end_s: float) -> list[float]:
    """Return a slow and a fast speed that hold 97 % of the running; nothing where nobody ran."""
    trace = review.trace
    inside = (trace.elapsed_s >= start_s) & (trace.elapsed_s <= end_s)
    run = sorted(v for v in trace.speed_mps[inside].tolist() if v > WALKING_MPS)
    return [run[len(run) // 50], run[-1 - len(run) // 100]] if run else []


def excursions_of(
    review: Review, blocks: Sequence[BlockResult]
) -> Iterator[tuple[Excursion, BlockResult]]:
    """Return each stretch off the plan with the block it began in."""
    for excursion in review.trace.excursions:
        for block in blocks:
            if (block.start_s or 0.0) <= excursion.start_s < (block.end_s or 0.0):
                yield excursion, block


def band_of(block: BlockResult) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the slow and the fast edge of a block's band, each at its start and end [m/s]."""
    ends = planned_speeds(block)
    if ends is None or block.tolerance is None:
        return None
    slow = math.exp(-min(block.tolerance.slow_pct, WIDEST_PCT) / 100)
    fast = math.exp(min(block.tolerance.fast_pct, WIDEST_PCT) / 100)
    return (ends[0] * slow, ends[1] * slow), (ends[0] * fast, ends[1] * fast)


def minute_marks(frame: Frame, most: int) -> list[int]:
    """Return round minutes inside a drawing, at most that many."""
    length = frame.end_s - frame.start_s
    step = next(
        (s for s in (60, 120, 300, 600, 900, 1200, 1800, 3600, 7200) if length / s <= most), 14_400
    )
    first, last = math.ceil(frame.start_s / step), math.floor(frame.end_s / step)
    return [i * step // 60 for i in range(first, last + 1)]
