"""A boundary that somebody moved: where block 1 then started, as ``--start`` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import PlanError, PlanProblem
from analyzer.model.clock import TimerClock
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.boundaries import start_for
from analyzer.segmenter.laps import presses

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan


def moved_start_s(activity: Activity, plan: Plan, block: int, at_s: float) -> float:
    """
    Return where block 1 started, if a block started here.

    Blocks stay as long as they were planned, so that moving one moves all.

    Parameters
    ----------
    activity : Activity
        The recording.
    plan : Plan
        As it was reviewed by.
    block : int
        The block that was moved, counted from 1.
    at_s : float
        Where its start was moved to [elapsed s]; below 0 is before the recording.

    Returns
    -------
    float
        Whole elapsed seconds; below 0 before the recording.

    Raises
    ------
    PlanError
        If the plan has no such block.
    """
    if not 1 <= block <= len(plan.blocks):
        raise PlanError(plan.source, (PlanProblem(f"the plan has no block {block}"),))
    if block == 1:
        return float(round(at_s))
    clock = TimerClock(activity.pauses)
    timer_s = float(clock.timer_at(np.array([at_s]))[0]) if at_s >= 0 else at_s
    start_s = _start_s(activity, plan, block, timer_s)
    if start_s < 0:
        return float(round(start_s))
    return float(round(float(clock.elapsed_at(np.array([start_s]))[0])))


def _start_s(activity: Activity, plan: Plan, block: int, at_s: float) -> float:
    """Return the timer second of the start; distances alone need the run."""
    lengths_s = [b.duration_s for b in plan.blocks[: block - 1] if b.duration_s is not None]
    if len(lengths_s) == block - 1:
        return at_s - sum(lengths_s)
    prepared = prepare(activity)
    return start_for(plan, block, at_s, prepared, presses(activity.laps, prepared))
