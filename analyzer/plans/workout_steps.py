"""The workout a watch carries, as a plan: repeats unrolled, each block knowing its step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.errors import NoPlanError
from analyzer.model.plan import Block, Plan, Target
from analyzer.plans.document import fail
from analyzer.plans.names import length_text, target_text
from analyzer.plans.step_text import MAX_BLOCKS

if TYPE_CHECKING:
    from analyzer.model.plan import Role
    from analyzer.model.workout import Workout, WorkoutStep

MUCH_SLOWER = 1.10
"""A first or last step this much slower than its neighbour is easy running [ratio]."""


def plan_from_workout(workout: Workout, source: str) -> Plan:
    """
    Turn a stored workout into a plan.

    Speed ranges become pace ranges; targets of heart rate, power or cadence are
    run but not scored for pace, which reports say.

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
        If the repeats make more than 1,000 blocks.
    """
    steps = _unrolled(workout, source)
    if not steps:
        raise NoPlanError(source)
    targets = [_target(step) for step in steps]
    roles = [_role(i, steps, targets) for i in range(len(steps))]
    blocks = tuple(
        Block(
            index=i,
            name=_name(step, target),
            role=role,
            duration_s=step.duration_s,
            distance_m=step.distance_m,
            target=target,
            step_index=step.index,
            notes=step.notes,
        )
        for i, (step, target, role) in enumerate(zip(steps, targets, roles, strict=True), start=1)
    )
    return Plan(workout.name or "Workout on the watch", source, blocks)


def _unrolled(workout: Workout, source: str) -> list[WorkoutStep]:
    """Follow the steps as the watch does; a repeat loops back to an earlier step."""
    out: list[WorkoutStep] = []
    starts: dict[int, int] = {}
    for step in workout.steps:
        if step.duration != "repeat":
            starts[step.index] = len(out)
            out.append(step)
            continue
        first = starts.get(step.repeat_from if step.repeat_from is not None else -1)
        if first is None:
            continue
        starts[step.index] = first
        repeated = out[first:] * max(0, (step.repeats or 1) - 1)
        if len(out) + len(repeated) > MAX_BLOCKS:
            raise fail(source, f"the workout unrolls to more than the limit of {MAX_BLOCKS} blocks")
        out += repeated
    return out


def _target(step: WorkoutStep) -> Target | None:
    """Return the pace range of a speed target; None for any other."""
    low, high = step.low_mps, step.high_mps
    if step.target != "speed" or not low or not high:
        return None
    if high / low < 1.001:
        return Target(math.sqrt(low * high))
    return Target(math.sqrt(low * high), slow_mps=low, fast_mps=high)


BY_INTENSITY: dict[str, Role] = {
    "warmup": "easy",
    "warm_up": "easy",
    "cooldown": "cooldown",
    "cool_down": "cooldown",
    "rest": "rest",
    "recovery": "rest",
}
"""What a step's intensity says of its role; ``active`` and ``interval`` prove nothing."""

BY_NAME: dict[str, Role] = {"warm": "easy", "easy": "easy", "cool": "cooldown"}
"""Parts of a step's name that say what it is for."""


def _role(i: int, steps: list[WorkoutStep], targets: list[Target | None]) -> Role:
    """Guess a role from what the step says, else from its pace among its neighbours."""
    step = steps[i]
    by_intensity = BY_INTENSITY.get(step.intensity or "")
    name = step.name.lower()
    by_name = next((role for word, role in BY_NAME.items() if word in name), None)
    return by_intensity or by_name or _role_by_pace(i, steps, targets)


def _role_by_pace(i: int, steps: list[WorkoutStep], targets: list[Target | None]) -> Role:
    """Take a much slower first step for easy, a much slower or open last one for cool-down."""
    target, is_last = targets[i], i == len(steps) - 1
    if target is None:
        return "cooldown" if is_last and steps[i].duration == "open" else "steady"
    following = None if is_last else targets[i + 1]
    before = targets[i - 1] if i else None
    if i == 0 and following and following.speed_mps >= MUCH_SLOWER * target.speed_mps:
        return "easy"
    if is_last and before and before.speed_mps >= MUCH_SLOWER * target.speed_mps:
        return "cooldown"
    return "progression"


def _name(step: WorkoutStep, target: Target | None) -> str:
    """Return the coach's name of a step, else one from its length and pace."""
    if step.name:
        return step.name
    length = length_text(step.duration_s, step.distance_m)
    return length if target is None else f"{length} @ {target_text(target, 'km')}"
