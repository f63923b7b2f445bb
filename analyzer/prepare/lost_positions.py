"""
Where the positions were lost and the watch guessed on: in a tunnel, or before the first fix.

A watch that counts its way by satellites does not stop counting without them. It goes on by
arm and habit, a third too slow perhaps, and some make good at the exit what they missed.
Its metres there are nobody's measurement, however even they look. A real one (COROS Pace 2, 15 s,
3.6 m/s for 4.0 and 4.2 around it) counts less than the straight line between its ends.

Many programs also write no position while the body walks or stands. The legs tell the two apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.prepare.held import WALKING_SPM
from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats, Records

LEAST_S = 10.0
"""Shorter losses are bridged by any watch from the way before them [s]."""

LEAST_RECORDS = 3
"""Fewer records without a position are single misses, or a hole that has no records at all."""

USUAL_FIXES = 3.0
"""A loss lasts more usual steps from fix to fix than this; else it is how the file was sampled."""

MOST_LOST = 0.25
"""With more of the time than this without positions, the distance cannot hang on them [share]."""

GOES_ON_MPS = 0.8
"""A counter slower than this on the whole does not go on: it stands, and waits for a fix [m/s]."""

SLOWED = 0.9
"""A cadence below this share of the usual one: the body slowed down, and not only the counter."""

MADE_GOOD_S = 10.0
"""What was missed is made good within this of the first position [s] ..."""

LEAP, LEAP_M = 1.5, 2.0
"""... in steps this many times as long as the positions', and this much longer [m]."""


def lost_gaps(records: Records, positions_m: Floats) -> Bools:
    """
    Mark the gaps between records over which a distance is a guess, as the positions were lost.

    Parameters
    ----------
    records : Records
        With a distance or a speed; a foot pod's does not hang on positions.
    positions_m : array, shape (n - 1,)
        What the positions gained from record to record [m]; NaN is unknown.

    Returns
    -------
    array of bool, shape (n - 1,)
        From the last position before each loss to the first behind it, and on through the
        steps that made good what was missed. Nothing where positions are rare altogether.
    """
    timer_s, count = records.timer_time_s, len(records)
    is_fixed = np.isfinite(records.latitude_deg) & np.isfinite(records.longitude_deg)
    is_lost = np.zeros(count - 1, dtype=np.bool_)
    if not is_fixed.any() or is_fixed.all():
        return is_lost
    least_s = max(LEAST_S, USUAL_FIXES * _usual_step_s(timer_s[is_fixed]))
    for a, b in stretches(~is_fixed):
        first, last = max(a - 1, 0), min(b, count - 1)
        lasted_s = float(timer_s[last] - timer_s[first])
        if b - a < LEAST_RECORDS or lasted_s < least_s or _slowed(records, is_fixed, (a, b)):
            continue
        if _goes_on(records, first, last):
            is_lost[first : _made_good(records, positions_m, last)] = True
    lost_s = float(np.diff(timer_s)[is_lost].sum())
    return is_lost if lost_s <= MOST_LOST * float(timer_s[-1]) else np.zeros_like(is_lost)


def without_guesses(cumulative_m: Floats, is_lost: Bools) -> Floats:
    """
    Take a distance away inside losses; their ends stay, so that the metres across them count.

    Parameters
    ----------
    cumulative_m : array, shape (n,)
        Distance at each record [m].
    is_lost : array of bool, shape (n - 1,)
        From `lost_gaps`.
    """
    inside = np.zeros(cumulative_m.size, dtype=np.bool_)
    inside[1:-1] = is_lost[:-1] & is_lost[1:]
    return np.where(inside, np.nan, cumulative_m)


def _usual_step_s(fixed_s: Floats) -> float:
    """Return how far apart positions usually are [s]."""
    steps_s = np.diff(fixed_s)
    steps_s = steps_s[steps_s > 0]
    return median(steps_s) if steps_s.size else 0.0


def _goes_on(records: Records, first: int, last: int) -> bool:
    """Whether distance, else speed, goes on without positions from one record to another."""
    lasted_s = float(records.timer_time_s[last] - records.timer_time_s[first])
    known = records.distance_m[first : last + 1]
    known = known[np.isfinite(known)]
    if known.size > LEAST_RECORDS:
        return float(known[-1] - known[0]) >= GOES_ON_MPS * lasted_s
    speed_mps = records.speed_mps[first : last + 1]
    speed_mps = speed_mps[np.isfinite(speed_mps)]
    return speed_mps.size > LEAST_RECORDS and float(speed_mps.mean()) >= GOES_ON_MPS


def _slowed(records: Records, is_fixed: Bools, lost: tuple[int, int]) -> bool:
    """Whether the legs say that the runner walked or stood while the positions were lost."""
    usual = records.cadence_spm[is_fixed & (records.cadence_spm >= WALKING_SPM)]
    inside = records.cadence_spm[slice(*lost)]
    inside = inside[np.isfinite(inside)]
    return bool(usual.size and inside.size) and median(inside) < SLOWED * median(usual)


def _made_good(records: Records, positions_m: Floats, found: int) -> int:
    """Return the record up to which a loss reaches that ended with a position at ``found``."""
    near = records.timer_time_s <= records.timer_time_s[found] + MADE_GOOD_S
    behind = slice(found, int(np.flatnonzero(near)[-1]))
    steps_m, moved_m = np.diff(records.distance_m)[behind], positions_m[behind]
    leaps = np.flatnonzero(steps_m > LEAP * moved_m + LEAP_M)
    return found + int(leaps[-1]) + 1 if leaps.size else found
