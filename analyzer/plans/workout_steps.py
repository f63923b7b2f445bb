"""The workout on a watch to a Plan: repeats unrolled, speed ranges as pace ranges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.errors import NoPlanError
from analyzer.model.plan import Target
from analyzer.plans.build import build_plan, over_limit
from analyzer.plans.document import fail
from analyzer.plans.draft import MAX_BLOCKS, Draft, DraftBlock, DraftPlan, Length
from analyzer.plans.own_words import own_words
from analyzer.plans.paces import Pace
from analyzer.units import UNIT_M

if TYPE_CHECKING:
    from analyzer.model.plan import Aim, Plan, Role
    from analyzer.model.workout import StepTarget, Workout, WorkoutStep
    from analyzer.units import Unit

RESOLUTION_MPS = 0.0005
"""A watch stores speeds in mm/s: it cannot tell apart what is closer than this."""

BY_INTENSITY: dict[str, Role] = {
    "warmup": "easy",
    "warm_up": "easy",
    "cooldown": "cooldown",
    "cool_down": "cooldown",
    "rest": "rest",
    "recovery": "rest",
}
"""What a step's intensity says of its role; ``active`` and ``interval`` prove nothing."""


BY_TARGET: dict[StepTarget, Aim] = {
    "heart_rate": "heart_rate",
    "power": "power",
    "cadence": "cadence",
    "pace_zone": "pace_zone",
    "other": "other",
}
"""What a block aims at in place of a pace, by the target of its step."""


def plan_from_workout(workout: Workout, source: str) -> Plan:
    """
    Make the plan a watch carried.

    Steps keep their index, so that the laps of the recording can point at them. What a step
    is for comes from its intensity, its name, or its place and pace, as in any other plan.
    Steps that we wrote carry their block in the plan's own words; these win where they
    agree with the step.

    Parameters
    ----------
    workout : Workout
        Steps as stored; repeat steps loop back.
    source : str
        Base name of the file that carried it.

    Raises
    ------
    NoPlanError
        If there is no step to run.
    PlanError
        If the repeats make more than 1,000 blocks, or all of them more than 24 h or 300 km.
    """
    steps = _unrolled(workout, source)
    if not steps:
        raise NoPlanError(source)
    read = {step.index: _draft(step) for step in steps}
    blocks = tuple(read[step.index][0] for step in steps)
    limit = over_limit(blocks)
    if limit:
        raise fail(source, limit)
    said = [read[step.index][1] for step in steps if read[step.index][1] is not None]
    units: Unit = "mi" if 2 * said.count("mi") > len(said) else "km"
    draft = DraftPlan(
        name=workout.name or "Workout on the watch",
        units=units,
        blocks=blocks,
        tolerance=None,
        match="auto",
        start_s=None,
        athlete=None,
        notes=workout.notes,
    )
    return build_plan(draft, source, tuple(step.index for step in steps))


def _unrolled(workout: Workout, source: str) -> list[WorkoutStep]:
    """Follow the steps as the watch does; a repeat loops back to an earlier step."""
    out: list[WorkoutStep] = []
    starts: dict[int, int] = {}
    for step in workout.steps:
        first = len(out)
        if step.duration == "repeat":
            first = starts.get(-1 if step.repeat_from is None else step.repeat_from, first)
        starts[step.index] = first
        more = max(0, (step.repeats or 1) - 1)
        count = more * (len(out) - first) if step.duration == "repeat" else 1
        if len(out) + count > MAX_BLOCKS:  # counted before anything is made
            raise fail(source, f"the workout unrolls to more than the limit of {MAX_BLOCKS} blocks")
        out += out[first:] * more if step.duration == "repeat" else [step]
    return out


def _draft(step: WorkoutStep) -> tuple[DraftBlock, Unit | None]:
    """Read a step, by its own words where it has them; the unit is theirs."""
    target = _target(step)
    role = BY_INTENSITY.get(step.intensity or "")
    if role == "rest" and "cool" in step.name.lower():
        role = "cooldown"  # Training Center knows no more than active and resting
    length = Length(step.duration_s, step.distance_m)
    aim = BY_TARGET.get(step.target)
    plain = DraftBlock(Draft(length, Pace(target), step.name), role, None, step.notes, aim=aim)
    own = own_words(step.notes, plain)
    return (plain, None) if own is None else own


def _target(step: WorkoutStep) -> Target | None:
    """Return the pace range of a speed target; None for any other."""
    low, high = step.low_mps, step.high_mps
    if step.target != "speed" or not low or not high:
        return None
    if high / low < 1.001:
        return Target(_as_meant(math.sqrt(low * high)))
    low, high = _as_meant(low), _as_meant(high)
    return Target(math.sqrt(low * high), slow_mps=low, fast_mps=high)


def _as_meant(speed: float) -> float:
    """Return the pace of whole seconds that is stored as this speed, if there is one."""
    for metres in UNIT_M.values():
        meant = metres / max(1, round(metres / speed))
        if abs(meant - speed) <= RESOLUTION_MPS:
            return meant
    return speed
