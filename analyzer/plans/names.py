"""Lengths and targets in words, for the names of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.units import KM_M, MILE_M, clock_text, pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.plan import Target
    from analyzer.units import Unit


NEAR_M = 0.01
"""A watch stores centimetres: a mile is 1609.34 m there."""


def length_text(duration_s: float | None, distance_m: float | None) -> str:
    """Say a length in words: ``10 min``, ``90 s``, ``1:30:00 h``, ``2 km``, ``2 mi``, ``open``."""
    if duration_s is not None:
        if duration_s >= 3600:
            return f"{clock_text(duration_s)} h"
        if duration_s % 60 == 0:
            return f"{duration_s / 60:.0f} min"
        return f"{duration_s:.0f} s" if duration_s < 120 else f"{clock_text(duration_s)} min"
    return "open" if distance_m is None else _distance_text(distance_m)


def _distance_text(distance_m: float) -> str:
    """Say a distance in words, in miles where it is round in them."""
    miles = _round_miles(distance_m)
    if miles:
        return f"{miles:g} mi"
    if distance_m < KM_M:
        return f"{distance_m:.0f} m"
    return f"{round(distance_m / KM_M, 2):g} km"


def _round_miles(distance_m: float) -> float:
    """Return a distance in miles where it is a round number of quarters, else nothing."""
    quarters = round(4 * distance_m / MILE_M)
    return quarters / 4 if quarters and abs(quarters * MILE_M / 4 - distance_m) < NEAR_M else 0.0


def target_text(target: Target, units: Unit) -> str:
    """Say a target in words: ``4:00/km``, ``4:10-3:50/km``, ``4:10 -> 3:50/km``, ``>=4:30/km``."""
    if target.ramp_mps is not None:
        first, last = (pace_text(pace_s_per_km(v), units) for v in target.ramp_mps)
        return f"{first} -> {last}/{units}"
    if target.slow_mps is not None and target.fast_mps is not None:
        slow, fast = (
            pace_text(pace_s_per_km(v), units) for v in (target.slow_mps, target.fast_mps)
        )
        return f"{slow}-{fast}/{units}"
    sign = {"slow": ">=", "fast": "<=", None: ""}[target.free_side]
    return f"{sign}{pace_text(pace_s_per_km(target.speed_mps), units)}/{units}"
