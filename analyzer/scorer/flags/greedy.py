"""GREEDY by pace: a block run more than half a step towards the next, faster one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.review import Flag
from analyzer.scorer.flags.rule import (
    certainty,
    judging_se_pct,
    next_paced,
    pace_interval,
    scored_pace,
)
from analyzer.scorer.steps import scored_pairs
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session

SHARE = 0.5
"""Faster than this share of the planned step is nearer to the next block than to its own."""


def greedy(session: Session) -> list[Flag]:
    """
    Find blocks, easy ones aside, that were run at the pace of the next.

    Point rule ``x > 0.5 step`` and ``x > tol_fast``; clear if ``x - 0.5 step > SE``.
    """
    found = []
    for i, _, step in scored_pairs(session.blocks):
        measured = session.blocks[i]
        x, tolerance, planned = measured.deviation_pct, measured.tolerance, measured.planned_mps
        if step <= 0 or measured.block.role == "easy":
            continue
        if x is None or tolerance is None or planned is None:
            continue
        sure = certainty(
            is_point=x > SHARE * step and x > tolerance.fast_pct,
            is_interval=x - SHARE * step > judging_se_pct(measured, tolerance.fast_pct),
        )
        if sure is None:
            continue
        value, low, high = pace_interval(x, measured.se_pct, planned)
        facts: dict[str, float | str] = {
            "by": "pace",
            "pace_s_per_km": scored_pace(measured) or math.nan,
            "planned_s_per_km": pace_s_per_km(planned),
        }
        following = next_paced(session.blocks, i)
        if following is not None and following.planned_mps is not None:
            facts["next_planned_s_per_km"] = pace_s_per_km(following.planned_mps)
        index = measured.block.index
        found.append(Flag("GREEDY", index, sure, value, low, high, "s/km", facts))
    return found
