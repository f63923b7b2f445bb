"""What changes made early cost the score: the lesson of the session is to wait (method 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.scorer.flags.changes import CLEAR_SHIFT_S, LEAST_SHIFT_S, steps_up
from analyzer.scorer.method import EARLY_POINTS, MAX_EARLY_PENALTY, ROLE_WEIGHT

if TYPE_CHECKING:
    from analyzer.scorer.flags.changes import StepUp
    from analyzer.scorer.flags.rule import Session


def early_penalty(session: Session) -> float:
    """
    Return the points off for blocks that were left early for the next, faster one.

    The share of each block that was surely run at the next pace (the later end of the change's
    interval, less 10 s), weighed like the block in the score; 100 points for all of the
    session. Pace alone hardly shows it: three minutes of ten at 4 % more are 1.2 % on average,
    within what any block is allowed. Where the start of block 1 has two readings each is scored
    as if it were the right one; the range of the score then reaches over both.

    Parameters
    ----------
    session : Session
        The measured blocks and the alignment.

    Returns
    -------
    float
        0 to 30.
    """
    lengths_s = {m.block.index: _length_s(m.block.expected_duration_s, m.timer_s)
                 for m in session.blocks}  # fmt: skip
    weights = {
        m.block.index: ROLE_WEIGHT[m.block.role] * lengths_s[m.block.index] for m in session.blocks
    }
    total = sum(weights.values())
    if total <= 0:
        return 0.0
    early = 0.0
    for step in steps_up(session):
        index = step.before.block.index
        if lengths_s[index] > 0:
            early += weights[index] * min(1.0, surely_early_s(step) / lengths_s[index])
    return min(MAX_EARLY_PENALTY, EARLY_POINTS * early / total)


def surely_early_s(step: StepUp) -> float:
    """How much of a block was surely run at the next pace [s]; 0 for less than is worth telling."""
    if step.executed.shift_s > -LEAST_SHIFT_S:
        return 0.0
    return max(0.0, -step.executed.shift_high_s - CLEAR_SHIFT_S)


def _length_s(planned_s: float | None, run_s: float) -> float:
    """Length of a block [s]: as planned, else as run."""
    return run_s if planned_s is None else planned_s
