"""
A distance that grows by leaps: between two updates it is spread, never taken away (method 1.1).

Many watches, phones and foot pods write a record every second and a new distance,
or a new position, only every 2 to 10 s. What was gained lies somewhere between two
updates. So it is spread evenly over that time - unless the runner stood there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analyzer.model.activity import Bools, Floats, Records

    Ints = NDArray[np.intp]

MEASURED_S = 10.0
"""Updates no further apart than this are coarse sampling, and count as measured [s]."""

UNKNOWN_S = 15.0
"""From here on, and from three usual updates on, nobody knows the speed in between [s]."""

SHORT_HOLD_S = 6.0
"""A distance held for less, where updates usually come with every record, is left alone [s]."""

MOVING_MPS = 0.8
"""A leap that makes less than this of the time it was held was no running: the body stood [m/s]."""

WALKING_SPM = 100.0
STANDING_SPM = 40.0
"""Cadence from which the body moved on, and below which it stood [steps/min]."""

LEAST_MPS = 0.5
"""Slower than this over a hold is standing, whatever arms and cadence say [m/s]."""

USUAL_GAIN = 1.3
"""A gain of up to this many usual ones says nothing of the time before it."""

FASTEST_MPS = 8.0
SLACK_M = 10.0
"""More than this beside a pause was covered in the pause, which does not count."""


class Gains(Struct, frozen=True):
    """
    Distance gained between neighbouring records, as one source tells it.

    Parameters
    ----------
    gained_m : array, shape (n - 1,)
        NaN before the first known value and behind the last; 0 while the timer stood still.
    since_s : array, shape (n - 1,)
        Timer time between the two updates that each gap lies between [s].
    update_s : float
        How far apart updates usually are [s].
    paused_m : float
        Left out because the timer stood still [m].
    is_coarse : bool
        Updates are usually several records apart.
    guesses : array of bool, shape (n - 1,), optional
        Gaps over which the device guessed on without positions.
    """

    gained_m: Floats
    since_s: Floats
    update_s: float
    paused_m: float = 0.0
    is_coarse: bool = False
    guesses: Bools | None = None

    @property
    def is_known(self) -> Bools:
        """Gaps over which the distance is known, though perhaps not second by second."""
        return np.isfinite(self.gained_m)

    @property
    def is_guessed(self) -> Bools:
        """Gaps over which the metres are the device's guess."""
        return (
            np.zeros(self.gained_m.size, dtype=np.bool_) if self.guesses is None else self.guesses
        )

    @property
    def is_interpolated(self) -> Bools:
        """Gaps inside a stretch of over 10 s, of which only the ends were measured, if those."""
        usual = 1.5 * self.update_s if self.update_s <= MEASURED_S else 0.0
        return ~self.is_known | self.is_guessed | (self.since_s > max(MEASURED_S, usual))

    @property
    def is_unknown(self) -> Bools:
        """Gaps in which the speed is anybody's guess: neither standing nor measured."""
        is_long = self.since_s >= max(UNKNOWN_S, 3 * self.update_s)
        return ~self.is_known | self.is_guessed | is_long

    @property
    def total_m(self) -> float:
        """Sum of what is known [m]."""
        return known_sum(self.gained_m)


def known_sum(values: Floats) -> float:
    """Return the sum of what is not NaN; where nothing is, in a fifth of the time of nansum."""
    total = float(np.add.reduce(values))
    return float(np.nansum(values)) if math.isnan(total) else total


def nothing_known(records: Records) -> Gains:
    """Return the gains of a source that is silent."""
    unknown = np.full(len(records) - 1, np.nan)
    return Gains(unknown, np.full(unknown.size, np.inf), 0.0)


def gains_of(distance_m: Floats, records: Records) -> Gains:
    """
    Turn a cumulative distance into what was gained from record to record.

    Parameters
    ----------
    distance_m : array, shape (n,)
        Cumulative; NaN is unknown. What lies between two known values is spread
        over the time between them.
    records : Records
        Their clocks; cadence and speed tell whether the body stood during a hold.

    Returns
    -------
    Gains
        Sums up to the last distance less the first, and less what was covered in pauses.
    """
    known = np.flatnonzero(np.isfinite(distance_m))
    if known.size < 2:
        return nothing_known(records)
    timer_s = records.timer_time_s
    steps_m, paused_m = _without_pauses(distance_m[known], known, records)
    updates = np.flatnonzero(np.concatenate(([True], steps_m != 0)))
    at = known[updates]
    cumulative_m = np.concatenate(([0.0], np.cumsum(steps_m)))[updates]
    usual = _Usual.of(timer_s, known, at, cumulative_m)
    knots_s, knots_m = timer_s[known], cumulative_m
    if updates.size < known.size:
        knots_s, knots_m = _knots(updates, cumulative_m, known, records, usual)
    gained = np.full(len(records) - 1, np.nan)
    since = np.full(len(records) - 1, np.inf)
    last = known[-1]
    if usual.is_coarse and timer_s[last] - timer_s[at[-1]] <= usual.sampling_s:
        last = at[-1]  # the next update, after the end, would have told what was still gained
    inside = slice(int(known[0]), int(last) + 1)
    gaps = slice(inside.start, inside.stop - 1)
    gained[gaps], since[gaps] = _between(timer_s[inside], knots_s, knots_m)
    _lead_in(gained, since, distance_m[known[0]], int(known[0]), timer_s)
    gained[np.diff(timer_s) <= 0] = 0.0
    return Gains(gained, since, usual.update_s, paused_m, usual.is_coarse)


def _without_pauses(values_m: Floats, known: Ints, records: Records) -> tuple[Floats, float]:
    """Return the steps between known values less what pauses hold, and how much that was."""
    timer_gap_s = np.diff(records.timer_time_s[known])
    paused_s = np.diff(records.elapsed_time_s[known]) - timer_gap_s
    steps_m = np.diff(values_m)
    counted_m = np.where(timer_gap_s > 0, steps_m, 0.0)
    is_beside = (paused_s > 1) & (counted_m > FASTEST_MPS * timer_gap_s + SLACK_M)
    if is_beside.any():
        elsewhere_s = float(timer_gap_s[~is_beside].sum())
        usual_mps = counted_m[~is_beside].sum() / elsewhere_s if elsewhere_s > 0 else 0.0
        counted_m[is_beside] = usual_mps * timer_gap_s[is_beside]
    return counted_m, float(np.maximum(steps_m - counted_m, 0.0).sum())


class _Usual(Struct, frozen=True):
    """How a source usually behaves: time from update to update and from record to record [s]."""

    update_s: float
    record_s: float
    gaps_s: Floats
    gained_m: Floats

    @classmethod
    def of(cls, timer_s: Floats, known: Ints, at: Ints, cumulative_m: Floats) -> _Usual:
        gaps_s, gained_m = np.diff(timer_s[at]), np.diff(cumulative_m)
        ran = (gaps_s > 0) & (gained_m > 0)
        records_s = np.diff(timer_s[known])
        records_s = records_s[records_s > 0]
        record_s = median(records_s) if records_s.size else 1.0
        if not ran.any():
            return cls(record_s, record_s, gaps_s[ran], gained_m[ran])
        return cls(median(gaps_s[ran]), record_s, gaps_s[ran], gained_m[ran])

    @property
    def speed_mps(self) -> float:
        """Usual speed from update to update [m/s]; only holds ask for it."""
        return median(self.gained_m / self.gaps_s) if self.gaps_s.size else 0.0

    @property
    def is_coarse(self) -> bool:
        """Whether several records usually share a distance."""
        return self.update_s >= 2 * self.record_s

    @property
    def sampling_s(self) -> float:
        """Updates up to this far apart are how a coarse source samples, and no hold [s]."""
        return max(2 * self.update_s, MEASURED_S)


def _knots(
    place: Ints, cumulative_m: Floats, known: Ints, records: Records, usual: _Usual
) -> tuple[Floats, Floats]:
    """Return the points that the distance runs straight between: timer seconds and metres."""
    knots_s = records.timer_time_s[known]
    is_update = np.zeros(known.size, dtype=np.bool_)
    is_update[place] = True
    interval = np.cumsum(is_update) - 1
    held_m = cumulative_m[interval]  # what stands still stays where it was written
    held_s, gained_m = np.diff(knots_s[place]), np.diff(cumulative_m)
    is_hold = np.diff(place) > 1
    is_sampling = is_hold & usual.is_coarse & (held_s <= usual.sampling_s)
    is_knot = is_update | ~np.append(is_sampling, False)[interval]
    added: list[tuple[float, float]] = []
    long = is_hold & ~is_sampling & (held_s >= SHORT_HOLD_S) & (gained_m > 0)
    holds = np.flatnonzero(long).tolist()
    usual_mps = usual.speed_mps if holds else 0.0
    for i in holds:
        a, b = int(place[i]), int(place[i + 1])
        hold = _Hold(knots_s[a], knots_s[b], knots_s[b] - knots_s[b - 1], gained_m[i])
        moved = _moved(records, int(known[a]), int(known[b]))
        start_s = hold.moving_from(usual.update_s, usual_mps, moved)
        is_knot[a + 1 : b] = knots_s[a + 1 : b] <= start_s
        if hold.start_s < start_s < knots_s[b - 1]:
            added.append((start_s, float(held_m[a])))
    knots_s, knots_m = knots_s[is_knot], held_m[is_knot]
    if added:
        extra_s, extra_m = np.array(added).T
        where = np.searchsorted(knots_s, extra_s, side="right")
        knots_s, knots_m = np.insert(knots_s, where, extra_s), np.insert(knots_m, where, extra_m)
    return knots_s, knots_m


class _Hold(Struct, frozen=True):
    """A distance that stood still for seconds from one update to the next, and then gained."""

    start_s: float
    end_s: float
    last_gap_s: float
    gained_m: float

    def moving_from(self, update_s: float, usual_mps: float, moved: bool | None) -> float:
        """
        Return the timer second from which the gain is spread.

        Parameters
        ----------
        update_s, usual_mps : float
            Usual time from update to update, and speed over it, of the source.
        moved : bool or None
            What cadence, else the device's speed, says of these seconds.
        """
        mean_mps = self.gained_m / (self.end_s - self.start_s)
        last_s = max(update_s, self.last_gap_s)
        is_usual = self.gained_m <= USUAL_GAIN * usual_mps * last_s
        if moved is None:
            moved = mean_mps >= MOVING_MPS
        if moved and not is_usual and mean_mps >= LEAST_MPS:
            return self.start_s
        needed_s = last_s if is_usual else max(last_s, self.gained_m / usual_mps)
        return max(self.start_s, self.end_s - needed_s)


def _moved(records: Records, first: int, last: int) -> bool | None:
    """Whether the body moved between two records, by cadence, else by speed; None is unknown."""
    cadence = records.cadence_spm[first:last]
    cadence = cadence[np.isfinite(cadence)]
    if cadence.size:
        usual_spm = median(cadence)
        if usual_spm >= WALKING_SPM or usual_spm < STANDING_SPM:
            return usual_spm >= WALKING_SPM
    speed = records.speed_mps[first:last]
    speed = speed[np.isfinite(speed)]
    return float(speed.mean()) >= MOVING_MPS if speed.size else None


def _between(timer_s: Floats, knots_s: Floats, knots_m: Floats) -> tuple[Floats, Floats]:
    """Return what was gained from record to record, and the time between the knots around it."""
    steps_s = np.diff(timer_s)
    if np.array_equal(timer_s, knots_s) and bool((steps_s > 0).all()):
        return np.diff(knots_m), steps_s  # every record is a knot, as of most watches
    return np.diff(_at(timer_s, knots_s, knots_m)), _spacing(timer_s, knots_s)


def _at(timer_s: Floats, knots_s: Floats, knots_m: Floats) -> Floats:
    """Distance at each record; both records of a pause share a second, and their metres."""
    rising = np.concatenate(([True], np.diff(knots_s) > 0))
    values: Floats = np.interp(timer_s, knots_s[rising], knots_m[rising])
    return values


def _spacing(timer_s: Floats, knots_s: Floats) -> Floats:
    """Time between the two knots on either side of each gap between records [s]."""
    middles_s = (timer_s[:-1] + timer_s[1:]) / 2
    right = np.clip(np.searchsorted(knots_s, middles_s, side="right"), 1, knots_s.size - 1)
    spacing: Floats = knots_s[right] - knots_s[right - 1]
    return spacing


def _lead_in(gained: Floats, since: Floats, first_m: float, first: int, timer_s: Floats) -> None:
    """Count what was on the device's counter at its first distance, if it can have been run."""
    lead_s = float(timer_s[first] - timer_s[0])
    if first > 0 and lead_s > 0 and 0 < first_m <= FASTEST_MPS * lead_s:
        gained[:first] = first_m * np.diff(timer_s[: first + 1]) / lead_s
        since[:first] = lead_s
