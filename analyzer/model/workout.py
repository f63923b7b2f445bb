"""A structured workout as a watch stores it: steps, some of which say "repeat from there"."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

StepDuration = Literal["time", "distance", "open", "repeat"]
StepTarget = Literal["speed", "open", "heart_rate", "power", "cadence", "pace_zone", "other"]


class WorkoutStep(Struct, frozen=True):
    """
    One step as stored, repeats not yet unrolled.

    Parameters
    ----------
    index : int
        ``message_index``; laps point at it.
    duration : {'time', 'distance', 'open', 'repeat'}
        What ends the step. ``open``: the lap button, or anything we do not judge.
    duration_s, distance_m : float or None
        Length of a time or distance step.
    repeat_from, repeats : int or None
        Of a repeat step: index of the first step to repeat, and how often in all.
    target : str
        What the step aims at; all but ``speed`` is run, but not scored for pace. ``pace_zone``:
        a zone of the watch, whose paces the file does not hold.
    low_mps, high_mps : float or None
        Speed range of a speed target.
    name, notes : str
        The coach's words, cleaned; may be empty.
    intensity : str or None
        As stored; proves nothing by itself.
    """

    index: int
    duration: StepDuration
    duration_s: float | None = None
    distance_m: float | None = None
    repeat_from: int | None = None
    repeats: int | None = None
    target: StepTarget = "open"
    low_mps: float | None = None
    high_mps: float | None = None
    name: str = ""
    notes: str = ""
    intensity: str | None = None


class Workout(Struct, frozen=True):
    """
    A named list of steps.

    ``sport`` as the file says, None where it is silent; ``notes`` are the coach's words for
    the whole of it.
    """

    name: str
    steps: tuple[WorkoutStep, ...]
    sport: str | None = None
    notes: str = ""
