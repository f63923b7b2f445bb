"""Walked and jogged breaks: what falls, and comes back to where it was (method 3.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.model.alignment import Break

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.model.activity import Bools, Floats
    from analyzer.model.alignment import Placement
    from analyzer.model.plan import Plan

LEAST_S, MOST_S = 20, 300
"""Shorter dips are a corner or the watch; longer ones a part of the session [s]."""

LEAST_DROP = -math.log(0.88)
"""A break is 12 % slower than the running around it: hills and wind cost less, a jog costs more."""

SAME = 0.05
"""
The running after a break is that before it within this, in ln v.

One step of most progressions (4 %), so that a break beside a change is seen too. A
collapse does not come back, and a recovery before a much faster block is none of this.
"""

SIDES_S = (90, 60, 30)
"""Looked at on either side, the longest first; a change of pace near by leaves a short one [s]."""

FROM_EDGE_S = 60
"""Nearer to either end of the recording it is a way in or out, not a break [s]."""

NEAR_PRESS_S = 10.0
"""A stretch with a lap press this near to both its ends was marked as a part of its own [s]."""

STEP_S = 5
"""Breaks are sought in steps of this: the medians of so many seconds [s]."""

AROUND = 2
"""Steps in which legs and watch slow down and speed up, at the most; left out with the break."""

MOST_NEAR, NEAR_S = 2, 150.0
"""More dips than this within 2.5 min of one another are how it was run: in waves."""

LEFT_S = 75.0
"""Breaks leave at least so much of the core of their block: the rest must be worth judging [s]."""

TOLD_SHARE = 0.8
"""A break that is told was no faster than this share of the running around it: surges are not."""

SHALLOW, SHALLOW_MOST_S = 0.62, 225
"""
Faster than this share of the running around it, a break is no longer than this [s].

A walk to the toilet may take five minutes; who runs at three quarters of the pace for four
minutes has not taken a break but collapsed, and recovered.
"""

STANDING_LN = math.log(0.3)
"""Level of steps without any running, in ln v: below whatever is around."""


def plans_to_slow(plan: Plan) -> bool:
    """
    Whether a plan asks the runner to slow down and speed up again, or may.

    Recoveries look like breaks. A block without a pace between others may be one.
    """
    if any(block.role == "rest" for block in plan.blocks):
        return True
    inner = plan.blocks[1:-1]
    if any(block.target is None for block in inner):
        return True
    speeds = [block.target.speed_mps for block in plan.blocks if block.target]
    return any(
        here < max(speeds[:i]) and here < max(speeds[i + 1 :])
        for i, here in enumerate(speeds)
        if 0 < i < len(speeds) - 1
    )


def find_breaks(speed_mps: Floats, is_moving: Bools, presses_s: Floats) -> tuple[Break, ...]:
    """
    Find where a runner walked or jogged for a while and then went on as before.

    Parameters
    ----------
    speed_mps : array
        Speed of every second of the timer clock; slopes taken out where they are known.
    is_moving : array of bool
        Seconds that were run or walked; what is not is a stop or unknown, and has no say.
    presses_s : array
        Timer seconds of lap presses.

    Returns
    -------
    tuple of Break
        In order, 20 s to 5 min each. A stretch of standing alone is none: it is a stop.
    """
    level = np.where(is_moving, np.log(np.maximum(speed_mps, 0.05)), np.nan)
    found = (_come_back(level, *ends) for ends in _dips(level))
    breaks = tuple(b for b in found if b is not None and not _is_marked(b, presses_s))
    return tuple(b for b in breaks if sum(_is_near(b, other) for other in breaks) <= MOST_NEAR)


def _is_near(stretch: Break, other: Break) -> bool:
    """Whether two breaks, or one and itself, begin within 2.5 min of each other."""
    return abs(stretch.start_s - other.start_s) <= NEAR_S


def inside_blocks(breaks: tuple[Break, ...], placements: Sequence[Placement]) -> tuple[Break, ...]:
    """
    Keep what is a break in its block: slow, no collapse, and of its core enough was run.

    A block walked nearly throughout was not run with a break in it: it is judged as it is.
    """
    breaks = tuple(b for b in breaks if b.share <= TOLD_SHARE and not _is_collapse(b))
    cores = [
        (p.core_start_s, p.core_end_s)
        for p in placements
        if p.core_start_s is not None and p.core_end_s is not None
    ]
    spent = [
        (start_s, end_s)
        for start_s, end_s in cores
        if end_s - start_s - sum(_overlap_s(b, start_s, end_s) for b in breaks) < LEFT_S
    ]
    return tuple(
        b
        for b in breaks
        if any(_overlap_s(b, *core) > 0 for core in cores)
        and not any(_overlap_s(b, *core) > 0 for core in spent)
    )


def _is_collapse(stretch: Break) -> bool:
    """Whether it was run, too slowly for too long to have been a break."""
    return stretch.share > SHALLOW and stretch.end_s - stretch.start_s > SHALLOW_MOST_S


def _overlap_s(stretch: Break, start_s: float, end_s: float) -> float:
    """Seconds of a break within a window; 0 without any."""
    return max(0.0, min(stretch.end_s, end_s) - max(stretch.start_s, start_s))


def _dips(level: Floats) -> Iterator[tuple[int, int]]:
    """Yield first and last second of what lies well below what is both before and after them."""
    count = level.size // STEP_S
    if count * STEP_S < MOST_S:
        return
    steps = _smooth(_medians(level[: count * STEP_S].reshape(count, STEP_S)))
    filled = _filled(steps)
    is_low = (filled - steps > LEAST_DROP).astype(np.int8)
    changes = np.diff(is_low, prepend=0, append=0)
    pairs = zip(np.flatnonzero(changes == 1), np.flatnonzero(changes == -1), strict=True)
    for first, last in pairs:
        back = filled[first:last].min() - LEAST_DROP / 3
        yield (
            STEP_S * (int(first) - _slowing(steps[max(first - AROUND, 0) : first][::-1], back)),
            STEP_S * (int(last) + _slowing(steps[last : last + AROUND], back)),
        )


def _medians(windows: Floats) -> Floats:
    """Median of the known values of each row; the level of standing where there are too few."""
    ordered = np.sort(windows, axis=1)  # NaN goes to the end
    known = np.isfinite(ordered).sum(axis=1)
    middle = ordered[np.arange(known.size), np.maximum(known - 1, 0) // 2]
    return np.where(2 * known >= windows.shape[1], middle, STANDING_LN)


def _smooth(steps: Floats) -> Floats:
    """Median of each step and its two neighbours: a step read wrong is no end of a break."""
    three = np.lib.stride_tricks.sliding_window_view(np.pad(steps, 1, mode="edge"), 3, axis=0)
    smooth: Floats = np.sort(three, axis=1)[:, 1]
    return smooth


def _filled(steps: Floats) -> Floats:
    """
    Fill every valley up to its lower side where it is no wider than the longest break.

    Steps of a progression, a collapse and the ends of the run stay as they are.
    """
    half = (MOST_S // STEP_S + 2 * AROUND) // 2
    padded = np.pad(steps, 2 * half, constant_values=-np.inf)
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1).max(axis=1)
    filled: Floats = np.lib.stride_tricks.sliding_window_view(highest, 2 * half + 1).min(axis=1)
    return filled


def _slowing(outward: Floats, back: float) -> int:
    """Count the steps next to a dip that are not yet back at the running around it."""
    is_back = outward >= back
    return int(is_back.argmax()) if is_back.any() else outward.size


def _come_back(level: Floats, start_s: int, end_s: int) -> Break | None:
    """Return a dip that is long and deep enough, with the same running on both its sides."""
    inside = level[start_s:end_s]
    moving = inside[np.isfinite(inside)]
    if moving.size < LEAST_S or end_s - start_s > MOST_S + 2 * AROUND * STEP_S:
        return None
    if start_s < FROM_EDGE_S or end_s > level.size - FROM_EDGE_S:
        return None
    slow = median(moving)
    for side_s in SIDES_S:
        before = _level(level[max(start_s - side_s, 0) : start_s])
        after = _level(level[end_s:][:side_s])
        if abs(before - after) < SAME and min(before, after) - slow > LEAST_DROP:
            return Break(start_s, end_s, math.exp(slow - min(before, after)))
    return None


def _level(side: Floats) -> float:
    """Median of what is known of a side; NaN where that is under half of it."""
    known = side[np.isfinite(side)]
    return median(known) if known.size and 2 * known.size >= side.size else math.nan


def _is_marked(stretch: Break, presses_s: Floats) -> bool:
    """Whether the runner pressed lap at both ends: a recovery of their own, marked as one."""
    if presses_s.size == 0:
        return False
    ends_s = np.array([stretch.start_s, stretch.end_s])
    off_s = np.abs(presses_s[:, None] - ends_s).min(axis=0)
    return bool((off_s <= NEAR_PRESS_S + AROUND * STEP_S).all())
