"""Plan, recording and alignment to numbers and judgements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.review import BlockResult, Comparison, Planned
from analyzer.plans.tolerance import block_tolerances, fast_side_factors
from analyzer.scorer.block import block_score, is_scored
from analyzer.scorer.common import common_error_pct
from analyzer.scorer.comparison import time_in_range_pct
from analyzer.scorer.explain import explain
from analyzer.scorer.flags import find_flags
from analyzer.scorer.flags.rule import Session, scored_pace
from analyzer.scorer.flags.stopped import block_stops, block_window_s
from analyzer.scorer.measure import grade_adjusted_pace, measure
from analyzer.scorer.overall import overall_score, stop_penalty
from analyzer.scorer.splits import block_splits
from analyzer.units import UNIT_M, pace_s_per_km, speed_deviation_pct

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.alignment import Alignment
    from analyzer.model.findings import Flag
    from analyzer.model.plan import Block, Plan
    from analyzer.model.prepared import Prepared
    from analyzer.model.review import Score, Verdict
    from analyzer.scorer.measure import Measured


@dataclass(frozen=True, slots=True)
class Scored:
    """Everything the scorer found."""

    blocks: tuple[BlockResult, ...]
    score: Score
    flags: tuple[Flag, ...]
    comparison: Comparison


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
    tolerances = block_tolerances(plan, prepared.scale_error_pct)
    measured = tuple(
        measure(block, placement, tolerance, prepared, factor)
        for block, placement, tolerance, factor in zip(
            plan.blocks, alignment.placements, tolerances, fast_side_factors(plan), strict=True
        )
    )
    session = Session(plan, prepared, alignment, measured)
    found, told = find_flags(session)
    scale_pct = prepared.scale_error_pct
    total = overall_score(measured, scale_pct, _stop_penalty(session, told))
    return Scored(
        blocks=tuple(_result(session, m, found) for m in measured),
        score=replace(total, explanation=explain(measured, scale_pct, total)),
        flags=tuple(told),
        comparison=Comparison(time_in_range_pct(measured, prepared)),
    )


def _stop_penalty(session: Session, flags: list[Flag]) -> float:
    """Points off for standing in progression and steady blocks, once STOPPED is clear."""
    clear = {f.block for f in flags if f.code == "STOPPED" and f.certainty == "clear"}
    standing_s = sum(
        block_stops(session, m).standing_s
        for m in session.blocks
        if m.block.role in ("progression", "steady")
    )
    return stop_penalty(standing_s, is_clear=bool(clear))


def _verdict(measured: Measured, found: list[Flag]) -> Verdict:
    """Return the one verdict every report shows: a clear finding, before precedence removes any."""
    if not is_scored(measured):
        return "not_scored"
    clear = {f.code for f in found if f.block == measured.block.index and f.certainty == "clear"}
    if "TOO_FAST" in clear:
        return "too_fast"
    return "too_slow" if "TOO_SLOW" in clear else "held"


def _result(session: Session, measured: Measured, found: list[Flag]) -> BlockResult:
    """Put the figures of one block together."""
    block, prepared = measured.block, session.prepared
    window = block_window_s(session, measured)
    cut = slice(0, 0)
    if window is not None:
        cut = slice(
            int(np.ceil(measured.placement.start_s or 0.0)),
            int(np.floor(measured.placement.end_s or 0.0)),
        )
    moving = prepared.is_moving[cut]
    pace, planned = measured.pace_s_per_km, measured.planned_mps
    has_both = pace is not None and planned is not None
    scored = block_score(
        measured, common_pct=common_error_pct(session.blocks, prepared.scale_error_pct)
    )
    seen = measured.is_seen
    return BlockResult(
        index=block.index,
        name=block.name,
        role=block.role,
        status=measured.placement.status,
        planned=_planned(block),
        tolerance=measured.tolerance,
        start_s=window[0] if window else None,
        end_s=window[1] if window else None,
        elapsed_s=window[1] - window[0] if window else None,
        timer_s=measured.timer_s if seen else None,
        moving_s=float(moving.sum()) if seen else None,
        standing_s=block_stops(session, measured).standing_s if seen else None,
        distance_m=measured.distance_m if seen else None,
        pace_s_per_km=pace,
        pace_se_s_per_km=(
            pace * measured.pace_se_pct / 100
            if pace is not None and measured.pace_se_pct is not None
            else None
        ),
        gap_s_per_km=grade_adjusted_pace(
            prepared, measured.placement.start_s or 0.0, measured.placement.end_s or 0.0
        ),
        deviation_s_per_km=(
            pace - pace_s_per_km(planned) if pace is not None and planned is not None else None
        ),
        speed_deviation_pct=(
            speed_deviation_pct(1000 / pace, planned)
            if has_both and pace is not None and planned is not None
            else None
        ),
        scored_pace_s_per_km=scored_pace(measured) if scored else None,
        scored_speed_deviation_pct=measured.deviation_pct if scored else None,
        verdict=_verdict(measured, found),
        score=scored.total if scored else None,
        in_band_pct=scored.in_band if scored else None,
        steadiness_pct=measured.wander_pct if scored else None,
        heart_rate_bpm=_mean(prepared.heart_rate_bpm[cut][moving]),
        cadence_spm=_mean(prepared.cadence_spm[cut][moving]),
        is_adjusted=prepared.is_adjusted,
        executed=session.alignment.executed_of(block.index),
        splits=block_splits(measured, prepared, UNIT_M[session.plan.units]),
    )


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
    return float(known.mean()) if known.size else None
