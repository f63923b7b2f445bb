"""TOO_SLOW: a block run slower than its tolerance allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, TooSlow
from analyzer.scorer.flags.limits import Limits, tolerance_limits
from analyzer.scorer.flags.rule import (
    certainty,
    in_each_block,
    least_pct,
    pace_interval,
    scored_pace,
)
from analyzer.scorer.sureness import doubt_pct
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


def too_slow(session: Session) -> list[Flag]:
    """
    Find blocks that were run too slow: the mirror of those run too fast.

    Point rule ``-x > tol_slow``, and beyond what the recording can show at all; clear if
    ``-x - doubt > 0.5 tol_slow``.
    """
    return in_each_block(session, _of_block)


def slow_limits(session: Session) -> Limits:
    """Return how well the recording could show each scored block too slow."""
    return Limits("TOO_SLOW", tolerance_limits(session, is_fast=False))


def _of_block(_session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    x, tolerance, planned = measured.deviation_pct, measured.tolerance, measured.planned_mps
    if x is None or tolerance is None or planned is None or not measured.is_scored:
        return None
    sure = certainty(
        is_point=-x > least_pct(measured, tolerance.slow_pct),
        is_interval=-x - doubt_pct(measured, tolerance.slow_pct) > 0.5 * tolerance.slow_pct,
    )
    if sure is None:
        return None
    evidence = TooSlow(pace_s_per_km=scored_pace(measured), planned_s_per_km=pace_s_per_km(planned))
    size = pace_interval(x, measured.se_pct, planned)
    return Flag("TOO_SLOW", measured.block.index, sure, *size, "s/km", evidence)
