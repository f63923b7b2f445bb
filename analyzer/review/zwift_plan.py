"""A Zwift workout to a plan, by the paces of an athlete."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.errors import ActivityError
from analyzer.model.plan import Target
from analyzer.parsers.zwo import read_zwo
from analyzer.plans.build import build_plan, over_limit
from analyzer.plans.document import Problems, fail
from analyzer.plans.draft import Draft, DraftBlock, DraftPlan, Length
from analyzer.plans.paces import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.plan import Aim, Plan, Role
    from analyzer.parsers.zwo import ZwiftStep
    from analyzer.plans.whose import Whose

ROLES: Mapping[str, Role] = {"Warmup": "easy", "Cooldown": "cooldown", "OffPower": "rest"}
"""What a step is for, where its kind says so."""

SPEEDS_MPS = (0.5, 12.0)
"""Slower or faster is no pace of a runner [m/s]."""


def read_zwift(content: bytes, source: str, whose: Whose) -> Plan:
    """
    Read a Zwift workout for a run as a plan.

    Its steps are shares of the speed of the runner's own mile, 5 km, 10 km, half, marathon
    or threshold. Where that pace is not known the blocks have none: run, but not scored.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for messages.
    whose : Whose
        Whose paces they are shares of.

    Raises
    ------
    PlanError
        If the file is damaged, for a ride, or over the limits of a plan.
    """
    try:
        workout = read_zwo(content, source)
    except ActivityError as error:
        place = f" (at {error.where})" if error.where else ""
        hint = f": {error.hint}" if error.hint else ""
        raise fail(source, f"{error.problem}{place}{hint}") from None
    problems = Problems(source, [])
    athlete = whose.athlete()
    mine = whose.paces(athlete, None, problems)
    problems.raise_if_any()
    blocks = tuple(
        _block(step, mine.paces, is_by_distance=workout.is_by_distance) for step in workout.steps
    )
    limit = over_limit(blocks)
    if limit:
        raise fail(source, limit)
    used = any(block.draft.pace.target is not None for block in blocks)
    draft = DraftPlan(
        name=workout.name or "Zwift workout",
        units="km",
        blocks=blocks,
        tolerance=None,
        match="auto",
        start_s=None,
        athlete=athlete or None,
        notes=workout.notes,
        paces_from=mine.origin if used else "",
        race=mine.race,
    )
    return build_plan(draft, source)


def _block(step: ZwiftStep, paces: Mapping[str, Pace], *, is_by_distance: bool) -> DraftBlock:
    """Read one step; a free one has no pace, and a share of an unknown pace neither."""
    length = Length(distance_m=step.length) if is_by_distance else Length(duration_s=step.length)
    target = _target(step, paces)
    is_free = math.isnan(step.first)
    aim: Aim | None = None if is_free or target is not None else "reference_pace"
    return DraftBlock(Draft(length, Pace(target)), ROLES.get(step.kind), aim=aim)


def _target(step: ZwiftStep, paces: Mapping[str, Pace]) -> Target | None:
    """Return the speed a step asks for, or the ramp from one to another."""
    known = paces.get(step.reference)
    if known is None or known.target is None or math.isnan(step.first):
        return None
    first, last = (known.target.speed_mps * share for share in (step.first, step.last))
    if not all(SPEEDS_MPS[0] <= v <= SPEEDS_MPS[1] for v in (first, last)):
        return None
    if math.isclose(first, last):
        return Target(first)
    return Target(math.sqrt(first * last), ramp_mps=(first, last))
