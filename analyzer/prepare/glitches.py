"""Speeds that cannot be: replaced when short, a data gap when long (method 1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats

MAX_RUNNING_MPS = 8.0
"""Nobody runs faster in a progression run (2:05 /km) [m/s]."""

MAX_OTHER_MPS = 25.0
"""Limit for sports other than running [m/s]."""

MAX_JUMP_MPS = 4.0
"""Largest change from one second to the next, away from stops [m/s]."""

NEAR_STOP_S = 2
"""Within this of a stop or pause a jump is real [s]."""

MAX_REPAIR_S = 30
"""Longer stretches are not made up but left as a gap [s]."""

NEIGHBOURS_S = 15
"""Valid seconds on either side that a replacement is taken from [s]."""


def without_glitches(
    speed_mps: Floats, is_standing: Bools, pause_seconds: Floats, *, is_running: bool
) -> tuple[Floats, Bools, int]:
    """
    Replace impossible speeds by the median of the valid seconds nearby.

    Parameters
    ----------
    speed_mps : array, shape (n,)
        Distance gained in each timer second.
    is_standing : array of bool, shape (n,)
        Seconds inside a stop.
    pause_seconds : array
        Timer seconds at which the timer was paused.
    is_running : bool
        False relaxes the speed limit for other sports.

    Returns
    -------
    speed_mps : array, shape (n,)
        A repaired copy.
    is_replaced : array of bool, shape (n,)
        Seconds that were not measured.
    int
        How many stretches were repaired.
    """
    limit_mps = MAX_RUNNING_MPS if is_running else MAX_OTHER_MPS
    near_stop = _near_stops(is_standing, pause_seconds)
    jump = np.abs(np.diff(speed_mps, prepend=speed_mps[:1])) > MAX_JUMP_MPS
    near_either = near_stop | np.concatenate(([True], near_stop[:-1]))
    impossible = (speed_mps > limit_mps) | (jump & ~near_either)
    repaired = speed_mps.copy()
    valid = ~impossible & ~is_standing
    overall = float(np.median(speed_mps[valid])) if valid.any() else 0.0
    runs = stretches(impossible)
    for a, b in runs:
        around = slice(max(0, a - NEIGHBOURS_S), b + NEIGHBOURS_S)
        nearby = speed_mps[around][valid[around]]
        is_short = b - a <= MAX_REPAIR_S and nearby.size > 0
        repaired[a:b] = float(np.median(nearby)) if is_short else overall
    return repaired, impossible, len(runs)


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
