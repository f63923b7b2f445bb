"""What a recording holds besides the run: the drive home, the ride there, a lift in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.model.activity import Pause, RecordingWarning, Span
from analyzer.parsers.sports import is_run
from analyzer.parsers.steps_between import metres_between
from analyzer.units import clock_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Fact, Floats
    from analyzer.parsers.samples import Samples

TOO_FAST_MPS = 7.5
"""Nobody runs a minute so fast, downhill neither [m/s]."""

SUSTAINED_S = 60.0
"""A drive is too fast for at least so long, for its larger part [s]."""

OVER_S = 10.0
"""Speed is looked at over so long, so that a position that leaps does not matter [s]."""

LIGHTS_S = 180.0
"""Two fast stretches less apart than this are one drive, with traffic lights in between [s]."""

RUNNING_MPS = 1.5
RUN_S = 300.0
"""What is at least 1.5 m/s, and no drive, for five minutes in all may be a part of the run."""

STANDING_MPS = 0.8
"""Slower is standing: getting in and out of the car [m/s]."""

STEPS_SPM = 120.0
"""Who makes so many steps a minute is running, whatever the distance says."""

GETTING_IN_S = 30.0
"""A car that was standing is at speed after so long, and stands again [s]."""

ALL_OF_IT = 0.6
WHOLE_RUN_S = 900.0
"""Too fast for this share of its moving time, and no part of a quarter of an hour: a ride."""


class RunOnly(Struct, frozen=True):
    """
    The samples of the run, the drives in between as pauses, and what is told of the rest.

    ``is_whole`` is False where anything was left out: the device's own sums do not hold then.
    """

    samples: Samples
    pauses: tuple[Pause, ...] = ()
    warnings: tuple[RecordingWarning, ...] = ()
    is_whole: bool = True


def run_only(samples: Samples, sport: str | None) -> RunOnly:
    """
    Leave out what was certainly driven.

    A drive is at least a minute too fast for any runner, by every source that says
    anything of speed, and without a runner's cadence. One before or behind the run goes
    with all that lies beyond it; one in between becomes a pause.

    Parameters
    ----------
    samples : Samples
        In order.
    sport : str or None
        Of another sport everything is kept.
    """
    if not is_run(sport) or not np.any(_steps_mps(samples) > TOO_FAST_MPS):
        return RunOnly(samples)
    speed_mps = _certain_speed(samples)
    is_fast = speed_mps > TOO_FAST_MPS
    if not is_fast.any():
        return RunOnly(samples)
    drives = [d for d in _stretches(samples.time_s, is_fast) if _is_drive(samples, speed_mps, d)]
    if not drives:
        return RunOnly(samples)
    if _is_ride(samples.time_s, speed_mps, drives):
        kmh = round(3.6 * median(speed_mps[is_fast]))
        warning = RecordingWarning("SPORT_NOT_RUNNING", "other_speed", {"speed_kmh": kmh})
        return RunOnly(samples, warnings=(warning,))
    return _without(samples, speed_mps, drives)


def _is_ride(at_s: Floats, speed_mps: Floats, drives: list[tuple[int, int]]) -> bool:
    """Whether most of what moved was too fast, and no part between is long enough for a run."""
    steps_s = np.minimum(np.diff(at_s, prepend=at_s[0]), OVER_S)
    fast_s = float(steps_s[speed_mps > TOO_FAST_MPS].sum())
    if fast_s < ALL_OF_IT * float(steps_s[speed_mps > RUNNING_MPS].sum()):
        return False
    starts, ends = [0, *(b + 1 for _, b in drives)], [*(a for a, _ in drives), at_s.size]
    longest_s = max(_run_s(at_s[a:b], speed_mps[a:b]) for a, b in zip(starts, ends, strict=True))
    return longest_s < WHOLE_RUN_S


def _certain_speed(samples: Samples) -> Floats:
    """Return the least speed any source shows over ten seconds up to each sample; 0 if unknown."""
    at_s = samples.time_s
    before = np.maximum(np.searchsorted(at_s, at_s - OVER_S, side="right") - 1, 0)
    spans_s = np.maximum(at_s - at_s[before], 1.0)
    pairs = np.stack((before, np.arange(at_s.size)), axis=-1)
    by_position = metres_between(samples.latitude_deg[pairs], samples.longitude_deg[pairs])
    by_device = np.diff(samples.distance_m[pairs])
    sources = (by_position[:, 0] / spans_s, by_device[:, 0] / spans_s, samples.speed_mps)
    least = np.full(at_s.size, np.inf)
    for speed in sources:
        least = np.fmin(least, speed)
    return np.where(np.isfinite(least), least, 0.0)


def _stretches(at_s: Floats, is_fast: Bools) -> list[tuple[int, int]]:
    """Return first and last sample of each fast stretch, lights in between."""
    joined: list[tuple[int, int]] = []
    for i in np.flatnonzero(is_fast).tolist():
        if joined and at_s[i] - at_s[joined[-1][1]] <= LIGHTS_S:
            joined[-1] = (joined[-1][0], i)
        else:
            joined.append((i, i))
    return joined


def _is_drive(samples: Samples, speed_mps: Floats, drive: tuple[int, int]) -> bool:
    """Whether a stretch was fast for a minute, for the most of what moved, and without steps."""
    inside = slice(drive[0], drive[1] + 1)
    speed, steps_s = speed_mps[inside], np.diff(samples.time_s[inside], prepend=np.nan)
    known_s = np.minimum(np.nan_to_num(steps_s, nan=1.0), OVER_S)
    fast_s = float(known_s[speed > TOO_FAST_MPS].sum())
    if fast_s < SUSTAINED_S or median(speed[speed > STANDING_MPS]) <= TOO_FAST_MPS:
        return False
    cadence = samples.cadence_spm[inside]
    cadence = cadence[np.isfinite(cadence)]
    return not cadence.size or median(cadence) < STEPS_SPM


def _without(samples: Samples, speed_mps: Floats, drives: list[tuple[int, int]]) -> RunOnly:
    """Keep the part from the first to the last run, and make pauses of the drives inside it."""
    steps_mps = _steps_mps(samples)
    wide = [_with_standing(samples, steps_mps, d) for d in drives]
    parts = list(zip([0, *(b + 1 for _, b in wide)], [*(a for a, _ in wide), len(samples)],
                     strict=True))  # fmt: skip
    run_s = [_run_s(samples.time_s[a:b], speed_mps[a:b]) for a, b in parts]
    enough_s = min(RUN_S, max(run_s) / 2)
    runs = [i for i, length_s in enumerate(run_s) if length_s >= enough_s]
    first, last = runs[0], runs[-1]
    begin, end = parts[first][0], parts[last][1]
    if end - begin < 2:
        return RunOnly(samples)
    keep = np.zeros(len(samples), dtype=np.bool_)
    keep[begin:end] = True
    at_s = samples.time_s
    pauses, warnings = [], []
    if first:
        warnings.append(_warning("before", samples, speed_mps, (0, begin - 1)))
    for a, b in wide[first:last]:
        keep[a : b + 1] = False
        start_s, end_s = float(at_s[a - 1] - at_s[begin]), float(at_s[b + 1] - at_s[begin])
        pauses.append(Pause(Span(start_s, end_s), "gap"))
        warnings.append(_warning("between", samples, speed_mps, (a, b), start=clock_text(start_s)))
    if last < len(parts) - 1:
        fast = drives[last][0]
        later_s = float(at_s[fast] - at_s[end - 1])
        warnings.append(
            _warning(
                "after", samples, speed_mps, (fast, len(samples) - 1), later=clock_text(later_s)
            )
        )
    return RunOnly(samples.take(keep), tuple(pauses), tuple(warnings), is_whole=False)


def _with_standing(samples: Samples, steps_mps: Floats, drive: tuple[int, int]) -> tuple[int, int]:
    """
    Bring a drive to its very ends, and add the standing before and behind it.

    Speed over ten seconds is late to show where it was driven; from record to record
    it is in time.
    """
    a, b = drive
    at_s = samples.time_s
    while a > 0 and at_s[drive[0]] - at_s[a - 1] <= OVER_S and steps_mps[a - 1] > TOO_FAST_MPS:
        a -= 1
    while b > a and at_s[drive[1]] - at_s[b] <= OVER_S and steps_mps[b] <= TOO_FAST_MPS:
        b -= 1
    is_moving = steps_mps > STANDING_MPS
    late_s, early_s = at_s[b] + GETTING_IN_S, at_s[a] - GETTING_IN_S
    before = _stood(is_moving[:a][::-1] & (at_s[:a][::-1] >= early_s), is_moving[:a][::-1])
    behind = _stood(is_moving[b + 1 :] & (at_s[b + 1 :] <= late_s), is_moving[b + 1 :])
    return a - before, b + behind


def _stood(is_at_speed: Bools, is_moving: Bools) -> int:
    """
    How many records, going away from a drive, belong to it: up to speed, and standing.

    None where nobody stood: then a runner's first or last steps are no part of it.
    """
    started = _leading(is_at_speed)
    stood = _leading(~is_moving[started:])
    return started + stood if stood else 0


def _leading(is_true: Bools) -> int:
    """How many values at the beginning are true."""
    false = np.flatnonzero(~is_true)
    return int(false[0]) if false.size else int(is_true.size)


def _steps_mps(samples: Samples) -> Floats:
    """Return the least speed any source shows from the record before; 0 if unknown."""
    spans_s = np.diff(samples.time_s)
    by_position = metres_between(samples.latitude_deg, samples.longitude_deg) / spans_s
    least = np.fmin(by_position, np.diff(samples.distance_m) / spans_s)
    steps_mps = np.fmin(np.concatenate(([np.nan], least)), samples.speed_mps)
    return np.where(np.isfinite(steps_mps), steps_mps, 0.0)


def _run_s(at_s: Floats, speed_mps: Floats) -> float:
    """How long was run, or walked fast, in a part [s]."""
    if at_s.size < 2:
        return 0.0
    steps_s = np.minimum(np.diff(at_s), OVER_S)
    return float(steps_s[speed_mps[1:] >= RUNNING_MPS].sum())


def _warning(
    kind: Literal["before", "after", "between"],
    samples: Samples,
    speed_mps: Floats,
    ends: tuple[int, int],
    **more: Fact,
) -> RecordingWarning:
    """Say what was left out: how long, how far, how fast."""
    a, b = ends
    inside = slice(a, b + 1)
    spans_s = np.diff(samples.time_s[inside], prepend=samples.time_s[a])
    km = round_half_up(float((speed_mps[inside] * spans_s).sum()) / 1000, 1)
    length_s = float(samples.time_s[b] - samples.time_s[a])
    facts: dict[str, Fact] = {
        "length": clock_text(length_s),
        "km": km,
        "speed_kmh": round(3.6 * float(speed_mps[inside].max())),
    }
    return RecordingWarning("NOT_THE_RUN", kind, {**facts, **more}, dropped=b - a + 1)
