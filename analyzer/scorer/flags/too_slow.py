"""TOO_SLOW: a block run slower than its tolerance allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, TooSlow
from analyzer.scorer.block import is_scored
from analyzer.scorer.flags.rule import (
    certainty,
    doubt_pct,
    least_pct,
    pace_interval,
    scored_pace,
)
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session


def too_slow(session: Session) -> list[Flag]:
    """
    Find blocks that were run too slow: the mirror of TOO_FAST.

    Point rule ``-x > tol_slow``, and beyond what the recording can show at all; clear if
    ``-x - doubt > 0.5 tol_slow``.
    """
    found = []
    for measured in session.blocks:
        x, tolerance, planned = measured.deviation_pct, measured.tolerance, measured.planned_mps
        if x is None or tolerance is None or planned is None or not is_scored(measured):
            continue
        sure = certainty(
            is_point=-x > least_pct(measured, tolerance.slow_pct),
            is_interval=-x - doubt_pct(measured, tolerance.slow_pct) > 0.5 * tolerance.slow_pct,
        )
        if sure is None:
            continue
        value, low, high = pace_interval(x, measured.se_pct, planned)
        evidence = TooSlow(
            pace_s_per_km=scored_pace(measured), planned_s_per_km=pace_s_per_km(planned)
        )
        index = measured.block.index
        found.append(Flag("TOO_SLOW", index, sure, value, low, high, "s/km", evidence))
    return found
