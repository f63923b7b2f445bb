"""A Plan as a FIT workout for the watch; read back before it is handed over, so nothing is lost."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from analyzer.errors import PlanError, PlanProblem
from analyzer.model.workout import Workout, WorkoutStep
from analyzer.plans.document import MAX_BYTES, fail
from analyzer.plans.folded import Repeat, folded
from analyzer.plans.own_words import SEPARATOR
from analyzer.plans.quantities import FASTEST_S_PER_KM, SLOWEST_S_PER_KM
from analyzer.plans.tolerance import block_tolerances
from analyzer.plans.words import block_words
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.plans.write_yaml import same_blocks
from analyzer.plans.written import Written
from analyzer.structs import replace
from analyzer.units import clock_text, speed_mps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.model.plan import Block, Plan, Role, Tolerance

MAX_TEXT = 250
"""Longest text in a FIT field [bytes of UTF-8]; a field has at most 255, its end included."""

WATCH_STEPS = 50
"""Many watches take no more steps, repeats counted."""

ROUNDS = 4
"""Plain words; then the role they do not give, the name of the step, the name in words."""

CREATED_MS = 1_704_067_200_000
"""2024-01-01 00:00 UTC, for every workout: the same plan gives the same bytes [ms since 1970]."""

INTENSITIES: dict[Role, str] = {"easy": "warmup", "rest": "rest", "cooldown": "cooldown"}
"""What a watch calls the role of a block; all others are ``active``."""


class _Shape(Struct, frozen=True):
    """What makes two blocks one step: all but their number, and the band that depends on it."""

    step: WorkoutStep
    tolerance: Tolerance | None


def fit_workout(plan: Plan, *, drop: bool = False) -> Written:
    """
    Write a plan as a FIT workout.

    A watch knows a range of speeds and no more: a single pace becomes the band of its
    tolerance, outside of which the watch beeps; a ramp the range it covers; a one-sided
    pace a range that ends at 1:40 or 20:00 per km. Each step's note begins with the block
    in the plan's own words, so that the file reads back as the plan it was.

    Groups that follow themselves become repeats; the band of a repeated step is the
    narrowest of its blocks'. One block over and over is only folded where the watch would
    take no more: the laps of a step that repeats itself all point at it, and where one of
    them was cut short they could be told apart by their lengths alone.

    Parameters
    ----------
    plan : Plan
        From any source.
    drop : bool
        Leave out what a workout cannot say, in place of refusing the plan.

    Returns
    -------
    Written
        The same bytes for the same plan.

    Raises
    ------
    PlanError
        Naming everything that a workout cannot say, unless ``drop``.
    """
    name, notes, steps, lost, advice = _said(plan)
    if lost and not drop:
        raise PlanError(plan.source, tuple(PlanProblem(_refusal(text)) for text in lost))
    shapes = [
        _Shape(replace(s, index=0, low_mps=None, high_mps=None), b.tolerance)
        for s, b in zip(steps, plan.blocks, strict=True)
    ]
    stored = _stored(folded(shapes, only_mixed=True), steps)
    if len(stored) > WATCH_STEPS:
        stored = _stored(folded(shapes), steps)
    content = _encoded(name, notes, stored)
    if len(content) > MAX_BYTES:
        raise fail(plan.source, f"as a workout it is larger than {MAX_BYTES // 1024} KiB")
    if len(stored) > WATCH_STEPS:
        text = f"the workout has {len(stored)} steps, and many watches take {WATCH_STEPS} at most"
        advice = (*advice, text)
    return Written(content, lost, advice)


def _refusal(lost: str) -> str:
    """Say that something would be lost, and what to do."""
    return f"a FIT workout cannot hold {lost}"


def _said(
    plan: Plan,
) -> tuple[str, str, list[WorkoutStep], tuple[str, ...], tuple[str, ...]]:
    """Return name, notes and steps as a workout stores them, what it cannot store, and advice."""
    lost = _settings(plan)
    name = _fitting(plan.name, "the end of the plan's name", lost)
    notes = _fitting(plan.notes, "the end of the plan's notes", lost)
    steps = _steps(plan)
    kept: list[WorkoutStep] = []
    is_cut = False
    for number, step in enumerate(steps, start=1):
        before = len(lost)
        title = _fitting(step.name, f"the end of the name of block {number}", lost)
        words = _fitting(step.notes, f"the end of the notes of block {number}", lost)
        is_cut = is_cut or len(lost) > before
        kept.append(replace(step, name=title, notes=words))
    read = plan_from_workout(Workout(name, tuple(kept), "running", notes), plan.source)
    if not is_cut:
        lost += _otherwise(plan.blocks, read.blocks)
    advice: tuple[str, ...] = ()
    if read.units != plan.units:
        advice = (f"read back from the watch, paces are shown per {read.units}",)
    return name, notes, kept, tuple(lost), advice


def _settings(plan: Plan) -> list[str]:
    """Name the settings of a plan that are for reviewing and not for the watch."""
    lost: list[str] = []
    if plan.match != "auto":
        lost.append(f"'match: {plan.match}'")
    if plan.start_s is not None:
        lost.append(f"'start: {clock_text(plan.start_s)}'")
    if plan.athlete is not None:
        lost.append(f"'athlete: {plan.athlete}'")
    return lost


def _fitting(text: str, what: str, lost: list[str]) -> str:
    """Return as much of a text as fits a field; note it where that is not all."""
    content = text.encode("utf-8", "ignore")
    if len(content) <= MAX_TEXT:
        return content.decode("utf-8")
    lost.append(f"{what} (over {MAX_TEXT} bytes)")
    return content[:MAX_TEXT].decode("utf-8", "ignore").rstrip()


def _otherwise(blocks: tuple[Block, ...], read: tuple[Block, ...]) -> list[str]:
    """Name the blocks that read back otherwise than they were."""
    plain = [replace(b, step_index=None) for b in read]
    return [
        f"block {a.index} as it is ({a.name})"
        for a, b in zip(blocks, plain, strict=True)
        if not same_blocks((a,), (b,))
    ]


def _steps(plan: Plan) -> list[WorkoutStep]:
    """
    Write each block as a step, in the plainest words that read back as it.

    Roles depend on the neighbours and names on the lengths, so the steps are read
    back, and what they did not give is said outright: a name as the name of the step,
    then in the words too, where these make a name of their own.
    """
    said = [
        frozenset({"tolerance"}) if b.tolerance is not None else frozenset[str]()
        for b in plan.blocks
    ]
    named: frozenset[int] = frozenset()
    tolerances = block_tolerances(plan)
    steps: list[WorkoutStep] = []
    for _ in range(ROUNDS):
        steps = [
            _step(replace(b, name=b.name if b.index in named else ""), tolerance, words)
            for b, tolerance, words in zip(plan.blocks, tolerances, _words(plan, said), strict=True)
        ]
        read = plan_from_workout(Workout("x", tuple(steps)), plan.source).blocks
        misnamed = {a.index for a, b in zip(plan.blocks, read, strict=True) if a.name != b.name}
        unsaid = [
            {"role"} - s if a.role != b.role else {"name"} if a.index in misnamed & named else set()
            for a, b, s in zip(plan.blocks, read, said, strict=True)
        ]
        if not misnamed and not any(unsaid):
            break
        named |= misnamed
        said = [s | u for s, u in zip(said, unsaid, strict=True)]
    return steps


def _words(plan: Plan, said: list[frozenset[str]]) -> list[str]:
    """Return each block in the plan's own words; the coach's come after them."""
    return [
        block_words(replace(block, notes=""), plan.units, outright)
        for block, outright in zip(plan.blocks, said, strict=True)
    ]


def _step(block: Block, tolerance: Tolerance | None, words: str) -> WorkoutStep:
    """Write one block as a step; its note begins with its own words."""
    low, high = (None, None) if tolerance is None else _band(block, tolerance)
    return WorkoutStep(
        index=block.index - 1,
        duration="time" if block.duration_s else "distance" if block.distance_m else "open",
        duration_s=block.duration_s,
        distance_m=block.distance_m,
        target="open" if low is None else "speed",
        low_mps=low,
        high_mps=high,
        name=block.name,
        notes=f"{words}{SEPARATOR}{block.notes}" if block.notes else words,
        intensity=INTENSITIES.get(block.role, "active"),
    )


def _band(block: Block, tolerance: Tolerance) -> tuple[float | None, float | None]:
    """Return the slowest and fastest speed at which the watch keeps quiet, in whole mm/s."""
    target = block.target
    if target is None:
        return None, None
    if target.ramp_mps is not None:
        low, high = sorted(target.ramp_mps)
    elif target.slow_mps is not None and target.fast_mps is not None:
        low, high = target.slow_mps, target.fast_mps
    elif target.free_side == "slow":
        low, high = speed_mps(SLOWEST_S_PER_KM), target.speed_mps
    elif target.free_side == "fast":
        low, high = target.speed_mps, speed_mps(FASTEST_S_PER_KM)
    else:
        low = target.speed_mps * math.exp(-tolerance.slow_pct / 100)
        high = target.speed_mps * math.exp(tolerance.fast_pct / 100)
    return round(low, 3), round(high, 3)


def _stored(
    items: Iterable[_Shape | Repeat[_Shape]], steps: list[WorkoutStep]
) -> list[WorkoutStep]:
    """Lay out folded steps with their indexes, each repeat after the steps it repeats."""
    out: list[WorkoutStep] = []
    at = 0
    for item in items:
        group = item.items if isinstance(item, Repeat) else (item,)
        times = item.times if isinstance(item, Repeat) else 1
        first, length = len(out), len(group)
        for i in range(length):
            same = steps[at + i : at + length * times : length]
            out.append(_narrowest(same, index=len(out)))
        if times > 1:
            out.append(WorkoutStep(len(out), "repeat", repeat_from=first, repeats=times))
        at += length * times
    return out


def _narrowest(same: list[WorkoutStep], index: int) -> WorkoutStep:
    """Return a step for several blocks, with the band that lies in the bands of all."""
    lows = [s.low_mps for s in same if s.low_mps is not None]
    highs = [s.high_mps for s in same if s.high_mps is not None]
    low, high = (max(lows), min(highs)) if lows and highs else (None, None)
    return replace(same[0], index=index, low_mps=low, high_mps=high)


def _encoded(name: str, notes: str, steps: list[WorkoutStep]) -> bytes:
    """Write the file; its serial number is a checksum of what it says, so that two plans differ."""
    from fit_tool.fit_file_builder import FitFileBuilder
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.workout_message import WorkoutMessage
    from fit_tool.profile.profile_type import FileType, Manufacturer, Sport

    builder = FitFileBuilder(auto_define=True)
    about = FileIdMessage()
    about.type = FileType.WORKOUT
    about.manufacturer = Manufacturer.DEVELOPMENT.value
    about.product = 0
    about.serial_number = zlib.crc32(repr((name, notes, steps)).encode()) or 1
    about.time_created = CREATED_MS
    builder.add(about)
    workout = WorkoutMessage()
    workout.sport = Sport.RUNNING
    workout.num_valid_steps = len(steps)
    workout.workout_name = name
    if notes:
        workout.workout_description = notes
    builder.add(workout)
    for step in steps:
        builder.add(_message(step))
    return bytes(builder.build_bytes())


def _message(step: WorkoutStep) -> Any:  # noqa: ANN401 - untyped library
    """Write one step as a message."""
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
    from fit_tool.profile.profile_type import Intensity, WorkoutStepDuration, WorkoutStepTarget

    message = WorkoutStepMessage()
    message.message_index = step.index
    if step.name:
        message.workout_step_name = step.name
    if step.duration == "repeat":
        message.duration_type = WorkoutStepDuration.REPEAT_UNTIL_STEPS_CMPLT
        message.duration_step = step.repeat_from
        message.target_type = WorkoutStepTarget.OPEN
        message.target_repeat_steps = step.repeats
        return message
    if step.duration_s is not None:
        message.duration_type = WorkoutStepDuration.TIME
        message.duration_time = step.duration_s
    elif step.distance_m is not None:
        message.duration_type = WorkoutStepDuration.DISTANCE
        message.duration_distance = step.distance_m
    else:
        message.duration_type = WorkoutStepDuration.OPEN
    message.target_type = WorkoutStepTarget.OPEN
    message.target_value = 0
    if step.low_mps is not None and step.high_mps is not None:
        message.target_type = WorkoutStepTarget.SPEED
        message.custom_target_speed_low = step.low_mps
        message.custom_target_speed_high = step.high_mps
    message.intensity = Intensity[(step.intensity or "active").upper()]
    message.notes = step.notes
    return message
