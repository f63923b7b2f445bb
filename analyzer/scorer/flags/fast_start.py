"""FAST_START: the first minutes of a block forced, against its target and against its rest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import FastStart, Flag
from analyzer.scorer.block import is_scored
from analyzer.scorer.flags.rule import certainty, pace_interval
from analyzer.scorer.flags.timing import own_seconds
from analyzer.scorer.measure import finite, grade_error_pct
from analyzer.scorer.method import Z_COARSE, Z
from analyzer.scorer.noise import se_held_pct, se_pace_pct, se_step_pct, se_stretch_pct
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

SHARE = 0.25
MIN_S, MAX_S = 90.0, 180.0
"""How much of a block is its start: a quarter, within 90 to 180 s."""


def fast_start(session: Session) -> list[Flag]:
    """
    Find blocks whose first minutes were forced.

    The start must be ``c = 1.5 tol (0.6 + 0.6 f) + 1`` percent faster than the
    target (given tolerance: ``1.5 tol_fast + 1``) and faster than the rest of
    the block by more than the error of that difference: a block that is too
    fast throughout is TOO_FAST, not a fast start.
    """
    flags = (_of_block(session, measured) for measured in session.blocks)
    return [flag for flag in flags if flag is not None]


def _limit_pct(measured: Measured) -> float | None:
    """How fast a start may be [%]; None without a tolerance."""
    if measured.tolerance is None or measured.block.target is None:
        return None
    is_given = measured.block.tolerance is not None or measured.block.target.slow_mps is not None
    if is_given:
        return 1.5 * measured.tolerance.fast_pct + 1
    easy = 2.0 if measured.block.role == "easy" else 1.0  # the slow side of easy blocks is doubled
    return 1.5 * measured.tolerance.slow_pct / easy * measured.fast_factor + 1


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Judge the start of one block."""
    limit = _limit_pct(measured)
    planned = measured.planned_mps
    if limit is None or planned is None or not is_scored(measured):
        return None
    length_s = measured.block.expected_duration_s or float(measured.core.seconds)
    n = int(min(max(SHARE * length_s, MIN_S), MAX_S))
    start, rest = measured.core.part(0, n), measured.core.part(n, own_seconds(session, measured))
    x_start, x_rest = start.deviation_pct(), rest.deviation_pct()
    if x_start is None or x_rest is None or rest.measured_s < MIN_S:
        return None
    se_start = se_stretch_pct(start.measured_s, measured.roughness)
    se_rest = se_stretch_pct(rest.measured_s, measured.roughness)
    if session.prepared.is_adjusted:
        se_start = math.hypot(se_start, grade_error_pct(session.prepared, start))
        se_rest = math.hypot(se_rest, grade_error_pct(session.prepared, rest))
    se_difference = se_step_pct(se_start, se_rest, 0.0)
    se_pace = se_pace_pct(se_start, session.prepared.scale_error_pct)
    held = se_held_pct(start.measured_s)
    beyond = math.hypot(se_difference, held, se_held_pct(rest.measured_s))
    # Where the recording cannot show the limit, how a held pace wanders counts as well.
    doubt = Z * se_pace if Z * se_pace <= limit else Z_COARSE * math.hypot(se_pace, held)
    sure = certainty(
        is_point=x_start > limit and x_start - x_rest > se_difference,
        is_interval=x_start - doubt > 0.5 * limit and x_start - x_rest > Z * beyond,
    )
    if sure is None:
        return None
    value, low, high = pace_interval(x_start, se_pace, planned)
    target = start.target_mps  # of these seconds: a ramp begins slower than its middle
    planned_start = planned if target is None else float(target[start.is_moving].mean())
    evidence = FastStart(
        window_s=float(n),
        pace_s_per_km=finite(pace_s_per_km(start.mean_speed_mps() or 0.0)),
        rest_s_per_km=finite(pace_s_per_km(rest.mean_speed_mps() or 0.0)),
        planned_s_per_km=pace_s_per_km(planned_start),
    )
    return Flag("FAST_START", measured.block.index, sure, value, low, high, "s/km", evidence)
