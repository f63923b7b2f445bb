"""Plan, recording and alignment to numbers and judgements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

import numpy as np
from msgspec import Struct

from analyzer.model.block_result import BlockResult, Planned, Verdict
from analyzer.model.findings import FLAG_OF_VERDICT, STANDING, WALKING
from analyzer.model.review import FamiliarNumbers
from analyzer.plans.tolerance import block_tolerances, fast_side_factors
from analyzer.prepare.mean import mean
from analyzer.scorer.breaks import broken_off, without_breaks
from analyzer.scorer.explain import explain
from analyzer.scorer.flags import find_flags
from analyzer.scorer.flags.rule import Session, scored_pace
from analyzer.scorer.flags.stopped import block_stops, stops_apart
from analyzer.scorer.flags.which_block import is_doubtful, may_be_cool_down
from analyzer.scorer.judged import judge
from analyzer.scorer.measure import finite, grade_adjusted_pace, measure
from analyzer.scorer.overall import overall_score, stop_penalty
from analyzer.scorer.patience import early_penalty
from analyzer.scorer.splits import Way, block_splits
from analyzer.scorer.time_in_range import time_in_range_pct
from analyzer.structs import replace
from analyzer.units import UNIT_M, pace_s_per_km, speed_deviation_pct

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.alignment import Alignment
    from analyzer.model.findings import Flag
    from analyzer.model.plan import Block, Plan
    from analyzer.model.prepared import Prepared
    from analyzer.model.review import Score
    from analyzer.scorer.block import BlockScore
    from analyzer.scorer.measure import Measured

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class Scored(Struct, frozen=True):
    """Everything the scorer found."""

    blocks: tuple[BlockResult, ...]
    score: Score
    flags: tuple[Flag, ...]
    familiar: FamiliarNumbers


def score(plan: Plan, prepared: Prepared, alignment: Alignment) -> Scored:
    """
    Measure each block where the clock put it, judge it, run the rules, add up.

    Parameters
    ----------
    plan : Plan
        What was asked for.
    prepared : Prepared
        The recording on its timer grid.
    alignment : Alignment
        One placement for each block of the plan.

    Returns
    -------
    Scored
        Unrounded; None is unknown.
    """
    running = without_breaks(prepared, alignment.breaks)
    tolerances = block_tolerances(plan, prepared.scale_error_pct)
    measured = tuple(
        measure(block, placement, tolerance, running, factor)
        for block, placement, tolerance, factor in zip(
            plan.blocks, alignment.placements, tolerances, fast_side_factors(plan), strict=True
        )
    )
    session = Session(plan, running, alignment, measured)
    all_flags, reported_flags = find_flags(session)
    judged = judge(measured, prepared.scale_error_pct)
    stops = _stop_penalty(session, reported_flags)
    total = overall_score(judged, stops, early_penalty(session))
    way = Way.of(prepared)
    return Scored(
        blocks=tuple(
            _result(session, _as_run(session, prepared, m, way), m, points, all_flags)
            for m, points in zip(measured, judged.scores, strict=True)
        ),
        score=replace(total, explanation=explain(judged, total)),
        flags=tuple(reported_flags),
        familiar=FamiliarNumbers(time_in_range_pct(measured, prepared)),
    )


def _stop_penalty(session: Session, flags: list[Flag]) -> float:
    """Points off for stops and breaks in progression and steady blocks, where they are clear."""
    hard = [m for m in session.blocks if m.block.role in ("progression", "steady")]
    clear = [flag for flag in flags if flag.certainty == "clear"]
    lost_s = 0.0
    if any(flag.code == STANDING for flag in clear):
        lost_s += sum(stops_apart(session, m).standing_s for m in hard)
    indexes = {m.block.index for m in hard}
    breaks = (f for f in clear if f.code == WALKING and f.block in indexes)
    return stop_penalty(lost_s + sum(f.cost.lost_s for f in breaks if f.cost is not None))


def _result(
    session: Session,
    result: BlockResult,
    measured: Measured,
    points: BlockScore | None,
    all_flags: list[Flag],
) -> BlockResult:
    """Add how a block was judged, if it was."""
    index = measured.block.index
    if points is None or session.windows_s[index - 1] is None:
        return result
    if is_doubtful(session.alignment, index) or may_be_cool_down(all_flags, index):
        return result
    return replace(
        result,
        scored_pace_s_per_km=scored_pace(measured),
        scored_speed_deviation_pct=measured.deviation_pct,
        verdict=_verdict(measured, all_flags),
        score=points.total,
        in_band_pct=points.in_band,
        steadiness_pct=measured.wander_pct,
    )


def _as_planned(session: Session, measured: Measured) -> BlockResult:
    """Return what was asked for in a block, and nothing about how it was run."""
    block = measured.block
    return BlockResult(
        index=block.index,
        name=block.name,
        role=block.role,
        status=measured.placement.status,
        planned=_planned(block),
        tolerance=measured.tolerance,
        start_s=None,
        end_s=None,
        elapsed_s=None,
        timer_s=None,
        moving_s=None,
        standing_s=None,
        distance_m=None,
        pace_s_per_km=None,
        pace_se_s_per_km=None,
        gap_s_per_km=None,
        deviation_s_per_km=None,
        speed_deviation_pct=None,
        scored_pace_s_per_km=None,
        scored_speed_deviation_pct=None,
        verdict="not_scored",
        score=None,
        in_band_pct=None,
        steadiness_pct=None,
        heart_rate_bpm=None,
        cadence_spm=None,
        is_adjusted=session.prepared.is_adjusted,
        executed=session.alignment.executed_of(block.index),
    )


def _as_run(session: Session, prepared: Prepared, measured: Measured, way: Way) -> BlockResult:
    """Add what was measured in the window of a block, judged or not, its breaks included."""
    result, window_s = _as_planned(session, measured), session.windows_s[measured.block.index - 1]
    if window_s is None:
        return result
    start_s, end_s = measured.placement.start_s or 0.0, measured.placement.end_s or 0.0
    cut = slice(math.ceil(start_s), math.floor(end_s))
    moving = prepared.is_moving[cut]
    # As in `Prepared.is_unknown`, of these seconds only.
    is_unknown = prepared.is_replaced[cut] & ~moving & ~prepared.is_standing[cut]
    break_s, break_m = broken_off(session, measured)
    pace, error_pct = measured.pace_s_per_km, _shown_error_pct(measured)
    planned = None if pace is None else measured.planned_mps
    return replace(
        result,
        start_s=window_s[0],
        end_s=window_s[1],
        elapsed_s=window_s[1] - window_s[0],
        timer_s=measured.timer_s,
        moving_s=float(np.count_nonzero(moving | is_unknown)),
        standing_s=block_stops(session, measured).standing_s,
        break_s=break_s,
        distance_m=measured.distance_m,
        break_distance_m=break_m,
        gap_s_per_km=grade_adjusted_pace(prepared, start_s, end_s),
        heart_rate_bpm=_mean(prepared.heart_rate_bpm[cut][moving]),
        cadence_spm=_mean(prepared.cadence_spm[cut][moving]),
        splits=block_splits(measured, way, UNIT_M[session.plan.units]),
        pace_s_per_km=pace,
        pace_se_s_per_km=None if pace is None or error_pct is None else pace * error_pct / 100,
        deviation_s_per_km=pace - pace_s_per_km(planned) if pace and planned else None,
        speed_deviation_pct=speed_deviation_pct(1000 / pace, planned) if pace and planned else None,
    )


def _shown_error_pct(measured: Measured) -> float | None:
    """Return the error beside a pace [%]; the one that a finding about its data states, too."""
    if measured.is_unsure and not measured.has_bad_data:
        return finite(measured.se_pct)
    return measured.pace_se_pct


def _verdict(measured: Measured, all_flags: list[Flag]) -> Verdict:
    """Return the one verdict every report shows: a clear finding, before precedence removes any."""
    clear_codes = {
        flag.code
        for flag in all_flags
        if flag.block == measured.block.index and flag.certainty == "clear"
    }
    return next((v for v in VERDICTS if FLAG_OF_VERDICT.get(v) in clear_codes), "held")


def _planned(block: Block) -> Planned:
    """Return what a block asked for, as paces."""
    target = block.target
    if target is None:
        return Planned(block.duration_s, block.distance_m, None)
    bounds = None
    if target.fast_mps is not None and target.slow_mps is not None:
        bounds = (pace_s_per_km(target.fast_mps), pace_s_per_km(target.slow_mps))
    ramp = None
    if target.ramp_mps is not None:
        ramp = (pace_s_per_km(target.ramp_mps[0]), pace_s_per_km(target.ramp_mps[1]))
    pace = pace_s_per_km(target.speed_mps)
    return Planned(block.duration_s, block.distance_m, pace, bounds, ramp)


def _mean(values: Floats) -> float | None:
    """Mean of what is known; None if nothing is."""
    known = values[np.isfinite(values)]
    return mean(known) if known.size else None
