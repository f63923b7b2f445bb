"""Times put in order: records written in another order, stray times, a clock set on the run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from analyzer.median import median
from analyzer.parsers.steps_between import moved_between

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.parsers.samples import Samples

CLOCK_JUMP_S = 12 * 3600.0
"""A longer jump ahead inside one track is the clock being set, not a break [s]."""

NEW_CLOCK_S = 60.0
"""A clock that stepped back and then runs for this long was set back [s]."""

LEAST_SET_S = 10.0
"""A smaller step back is no clock that was set [s]."""

FASTEST_MPS = 8.0
GOES_ON_SLACK_M = 10.0
"""From one record to the next nobody gets further than this allows [m/s], [m]."""

WITH_ITS_CLOCK_S = 10.0
"""A time this near to the records of one clock was told by that clock [s]."""

MAX_REPEATED = 0.05
"""Records in another order share a time with others at most this often [share]."""

SHORTER_WAY = 0.8
"""In their order of time such records cover no more than this of the way in the file's order."""

FULL_WAY_M = 100.0
"""Less than this says nothing about the order [m]."""


class ClockPiece(Struct, frozen=True):
    """Records between two settings of the clock: their times as written, and what was added."""

    first_s: float
    last_s: float
    added_s: float


class DeviceClock(Struct, frozen=True):
    """
    What became of the clock of the device, so that laps and events follow their records.

    Without pieces, the clock was never set on the run and every time stands as it was.
    """

    pieces: tuple[ClockPiece, ...] = ()

    def put_right(self, at_s: float, since_s: float = -math.inf) -> float:
        """
        Bring a time of the device to the clock of the repaired records.

        Parameters
        ----------
        at_s : float
            As the file says it [s since 1970]; NaN stays NaN.
        since_s : float
            On the repaired clock: the answer is not earlier, where two settings of
            the clock told the same time twice.

        Returns
        -------
        float
            By the clock that was running then; unchanged where none fits.
        """
        if not self.pieces or not math.isfinite(at_s):
            return at_s
        near = [p for p in self.pieces if _off_s(p, at_s) <= WITH_ITS_CLOCK_S]
        later = [p for p in near if at_s + p.added_s >= since_s - WITH_ITS_CLOCK_S]
        if not near:
            return at_s
        best = min(later or near, key=lambda p: _off_s(p, at_s))
        return at_s + best.added_s


NEVER_SET = DeviceClock()
"""The clock of a device that ran on as it should."""


def _off_s(piece: ClockPiece, at_s: float) -> float:
    """How far a time lies outside of what one clock told [s]."""
    return max(piece.first_s - at_s, at_s - piece.last_s, 0.0)


class Rising(Struct, frozen=True):
    """
    Samples whose times never fall, and what it took.

    The counts are ``strays`` and ``overlapping`` records that were left out,
    ``unordered`` ones that were put in their place, and how often the clock was ``set``;
    none of them is 0.
    """

    samples: Samples
    counts: dict[str, int] = field(default_factory=dict)
    clock: DeviceClock = NEVER_SET

    @property
    def lost(self) -> int:
        """How many records were left out."""
        return self.counts.get("strays", 0) + self.counts.get("overlapping", 0)


def rising(samples: Samples) -> Rising:
    """
    Put records in order, drop stray times, and set clocks that were changed on the run straight.

    Parameters
    ----------
    samples : Samples
        In file order, every time known.
    """
    steps_s = np.diff(samples.time_s)
    if np.all(steps_s >= 0) and not np.any(steps_s > CLOCK_JUMP_S):
        return Rising(samples)
    order = np.argsort(samples.time_s, kind="stable")
    if _is_another_order(samples, samples.take(order)):
        latest_s = np.maximum.accumulate(samples.time_s)
        late = int(np.sum(samples.time_s < latest_s))
        return Rising(samples.take(order), {"unordered": late})
    is_sound = ~_stray(samples.time_s)
    samples = samples.take(is_sound)
    straight = _straightened(samples.time_s, _steps_m(samples))
    counts = {
        "strays": int((~is_sound).sum()),
        "set": len(straight.pieces) - 1,
        "overlapping": int((~straight.is_kept).sum()),
    }
    return Rising(
        samples.with_columns(time_s=straight.time_s).take(straight.is_kept),
        {name: count for name, count in counts.items() if count},
        DeviceClock(straight.pieces if len(straight.pieces) > 1 else ()),
    )


def _is_another_order(as_written: Samples, by_time: Samples) -> bool:
    """
    Whether records were only written in another order, every one with its right time.

    Then hardly a time comes twice, and by time the way is a way, while in the order of
    the file it leaps to and fro. A clock that was set leaves the way in the file whole.
    """
    steps_s = np.diff(by_time.time_s)
    if np.mean(steps_s <= 0) > MAX_REPEATED or np.any(steps_s > CLOCK_JUMP_S):
        return False
    written_m, sorted_m = _way_m(as_written), _way_m(by_time)
    if written_m >= FULL_WAY_M and sorted_m <= SHORTER_WAY * written_m:
        return True
    is_gapless = float(steps_s.max()) <= 2 * max(median(steps_s), 1.0)
    return is_gapless and bool(np.all(steps_s > 0)) and sorted_m <= written_m + FULL_WAY_M


def _way_m(samples: Samples) -> float:
    """How far it is from sample to sample in their order, to and fro [m]."""
    by_device_m = np.abs(np.diff(samples.distance_m))
    steps_m = by_device_m if np.isfinite(by_device_m).any() else moved_between(samples)
    return float(np.nansum(steps_m))


class _Straightened(Struct, frozen=True):
    """Times on one clock [s], which of them rise, and the pieces between its settings."""

    time_s: Floats
    is_kept: Bools
    pieces: tuple[ClockPiece, ...]


def _steps_m(samples: Samples) -> Floats:
    """How far each sample lies from the one before, by the counter, which may fall; else NaN."""
    by_counter = np.diff(samples.distance_m)
    steps_m = np.where(np.isfinite(by_counter), by_counter, moved_between(samples))
    return np.concatenate(([np.nan], steps_m))


def _straightened(time_s: Floats, steps_m: Floats) -> _Straightened:
    """
    Put what follows a clock that was set on behind it; mark what runs over it again.

    Where the time steps back and the way goes on as from one record to the next, it was
    the clock that was set; records that stand in the file twice go back on the way, too.
    """
    as_written_s, time_s = time_s, time_s.copy()
    is_kept = np.ones(time_s.size, dtype=np.bool_)
    step_s = median(np.diff(time_s)) if time_s.size > 1 else 1.0
    step_s = min(max(step_s, 1.0), 10.0)
    set_at = [0]
    last_s = time_s[0]
    i = 1
    while i < time_s.size:
        gap_s = time_s[i] - last_s
        goes_on = -GOES_ON_SLACK_M / 2 <= steps_m[i] <= FASTEST_MPS * step_s + GOES_ON_SLACK_M
        is_set_back = gap_s < 0 and _was_set_back(time_s[i:], -gap_s, goes_on=bool(goes_on))
        if gap_s > CLOCK_JUMP_S or is_set_back:
            time_s[i:] += step_s - gap_s
            set_at.append(i)
        elif gap_s < 0:
            is_later = time_s[i:] > last_s
            end = i + int(np.argmax(is_later)) if is_later.any() else time_s.size
            is_kept[i:end] = False
            i = end
            continue
        last_s = time_s[i]
        i += 1
    pieces = tuple(
        ClockPiece(
            float(as_written_s[a:b].min()),
            float(as_written_s[a:b].max()),
            float(time_s[a] - as_written_s[a]),
        )
        for a, b in zip(set_at, [*set_at[1:], time_s.size], strict=True)
    )
    return _Straightened(time_s, is_kept, pieces)


def _was_set_back(time_s: Floats, back_s: float, *, goes_on: bool) -> bool:
    """
    Whether a clock that stepped back was set.

    It runs on for a minute, and either not up to where it was, or the way goes on.
    """
    runs_s = _runs_for(time_s)
    return runs_s >= NEW_CLOCK_S and (runs_s < back_s or (goes_on and back_s >= LEAST_SET_S))


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
