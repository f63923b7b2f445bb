"""A boundary that somebody moved: where block 1 then started, as ``--start`` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import PlanError, PlanProblem
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
    prepared = prepare(activity)
    clock = prepared.clock
    timer_s = float(clock.timer_at(np.array([at_s]))[0]) if at_s >= 0 else at_s
    start_s = start_for(plan, block, timer_s, prepared, presses(activity.laps, prepared))
    if start_s < 0:
        return float(round(start_s))
    return float(round(float(clock.elapsed_at(np.array([start_s]))[0])))
