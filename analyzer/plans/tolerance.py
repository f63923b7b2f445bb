"""How far off a block may be and still count as held: tied to the plan's own steps (method 8)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.plan import Tolerance

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Plan

WIDEST_PCT = 2.5
"""No tolerance of our own is wider than this [%]."""

EARLY, LATE = 0.6, 0.6
"""The fast side is 0.6 of the tolerance in the first block and 1.2 in the last."""

STEPPED_ROLES = ("easy", "progression", "steady")
"""Blocks that take part in the progression; rest and cool-down are passed over."""

EASY_SLOW = 2.0
"""An easy block may be this many tolerances slow: easier than easy is not a fault."""


def steps_pct(plan: Plan) -> tuple[float | None, ...]:
    """
    Step from each block to the next paced one, ``100 ln(v_next / v)``; positive is faster.

    None where there is no such step: unpaced, one-sided, rest and cool-down
    blocks, and the last one.
    """
    stepped = [b for b in plan.blocks if _steps(b)]
    following = dict(zip((b.index for b in stepped), stepped[1:], strict=False))
    steps: list[float | None] = []
    for block in plan.blocks:
        later = following.get(block.index)
        if (
            later is None
            or later.target is None
            or block.target is None
            or block.target.free_side
            or later.target.free_side
        ):
            steps.append(None)
        else:
            steps.append(100 * math.log(later.target.speed_mps / block.target.speed_mps))
    return tuple(steps)


def fast_side_factors(plan: Plan) -> tuple[float, ...]:
    """
    Share of the tolerance that the fast side gets, ``0.6 + 0.6 f``.

    f runs from 0 in the first to 1 in the last easy, progression or steady
    block: early impatience is dearer than late. Other blocks get the middle.
    """
    members = [b.index for b in plan.blocks if b.role in STEPPED_ROLES]
    last = len(members) - 1
    return tuple(
        EARLY + LATE * (members.index(b.index) / last if b.index in members and last else 0.5)
        for b in plan.blocks
    )


def block_tolerances(plan: Plan, scale_error_pct: float = 1.0) -> tuple[Tolerance | None, ...]:
    """
    Return the tolerance that judges each block.

    Given tolerances and ranges hold as they are. Otherwise ``tol = min(2.5, half
    of the smaller step to a neighbour)``; the fast side is ``max(tol (0.6 + 0.6 f),
    min(2 beta, tol))`` and at most half the step to a faster next block, the slow
    side tol, doubled for easy blocks. A tolerance over half a step could not tell
    one block's pace from the next.

    Parameters
    ----------
    plan : Plan
        With the targets of its blocks.
    scale_error_pct : float
        Scale error of the recording, ``beta``; 1.0 for a watch under open sky.

    Returns
    -------
    tuple of Tolerance or None
        None for blocks without a pace; infinite on the free side of a one-sided one.
    """
    steps = steps_pct(plan)
    before = _steps_before(plan, steps)
    factors = fast_side_factors(plan)
    return tuple(
        _tolerance(block, (earlier, later), factor, scale_error_pct)
        for block, earlier, later, factor in zip(plan.blocks, before, steps, factors, strict=True)
    )


def _steps(block: Block) -> bool:
    """Whether a block takes part in the progression with a pace."""
    return block.target is not None and block.role in STEPPED_ROLES


def _steps_before(plan: Plan, steps: tuple[float | None, ...]) -> list[float | None]:
    """Return for each block the step that leads to it."""
    before: list[float | None] = []
    latest: float | None = None
    for block, step in zip(plan.blocks, steps, strict=True):
        before.append(latest if _steps(block) else None)
        latest = step if _steps(block) else latest
    return before


def _tolerance(
    block: Block,
    neighbours: tuple[float | None, float | None],
    factor: float,
    scale_error_pct: float,
) -> Tolerance | None:
    """Return one block's tolerance; ``neighbours`` are the steps to it and from it."""
    target = block.target
    if target is None:
        return None
    if block.tolerance is not None:
        fast, slow = block.tolerance.fast_pct, block.tolerance.slow_pct
    elif target.slow_mps is not None and target.fast_mps is not None:
        return Tolerance(
            100 * math.log(target.fast_mps / target.speed_mps),
            100 * math.log(target.speed_mps / target.slow_mps),
        )
    else:
        fast, slow = _usual_sides(neighbours, factor, scale_error_pct)
        slow *= EASY_SLOW if block.role == "easy" else 1.0
    return Tolerance(
        math.inf if target.free_side == "fast" else fast,
        math.inf if target.free_side == "slow" else slow,
    )


def _usual_sides(
    neighbours: tuple[float | None, float | None], factor: float, scale_error_pct: float
) -> tuple[float, float]:
    """Return the fast and the slow side that the steps to the neighbours leave [%]."""
    halves = [abs(step) / 2 for step in neighbours if step]
    slow = min([WIDEST_PCT, *halves])
    fast = max(slow * factor, min(2 * scale_error_pct, slow))
    following = neighbours[1]
    if following is not None and following > 0:
        fast = min(fast, following / 2)
    return fast, slow
