"""Samples in any order to records: time that rises, values that can be; repairs are warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.errors import EmptyActivityError, LimitError
from analyzer.model.activity import RecordingWarning, Records
from analyzer.model.clock import TimerClock
from analyzer.parsers.device_clock import DeviceClock, rising
from analyzer.parsers.samples import COLUMNS, Samples
from analyzer.parsers.steps_between import metres_between
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Fact, Floats, Pause

MAX_SPAN_S = 48 * 3600.0
"""Longest activity after repair [s]."""

MAX_STEP_MPS = 20.0
"""Faster steps of distance are errors [m/s]."""

LIMITS = {
    "heart_rate_bpm": (25.0, 250.0),
    "cadence_spm": (0.0, 300.0),
    "elevation_m": (-500.0, 9000.0),
    "speed_mps": (0.0, MAX_STEP_MPS),
    "power_w": (0.0, 3000.0),
    "latitude_deg": (-89.9, 89.9),
    "longitude_deg": (-180.0, 180.0),
}
"""Values outside are unknown; at the poles stands what has no position, and no runner."""

ELSEWHERE_M = 500.0
ELSEWHERE_MPS = 100.0
"""A single position this far from both its neighbours, at this speed, is wrong."""


class Ordered(Struct, frozen=True):
    """Samples with strictly rising times, a warning for each repair, and the clock it was for."""

    samples: Samples
    warnings: tuple[RecordingWarning, ...]
    clock: DeviceClock


def in_order(samples: Samples, source: str) -> Ordered:
    """
    Make time rise and drop values that cannot be.

    Samples without time go; records that were written in another order are sorted;
    single stray times go; where the clock was set on the run, the rest is put on after
    the last good time; samples of one second become one, known values filling unknown
    ones.

    Parameters
    ----------
    samples : Samples
        In file order.
    source : str
        Base name, for errors.

    Raises
    ------
    EmptyActivityError
        If no two times are left.
    LimitError
        If more than 48 hours are left.
    """
    warnings: list[RecordingWarning] = []
    timed = np.isfinite(samples.time_s)
    dropped = len(samples) - int(timed.sum())
    if dropped and not timed.any():
        raise EmptyActivityError(source, "no record has a time", "", "pace needs times")
    by_time = rising(samples.take(timed))
    if by_time.counts:
        facts: dict[str, Fact] = {**by_time.counts}
        warnings.append(RecordingWarning("CLOCK_REPAIRED", facts=facts, dropped=by_time.lost))
    if dropped:
        warnings.append(RecordingWarning("POINTS_DROPPED", "records_untimed", dropped=dropped))
    samples, merged = _one_a_second(by_time.samples)
    if merged:
        warnings.append(RecordingWarning("VALUES_DROPPED", "joined", dropped=merged))
    if len(samples) < 2:
        problem = "all records have the same time" if len(samples) else "no records"
        raise EmptyActivityError(source, problem, "", "there is nothing to review")
    span_s = float(samples.time_s[-1] - samples.time_s[0])
    if span_s > MAX_SPAN_S:
        hours = f"{round_half_up(span_s / 3600)} h long, over the limit of 48 h"
        raise LimitError(source, hours, "", "is it one run?")
    samples, values = _possible(samples)
    return Ordered(samples, (*warnings, *values), by_time.clock)


def _one_a_second(samples: Samples) -> tuple[Samples, int]:
    """Join samples of equal time: the first known value of each column."""
    same = np.diff(samples.time_s) <= 0
    if not same.any():
        return samples, 0
    group = np.concatenate(([0], np.cumsum(~same)))
    first = np.flatnonzero(np.concatenate(([True], ~same)))
    columns = {"time_s": samples.time_s[first], "place": samples.place[first]}
    for name in COLUMNS:
        values = getattr(samples, name)
        known = np.flatnonzero(np.isfinite(values))
        out = np.full(first.size, np.nan)
        out[group[known[::-1]]] = values[known[::-1]]  # the first one is written last
        columns[name] = out
    return Samples(**columns), len(samples) - first.size


def _possible(samples: Samples) -> tuple[Samples, list[RecordingWarning]]:
    """Make values unknown that cannot be, and take impossible steps out of the distance."""
    columns: dict[str, Floats] = {}
    dropped = 0
    for name, (least, most) in LIMITS.items():
        values = getattr(samples, name)
        with np.errstate(invalid="ignore"):
            wrong = (np.isfinite(values) & ((values < least) | (values > most))) | np.isinf(values)
        dropped += int(wrong.sum())
        columns[name] = np.where(wrong, np.nan, values)
    nowhere = (columns["latitude_deg"] == 0) & (columns["longitude_deg"] == 0)
    elsewhere = np.abs(columns["latitude_deg"]) > 0.1
    if nowhere.any() and elsewhere.any():
        dropped += int(nowhere.sum())
        for name in ("latitude_deg", "longitude_deg"):
            columns[name] = np.where(nowhere, np.nan, columns[name])
    leapt = _single_leaps(samples.time_s, columns["latitude_deg"], columns["longitude_deg"])
    dropped += int(leapt.sum())
    columns["latitude_deg"] = np.where(leapt, np.nan, columns["latitude_deg"])
    one_sided = np.isnan(columns["latitude_deg"]) | np.isnan(columns["longitude_deg"])
    dropped += int(np.sum(np.isnan(samples.latitude_deg) != np.isnan(samples.longitude_deg)))
    for name in ("latitude_deg", "longitude_deg"):
        columns[name] = np.where(one_sided, np.nan, columns[name])
    warnings = []
    if dropped:
        warnings.append(RecordingWarning("VALUES_DROPPED", "impossible", dropped=dropped))
    is_lost = np.isnan(columns["latitude_deg"])
    distance_m, repaired = _distance(samples.time_s, samples.distance_m, is_lost & ~is_lost.all())
    if repaired:
        metres = round(_last_known(samples.distance_m) - _last_known(distance_m))
        facts: dict[str, Fact] = {"count": repaired, "metres": metres}
        warnings.append(RecordingWarning("DISTANCE_REPAIRED", "steps", facts))
    return samples.with_columns(distance_m=distance_m, **columns), warnings


def _single_leaps(time_s: Floats, latitude_deg: Floats, longitude_deg: Floats) -> Bools:
    """Mark single positions that lie nowhere near their neighbours, while those lie together."""
    is_wrong = np.zeros(time_s.size, dtype=np.bool_)
    known = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
    if known.size < 3:
        return is_wrong
    lat, lon, at_s = latitude_deg[known], longitude_deg[known], time_s[known]
    steps_m, steps_s = metres_between(lat, lon), np.diff(at_s)
    leaps = (steps_m > ELSEWHERE_M) & (steps_m > ELSEWHERE_MPS * steps_s)
    if not leaps.any():
        return is_wrong
    both = np.flatnonzero(leaps[:-1] & leaps[1:]) + 1
    for i in both.tolist():
        past_m = float(metres_between(lat[[i - 1, i + 1]], lon[[i - 1, i + 1]])[0])
        is_wrong[known[i]] = past_m <= ELSEWHERE_MPS * (at_s[i + 1] - at_s[i - 1])
    return is_wrong


def _last_known(values: Floats) -> float:
    """Return the last value that is known; 0 if none is."""
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else 0.0


def _distance(time_s: Floats, distance_m: Floats, is_lost: Bools) -> tuple[Floats, int]:
    """
    Drop single impossible distances; close up after a counter that began anew or leapt.

    Not after one that leapt to make good what it missed: while it was held, or while the
    positions were lost (``is_lost``).
    """
    known = np.flatnonzero(np.isfinite(distance_m))
    if known.size < 3:
        return distance_m, 0
    time_s, values, is_lost = time_s[known], distance_m[known].copy(), is_lost[known]
    steps = np.diff(values)
    limits = MAX_STEP_MPS * np.diff(time_s) + 20.0
    if np.all((steps <= limits) & (steps > -20.0)):
        return distance_m, 0
    held_limits = _limits_of_held(time_s, steps, is_lost)
    across = values[2:] - values[:-2]
    sound = (across >= -1.0) & (across <= held_limits[1:] + held_limits[:-1])
    spike = (steps[:-1] > limits[:-1]) & (steps[1:] < -20.0)
    odd = spike | (steps[:-1] > held_limits[:-1]) | (steps[:-1] < -20.0)
    single = np.zeros(values.size, dtype=np.bool_)
    single[1:-1] = odd & sound
    single[-1] = steps[-1] > held_limits[-1]
    repaired = int(single.sum())
    known, values, time_s = known[~single], values[~single], time_s[~single]
    is_lost = is_lost[~single]
    steps = np.diff(values)
    broken = (steps > _limits_of_held(time_s, steps, is_lost)) | (steps < -20.0)
    steps[broken] = 0.0
    out = np.full(distance_m.size, np.nan)
    out[known] = np.concatenate(([values[0]], values[0] + np.cumsum(steps)))
    return out, repaired + int(broken.sum())


def _limits_of_held(time_s: Floats, steps_m: Floats, is_lost: Bools) -> Floats:
    """Return how far each step may go [m]: what was held or lost has all that time to make good."""
    changed = np.concatenate(([True], (steps_m[:-1] != 0) & ~is_lost[1:-1]))
    since_s = time_s[:-1][np.maximum.accumulate(np.where(changed, np.arange(steps_m.size), 0))]
    limits: Floats = MAX_STEP_MPS * (time_s[1:] - since_s) + 20.0
    return limits


def to_records(samples: Samples, pauses: tuple[Pause, ...]) -> Records:
    """Put ordered samples and pauses together as records with their three clocks."""
    elapsed_s = samples.time_s - samples.time_s[0]
    columns = {name: getattr(samples, name).copy() for name in COLUMNS}
    timer_s = TimerClock(pauses).timer_at(elapsed_s)
    names = Records.__struct_fields__[2:]
    return Records(elapsed_s, timer_s, *(columns[name] for name in names))


def require_distance(samples: Samples, source: str) -> None:
    """Refuse samples with neither distance, position nor speed anywhere."""
    has_distance = np.nanmax(samples.distance_m, initial=0.0) > 0
    has_speed = np.nanmax(samples.speed_mps, initial=0.0) > 0
    lat, lon = samples.latitude_deg, samples.longitude_deg
    known = np.isfinite(lat) & np.isfinite(lon)
    has_moved = bool(known.any()) and bool(np.ptp(lat[known]) > 0 or np.ptp(lon[known]) > 0)
    if has_distance or has_speed or has_moved:
        return
    if known.any():
        problem = "no movement: distance 0 throughout and all positions at one place"
    else:
        problem = "no distance, position or speed in any record"
    raise EmptyActivityError(source, problem, "", "pace needs distance; there is nothing to review")
