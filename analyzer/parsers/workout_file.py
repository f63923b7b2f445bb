"""One way in for workout files: FIT or TCX bytes to a Workout that can be unrolled safely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from analyzer.errors import ActivityError, PlanError, PlanProblem
from analyzer.parsers.formats import WORKOUTS
from analyzer.parsers.sniff import format_of
from analyzer.parsers.xml_root import root_element
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from analyzer.model.workout import Workout, WorkoutStep

MAX_BYTES = 256 * 1024
"""Largest plan, of whatever kind."""

MAX_BLOCKS = 1000
"""Most steps once the repeats are unrolled, as in any plan."""

MAX_DURATION_S = 24 * 3600.0
MAX_DISTANCE_M = 300_000.0
"""Longest session, as in any plan."""

FIT_ACTIVITY = 4
"""Type of a FIT file that holds an activity."""

MAX_SPEED_MPS = 50.0
"""Faster is no target of any sport, but damage."""


def is_workout_file(head: bytes) -> bool:
    """
    Whether these may be the first bytes of a workout file rather than of a plan as text.

    True for anything FIT or Training Center: what turns out to be a recording
    is then refused as such, and not as bad YAML.

    Parameters
    ----------
    head : bytes
        Up to 64 KiB are looked at.
    """
    return format_of(head, WORKOUTS) is not None


def is_recording(head: bytes) -> bool:
    """
    Whether these are the first bytes of a recorded activity, FIT or Training Center.

    A FIT file says what it is in its first message, ``file_id``, in field 0: 4 is an activity.
    """
    if head[8:12] != b".FIT":
        return is_workout_file(head) and b"<Activities" in head
    at = head[0]
    if len(head) < at + 6 or not head[at] & 0x40:
        return False
    order: Literal["little", "big"] = "big" if head[at + 2] else "little"
    fields, first = head[at + 5], at + 6
    offset = first + 3 * fields + 1  # behind the definition and the header of its data
    for place in range(first, first + 3 * fields, 3):
        number, size = head[place : place + 1], head[place + 1 : place + 2]
        if number == b"\0" and int.from_bytes(head[at + 3 : at + 5], order) == 0:
            return head[offset : offset + 1] == bytes([FIT_ACTIVITY])
        offset += size[0] if size else 0
    return False


def read_workout_file(content: bytes, source: str) -> Workout:
    """
    Read a FIT workout file, the workout a FIT recording carries, or a TCX workout.

    Parameters
    ----------
    content : bytes
        The whole file, not packed.
    source : str
        Base name, for errors.

    Returns
    -------
    Workout
        Steps as a watch stores them, repeats as steps that loop back; they
        unroll to at most 1,000 blocks, 24 hours and 300 km.

    Raises
    ------
    PlanError
        In one line: what the file is instead, what is damaged, or which limit
        it is over.
    """
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1024
        raise _refused(source, f"larger than the limit of {limit} KiB; is it a workout?")
    try:
        workout = _read(content, source)
    except ActivityError as error:
        place = f" (at {error.where})" if error.where else ""
        hint = f": {error.hint}" if error.hint else ""
        raise _refused(source, f"{error.problem}{place}{hint}") from None
    problem = _problem(workout)
    if problem:
        raise _refused(source, problem)
    return workout


def _refused(source: str, problem: str) -> PlanError:
    """Build the error for a workout file that is no plan."""
    return PlanError(source, (PlanProblem(problem),))


def _read(content: bytes, source: str) -> Workout:
    """Load and call the reader of one format; the other libraries stay unloaded."""
    known = format_of(content, WORKOUTS)
    if known is not None:
        return known.load()(content, source)
    if not content.strip():
        raise _refused(source, "the file is empty; export the workout again")
    root = root_element(content).decode("ascii", "replace")
    what = f"XML with the root '{clean_text(root, 40)}'" if root else "unknown data"
    raise _refused(source, f"neither a FIT workout nor a TCX workout but {what}; give another")


def _problem(workout: Workout) -> str:
    """Say what keeps a workout from being a plan; empty where nothing does."""
    wrong = next((text for step in workout.steps if (text := _wrong(step))), "")
    return wrong or _over_limit(workout.steps)


def _wrong(step: WorkoutStep) -> str:
    """Say what is wrong with one step; steps are counted from 1 as runners do."""
    number = step.index + 1
    if step.duration == "repeat" and step.repeats is None:
        return f"step {number} repeats until something other than a number of times"
    return _wrong_length(step, number) or _wrong_speed(step, number)


def _wrong_length(step: WorkoutStep, number: int) -> str:
    """Say what is wrong with the length of a step; empty where nothing is."""
    lengths = [x for x in (step.duration_s, step.distance_m) if x is not None]
    if not all(math.isfinite(x) for x in lengths):
        return f"the length of step {number} is not a number"
    if step.duration == "time" and not _is_length(step.duration_s):
        return f"step {number} lasts {step.duration_s:g} s, which is not a length"
    if step.duration == "distance" and not _is_length(step.distance_m):
        return f"step {number} is {step.distance_m:g} m long, which is not a length"
    return ""


def _wrong_speed(step: WorkoutStep, number: int) -> str:
    """Say what is wrong with the speeds of a step; empty where nothing is."""
    speeds = [v for v in (step.low_mps, step.high_mps) if v is not None]
    if all(0 < v <= MAX_SPEED_MPS for v in speeds):
        return ""
    shown = " to ".join(f"{v:g}" for v in speeds)
    return f"step {number} asks for {shown} m/s, which is not a speed"


def _is_length(value: float | None) -> bool:
    """Whether a step can last so many seconds or metres."""
    return value is not None and value > 0


def _over_limit(steps: tuple[WorkoutStep, ...]) -> str:
    """Follow the repeats in numbers alone and name the limit they are over, if they are."""
    lengths: list[WorkoutStep] = []
    starts: dict[int, int] = {}
    for step in steps:
        if step.duration != "repeat":
            starts[step.index] = len(lengths)
            more = [step]
            count = len(lengths) + 1
        else:
            first = starts.get(-1 if step.repeat_from is None else step.repeat_from)
            if first is None:
                return f"step {step.index + 1} repeats from a step that does not come before it"
            starts[step.index] = first
            rounds = max(0, (step.repeats or 1) - 1)
            count = len(lengths) + rounds * (len(lengths) - first)
            more = lengths[first:] * rounds if count <= MAX_BLOCKS else []
        if count > MAX_BLOCKS:
            return f"the workout unrolls to more than the limit of {MAX_BLOCKS} blocks"
        lengths += more
    return _too_long(lengths)


def _too_long(steps: list[WorkoutStep]) -> str:
    """Name the limit that steps are over one after the other, if they are."""
    duration_s = sum(s.duration_s or 0.0 for s in steps)
    distance_m = sum(s.distance_m or 0.0 for s in steps)
    if duration_s > MAX_DURATION_S:
        return f"the steps take {duration_s / 3600:.4g} h, over the limit of 24 h"
    if distance_m > MAX_DISTANCE_M:
        return f"the steps are {distance_m / 1000:.5g} km long, over the limit of 300 km"
    return ""
