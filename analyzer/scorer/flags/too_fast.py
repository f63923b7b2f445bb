"""TOO_FAST: a block run faster than its tolerance allows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, TooFast
from analyzer.scorer.flags.greedy import clearly_at_next_pace
from analyzer.scorer.flags.limits import Limits, tolerance_limits
from analyzer.scorer.flags.rule import (
    certainty,
    least_pct,
    next_paced_mps,
    pace_interval,
    scored_pace,
)
from analyzer.scorer.method import LEAST_CORE_S, Z
from analyzer.scorer.sureness import doubt_pct
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session


def too_fast(session: Session) -> list[Flag]:
    """
    Find blocks that were run too fast.

    Point rule ``x > tol_fast``, and beyond what the recording can show at all; clear if
    ``x - doubt > 0.5 tol_fast``, or if all blocks together show it at the pace of the next.
    An easy block without a pace may not be faster than the next paced block.
    """
    at_next_pace = clearly_at_next_pace(session)
    flags = (
        _against_target(session, position, is_clear=position in at_next_pace)
        or _unpaced_easy(session, position)
        for position in range(len(session.blocks))
    )
    return [flag for flag in flags if flag is not None]


def fast_limits(session: Session) -> Limits:
    """Return how well the recording could show each scored block too fast."""
    return Limits("TOO_FAST", tolerance_limits(session, is_fast=True))


def _against_target(session: Session, position: int, *, is_clear: bool) -> Flag | None:
    """Judge a scored block against its own target."""
    measured = session.blocks[position]
    x, tolerance, planned = measured.deviation_pct, measured.tolerance, measured.planned_mps
    if x is None or tolerance is None or planned is None or not measured.is_scored:
        return None
    is_beyond = x - doubt_pct(measured, tolerance.fast_pct) > 0.5 * tolerance.fast_pct
    sure = certainty(
        is_point=x > least_pct(measured, tolerance.fast_pct), is_interval=is_beyond or is_clear
    )
    if sure is None:
        return None
    next_mps = next_paced_mps(session.blocks, position) or 0.0
    evidence = TooFast(
        pace_s_per_km=scored_pace(measured),
        planned_s_per_km=pace_s_per_km(planned),
        next_planned_s_per_km=pace_s_per_km(next_mps) if next_mps > planned else None,
    )
    size = pace_interval(x, measured.se_pct, planned)
    return Flag("TOO_FAST", measured.block.index, sure, *size, "s/km", evidence)


def _unpaced_easy(session: Session, position: int) -> Flag | None:
    """Judge an easy block without a pace against the next paced block."""
    measured = session.blocks[position]
    speed, ceiling = measured.core.mean_speed_mps, next_paced_mps(session.blocks, position)
    if measured.block.role != "easy" or measured.block.target is not None:
        return None
    if speed is None or ceiling is None or measured.core.seconds < LEAST_CORE_S:
        return None
    if measured.is_unknown:
        return None
    x = 100 * math.log(speed / ceiling)
    sure = certainty(is_point=x > 0, is_interval=x - Z * measured.se_pct > 0)
    if sure is None:
        return None
    evidence = TooFast(
        pace_s_per_km=pace_s_per_km(speed), next_planned_s_per_km=pace_s_per_km(ceiling)
    )
    size = pace_interval(x, measured.se_pct, ceiling)
    return Flag("TOO_FAST", measured.block.index, sure, *size, "s/km", evidence)
