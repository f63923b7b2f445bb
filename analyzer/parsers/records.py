"""Samples in any order to records: time that rises, values that can be; repairs are warnings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import EmptyActivityError, LimitError
from analyzer.median import median
from analyzer.model.activity import Pause, RecordingWarning, Records, Span
from analyzer.model.clock import TimerClock
from analyzer.parsers.samples import COLUMNS, Samples
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats

MAX_SPAN_S = 48 * 3600.0
"""Longest activity after repair [s]."""

CLOCK_JUMP_S = 12 * 3600.0
"""A longer jump ahead inside one track is the clock being set, not a break [s]."""

NEW_CLOCK_S = 60.0
"""A clock that stepped back and then runs for this long was set back [s]."""

GAP_PAUSE_S = 15.0
GAP_PAUSE_MPS = 0.5
"""A hole of at least 15 s, crossed slower than 0.5 m/s, is a pause."""

MAX_STEP_MPS = 20.0
"""Faster steps of distance are errors [m/s]."""

LIMITS = {
    "heart_rate_bpm": (25.0, 250.0),
    "cadence_spm": (0.0, 300.0),
    "elevation_m": (-500.0, 9000.0),
    "speed_mps": (0.0, MAX_STEP_MPS),
    "power_w": (0.0, 3000.0),
    "latitude_deg": (-90.0, 90.0),
    "longitude_deg": (-180.0, 180.0),
}
"""Values outside are unknown."""


def in_order(samples: Samples, source: str) -> tuple[Samples, tuple[RecordingWarning, ...]]:
    """
    Make time rise and drop values that cannot be.

    Samples without time go; single stray times go; where the clock was set on
    the run, the rest is put on after the last good time; samples of one second
    become one, known values filling unknown ones.

    Parameters
    ----------
    samples : Samples
        In file order.
    source : str
        Base name, for errors.

    Returns
    -------
    Samples
        With strictly rising times.
    tuple of RecordingWarning
        One for each kind of repair.

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
    samples = samples.take(timed)
    samples, repaired = _rising(samples)
    if repaired:
        lost = repaired.get("strays", 0) + repaired.get("overlapping", 0)
        warnings.append(RecordingWarning("CLOCK_REPAIRED", facts=repaired, dropped=lost))
    if dropped:
        warnings.append(RecordingWarning("POINTS_DROPPED", "records_untimed", dropped=dropped))
    samples, merged = _one_a_second(samples)
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
    return samples, (*warnings, *values)


def _rising(samples: Samples) -> tuple[Samples, dict[str, int]]:
    """
    Drop stray times and set clocks that were changed on the run straight.

    The counts say what it took: ``strays`` and ``overlapping`` records that were left
    out, and how often the clock was ``set``; none of them is 0.
    """
    steps_s = np.diff(samples.time_s)
    if np.all(steps_s >= 0) and not np.any(steps_s > CLOCK_JUMP_S):
        return samples, {}
    is_sound = ~_stray(samples.time_s)
    samples = samples.take(is_sound)
    straight = _straightened(samples.time_s)
    counts = {
        "strays": int((~is_sound).sum()),
        "set": straight.times_set,
        "overlapping": int((~straight.is_kept).sum()),
    }
    rising = samples.with_columns(time_s=straight.time_s).take(straight.is_kept)
    return rising, {name: count for name, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class _Straightened:
    """Times on one clock [s], which of them rise, and how often the clock had been set."""

    time_s: Floats
    is_kept: Bools
    times_set: int


def _straightened(time_s: Floats) -> _Straightened:
    """Put what follows a clock that was set on behind it; mark what runs over it again."""
    time_s = time_s.copy()
    is_kept = np.ones(time_s.size, dtype=np.bool_)
    step_s = median(np.diff(time_s)) if time_s.size > 1 else 1.0
    step_s = min(max(step_s, 1.0), 10.0)
    times_set = 0
    last_s = time_s[0]
    i = 1
    while i < time_s.size:
        gap_s = time_s[i] - last_s
        if gap_s > CLOCK_JUMP_S or (gap_s < 0 and _was_set_back(time_s[i:], -gap_s)):
            time_s[i:] += step_s - gap_s
            times_set += 1
        elif gap_s < 0:
            is_later = time_s[i:] > last_s
            end = i + int(np.argmax(is_later)) if is_later.any() else time_s.size
            is_kept[i:end] = False
            i = end
            continue
        last_s = time_s[i]
        i += 1
    return _Straightened(time_s, is_kept, times_set)


def _was_set_back(time_s: Floats, back_s: float) -> bool:
    """Whether a clock that stepped back runs on for a minute, yet not up to where it was."""
    return NEW_CLOCK_S <= _runs_for(time_s) < back_s


def _stray(time_s: Floats) -> Bools:
    """Mark single times that fit neither neighbour, while the neighbours fit each other."""
    stray = np.zeros(time_s.size, dtype=np.bool_)
    if time_s.size < 3:
        return stray
    before, at, after = time_s[:-2], time_s[1:-1], time_s[2:]
    sound = (after >= before) & (after - before < CLOCK_JUMP_S)
    stray[1:-1] = sound & ((at > after) | (at < before))
    stray[0] = abs(time_s[1] - time_s[0]) > CLOCK_JUMP_S or time_s[0] > time_s[1] + NEW_CLOCK_S
    stray[-1] = time_s[-1] - time_s[-2] > CLOCK_JUMP_S or time_s[-1] < time_s[-2] - NEW_CLOCK_S
    return stray


def _runs_for(time_s: Floats) -> float:
    """How long the clock runs on from here without another step back [s]."""
    falls = np.flatnonzero(np.diff(time_s) < 0)
    last = int(falls[0]) if falls.size else time_s.size - 1
    return float(time_s[last] - time_s[0])


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
    one_sided = np.isnan(columns["latitude_deg"]) | np.isnan(columns["longitude_deg"])
    dropped += int(np.sum(np.isnan(samples.latitude_deg) != np.isnan(samples.longitude_deg)))
    for name in ("latitude_deg", "longitude_deg"):
        columns[name] = np.where(one_sided, np.nan, columns[name])
    warnings = []
    if dropped:
        warnings.append(RecordingWarning("VALUES_DROPPED", "impossible", dropped=dropped))
    distance_m, repaired = _distance(samples.time_s, samples.distance_m)
    if repaired:
        warnings.append(RecordingWarning("DISTANCE_REPAIRED", "steps", {"count": repaired}))
    return samples.with_columns(distance_m=distance_m, **columns), warnings


def _distance(time_s: Floats, distance_m: Floats) -> tuple[Floats, int]:
    """Drop single impossible distances; close up after a counter that began anew or leapt."""
    known = np.flatnonzero(np.isfinite(distance_m))
    if known.size < 3:
        return distance_m, 0
    time_s, values = time_s[known], distance_m[known].copy()
    steps = np.diff(values)
    limits = MAX_STEP_MPS * np.diff(time_s) + 20.0
    if np.all((steps <= limits) & (steps > -20.0)):
        return distance_m, 0
    held_limits = _limits_of_held(time_s, steps)
    across = values[2:] - values[:-2]
    sound = (across >= -1.0) & (across <= held_limits[1:] + held_limits[:-1])
    spike = (steps[:-1] > limits[:-1]) & (steps[1:] < -20.0)
    odd = spike | (steps[:-1] > held_limits[:-1]) | (steps[:-1] < -20.0)
    single = np.zeros(values.size, dtype=np.bool_)
    single[1:-1] = odd & sound
    single[-1] = steps[-1] > held_limits[-1]
    repaired = int(single.sum())
    known, values, time_s = known[~single], values[~single], time_s[~single]
    steps = np.diff(values)
    broken = (steps > _limits_of_held(time_s, steps)) | (steps < -20.0)
    steps[broken] = 0.0
    out = np.full(distance_m.size, np.nan)
    out[known] = np.concatenate(([values[0]], values[0] + np.cumsum(steps)))
    return out, repaired + int(broken.sum())


def _limits_of_held(time_s: Floats, steps_m: Floats) -> Floats:
    """Return how far each step may go [m]: what was held has all that time to make up for."""
    changed = np.concatenate(([True], steps_m[:-1] != 0))
    since_s = time_s[:-1][np.maximum.accumulate(np.where(changed, np.arange(steps_m.size), 0))]
    limits: Floats = MAX_STEP_MPS * (time_s[1:] - since_s) + 20.0
    return limits


def gap_pauses(samples: Samples, moved_m: Floats) -> tuple[Pause, ...]:
    """
    Find holes in ordered samples that were stood through.

    Parameters
    ----------
    samples : Samples
        In order.
    moved_m : array, shape (len(samples) - 1,)
        Distance between neighbours; NaN is unknown and then no pause.
    """
    elapsed_s = samples.time_s - samples.time_s[0]
    gaps_s = np.diff(elapsed_s)
    with np.errstate(invalid="ignore"):
        stood = (gaps_s >= GAP_PAUSE_S) & (moved_m / np.maximum(gaps_s, 1e-9) < GAP_PAUSE_MPS)
    return tuple(
        Pause(Span(float(elapsed_s[i]), float(elapsed_s[i + 1])), "gap")
        for i in np.flatnonzero(stood)
    )


def to_records(samples: Samples, pauses: tuple[Pause, ...]) -> Records:
    """Put ordered samples and pauses together as records with their three clocks."""
    elapsed_s = samples.time_s - samples.time_s[0]
    columns = {name: getattr(samples, name).copy() for name in COLUMNS}
    timer_s = TimerClock(pauses).timer_at(elapsed_s)
    names = [f.name for f in fields(Records)][2:]
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
