"""What the pace and the length of each block are expected to be, before the run is looked at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Plan, Target

TAU = 0.06
"""Spread of a block's level around its target, in ln v: weak, so that the target proves nothing."""

UNPACED_TAU = 0.20
"""Spread of the level of a block without pace, or with one bound only."""

UNPACED_EASIER = 0.15
"""A block without pace is guessed this much slower than its neighbour, in ln v."""

FALLBACK_MPS = 3.0
"""Guess where no block of the plan has a pace [m/s]."""


class Expected(NamedTuple):
    """
    One block as the executed alignment looks for it.

    Parameters
    ----------
    block : int
        Index of the block, counted from 1.
    mean, tau : float
        ln of the expected speed, and how far the level may lie from it.
    gradient : float
        Planned change of ln v per second: a ramp; else 0.
    seconds : float
        Expected duration.
    metres : float or None
        Length of a block by distance; None if time decides.
    is_open : bool
        No length was planned: ``seconds`` is where the clock alignment ended it.
    """

    block: int
    mean: float
    tau: float
    gradient: float
    seconds: float
    metres: float | None = None
    is_open: bool = False


def expected_blocks(plan: Plan, lengths_s: tuple[float | None, ...]) -> tuple[Expected, ...]:
    """
    Lay down what is expected of every block that has to be found.

    Parameters
    ----------
    plan : Plan
        The session.
    lengths_s : tuple of float or None
        For each block the length its marks show, which then counts in place of
        the planned one; None where there is no mark. 0 leaves the block out:
        the file shows that it was skipped. An open last block is what comes
        after the plan, and left out too.

    Returns
    -------
    tuple of Expected
        In order; may be empty.
    """
    expected: list[Expected] = []
    for i, (block, mark_s) in enumerate(zip(plan.blocks, lengths_s, strict=True)):
        if mark_s == 0 or (block.is_open and i == len(plan.blocks) - 1):
            continue
        mean = _mean(plan.blocks, i)
        seconds = mark_s if mark_s is not None else _planned_s(block, mean)
        if seconds is None or seconds <= 0:
            continue
        expected.append(
            Expected(
                block=block.index,
                mean=mean,
                tau=_tau(block.target),
                gradient=_gradient(block.target, seconds),
                seconds=seconds,
                metres=block.distance_m if mark_s is None else None,
                is_open=block.is_open,
            )
        )
    return tuple(expected)


def _planned_s(block: Block, mean: float) -> float | None:
    """Duration of a block at the expected speed, where the plan gives none; None if it is open."""
    if block.expected_duration_s is None and block.distance_m is not None:
        return block.distance_m / math.exp(mean)
    return block.expected_duration_s


def _tau(target: Target | None) -> float:
    """How far the level may lie from a target: far without one, or with one bound only."""
    return TAU if target is not None and target.free_side is None else UNPACED_TAU


def _gradient(target: Target | None, seconds: float) -> float:
    """Planned change of ln v per second: that of a ramp, else 0."""
    if target is None or target.ramp_mps is None:
        return 0.0
    return math.log(target.ramp_mps[1] / target.ramp_mps[0]) / seconds


def _mean(blocks: tuple[Block, ...], i: int) -> float:
    """Return ln of a block's target; an unpaced one a little slower than the next paced one."""
    target = blocks[i].target
    if target is not None:
        return math.log(target.speed_mps)
    later = (b.target for b in blocks[i + 1 :] if b.target)
    earlier = (b.target for b in reversed(blocks[:i]) if b.target)
    neighbour = next(later, None) or next(earlier, None)
    if neighbour is None:
        return math.log(FALLBACK_MPS)
    return math.log(neighbour.speed_mps) - UNPACED_EASIER
