"""Axes that several runs share, so that their drawings can be laid over one another by eye."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.report.frame import drawn_blocks, span_of, speed_limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from analyzer.model.review import Review

    Side = Literal["", "fast", "slow"]


@dataclass(frozen=True, slots=True)
class SharedAxes:
    """The longest of the runs, and the slowest and fastest speed that is drawn of any."""

    length_s: float
    low_mps: float
    high_mps: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a run's line: (elapsed s, m/s), inside its plan or off it to one side."""

    side: Side
    points: tuple[tuple[float, float], ...]


def shared_axes(reviews: Iterable[Review]) -> SharedAxes | None:
    """Return the axes that hold every run; None where there is nothing to draw."""
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
    Return the line of a run in at most about so many points, broken at stops.

    Parts that were off the plan long and far enough to be told stand apart, and
    begin where the part before them ends.
    """
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
    made: list[Stretch] = []
    joined: tuple[float, float] | None = None
    points: list[tuple[float, float]] = []
    side: Side = ""
    for i in range(0, len(pairs), step):
        point = _mean(pairs[i : i + step])
        here = "" if point is None else _side(review, point[0])
        if points and (point is None or here != side):
            made.append(Stretch(side, tuple(points)))
            joined = points[-1] if point is not None else None
            points = [joined] if joined is not None else []
        side = here
        points += [] if point is None else [point]
    return [*made, Stretch(side, tuple(points))] if points else made


def _mean(pairs: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the middle of a few points; None at a stop."""
    known = [(at, speed) for at, speed in pairs if math.isfinite(speed)]
    if not known or 2 * len(known) < len(pairs):
        return None
    return sum(a for a, _ in known) / len(known), sum(v for _, v in known) / len(known)


def _side(review: Review, at_s: float) -> Side:
    """Return on which side of the plan an elapsed second lies."""
    for excursion in review.trace.excursions:
        if excursion.start_s <= at_s < excursion.end_s:
            return excursion.side
    return ""
