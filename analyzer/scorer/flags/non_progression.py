"""NON_PROGRESSION: a planned step up that was not taken."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, NoStep
from analyzer.scorer.flags.limits import Limit, Limits
from analyzer.scorer.flags.rule import certainty, scored_pace
from analyzer.scorer.method import Z
from analyzer.scorer.noise import se_held_pct, se_step_pct
from analyzer.scorer.sureness import z_clear
from analyzer.units import deviation_s_per_km, pace_s_per_km

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

TAKEN = 0.25
"""A step counts as taken from this share of the planned one on."""

CLEAR = 0.75
"""Clear if even the largest believable step is less than this share of the planned one."""


def non_progression(session: Session) -> list[Flag]:
    """
    Find steps with ``g < 0.25 step`` of which the recording can show the lack.

    Clear if ``g + doubt < 0.75 step``.

    g is the realised step; the doubt is z errors of a step between two paces that are held:
    1.645 of them, fewer than for a pace, as a plan has few steps and their lack is seldom chance.
    """
    flags = (
        _of_pair(session, session.blocks[i], session.blocks[j], step)
        for i, j, step in session.scored_pairs
        if step > 0
    )
    return [flag for flag in flags if flag is not None]


def step_limits(session: Session) -> Limits:
    """Return how well the recording could show the lack of each planned step up."""
    pairs = (
        (session.blocks[i], session.blocks[j], step)
        for i, j, step in session.scored_pairs
        if step > 0
    )
    return Limits(
        "NON_PROGRESSION",
        tuple(
            Limit(
                CLEAR * step,
                Z * _error_pct(session, first, second),
                pace_s_per_km(second.planned_mps),
            )
            for first, second, step in pairs
            if second.planned_mps is not None
        ),
    )


def _of_pair(session: Session, first: Measured, second: Measured, step: float) -> Flag | None:
    """Judge the step between two blocks, which the plan wants to be ``step`` percent."""
    x_1, x_2 = first.deviation_pct, second.deviation_pct
    previous, pace = scored_pace(first), scored_pace(second)
    if x_1 is None or x_2 is None or previous is None or pace is None:
        return None
    realised = x_2 - x_1 + step
    se = _error_pct(session, first, second)
    held = (se_held_pct(m.core.measured_s) for m in (first, second))
    doubt = z_clear(se, CLEAR * step, usual=Z) * math.hypot(se, *held)
    sure = certainty(
        is_point=realised < TAKEN * step and step - realised > Z * se,
        is_interval=realised + doubt < CLEAR * step,
    )
    if sure is None:
        return None
    value, low, high = (
        deviation_s_per_km(realised + shift, previous) for shift in (0.0, Z * se, -Z * se)
    )
    evidence = NoStep(
        pace_s_per_km=pace,
        previous_s_per_km=previous,
        previous_block=first.block.index,
        planned_step_s_per_km=_planned_step_s_per_km(first, second),
    )
    index = second.block.index
    return Flag("NON_PROGRESSION", index, sure, value, low, high, "s/km", evidence)


def _error_pct(session: Session, first: Measured, second: Measured) -> float:
    """Return the error of the step between two blocks [% of speed]."""
    scale_pct = session.prepared.scale_error_pct
    return se_step_pct(first.se_random_pct, second.se_random_pct, scale_pct)


def _planned_step_s_per_km(first: Measured, second: Measured) -> float | None:
    """Planned pace of a block less that of the one before [s/km], negative is faster."""
    if first.planned_mps is None or second.planned_mps is None:
        return None
    return pace_s_per_km(second.planned_mps) - pace_s_per_km(first.planned_mps)
