"""What each source in a recording says of the way: the device's counter, positions, speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.prepare.held import WALKING_SPM, Gains, gains_of, nothing_known
from analyzer.prepare.lost_positions import lost_gaps, without_guesses
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Activity, Bools, Floats, Records
    from analyzer.model.prepared import DistanceSource

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG) [m]."""

KILOMETRE = 1000.0
KILOMETRE_WITHIN = 0.1
"""A counter a thousand times too small, within a tenth, counts kilometres."""

HUMAN_MPS = (0.5, 7.0)
"""Mean speeds that a run can have [m/s]."""

DEAD = 1e-4
"""A column that comes to less than this of another counts nothing at all [share]."""

COMPARED = 0.5
"""Sources known together for less of the run than this are not compared."""


class Source(Struct, frozen=True):
    """
    One source, and what it says.

    Parameters
    ----------
    name : {'footpod', 'device', 'positions', 'speed'}
        Which.
    gains : Gains
        Record by record.
    counts_kilometres : bool
        The device wrote kilometres where metres belong; they were made metres.
    """

    name: DistanceSource
    gains: Gains
    counts_kilometres: bool = False

    def known_share(self, timer_gain_s: Floats) -> float:
        """Share of timer time between its first and last word; 0 if it gained nothing at all."""
        return self._share(self.gains.is_known, timer_gain_s)

    def measured_share(self, timer_gain_s: Floats) -> float:
        """Share of timer time over which it knows the speed as well."""
        return self._share(~self.gains.is_unknown, timer_gain_s)

    def _share(self, which: Bools, timer_gain_s: Floats) -> float:
        total_s = float(timer_gain_s.sum())
        if self.gains.total_m <= 0 or total_s <= 0:
            return 0.0
        return float(timer_gain_s[which].sum()) / total_s

    def is_human(self, timer_gain_s: Floats) -> bool:
        """Whether a runner can have run it, on the whole."""
        known_s = float(timer_gain_s[self.gains.is_known].sum())
        slowest, fastest = HUMAN_MPS
        return known_s > 0 and slowest <= self.gains.total_m / known_s <= fastest

    def over(self, other: Source) -> float | None:
        """How many times as long as another it is where both measured; None: no comparing."""
        is_guessed = self.gains.is_guessed | other.gains.is_guessed
        both = self.gains.is_known & other.gains.is_known & ~is_guessed
        mine, its = self.gains.gained_m[both].sum(), other.gains.gained_m[both].sum()
        if both.mean() < COMPARED or min(mine, its) <= DEAD * max(mine, its):
            return None
        return float(mine / its)


def sources_of(activity: Activity) -> tuple[Source, Source, Source]:
    """Return the device's (or foot pod's) counter, the positions, the device's speed."""
    records = activity.records
    positions = Source("positions", _gains_of_positions(records))
    name: DistanceSource = "footpod" if activity.is_footpod else "device"
    # A foot pod counts on in a tunnel as it does everywhere.
    is_lost = None if activity.is_footpod else lost_gaps(records, positions.gains.gained_m)
    speed = Source("speed", _gains_of_speed(records, is_lost))
    counter = Source(name, _gains_of_counter(records.distance_m, records, is_lost))
    if _counts_kilometres(counter, positions, speed, records):
        gains = _gains_of_counter(KILOMETRE * records.distance_m, records, is_lost)
        counter = Source(name, gains, counts_kilometres=True)
    return counter, positions, speed


def _gains_of_counter(distance_m: Floats, records: Records, is_lost: Bools | None) -> Gains:
    """Gains of a counter, unknown before the first fix, guessed where positions were lost."""
    return _before_the_fix(_measured(distance_m, records, is_lost), records)


def _measured(cumulative_m: Floats, records: Records, is_lost: Bools | None) -> Gains:
    """Gains of a distance, second by second only where it is not a guess."""
    if is_lost is None or not is_lost.any():
        return gains_of(cumulative_m, records)
    gains = gains_of(without_guesses(cumulative_m, is_lost), records)
    return replace(gains, guesses=is_lost)


def haversine_m(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Great-circle distance between neighbouring positions [m], one entry less."""
    lat, lon = np.radians(latitude_deg), np.radians(longitude_deg)
    cos_lat = np.cos(lat)
    half = (
        np.sin(np.diff(lat) / 2) ** 2 + cos_lat[:-1] * cos_lat[1:] * np.sin(np.diff(lon) / 2) ** 2
    )
    arc: Floats = 2 * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return EARTH_RADIUS_M * arc


def _gains_of_positions(records: Records) -> Gains:
    """Gains between known positions."""
    known = np.flatnonzero(np.isfinite(records.latitude_deg) & np.isfinite(records.longitude_deg))
    if known.size < 2:
        return nothing_known(records)
    steps = haversine_m(records.latitude_deg[known], records.longitude_deg[known])
    cumulative = np.full(len(records), np.nan)
    cumulative[known] = np.concatenate(([0.0], np.cumsum(steps)))
    return gains_of(cumulative, records)


def _gains_of_speed(records: Records, is_lost: Bools | None) -> Gains:
    """Gains as the integral of the device's speed (trapezoid) over timer time."""
    known = np.flatnonzero(np.isfinite(records.speed_mps))
    if known.size < 2:
        return nothing_known(records)
    timer_gap_s = np.diff(records.timer_time_s[known])
    means_mps = (records.speed_mps[known][:-1] + records.speed_mps[known][1:]) / 2
    gained = np.where(timer_gap_s > 0, means_mps * timer_gap_s, 0.0)
    cumulative = np.full(len(records), np.nan)
    cumulative[known] = np.concatenate(([0.0], np.cumsum(gained)))
    return _measured(cumulative, records, is_lost)


def _before_the_fix(counter: Gains, records: Records) -> Gains:
    """Make a counter unknown that stands at 0 only because the first position is not there yet."""
    fixes = np.flatnonzero(np.isfinite(records.latitude_deg))
    gained = np.flatnonzero(counter.gained_m > 0)
    if not fixes.size or not gained.size:
        return counter
    waiting = min(int(fixes[0]), int(gained[0]))
    cadence = records.cadence_spm[:waiting]
    if waiting == 0 or (cadence < WALKING_SPM).any():
        return counter
    unknown = counter.gained_m.copy()
    unknown[:waiting] = np.nan
    return replace(counter, gained_m=unknown)


def _counts_kilometres(counter: Source, positions: Source, speed: Source, records: Records) -> bool:
    """Whether a counter is a thousandth of what positions or speed say, or of any running."""
    for other in (positions, speed):
        ratio = counter.over(other)
        if ratio is not None:
            return abs(KILOMETRE * ratio - 1) <= KILOMETRE_WITHIN
    cadence = records.cadence_spm[np.isfinite(records.cadence_spm)]
    if not cadence.size or median(cadence) < WALKING_SPM:
        return False
    slowest, fastest = HUMAN_MPS
    mean_mps = KILOMETRE * counter.gains.total_m / float(records.timer_time_s[-1])
    return slowest <= mean_mps <= fastest
