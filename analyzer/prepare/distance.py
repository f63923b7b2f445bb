"""Which distance to believe: foot pod, device, positions or speed (method 1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from analyzer.model.activity import RecordingWarning
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import Activity, Floats, Records
    from analyzer.model.prepared import DistanceSource

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG) [m]."""

MIN_COVERAGE = 0.95
"""Share of timer time that a source must cover to be believed."""

MAX_BACKWARDS = 0.01
"""Share of the total by which a source may run backwards."""

MAX_DISAGREEMENT = 0.03
"""Share by which device and positions may differ without a warning."""

MAX_KNOWN_GAP_S = 60.0
"""Known distances further apart than this do not cover the time between them [s]."""

FASTEST_MPS = 8.0
"""More than this beside a pause was moved in the pause [m/s]."""

SCALE_ERROR_PCT: dict[DistanceSource, float] = {
    "footpod": 0.5,
    "device": 1.0,
    "positions": 1.5,
    "speed": 1.5,
}
"""Standard error common to all distances of a run, by source (method 5, ``beta``) [%]."""


@dataclass(frozen=True, slots=True, eq=False)
class Distance:
    """
    Distance gained between neighbouring records, from one source.

    ``gained_m`` has one entry less than there are records; NaN is unknown, and
    nothing is gained while the timer stands still.
    """

    source: DistanceSource
    gained_m: Floats

    @property
    def total_m(self) -> float:
        """Sum of what is known [m]."""
        return float(np.nansum(self.gained_m))


def choose_distance(activity: Activity) -> tuple[Distance, tuple[RecordingWarning, ...]]:
    """
    Take the first source that covers the run and does not run backwards.

    Parameters
    ----------
    activity : Activity
        As read.

    Returns
    -------
    Distance
        Gains between records, small backward steps set to 0. If no source
        passes, the one that covers most.
    tuple of RecordingWarning
        ``DISTANCE_REPAIRED`` where steps back were flattened,
        ``DISTANCE_DISAGREES`` where device and positions differ by over 3 %.
    """
    records = activity.records
    timer_gain_s = np.diff(records.timer_time_s)
    kind: Literal["footpod", "device"] = "footpod" if activity.is_footpod else "device"
    candidates = [
        Distance(kind, _gains_of_cumulative(records.distance_m, records)),
        Distance("positions", _gains_of_positions(records)),
        Distance("speed", _gains_of_speed(records)),
    ]
    ranked = sorted(
        candidates,
        key=lambda d: (not _passes(d, timer_gain_s), -_believable_coverage(d, timer_gain_s)),
    )
    passing = [d for d in candidates if _passes(d, timer_gain_s)]
    chosen = passing[0] if passing else ranked[0]
    warnings: list[RecordingWarning] = []
    backwards = int(np.sum(chosen.gained_m < 0))
    if backwards:
        warnings.append(RecordingWarning("DISTANCE_REPAIRED", "backwards", {"count": backwards}))
    if chosen is candidates[0] and chosen.source == "device":
        warnings += _disagreement(chosen, candidates[1])
    return Distance(chosen.source, np.maximum(chosen.gained_m, 0.0)), tuple(warnings)


def _gains_of_cumulative(distance_m: Floats, records: Records) -> Floats:
    """Gains of a cumulative column; unknown values are bridged when both sides are near."""
    measured_at = np.flatnonzero(np.isfinite(distance_m))
    gains = np.full(len(records) - 1, np.nan)
    if measured_at.size < 2:
        return gains
    timer_s = records.timer_time_s
    bridged = np.interp(timer_s, timer_s[measured_at], distance_m[measured_at])
    bridged[measured_at] = distance_m[measured_at]  # equal timer seconds on both sides of a pause
    gains[measured_at[0] : measured_at[-1]] = np.diff(bridged[measured_at[0] : measured_at[-1] + 1])
    holes = np.flatnonzero(np.diff(timer_s[measured_at]) > MAX_KNOWN_GAP_S)
    for hole in holes:  # a hole of several records is unknown, one long step is a data gap
        if measured_at[hole + 1] - measured_at[hole] > 1:
            gains[measured_at[hole] : measured_at[hole + 1]] = np.nan
    gains[np.diff(timer_s) <= 0] = 0.0
    paused_s = np.diff(records.elapsed_time_s) - np.diff(timer_s)
    with np.errstate(invalid="ignore"):  # what was moved in a pause is no part of the run
        carried = (paused_s > 1) & (gains > FASTEST_MPS * np.diff(timer_s))
    return np.where(carried & (np.diff(timer_s) > 0), np.nan, gains)


def haversine_m(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Great-circle distance between neighbouring positions [m], one entry less."""
    lat, lon = np.radians(latitude_deg), np.radians(longitude_deg)
    half = (
        np.sin(np.diff(lat) / 2) ** 2
        + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    )
    arc: Floats = 2 * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return EARTH_RADIUS_M * arc


def _gains_of_positions(records: Records) -> Floats:
    """Gains between known positions, spread over records without one by timer time."""
    measured_at = np.flatnonzero(
        np.isfinite(records.latitude_deg) & np.isfinite(records.longitude_deg)
    )
    if measured_at.size < 2:
        return np.full(len(records) - 1, np.nan)
    steps = haversine_m(records.latitude_deg[measured_at], records.longitude_deg[measured_at])
    steps[np.diff(records.timer_time_s[measured_at]) <= 0] = 0.0
    cumulative = np.full(len(records), np.nan)
    cumulative[measured_at] = np.concatenate(([0.0], np.cumsum(steps)))
    return _gains_of_cumulative(cumulative, records)


def _gains_of_speed(records: Records) -> Floats:
    """Gains as the integral of the device's speed (trapezoid) over timer time."""
    timer_gain_s = np.diff(records.timer_time_s)
    mean_mps = (records.speed_mps[:-1] + records.speed_mps[1:]) / 2
    return np.where(timer_gain_s > 0, mean_mps * timer_gain_s, 0.0)


def _coverage(distance: Distance, timer_gain_s: Floats) -> float:
    """Share of timer time over which the gain is known."""
    total_s = float(timer_gain_s.sum())
    return float(timer_gain_s[np.isfinite(distance.gained_m)].sum()) / total_s if total_s else 0.0


def _believable_coverage(distance: Distance, timer_gain_s: Floats) -> float:
    """Coverage of a source that gained any distance at all, else 0."""
    return _coverage(distance, timer_gain_s) if distance.total_m > 0 else 0.0


def _passes(distance: Distance, timer_gain_s: Floats) -> bool:
    """Whether a source covers the run and hardly runs backwards."""
    backwards_m = -float(np.nansum(np.minimum(distance.gained_m, 0.0)))
    forwards_m = float(np.nansum(np.maximum(distance.gained_m, 0.0)))
    covers = _believable_coverage(distance, timer_gain_s) >= MIN_COVERAGE
    return covers and backwards_m <= MAX_BACKWARDS * forwards_m


def _disagreement(device: Distance, positions: Distance) -> list[RecordingWarning]:
    """Warn where the device's distance and its positions differ, as far as both are known."""
    both = np.isfinite(device.gained_m) & np.isfinite(positions.gained_m)
    device_m, positions_m = device.gained_m[both].sum(), positions.gained_m[both].sum()
    if both.mean() < MIN_COVERAGE or positions_m <= 0 or device_m <= 0:
        return []
    share = device_m / positions_m - 1
    if abs(share) <= MAX_DISAGREEMENT:
        return []
    facts = {"percent": round_half_up(float(abs(share)) * 100, 1)}
    return [RecordingWarning("DISTANCE_DISAGREES", "longer" if share > 0 else "shorter", facts)]
