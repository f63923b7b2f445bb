"""What a coach may want to know about a plan that is not wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.plans.riegel import pace_for, race_words
from analyzer.plans.tolerance import steps_pct
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.plan import Plan

LEAST_EASY_S = 600.0
"""A shorter easy part is asked about."""

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
    advice: list[str] = []
    steps = [s for s in steps_pct(plan) if s is not None]
    working = [b for b in plan.blocks if b.role in ("progression", "steady")]
    if not any(b.target for b in plan.blocks):
        return ("no block has a pace, so nothing can be scored; write for example '@ 4:00'",)
    if len(working) > 1 and not any(s > 0 for s in steps):
        advice.append("no progression: no block is faster than the one before it")
    for block, step in zip(plan.blocks, steps_pct(plan), strict=True):
        if step is not None and step < 0 and block.role == "progression" and block.target:
            pace = pace_text(pace_s_per_km(block.target.speed_mps), plan.units)
            advice.append(f"the block after block {block.index} ({pace}) is planned slower")
    advice += _easy_part(plan)
    advice += _too_fast_an_end(plan)
    small = [s for s in steps if 0 < s < SMALL_STEP_PCT]
    if small:
        advice.append(
            f"a step of {min(small):.1f} % is less than a watch can see; "
            "expect 'cannot tell' more often"
        )
    return tuple(advice)


def _easy_part(plan: Plan) -> list[str]:
    """Ask for an easy part long enough."""
    first = plan.blocks[0]
    length = first.expected_duration_s
    if first.role != "easy":
        return ["no easy part: 10 to 20 min easy before the first block keep the rest honest"]
    if length is not None and length < LEAST_EASY_S:
        return [f"the easy part is {length / 60:.3g} min; 10 to 20 min are usual"]
    return []


def _too_fast_an_end(plan: Plan) -> list[str]:
    """Say so where the last block is faster than could be raced for twice its time."""
    race = plan.race
    paced = [b for b in plan.blocks if b.target and b.role in ("progression", "steady")]
    if race is None or not paced:
        return []
    last = paced[-1]
    length = last.expected_duration_s
    if length is None or last.target is None:
        return []
    limit = pace_for(race, 2 * length)
    pace = pace_s_per_km(last.target.speed_mps)
    if pace >= limit:
        return []
    shown, raced = pace_text(pace, plan.units), pace_text(limit, plan.units)
    return [
        f"block {last.index} ({shown}) is faster than the {raced} that could be raced for "
        f"{2 * length / 60:.0f} min by {race_words(race)} (an estimate)"
    ]
