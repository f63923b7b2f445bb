"""Kilometres or miles inside a block, for the eye; never scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.model.block_result import Split

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.prepared import Prepared
    from analyzer.scorer.measure import Measured

LEAST_M = 10.0
"""A shorter remainder is added to the last split [m]."""


class Way(NamedTuple):
    """Distance at the edges of the timer seconds, and the same where it rose: metres, seconds."""

    distance_m: Floats
    edges_s: Floats
    risen_m: Floats
    risen_s: Floats

    @classmethod
    def of(cls, prepared: Prepared) -> Way:
        """Lay the way of a recording out."""
        edges_s = np.arange(prepared.seconds + 1, dtype=np.float64)
        distance_m = prepared.distance_m
        rises = np.concatenate(([True], distance_m[1:] > distance_m[:-1]))
        return cls(distance_m, edges_s, distance_m[rises], edges_s[rises])


def block_splits(measured: Measured, way: Way, unit_m: float) -> tuple[Split, ...]:
    """
    Cut a block every ``unit_m`` metres from its own start.

    Times are interpolated on the timer clock; the splits add up to the block's
    distance and time. A block with no distance has none.
    """
    start_s, end_s = measured.placement.start_s, measured.placement.end_s
    if start_s is None or end_s is None or measured.distance_m <= 0:
        return ()
    start_m = float(np.interp(start_s, way.edges_s, way.distance_m))
    end_m = start_m + measured.distance_m
    marks_m = np.append(np.arange(start_m, end_m, unit_m), end_m)
    if marks_m.size > 2 and marks_m[-1] - marks_m[-2] < LEAST_M:
        marks_m = np.delete(marks_m, -2)
    times_s = np.interp(marks_m, way.risen_m, way.risen_s)
    times_s[0], times_s[-1] = start_s, end_s
    return tuple(
        Split(float(metres), float(seconds), float(1000 * seconds / metres))
        for metres, seconds in zip(np.diff(marks_m), np.diff(times_s), strict=True)
        if metres > 0
    )
