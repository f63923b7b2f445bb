"""Splits by kilometre or mile, as runners know them from their watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.distance_split import DistanceSplit

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.review import Trace

LEAST_REST_M = 50.0
"""A shorter rest at the end is no split [m]."""

STEP_M = 1.0
"""Ups and downs of less are the sensor's [m]."""


def distance_splits(trace: Trace, unit_m: float) -> tuple[DistanceSplit, ...]:
    """
    Return a run by kilometres or miles.

    Parameters
    ----------
    trace : Trace
        Of a review.
    unit_m : float
        Length of a split [m].

    Returns
    -------
    tuple of DistanceSplit
        In order; the last one may be shorter. None where nothing was run.
    """
    if trace.elapsed_s.size < 2:
        return ()
    run_m = np.maximum.accumulate(np.nan_to_num(trace.distance_m))
    first_m, last_m = float(run_m[0]), float(run_m[-1])
    edges_m = [*np.arange(first_m, last_m, unit_m).tolist(), last_m]
    if len(edges_m) > 2 and edges_m[-1] - edges_m[-2] < LEAST_REST_M:
        del edges_m[-1]
    if last_m - first_m < LEAST_REST_M:
        return ()
    edges_s = _reached_s(trace.elapsed_s, run_m, edges_m)
    return tuple(
        _split(trace, i + 1, (edges_s[i], edges_s[i + 1]), edges_m[i + 1] - edges_m[i])
        for i in range(len(edges_m) - 1)
    )


def _reached_s(elapsed_s: Floats, run_m: Floats, edges_m: list[float]) -> list[float]:
    """Return when each distance was reached first."""
    moved = np.concatenate(([True], np.diff(run_m) > 0))
    reached: list[float] = np.interp(edges_m, run_m[moved], elapsed_s[moved]).tolist()
    return reached


def _split(
    trace: Trace, number: int, span_s: tuple[float, float], distance_m: float
) -> DistanceSplit:
    """Return one split."""
    start_s, end_s = span_s
    inside = (trace.elapsed_s >= start_s) & (trace.elapsed_s <= end_s)
    beats = trace.heart_rate_bpm[inside]
    beats = beats[np.isfinite(beats)]
    up_m, down_m = _climbs_m(trace.elevation_m[inside])
    return DistanceSplit(
        number,
        start_s,
        end_s,
        distance_m,
        (end_s - start_s) / distance_m * 1000,
        float(beats.mean()) if beats.size else None,
        up_m,
        down_m,
    )


def _climbs_m(elevation_m: Floats) -> tuple[float | None, float | None]:
    """Add up what goes up and what goes down, in steps of a metre and more."""
    known = elevation_m[np.isfinite(elevation_m)].tolist()
    if len(known) < 2:
        return None, None
    up_m = down_m = 0.0
    held_m = known[0]
    for height_m in known:
        step_m = height_m - held_m
        if abs(step_m) >= STEP_M:
            up_m, down_m = up_m + max(step_m, 0.0), down_m + max(-step_m, 0.0)
            held_m = height_m
    return up_m, down_m
