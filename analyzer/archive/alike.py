"""The session most like this one: which earlier run of the athlete it is, and what differs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.alike import Alike

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from analyzer.archive.records import BlockRow, RunRow
    from analyzer.model.alike import LikeHow

MOST_APART = 0.5
"""Sessions farther apart than this have nothing to do with each other: a block in two is missing,
or every block is 1.6 times as long."""

HOW: tuple[LikeHow, ...] = ("same", "same_stimulus", "near")
"""Kinds of likeness, the closest first."""

ASSUMED_M = 200.0
"""Metres a minute that a block without a pace is taken to cover, to compare time with distance."""


def most_alike(run: RunRow, earlier: Iterable[RunRow]) -> Alike | None:
    """
    Return what a run shows against the earlier one whose session is most like it.

    The same session goes first, then the same stimulus (equal blocks at other paces), then
    whichever is nearest in blocks and in how its paces relate; of equally near ones the latest.

    Parameters
    ----------
    run : RunRow
        The run that is reviewed.
    earlier : iterable of RunRow
        Runs of the same athlete; those that are not earlier, or not scored, are passed over.

    Returns
    -------
    Alike or None
        None where there is no run to compare with: no scored one, or none near enough.
    """
    before = [r for r in earlier if r.score is not None and _is_before(r, run)]
    ranked = [(_rank(run, r), -_moment(r), i) for i, r in enumerate(before)]
    near = [place for place in ranked if place[0][1] <= MOST_APART]
    if not near or run.score is None:
        return None
    (how, _), _, place = min(near)
    best = before[place]
    if best.day is None:  # such a run is before no other
        return None
    return Alike(
        day=best.day,
        session=HOW[how],
        points=_less(run.score, best.score),
        gained_s=_less(run.gained_s, best.gained_s),
        lost_s=_less(run.lost_s, best.lost_s),
        is_overlapping=_overlap(run, best),
    )


def _is_before(other: RunRow, run: RunRow) -> bool:
    """Whether a run was before another; one without a day cannot be placed."""
    if other.day is None or run.day is None:
        return False
    if other.day != run.day:
        return other.day < run.day
    return _moment(other) < _moment(run)


def _moment(row: RunRow) -> float:
    """Return when a run was, as a number."""
    if row.start_utc is not None:
        return row.start_utc.timestamp()
    day: dt.date | None = row.day
    return 0.0 if day is None else 86_400.0 * (day.toordinal() - 719_163)


def _rank(run: RunRow, other: RunRow) -> tuple[int, float]:
    """Return how like a session is: the kind of likeness, then how far apart they are."""
    if other.session == run.session:
        return 0, 0.0
    if other.stimulus == run.stimulus:
        return 1, 0.0
    return 2, distance(run.blocks, other.blocks)


def distance(first: Sequence[BlockRow], second: Sequence[BlockRow]) -> float:
    """
    Return how far apart two sessions are: 0 for equal ones but for their paces.

    Blocks are laid on one another in order, at the least cost: a pair costs the difference of
    the logarithms of its lengths and, five times as heavy, of its paces, each against the mean
    pace of its session; a block without a partner costs 1. The sum is over the larger number of
    blocks. (The alignment is that of Needleman and Wunsch 1970, J. Mol. Biol. 48, 443-453.)
    """
    if not first or not second:
        return math.inf
    ours, theirs = _shape(first), _shape(second)
    above = [float(j) for j in range(len(theirs) + 1)]
    for i, one in enumerate(ours, start=1):
        row = [float(i)]
        for j, other in enumerate(theirs, start=1):
            pair = above[j - 1] + abs(one[0] - other[0]) + 5 * abs(one[1] - other[1])
            row.append(min(pair, above[j] + 1.0, row[j - 1] + 1.0))
        above = row
    return above[-1] / max(len(ours), len(theirs))


def _shape(blocks: Sequence[BlockRow]) -> list[tuple[float, float]]:
    """Return each block as the logarithms of its length, and of its pace against their mean."""
    logs = [math.log(b.planned_s_per_km) for b in blocks if b.planned_s_per_km]
    mean = sum(logs) / len(logs) if logs else 0.0
    return [
        (
            math.log(_length_s(b)),
            math.log(b.planned_s_per_km) - mean if b.planned_s_per_km else 0.0,
        )
        for b in blocks
    ]


def _length_s(block: BlockRow) -> float:
    """Return how long a block was planned to take; at least a second."""
    if block.planned_s is not None:
        return max(1.0, block.planned_s)
    if block.planned_m is None:
        return 60.0
    pace = block.planned_s_per_km or 60_000.0 / ASSUMED_M
    return max(1.0, block.planned_m * pace / 1000.0)


def _less(value: float | None, other: float | None) -> float | None:
    """Return a difference; None where one of the two is unknown."""
    return None if value is None or other is None else value - other


def _overlap(run: RunRow, other: RunRow) -> bool:
    """Whether the 90 % ranges of two scores overlap; unknown ones are taken to."""
    ranges = (run.score_low, run.score_high, other.score_low, other.score_high)
    low, high, other_low, other_high = ranges
    if low is None or high is None or other_low is None or other_high is None:
        return True
    return low <= other_high and other_low <= high
