"""What a score is made of, worked out once: the common error, each block's score, each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.scorer.block import block_score
from analyzer.scorer.common import common_error_pct
from analyzer.scorer.progression import planned_steps_up, steps_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.scorer.block import BlockScore
    from analyzer.scorer.measure import Measured
    from analyzer.scorer.progression import PlannedStep, Step


class Judged(NamedTuple):
    """
    All blocks of a plan and their judgement.

    Parameters
    ----------
    blocks : sequence of Measured
        In order.
    scale_error_pct : float
        Error of the distance common to all of them.
    common_pct : float
        What they have in common, as far as the watch may account for it.
    scores : tuple of BlockScore or None
        One for each block; None if it is not scored.
    planned : sequence of PlannedStep
        The steps up between scored blocks.
    steps : sequence of Step
        The same as they were run.
    """

    blocks: Sequence[Measured]
    scale_error_pct: float
    common_pct: float
    scores: tuple[BlockScore | None, ...]
    planned: Sequence[PlannedStep]
    steps: Sequence[Step]


def judge(blocks: Sequence[Measured], scale_error_pct: float) -> Judged:
    """Judge all blocks of a plan, and the steps between them."""
    common_pct = common_error_pct(blocks, scale_error_pct)
    planned = planned_steps_up(blocks, scale_error_pct)
    return Judged(
        blocks,
        scale_error_pct,
        common_pct,
        tuple(block_score(measured, common_pct=common_pct) for measured in blocks),
        planned,
        steps_up(planned, blocks, common_pct),
    )
