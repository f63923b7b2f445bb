"""Workout messages to a Workout: steps as the watch stores them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyzer.model.workout import Workout, WorkoutStep
from analyzer.safe_text import MAX_NAME, clean_text

if TYPE_CHECKING:
    from analyzer.model.workout import StepDuration, StepTarget
    from analyzer.parsers.fit.part import Message, Part

WORKOUT, STEP = 26, 27
"""Global message numbers."""

INDEX = 254
"""Field number of a step's index."""

BY_START: tuple[StepTarget, ...] = ("heart_rate", "power", "cadence")
"""Targets, by how the FIT profile's words for them begin: ``power_3s``, ``heart_rate_lap``."""

MAX_NOTES = 250
"""Longest notes [characters]; a FIT string has at most 255 bytes."""


def read_workout(part: Part) -> Workout | None:
    """
    Read the structured workout of a FIT file.

    Steps go by their index. Where no step has one they are numbered in the
    order of the file; where only some have, the others are left out, as nothing
    says where they belong. How many steps the workout says it has counts for
    nothing: it is often wrong.

    Parameters
    ----------
    part : Part
        The decoded messages.

    Returns
    -------
    Workout or None
        None where there are no steps: a name alone is not a plan.
    """
    messages = part.of(STEP)
    indexes = [_whole(m.fields.get(INDEX)) for m in messages]
    if all(index is None for index in indexes):
        indexes = list(range(len(messages)))
    steps = sorted(
        (_step(m, i) for m, i in zip(messages, indexes, strict=True) if i is not None),
        key=lambda s: s.index,
    )
    if not steps:
        return None
    about = part.of(WORKOUT)
    names = about[-1].names if about else {}
    name, sport = names.get("wkt_name"), names.get("sport")
    return Workout(
        name=clean_text(name) if isinstance(name, str) else "",
        steps=tuple(steps),
        sport=str(sport) if sport is not None else None,
        notes=_text(names.get("wkt_description"), MAX_NOTES),
    )


def _step(message: Message, index: int) -> WorkoutStep:
    """Read one step; a repeat until anything but a count has no ``repeats``."""
    names = message.names
    duration = _duration(names)
    target, low_mps, high_mps = _target(names)
    intensity = names.get("intensity")
    return WorkoutStep(
        index=index,
        duration=duration,
        duration_s=_number(names.get("duration_time")) if duration == "time" else None,
        distance_m=_number(names.get("duration_distance")) if duration == "distance" else None,
        repeat_from=_whole(names.get("duration_step")) if duration == "repeat" else None,
        repeats=_whole(names.get("repeat_steps")) if duration == "repeat" else None,
        target=target,
        low_mps=low_mps,
        high_mps=high_mps,
        name=_text(names.get("wkt_step_name")),
        notes=_text(names.get("notes"), MAX_NOTES),
        intensity=str(intensity) if intensity is not None else None,
    )


def _duration(names: dict[str, Any]) -> StepDuration:
    """Return what ends a step; one without its time or distance is open."""
    kind = str(names.get("duration_type", "open"))
    if kind == "time" and _number(names.get("duration_time")) is not None:
        return "time"
    if kind == "distance" and _number(names.get("duration_distance")) is not None:
        return "distance"
    return "repeat" if kind.startswith("repeat_until") else "open"


def _target(names: dict[str, Any]) -> tuple[StepTarget, float | None, float | None]:
    """Return what a step aims at, and the slow and fast end of a range of speeds [m/s]."""
    kind = names.get("target_type")
    low = _number(names.get("custom_target_speed_low"))
    high = _number(names.get("custom_target_speed_high"))
    if kind == "speed" and low and high:
        return "speed", min(low, high), max(low, high)
    if kind in (None, "open"):
        return "open", None, None
    if kind == "speed" and _number(names.get("target_speed_zone")):
        return "pace_zone", None, None
    word = str(kind)
    aim = next((aim for aim in BY_START if word.startswith(aim)), None)
    return aim or "other", None, None


def _number(value: Any) -> float | None:  # noqa: ANN401 - decoded values have any type
    """Return a number, or None for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None


def _whole(value: Any) -> int | None:  # noqa: ANN401 - decoded values have any type
    """Return a whole number, or None for anything else."""
    return value if isinstance(value, int) else None


def _text(value: Any, most: int = MAX_NAME) -> str:  # noqa: ANN401 - decoded values have any type
    """Return cleaned text; empty for anything else."""
    return clean_text(value, most) if isinstance(value, str) else ""
