"""An even one-second grid on the timer clock (method 1.3); what lies in gaps is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats, Records

MAX_GAP_S = 10.0
"""Values further apart are not bridged; distance is, but counts as interpolated [s]."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """
    Columns of n whole timer seconds; NaN is unknown.

    ``distance_m`` has n + 1 edges; ``is_interpolated`` marks seconds inside a
    gap of over 10 s, where only the distance at its ends was measured.
    """

    distance_m: Floats
    device_speed_mps: Floats
    heart_rate_bpm: Floats
    cadence_spm: Floats
    elevation_m: Floats
    is_interpolated: Bools

    @property
    def speed_mps(self) -> Floats:
        """Distance gained in each second."""
        return np.diff(self.distance_m)


def lay_grid(records: Records, gained_m: Floats) -> Grid:
    """
    Lay records on whole timer seconds; distance is conserved.

    Parameters
    ----------
    records : Records
        As read.
    gained_m : array, shape (len(records) - 1,)
        Distance between neighbouring records; NaN is unknown and counts as a
        stretch of which nothing was measured.

    Returns
    -------
    Grid
        As many seconds as the timer ran whole ones.
    """
    timer_s = records.timer_time_s
    seconds = int(np.floor(timer_s[-1] + 1e-6))
    edges_s = np.arange(seconds + 1, dtype=np.float64)
    middles_s = edges_s[:-1] + 0.5

    unknown = ~np.isfinite(gained_m)
    filled_m = np.where(unknown, _typical_speed(gained_m, timer_s) * np.diff(timer_s), gained_m)
    cumulative_m = np.concatenate(([0.0], np.cumsum(filled_m)))
    rising = np.concatenate(([True], np.diff(timer_s) > 0))  # one record for each timer second
    gaps = (np.diff(timer_s) > MAX_GAP_S) | unknown
    return Grid(
        distance_m=np.interp(edges_s, timer_s[rising], cumulative_m[rising]),
        device_speed_mps=_bridged(middles_s, timer_s, records.speed_mps),
        heart_rate_bpm=_bridged(middles_s, timer_s, records.heart_rate_bpm),
        cadence_spm=_bridged(middles_s, timer_s, records.cadence_spm),
        elevation_m=_bridged(middles_s, timer_s, records.elevation_m),
        is_interpolated=_inside(middles_s, timer_s[:-1][gaps], timer_s[1:][gaps]),
    )


def _typical_speed(gained_m: Floats, timer_s: Floats) -> float:
    """Mean speed where it is known: unknown seconds must neither look fast nor like a stop."""
    is_known = np.isfinite(gained_m)
    timer_known_s = float(np.diff(timer_s)[is_known].sum())
    return float(gained_m[is_known].sum()) / timer_known_s if timer_known_s > 0 else 0.0


def _bridged(at_s: Floats, timer_s: Floats, values: Floats) -> Floats:
    """Interpolate a column, leaving NaN where known values lie over 10 s apart."""
    is_known = np.isfinite(values)
    if not is_known.any():
        return np.full(at_s.size, np.nan)
    known_s, known_values = timer_s[is_known], values[is_known]
    right = np.searchsorted(known_s, at_s)
    left = np.maximum(right - 1, 0)
    right = np.minimum(right, known_s.size - 1)
    near = np.abs(known_s[right] - known_s[left]) <= MAX_GAP_S
    outside = (at_s < known_s[0] - 1.0) | (at_s > known_s[-1] + 1.0)
    return np.where(near & ~outside, np.interp(at_s, known_s, known_values), np.nan)


def _inside(at_s: Floats, starts_s: Floats, ends_s: Floats) -> Bools:
    """Mark the seconds inside any of the stretches, which come in order and do not overlap."""
    if starts_s.size == 0:
        return np.zeros(at_s.size, dtype=np.bool_)
    which = np.searchsorted(starts_s, at_s, side="right") - 1
    return (which >= 0) & (at_s < ends_s[np.maximum(which, 0)])
