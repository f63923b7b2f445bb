"""What a coach may want to know about a plan that is not wrong."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from analyzer.plans.riegel import pace_for, race_words
from analyzer.plans.tolerance import steps_pct
from analyzer.structs import replace
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Plan

LEAST_EASY_S = 600.0
"""A shorter easy part is asked about."""

LEAST_EASY_M = 1000.0
"""A shorter distance is asked about, whatever its pace: 120m may have been meant as minutes."""

WORKING = ("progression", "steady")
"""What the blocks of a progression are for."""

SMALL_STEP_PCT = 2.0
"""A watch cannot tell blocks apart whose paces differ by less [%]."""


def plan_advice(plan: Plan) -> tuple[str, ...]:
    """
    Say gently what is odd about a plan; it is reviewed all the same.

    Returns
    -------
    tuple of str
        Empty for a plan that gets faster in steps a watch can see.
    """
    if not any(b.target for b in plan.blocks):
        return ("no block has a pace, so nothing can be scored; write for example '@ 4:00'",)
    return (*_progression(plan), *_easy_part(plan), *_too_fast_an_end(plan))


def _progression(plan: Plan) -> list[str]:
    """Ask about blocks that do not get faster, or by too little; easy parts are not among them."""
    working = [b for b in plan.blocks if b.role in WORKING and b.target]
    steps = steps_pct(replace(plan, blocks=tuple(working)))
    pairs = [(b, s) for b, s in zip(working, steps, strict=True) if s is not None]
    return [*_no_progression(pairs), *_planned_slower(pairs), *_too_small(pairs)]


def _no_progression(steps: list[tuple[Block, float]]) -> list[str]:
    """Say that no block is faster than the one before it."""
    if not steps or any(step > 0 for _, step in steps):
        return []
    return ["no progression: no block is faster than the one before it"]


def _planned_slower(steps: list[tuple[Block, float]]) -> list[str]:
    """Name the blocks that are followed by a slower one."""
    slower = [str(block.index) for block, step in steps if step < 0]
    if not slower:
        return []
    shown = ", ".join(slower[:5]) + (" and others" if len(slower) > 5 else "")
    noun = "block" if len(slower) == 1 else "blocks"
    return [f"what follows {noun} {shown} is planned slower"]


def _too_small(steps: list[tuple[Block, float]]) -> list[str]:
    """Say that a step up is less than a watch can see."""
    small = [step for _, step in steps if 0 < step < SMALL_STEP_PCT]
    if not small:
        return []
    return [
        f"a step of {min(small):.1f} % is less than a watch can see; "
        "expect 'cannot tell' more often"
    ]


def _easy_part(plan: Plan) -> list[str]:
    """Ask for an easy part long enough; it may be in several blocks."""
    first = list(takewhile(lambda b: b.role == "easy", plan.blocks))
    if not first:
        return ["no easy part: 10 to 20 min easy before the first block keeps the rest honest"]
    metres = _sum([b.distance_m for b in first])
    if metres is not None and metres < LEAST_EASY_M:
        return [f"the easy part is {metres:.0f} m; 10 to 20 min is usual"]
    seconds = _sum([b.expected_duration_s for b in first])
    if seconds is not None and seconds < LEAST_EASY_S:
        return [f"the easy part is {seconds / 60:.3g} min; 10 to 20 min is usual"]
    return []


def _sum(lengths: list[float | None]) -> float | None:
    """Return the sum of lengths; None if one of them is unknown."""
    timed = [length for length in lengths if length is not None]
    return sum(timed) if len(timed) == len(lengths) else None


def _too_fast_an_end(plan: Plan) -> list[str]:
    """Say so where the last block is faster than could be raced for twice its time."""
    race = plan.race
    paced = [b for b in plan.blocks if b.target and b.role in WORKING]
    if race is None or not paced:
        return []
    last = paced[-1]
    length = last.expected_duration_s
    if length is None or last.target is None or last.target.free_side == "slow":
        return []
    limit = pace_for(race, 2 * length)
    pace = pace_s_per_km(last.target.speed_mps)
    if pace >= limit:
        return []
    shown, raced = pace_text(pace, plan.units), pace_text(limit, plan.units)
    return [
        f"block {last.index} ({shown}) is faster than the {raced} that could be raced for "
        f"{2 * length / 60:.0f} min, going by {race_words(race)} (an estimate)"
    ]
