"""Axes that several runs share, so that their drawings can be compared by eye."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.frame import drawn_blocks, span_of, speed_limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from analyzer.model.review import Review

    Side = Literal["", "fast", "slow"]


class SharedAxes(Struct, frozen=True):
    """The longest of the runs, and the slowest and fastest speed that is drawn of any."""

    length_s: float
    low_mps: float
    high_mps: float


class Stretch(Struct, frozen=True):
    """A part of a run's line: (elapsed s, m/s), inside its plan or off it to one side."""

    side: Side
    points: tuple[tuple[float, float], ...]


def shared_axes(reviews: Iterable[Review]) -> SharedAxes | None:
    """Return the axes on which every run fits; None where there is nothing to draw."""
    lengths, lows, highs = [], [], []
    for review in reviews:
        blocks = drawn_blocks(review)
        limits = speed_limits(review, blocks)
        if limits is None:
            continue
        start_s, end_s = span_of(blocks)
        lengths.append(end_s - start_s)
        lows.append(limits[0])
        highs.append(limits[1])
    return SharedAxes(max(lengths), min(lows), max(highs)) if lengths else None


def stretches(review: Review, most: int) -> list[Stretch]:
    """
    Return the line of a run in at most about that many points, broken at stops.

    Parts that were off the plan long and far enough to be mentioned stand apart, and
    begin where the part before them ends.
    """
    parts: list[Stretch] = []
    points: list[tuple[float, float]] = []
    side: Side = ""
    for point in _thinned(review, most):
        here = "" if point is None else _side(review, point[0])
        if points and (point is None or here != side):
            parts.append(Stretch(side, tuple(points)))
            points = [] if point is None else points[-1:]
        side = here
        points += [] if point is None else [point]
    return [*parts, Stretch(side, tuple(points))] if points else parts


def _thinned(review: Review, most: int) -> list[tuple[float, float] | None]:
    """Return the points of a run's line, each the mean of a few; None at a stop."""
    blocks = drawn_blocks(review)
    if not blocks:
        return []
    start_s, end_s = span_of(blocks)
    trace = review.trace
    inside = (trace.elapsed_s >= start_s) & (trace.elapsed_s <= end_s)
    pairs = list(
        zip(trace.elapsed_s[inside].tolist(), trace.speed_mps[inside].tolist(), strict=True)
    )
    step = max(1, math.ceil(len(pairs) / most))
    return [_mean(pairs[i : i + step]) for i in range(0, len(pairs), step)]


def _mean(pairs: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the middle of a few points; None at a stop."""
    running = [(at_s, speed) for at_s, speed in pairs if math.isfinite(speed)]
    if not running or 2 * len(running) < len(pairs):
        return None
    count = len(running)
    return sum(at_s for at_s, _ in running) / count, sum(speed for _, speed in running) / count


def _side(review: Review, at_s: float) -> Side:
    """Return on which side of the plan an elapsed second lies."""
    for excursion in review.trace.excursions:
        if excursion.start_s <= at_s < excursion.end_s:
            return excursion.side
    return ""
