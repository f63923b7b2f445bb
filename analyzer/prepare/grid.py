"""An even one-second grid on the timer clock (method 1.3); what lies in gaps is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats, Records
    from analyzer.prepare.distance import Distance

MAX_GAP_S = 10.0
"""Values further apart are not bridged [s]."""


class Grid(Struct, frozen=True):
    """
    Columns of n whole timer seconds; NaN is unknown.

    ``distance_m`` has n + 1 edges. ``is_interpolated`` marks seconds inside a
    stretch of over 10 s, where only the distance at its ends was measured;
    ``is_unknown`` those of them in which the speed is anybody's guess, ``is_guessed``
    those in which the device guessed even the metres.
    ``second_mps`` is what positions say of each second, where something else was taken.
    """

    distance_m: Floats
    device_speed_mps: Floats
    heart_rate_bpm: Floats
    cadence_spm: Floats
    elevation_m: Floats
    is_interpolated: Bools
    is_unknown: Bools
    is_guessed: Bools
    second_mps: Floats | None = None

    @property
    def speed_mps(self) -> Floats:
        """Distance gained in each second."""
        return np.diff(self.distance_m)


def lay_grid(records: Records, distance: Distance) -> Grid:
    """
    Lay records on whole timer seconds; distance is conserved.

    Parameters
    ----------
    records : Records
        As read.
    distance : Distance
        Gains between neighbouring records; what is unknown at either end adds nothing.

    Returns
    -------
    Grid
        As many seconds as the timer ran whole ones.
    """
    timer_s = records.timer_time_s
    seconds = int(np.floor(timer_s[-1] + 1e-6))
    edges_s = np.arange(seconds + 1, dtype=np.float64)
    middles_s = edges_s[:-1] + 0.5
    rising = np.concatenate(([True], np.diff(timer_s) > 0))  # one record for each timer second

    def at_edges(gained_m: Floats) -> Floats:
        cumulative_m = np.concatenate(([0.0], np.cumsum(np.nan_to_num(gained_m, nan=0.0))))
        return np.interp(edges_s, timer_s[rising], cumulative_m[rising])

    def seconds_in(is_gap: Bools) -> Bools:
        return _inside(middles_s, timer_s[:-1][is_gap], timer_s[1:][is_gap])

    second_m = distance.second_m
    speed_mps = np.full(len(records), np.nan) if distance.is_speed_wrong else records.speed_mps
    return Grid(
        distance_m=at_edges(distance.gained_m),
        device_speed_mps=_bridged(middles_s, timer_s, speed_mps),
        heart_rate_bpm=_bridged(middles_s, timer_s, records.heart_rate_bpm),
        cadence_spm=_bridged(middles_s, timer_s, records.cadence_spm),
        elevation_m=_bridged(middles_s, timer_s, records.elevation_m),
        is_interpolated=seconds_in(distance.gains.is_interpolated),
        is_unknown=seconds_in(distance.gains.is_unknown),
        is_guessed=seconds_in(distance.gains.is_guessed),
        second_mps=None if second_m is None else np.diff(at_edges(second_m)),
    )


def _bridged(at_s: Floats, timer_s: Floats, values: Floats) -> Floats:
    """Interpolate a column, leaving NaN where known values lie over 10 s apart."""
    known = np.isfinite(values)
    if not known.any():
        return np.full(at_s.size, np.nan)
    known_s, known_values = timer_s[known], values[known]
    is_open = (at_s < known_s[0] - 1.0) | (at_s > known_s[-1] + 1.0)
    if bool((np.diff(known_s) > MAX_GAP_S).any()):
        right = np.searchsorted(known_s, at_s)
        left = np.maximum(right - 1, 0)
        right = np.minimum(right, known_s.size - 1)
        is_open |= np.abs(known_s[right] - known_s[left]) > MAX_GAP_S
    bridged: Floats = np.interp(at_s, known_s, known_values)
    bridged[is_open] = np.nan
    return bridged


def _inside(at_s: Floats, starts_s: Floats, ends_s: Floats) -> Bools:
    """Mark the seconds inside any of the stretches, which come in order and do not overlap."""
    if starts_s.size == 0:
        return np.zeros(at_s.size, dtype=np.bool_)
    which = np.searchsorted(starts_s, at_s, side="right") - 1
    return (which >= 0) & (at_s < ends_s[np.maximum(which, 0)])
