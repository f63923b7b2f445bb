"""
Speeds that cannot be: replaced when short, a data gap when long (method 1.4).

A watch that lost its position for some seconds catches up in one leap. Such a
leap adds no distance, so it is spread out and not taken for a glitch: replacing
it would shorten the run (3 % on one real recording).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analyzer.model.activity import Bools, Floats
    from analyzer.prepare.grid import Grid

    Ints = NDArray[np.intp]

MAX_RUNNING_MPS = 8.0
"""Nobody runs faster in a progression run (2:05 /km) [m/s]."""

MAX_OTHER_MPS = 25.0
"""Limit for sports other than running [m/s]."""

MAX_JUMP_MPS = 4.0
"""Largest change from one second to the next, away from stops [m/s]."""

NEAR_STOP_S = 2
"""Within this of a stop or pause a jump is real [s]."""

CLUSTER_S = 3
"""Impossible seconds closer together belong to one leap [s]."""

MAX_REPAIR_S = 30
"""Longer stretches are not made up but left as a gap [s]."""

EXCESS_M = 10.0
"""A glitch adds more distance than this; less is within the error of two positions [m]."""

CATCH_UP_S = (10, 30)
"""Stretches on either side in which a catch-up must have made up for itself [s]."""

SAME_SHARE = 1.03
"""Positions confirm what is longer than they are by up to this [ratio]."""

SPREAD_S = (1, 2, 5)
"""Seconds on either side that a confirmed leap is spread over, as few as will do [s]."""

TYPICAL_S = 60
"""Valid seconds on either side that say what was to be expected [s]."""

NEIGHBOURS_S = 15
"""Valid seconds on either side that a replacement is taken from [s]."""


class Repaired(Struct, frozen=True, eq=False):
    """
    Speeds of which none is impossible.

    Parameters
    ----------
    speed_mps : array, shape (n,)
        A repaired copy.
    is_replaced : array of bool, shape (n,)
        Seconds that were not measured.
    is_unknown : array of bool, shape (n,)
        Those of them whose metres are right and whose speed is anybody's guess.
    count : int
        How many stretches were replaced; their metres are left out.
    leaps : int
        How many leaps were spread because the positions confirm them.
    """

    speed_mps: Floats
    is_replaced: Bools
    is_unknown: Bools
    count: int
    leaps: int


def without_glitches(
    grid: Grid, is_standing: Bools, pause_seconds: Floats, *, is_running: bool
) -> Repaired:
    """
    Replace impossible speeds by the median of the valid seconds nearby.

    A leap that only makes up for lost metres is spread, and so is one that the
    positions confirm: metres that two sources agree on are never taken away.

    Parameters
    ----------
    grid : Grid
        Distance gained in each timer second, what positions say of it, what is unknown.
    is_standing : array of bool, shape (n,)
        Seconds inside a stop.
    pause_seconds : array
        Timer seconds at which the timer was paused.
    is_running : bool
        False relaxes the speed limit for other sports.

    Returns
    -------
    Repaired
        Speeds, and which of them were not measured.
    """
    speed_mps = grid.speed_mps
    limit_mps = MAX_RUNNING_MPS if is_running else MAX_OTHER_MPS
    valid, impossible = _possible(grid, is_standing, pause_seconds, limit_mps)
    repaired = speed_mps.copy()
    is_replaced = np.zeros(speed_mps.size, dtype=np.bool_)
    is_unknown = is_replaced.copy()
    overall = median(speed_mps[valid]) if valid.any() else 0.0
    glitches = leaps = 0
    for a, b in _clusters(impossible):
        leap, is_confirmed = _leap(grid, valid, (a, b), limit_mps)
        if leap is not None:
            spread = _spread(repaired, leap, ~is_standing & ~grid.is_unknown, grid.is_unknown)
            is_replaced[spread] |= is_confirmed
            is_unknown[spread] |= is_confirmed
            leaps += is_confirmed
            continue
        around = slice(max(0, a - NEIGHBOURS_S), b + NEIGHBOURS_S)
        nearby = speed_mps[around][valid[around]]
        is_short = b - a <= MAX_REPAIR_S and nearby.size > 0
        repaired[a:b] = median(nearby) if is_short else overall
        is_replaced[a:b] = True
        glitches += 1
    return Repaired(repaired, is_replaced, is_unknown, glitches, leaps)


def _leap(
    grid: Grid, valid: Bools, cluster: tuple[int, int], limit_mps: float
) -> tuple[slice | None, bool]:
    """Return where to spread a leap, if it is one, and whether the positions confirm it."""
    caught_up = _catch_up(grid.speed_mps, valid, *cluster)
    if caught_up is not None or grid.second_mps is None:
        return caught_up, False
    confirmed = _confirmed(grid.speed_mps, grid.second_mps, *cluster, limit_mps)
    return confirmed, confirmed is not None


def _spread(speed_mps: Floats, leap: slice, is_open: Bools, is_unknown: Bools) -> Ints:
    """Spread the metres of a stretch evenly over its open seconds, in place; return which."""
    seconds: Ints = np.flatnonzero(is_open[leap]) + leap.start
    if seconds.size:
        speed_mps[seconds] = speed_mps[leap][~is_unknown[leap]].sum() / seconds.size
    return seconds


def _possible(
    grid: Grid, is_standing: Bools, pause_seconds: Floats, limit_mps: float
) -> tuple[Bools, Bools]:
    """Mark the seconds whose speed says what is usual, and those whose speed cannot be."""
    speed_mps = grid.speed_mps
    near_stop = _near_stops(is_standing | grid.is_unknown, pause_seconds)
    jump = np.abs(np.diff(speed_mps, prepend=speed_mps[:1])) > MAX_JUMP_MPS
    near_either = near_stop | np.concatenate(([True], near_stop[:-1]))
    impossible = (speed_mps > limit_mps) | (jump & ~near_either)
    return ~impossible & ~is_standing & ~grid.is_unknown, impossible


def _clusters(impossible: Bools) -> list[tuple[int, int]]:
    """Return runs of impossible seconds, those less than 3 s apart as one."""
    joined: list[tuple[int, int]] = []
    for a, b in stretches(impossible):
        if joined and a - joined[-1][1] < CLUSTER_S:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _catch_up(speed_mps: Floats, valid: Bools, a: int, b: int) -> slice | None:
    """Return the stretch in which a leap only made up for lost metres; None for a glitch."""
    around = slice(max(0, a - TYPICAL_S), b + TYPICAL_S)
    typical = speed_mps[around][valid[around]]
    if not typical.size:
        return None
    expected_mps = median(typical)
    for width in CATCH_UP_S:
        stretch = slice(max(0, a - width), min(speed_mps.size, b + width))
        excess_m = float(speed_mps[stretch].sum()) - expected_mps * (stretch.stop - stretch.start)
        if excess_m <= EXCESS_M and valid[stretch].any():
            return stretch
    return None


def _confirmed(
    speed_mps: Floats, second_mps: Floats, a: int, b: int, limit_mps: float
) -> slice | None:
    """
    Return the seconds to spread a leap over that the positions confirm; None for a glitch.

    As few as make it a possible speed: none of them is measured any more.
    """
    if b - a > MAX_REPAIR_S or not any(
        _gains_alike(speed_mps, second_mps, max(0, a - width), b + width) for width in CATCH_UP_S
    ):
        return None
    for width in (*SPREAD_S, *CATCH_UP_S):
        stretch = slice(max(0, a - width), min(speed_mps.size, b + width))
        if float(speed_mps[stretch].mean()) <= limit_mps:
            return stretch
    return None


def _gains_alike(speed_mps: Floats, second_mps: Floats, a: int, b: int) -> bool:
    """Whether positions gain as much over a stretch, within the error of two positions."""
    return float(speed_mps[a:b].sum()) <= SAME_SHARE * float(second_mps[a:b].sum()) + EXCESS_M


def _near_stops(is_standing: Bools, pause_seconds: Floats) -> Bools:
    """Mark the seconds within 2 s of a stop or a pause."""
    near = is_standing.copy()
    for second in np.rint(pause_seconds).astype(int).tolist():
        near[max(0, second - 1) : second + 1] = True
    wide = near.copy()
    for shift in range(1, NEAR_STOP_S + 1):
        wide[shift:] |= near[:-shift]
        wide[:-shift] |= near[shift:]
    return wide
