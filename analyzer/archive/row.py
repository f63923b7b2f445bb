"""A finished review as the store has it: the figures that one asks a season for."""

from __future__ import annotations

import hashlib
from statistics import fmean
from typing import TYPE_CHECKING

from analyzer.archive.records import BlockRow, FindingRow, RunRow
from analyzer.archive.store.packed import pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.model.block_result import BlockResult
    from analyzer.model.review import Review

TAKEN = 0.5
"""A step up counts as taken from this share of it on."""

KM_M = 1000.0


def run_row(review: Review) -> RunRow:
    """
    Return what the store keeps of a review.

    Seconds gained are those by which blocks were faster than planned, seconds lost those by
    which they were slower, each over the block's own distance; a held block counts too, as
    its seconds were run. None where nothing is scored.
    """
    activity, score = review.activity, review.score
    start = activity.start_time_local
    steps = () if score.explanation is None else score.explanation.steps
    return RunRow(
        day=None if start is None else start.date(),
        start_utc=activity.start_time,
        elapsed_s=activity.elapsed_time_s,
        moving_s=activity.moving_time_s,
        distance_m=activity.distance_m,
        device=activity.device,
        sport=activity.sport,
        session=_digest(_asked(b) for b in review.blocks),
        stimulus=_digest(_asked(b)[:3] for b in review.blocks),
        plan_name=review.plan.name,
        plan_source=review.plan.source,
        score=score.overall,
        score_low=score.low,
        score_high=score.high,
        word=score.word,
        gained_s=_seconds(review.blocks, -1.0),
        lost_s=_seconds(review.blocks, 1.0),
        fade_pct=_fade_pct(review.blocks),
        standing_s=sum(b.standing_s or 0.0 for b in review.blocks),
        steps_planned=len(steps),
        steps_taken=sum(step.taken >= TAKEN for step in steps),
        method=review.method,
        blocks=tuple(_block_row(b) for b in review.blocks),
        findings=tuple(FindingRow(f.code, f.block, f.certainty, f.value) for f in review.flags),
        packed=pack(review),
    )


def _asked(block: BlockResult) -> tuple[str, ...]:
    """Return what a block asked for, the pace last, as texts."""
    planned = block.planned
    pace = planned.pace_s_per_km
    return (
        block.role,
        "" if planned.duration_s is None else f"{planned.duration_s:.0f}",
        "" if planned.distance_m is None else f"{planned.distance_m:.0f}",
        "" if pace is None else f"{pace:.1f}",
    )


def _digest(parts: Iterable[tuple[str, ...]]) -> str:
    """Return a short digest that two sessions share where they are alike."""
    text = "\n".join(",".join(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _seconds(blocks: Iterable[BlockResult], side: float) -> float | None:
    """Return the seconds off the plan to one side, over all blocks that were judged."""
    off_s = [
        side * b.deviation_s_per_km * b.distance_m / KM_M
        for b in blocks
        if b.verdict != "not_scored"
        and b.deviation_s_per_km is not None
        and b.distance_m is not None
    ]
    return sum(s for s in off_s if s > 0) if off_s else None


def _fade_pct(blocks: Iterable[BlockResult]) -> float | None:
    """
    Return how much slower the last judged block was than the others, against the plan [%].

    In speed, as shares of what was planned: whoever is 1 % slow throughout has not faded.
    None with fewer than two blocks.
    """
    off_pct = [
        b.scored_speed_deviation_pct
        for b in blocks
        if b.verdict != "not_scored" and b.scored_speed_deviation_pct is not None
    ]
    return fmean(off_pct[:-1]) - off_pct[-1] if len(off_pct) > 1 else None


def _block_row(block: BlockResult) -> BlockRow:
    """Return a block as a row."""
    return BlockRow(
        number=block.index,
        name=block.name,
        role=block.role,
        status=block.status,
        planned_s=block.planned.duration_s,
        planned_m=block.planned.distance_m,
        planned_s_per_km=block.planned.pace_s_per_km,
        pace_s_per_km=block.pace_s_per_km,
        pace_se_s_per_km=block.pace_se_s_per_km,
        deviation_s_per_km=block.deviation_s_per_km,
        score=block.score,
        verdict=block.verdict,
        heart_rate_bpm=block.heart_rate_bpm,
    )
