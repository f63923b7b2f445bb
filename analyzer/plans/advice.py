"""What a coach may want to know about a plan that is not wrong."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from analyzer.plans.riegel import pace_for, race_words
from analyzer.plans.tolerance import steps_pct
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.plan import Plan

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
    advice: list[str] = []
    if pairs and not any(s > 0 for _, s in pairs):
        advice.append("no progression: no block is faster than the one before it")
    slower = [str(b.index) for b, s in pairs if s < 0]
    if slower:
        shown = ", ".join(slower[:5]) + (" and others" if len(slower) > 5 else "")
        noun = "block" if len(slower) == 1 else "blocks"
        advice.append(f"what follows {noun} {shown} is planned slower")
    small = [s for _, s in pairs if 0 < s < SMALL_STEP_PCT]
    if small:
        advice.append(
            f"a step of {min(small):.1f} % is less than a watch can see; "
            "expect 'cannot tell' more often"
        )
    return advice


def _easy_part(plan: Plan) -> list[str]:
    """Ask for an easy part long enough; it may be in several blocks."""
    first = list(takewhile(lambda b: b.role == "easy", plan.blocks))
    lengths = [b.expected_duration_s for b in first]
    if not first:
        return ["no easy part: 10 to 20 min easy before the first block keeps the rest honest"]
    metres = [b.distance_m for b in first if b.distance_m is not None]
    if len(metres) == len(first) and sum(metres) < LEAST_EASY_M:
        return [f"the easy part is {sum(metres):.0f} m; 10 to 20 min are usual"]
    known = [s for s in lengths if s is not None]
    if len(known) == len(lengths) and sum(known) < LEAST_EASY_S:
        return [f"the easy part is {sum(known) / 60:.3g} min; 10 to 20 min are usual"]
    return []


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
        f"{2 * length / 60:.0f} min by {race_words(race)} (an estimate)"
    ]
