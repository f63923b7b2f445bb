"""Where block 1 starts when nothing in the file marks it: one reading, or two (method 2.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from analyzer.median import median
from analyzer.segmenter.boundaries import boundaries

if TYPE_CHECKING:
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.executed import Posterior

NEAR_S = 15.0
"""A start within this of the recording's is the recording's [s]."""

SURE_AT_START = 0.1
"""A later start less probable than this is ruled out."""

SURE_LATER = 0.9
"""Above it a later start needs only one more sign to be believed."""

PLACED = 0.5
"""A later start that cannot be placed within 15 s more surely than this is not a reading."""

SEEN = 0.5
"""Where the pace follows the plan less probably than this, it says nothing about its start."""

WALKING_MPS = 2.0
"""Slower than this before block 1 is not running that a plan could ask for [m/s]."""

WARM_UP = -0.10
"""Running this much slower before block 1 is a warm-up, in ln v."""

FINISHED_S = 30.0
"""A recording that ends this near the end of the plan belongs to it [s]."""

GUARD_S = (15.0, 60.0)
"""Bounds of the guard around boundaries from a fitted start [s]."""


class ClockStart(NamedTuple):
    """
    A start of block 1 [timer s]: why there, how surely, and how far its error reaches.

    ``is_ambiguous`` where another start fits the recording as well.
    """

    at_s: float
    basis: Literal["clock", "fitted_start"]
    confidence: float | None
    guard_s: float = GUARD_S[0]
    is_ambiguous: bool = False


AT_THE_START = ClockStart(0.0, "clock", None)
"""The recording starts with block 1, as far as anyone knows."""


def starts_around_zero(late_s: float) -> tuple[ClockStart, ClockStart]:
    """Return the start of the recording, and one so many timer seconds before it."""
    before = ClockStart(-late_s, "clock", None, is_ambiguous=True)
    return AT_THE_START._replace(is_ambiguous=True), before


def clock_starts(
    plan: Plan, prepared: Prepared, posterior: Posterior | None
) -> tuple[ClockStart, ...]:
    """
    Name the starts of block 1 that the running allows.

    A start is common to all boundaries and lies in the recording, so changes
    made *early* can never be explained by it; changes made late by a constant
    can, and where nothing else tells the two apart both readings stand.

    Parameters
    ----------
    plan : Plan
        As it will be judged.
    prepared : Prepared
        The recording.
    posterior : Posterior or None
        From the executed alignment; None where it could not be made.

    Returns
    -------
    tuple of ClockStart
        One, or the start of the recording and a later one.
    """
    boundary = posterior.start_after(NEAR_S) if posterior is not None else None
    if posterior is None or boundary is None or posterior.p_plan < SEEN:
        return (AT_THE_START,)
    at_start = posterior.start_near(0.0)
    clock = ClockStart(0.0, "clock", at_start)
    if 1 - at_start < SURE_AT_START:
        return (clock,)
    guard_s = min(max((boundary.high_s - boundary.low_s) / 2, GUARD_S[0]), GUARD_S[1])
    at_later = posterior.start_near(boundary.at_s)
    later = ClockStart(boundary.at_s, "fitted_start", at_later, guard_s)
    is_placed = boundary.confidence >= PLACED
    return _weighed(plan, prepared, (clock, later), is_placed=is_placed)


def _weighed(
    plan: Plan, prepared: Prepared, starts: tuple[ClockStart, ClockStart], *, is_placed: bool
) -> tuple[ClockStart, ...]:
    """Choose between the start of the recording and a later one by all signs, or keep both."""
    clock, later = starts
    later_s = later.at_s
    is_sure = 1 - (clock.confidence or 0.0) > SURE_LATER
    before_mps = _median_speed(prepared, 0.0, later_s)
    if is_sure and is_placed and before_mps < WALKING_MPS:
        return (later,)
    if _leaves_unfinished(plan, prepared, later_s):
        return (clock,)
    if not is_placed:  # there may be a later start, but nobody knows where
        return (clock._replace(is_ambiguous=True),)
    if is_sure and _has_another_sign(plan, prepared, later_s, before_mps):
        return (later,)
    return clock._replace(is_ambiguous=True), later._replace(is_ambiguous=True)


def _has_another_sign(plan: Plan, prepared: Prepared, later_s: float, before_mps: float) -> bool:
    """Whether more than the pace speaks for a later start: a warm-up before it, or the end."""
    return _is_warm_up(plan, prepared, later_s, before_mps) or _ends_with_the_plan(
        plan, prepared, later_s
    )


def _median_speed(prepared: Prepared, start_s: float, end_s: float) -> float:
    """Median speed of the moving seconds; 0 if there are none."""
    cut = slice(int(start_s), math.ceil(end_s))
    moving = prepared.speed_mps[cut][prepared.is_moving[cut]]
    return median(moving) if moving.size else 0.0


def _is_warm_up(plan: Plan, prepared: Prepared, later_s: float, before_mps: float) -> bool:
    """Whether the running before was clearly slower than block 1; faster is a fast start."""
    length_s = plan.blocks[0].expected_duration_s or later_s
    first_mps = _median_speed(prepared, later_s, later_s + length_s)
    return before_mps <= 0 or (first_mps > 0 and float(np.log(before_mps / first_mps)) <= WARM_UP)


def _leaves_unfinished(plan: Plan, prepared: Prepared, later_s: float) -> bool:
    """Whether a plan that fits the recording from its start would not be finished from later on."""
    if any(block.is_open for block in plan.blocks):
        return False
    from_start_s = float(boundaries(plan, 0.0, prepared)[-1])
    from_later_s = float(boundaries(plan, later_s, prepared)[-1])
    over_s = max(FINISHED_S, later_s / 2)
    return (
        from_later_s > prepared.seconds + over_s and from_start_s <= prepared.seconds + FINISHED_S
    )


def _ends_with_the_plan(plan: Plan, prepared: Prepared, later_s: float) -> bool:
    """Whether the recording ends where the plan does, counted from the later start."""
    if any(block.is_open for block in plan.blocks):
        return False
    return abs(float(boundaries(plan, later_s, prepared)[-1]) - prepared.seconds) <= FINISHED_S
