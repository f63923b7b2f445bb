"""TOO_FAST: a block run faster than its tolerance allows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, TooFast
from analyzer.scorer.block import has_bad_data, is_scored
from analyzer.scorer.flags.greedy import clearly_greedy
from analyzer.scorer.flags.rule import (
    certainty,
    doubt_pct,
    least_pct,
    next_paced,
    pace_interval,
    scored_pace,
)
from analyzer.scorer.method import MAX_SE_PCT, MIN_CORE_S, Z
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


def too_fast(session: Session) -> list[Flag]:
    """
    Find blocks that were run too fast.

    Point rule ``x > tol_fast``, and beyond what the recording can show at all; clear if
    ``x - doubt > 0.5 tol_fast``, or if all blocks together show it at the pace of the next
    (GREEDY). An easy block without a pace may not be faster than the next paced block.
    """
    found = []
    greedy = clearly_greedy(session)
    for position, measured in enumerate(session.blocks):
        flag = _against_target(
            session, measured, position, is_greedy=position in greedy
        ) or _unpaced_easy(session, position)
        if flag is not None:
            found.append(flag)
    return found


def _against_target(
    session: Session, measured: Measured, position: int, *, is_greedy: bool
) -> Flag | None:
    """Judge a scored block against its own target."""
    x, tolerance, planned = measured.deviation_pct, measured.tolerance, measured.planned_mps
    if x is None or tolerance is None or planned is None or not is_scored(measured):
        return None
    sure = certainty(
        is_point=x > least_pct(measured, tolerance.fast_pct),
        is_interval=x - doubt_pct(measured, tolerance.fast_pct) > 0.5 * tolerance.fast_pct
        or is_greedy,
    )
    if sure is None:
        return None
    value, low, high = pace_interval(x, measured.se_pct, planned)
    following = next_paced(session.blocks, position)
    next_mps = None if following is None else following.planned_mps
    is_step_up = next_mps is not None and next_mps > planned
    evidence = TooFast(
        pace_s_per_km=scored_pace(measured),
        planned_s_per_km=pace_s_per_km(planned),
        next_planned_s_per_km=pace_s_per_km(next_mps) if is_step_up and next_mps else None,
    )
    return Flag("TOO_FAST", measured.block.index, sure, value, low, high, "s/km", evidence)


def _unpaced_easy(session: Session, position: int) -> Flag | None:
    """Judge an easy block without a pace against the next paced block."""
    measured = session.blocks[position]
    following = next_paced(session.blocks, position)
    if measured.block.role != "easy" or measured.block.target is not None or following is None:
        return None
    speed, ceiling = measured.core.mean_speed_mps(), following.planned_mps
    if speed is None or ceiling is None or measured.core.seconds < MIN_CORE_S:
        return None
    if has_bad_data(measured) or measured.se_pct > MAX_SE_PCT:
        return None
    x = 100 * math.log(speed / ceiling)
    sure = certainty(is_point=x > 0, is_interval=x - Z * measured.se_pct > 0)
    if sure is None:
        return None
    value, low, high = pace_interval(x, measured.se_pct, ceiling)
    evidence = TooFast(
        pace_s_per_km=pace_s_per_km(speed), next_planned_s_per_km=pace_s_per_km(ceiling)
    )
    return Flag("TOO_FAST", measured.block.index, sure, value, low, high, "s/km", evidence)
