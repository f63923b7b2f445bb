"""The plan laid on the timer clock: durations add up, distances are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.plan import Block, Plan
    from analyzer.model.prepared import Prepared


def seconds_of(block: Block, start_s: float, prepared: Prepared) -> float | None:
    """
    Length of a block that starts at a timer second.

    Parameters
    ----------
    block : Block
        By time, by distance, or open.
    start_s : float
        Timer second; may lie before the recording, or past its end.
    prepared : Prepared
        For the distance run since then.

    Returns
    -------
    float or None
        Timer seconds. A distance that was not reached any more is continued at
        the planned pace, else at the mean speed so far, and so is what was run
        before the recording. None for an open block.
    """
    if block.duration_s is not None:
        return block.duration_s
    if block.distance_m is None:
        return None
    seconds = prepared.seconds
    run_m = prepared.distance_m
    speed_mps = block.target.speed_mps if block.target else run_m[-1] / seconds
    start_m = float(np.interp(start_s, np.arange(seconds + 1), run_m))
    start_m += min(start_s, 0.0) * speed_mps
    goal_m = start_m + block.distance_m
    if goal_m <= 0:
        return float(block.distance_m / speed_mps)
    if goal_m <= run_m[-1] and start_s < seconds:
        i = int(np.searchsorted(run_m, goal_m))  # run_m[i - 1] < goal_m <= run_m[i]
        step_m = run_m[i] - run_m[i - 1]
        return float(i - 1 + (goal_m - run_m[i - 1]) / step_m) - start_s
    return max(seconds - start_s, 0.0) + float(goal_m - run_m[-1]) / speed_mps


def boundaries(
    plan: Plan, start_s: float, prepared: Prepared, presses_s: Floats | None = None
) -> Floats:
    """
    Start of block 1 and the end of every block, by the plan alone.

    Parameters
    ----------
    plan : Plan
        Open blocks end at the next lap press, else where the blocks after them
        must begin to end with the recording, else with the recording.
    start_s : float
        Timer second at which block 1 starts; negative is before the recording.
    prepared : Prepared
        For blocks by distance and open ones.
    presses_s : array, optional
        Timer seconds of lap presses, for open blocks.

    Returns
    -------
    array, shape (K + 1,)
        Timer seconds, may lie past the end of the recording.
    """
    edges_s = [start_s]
    for i, block in enumerate(plan.blocks):
        length_s = seconds_of(block, edges_s[-1], prepared)
        if length_s is None:
            length_s = _open_seconds(plan.blocks[i + 1 :], edges_s[-1], prepared, presses_s)
        edges_s.append(edges_s[-1] + length_s)
    return np.asarray(edges_s)


def _open_seconds(
    later: tuple[Block, ...], start_s: float, prepared: Prepared, presses_s: Floats | None
) -> float:
    """Length of an open block: to the next press, else to where the later blocks must begin."""
    if later and presses_s is not None:
        after = presses_s[presses_s > start_s + 1.0]
        if after.size:
            return float(after[0]) - start_s
    left_s = max(prepared.seconds - start_s, 0.0)
    needed_s = sum(block.expected_duration_s or 0.0 for block in later)
    return max(left_s - needed_s, 0.0)


def start_for(  # noqa: PLR0913, PLR0917 - as `boundaries`, from the other end
    plan: Plan,
    block: int,
    at_s: float,
    prepared: Prepared,
    presses_s: Floats | None = None,
    within_s: float = 0.25,
) -> float:
    """
    Return where block 1 starts if a later block starts at a given second.

    How long a distance takes depends on where it begins, so the start is found by halving.

    Parameters
    ----------
    plan, prepared, presses_s
        As for `boundaries`.
    block : int
        Which block, counted from 1.
    at_s : float
        Timer second at which it starts.
    within_s : float
        How near the boundary has to come [s].

    Returns
    -------
    float
        Timer second; negative lies before the recording.
    """

    def reached_s(start_s: float) -> float:
        """Where the block starts, block 1 starting here."""
        return float(boundaries(plan, start_s, prepared, presses_s)[block - 1])

    early_s, late_s = min(0.0, at_s) - 60.0, at_s
    while reached_s(early_s) > at_s and early_s > at_s - LONGEST_S:
        early_s = 2 * early_s - at_s
    while late_s - early_s > within_s:
        middle_s = (early_s + late_s) / 2
        if reached_s(middle_s) > at_s:
            late_s = middle_s
        else:
            early_s = middle_s
    return (early_s + late_s) / 2


LONGEST_S = 7 * 86_400.0
"""No block starts this long before a recording [s]."""
