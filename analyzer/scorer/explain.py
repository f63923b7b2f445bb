"""The score taken apart into what every term lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.explanation import BlockTerms, Explanation, StepTerms
from analyzer.scorer.block import doubt_pct, tolerances_off
from analyzer.scorer.method import (
    BLOCKS_WEIGHT,
    IN_BAND_WEIGHT,
    LEVEL_WEIGHT,
    PROGRESSION_WEIGHT,
    STEADY_WEIGHT,
)
from analyzer.scorer.overall import block_weight, joined
from analyzer.scorer.progression import ceiling, gained_share
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.review import Score
    from analyzer.scorer.block import BlockScore
    from analyzer.scorer.judged import Judged
    from analyzer.scorer.measure import Measured
    from analyzer.scorer.progression import Step


def explain(judged: Judged, score: Score) -> Explanation | None:
    """
    Say what every term lost, so that 100 less all of it is the score.

    Parameters
    ----------
    judged : Judged
        All blocks of the plan and their steps.
    score : Score
        Theirs.

    Returns
    -------
    Explanation or None
        None if nothing was scored.
    """
    if score.overall is None:
        return None
    blocks, steps = judged.blocks, judged.steps
    blocks_share = BLOCKS_WEIGHT if steps else 1.0
    weights = [
        0.0 if scored is None else block_weight(m)
        for m, scored in zip(blocks, judged.scores, strict=True)
    ]
    total = sum(weights)
    per_point = [blocks_share * score.completion * w / total for w in weights]
    per_step = PROGRESSION_WEIGHT * score.completion / len(steps) if steps else 0.0
    terms = Explanation(
        common_pct=judged.common_pct,
        blocks=tuple(
            block_terms
            for m, scored, weight in zip(blocks, judged.scores, per_point, strict=True)
            if (block_terms := _block_terms(m, scored, judged.common_pct, weight)) is not None
        ),
        steps=tuple(_step_terms(blocks, step, per_step) for step in steps),
        lost_completion=100 * (1 - score.completion),
        lost_stops=score.stop_penalty,
        lost_early=score.early_penalty,
        lost_flat=score.completion * _over_the_ceiling(blocks, steps, score),
    )
    beyond = (100 - score.overall) - terms.lost
    return replace(terms, lost_beyond=beyond if abs(beyond) > 1e-6 else 0.0)


def _over_the_ceiling(blocks: Sequence[Measured], steps: Sequence[Step], score: Score) -> float:
    """Return by how many points blocks and steps exceed what so flat a run can be worth."""
    mean = joined(score.blocks or 0.0, score.progression)
    return max(0.0, mean - ceiling(gained_share(blocks, steps)))


def _step_terms(blocks: Sequence[Measured], step: Step, weight: float) -> StepTerms:
    """Say what a step up was worth and what it lost; ``weight`` makes points of the score."""
    return StepTerms(
        first=blocks[step.first].block.index,
        second=blocks[step.second].block.index,
        planned_pct=step.planned_pct,
        run_pct=step.run_pct,
        doubt_pct=step.doubt_pct,
        taken=step.taken,
        forced=step.forced,
        worth=100 * weight,
        lost=(100 - step.points) * weight,
    )


def _block_terms(
    measured: Measured, scored: BlockScore | None, common_pct: float, weight: float
) -> BlockTerms | None:
    """Take one block's score apart; None if it is not scored."""
    if scored is None or measured.deviation_pct is None or measured.tolerance is None:
        return None
    off = measured.deviation_pct - common_pct
    side = measured.tolerance.fast_pct if off > 0 else measured.tolerance.slow_pct
    doubt = doubt_pct(measured, off, common_pct)
    level, band, steady = LEVEL_WEIGHT, IN_BAND_WEIGHT, STEADY_WEIGHT
    if scored.steady is None:
        level, band, steady = level / (level + band), band / (level + band), 0.0
    return BlockTerms(
        block=measured.block.index,
        off_pct=measured.deviation_pct,
        doubt_pct=doubt,
        tolerance_pct=side,
        tolerances_off=tolerances_off(off, doubt, measured.tolerance),
        level=scored.level,
        in_band=scored.in_band,
        steady=scored.steady,
        score=scored.total,
        weight=weight,
        lost_level=weight * level * (100 - scored.level),
        lost_in_band=weight * band * (100 - scored.in_band),
        lost_steady=weight * steady * (100 - (scored.steady or 0.0)),
    )
