"""The workout of a TCX file: its tree of steps and repeats laid out as a watch stores them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct, field

from analyzer.errors import DamagedFileError, EmptyActivityError
from analyzer.model.workout import Workout, WorkoutStep
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.other_files import AS_RUN
from analyzer.parsers.xml_values import number
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.workout import StepDuration, StepTarget
    from analyzer.parsers.guarded_xml import Place

ROOTS = ("TrainingCenterDatabase", "Workouts")

MAX_NOTES = 250
"""Longest notes [characters], as in FIT."""

AIMS: Mapping[str, StepTarget] = {
    "": "open",
    "None_t": "open",
    "HeartRate_t": "heart_rate",
    "Cadence_t": "cadence",
}
"""Type of a target: what the step aims at; a speed is looked at apart."""

INTENSITIES = {"Active": "active", "Resting": "rest"}


class _Step(Struct):
    """One ``Step`` or ``Child`` as it stands in the file: texts by element, types by element."""

    type: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    first: int = 0
    has_children: bool = False


class _Reader(Struct):
    """Collects workouts; a repeat is closed after its children, so it follows them."""

    source: str
    workouts: list[Workout] = field(default_factory=list)
    open: list[_Step] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    steps: list[WorkoutStep] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    has_activities: bool = False
    has_courses: bool = False

    def start(self, name: str, attributes: Mapping[str, str], at: Place) -> None:
        """Open a workout or a step, or note the type of what stands in a step."""
        self.path.append(name)
        kind = _type(attributes)
        if name == "Workout":
            self.steps, self.open = [], []
            self.about = {"Sport": attributes.get("Sport", "")}
        elif name in ("Step", "Child") and "Workout" in self.path:
            if self.open:
                self.open[-1].has_children = True
            self.open.append(_Step(kind, at.CurrentLineNumber, first=len(self.steps)))
        elif self.open:
            self.open[-1].types[name] = kind
        elif name == "Activity":
            self.has_activities = True
        elif name == "Course":
            self.has_courses = True

    def end(self, name: str, text: str, at: Place) -> None:
        """Take a value, or close what is open."""
        del at
        self.path.pop()
        parent = self.path[-1] if self.path else ""
        if self.open and name in ("Step", "Child"):
            self._close(self.open.pop())
        elif self.open:
            self.open[-1].texts[name] = text
        elif name == "Workout":
            self._finish()
        elif parent == "Workout":
            self.about[name] = text

    def _close(self, step: _Step) -> None:
        """Lay out a step, or the repeat behind the steps it repeats."""
        index = len(self.steps)
        if not (step.has_children or step.type == "Repeat_t" or "Repetitions" in step.texts):
            self.steps.append(_step(step, index))
            return
        times = number(step.texts.get("Repetitions"))
        if not times >= 1 or times != int(times):
            count = clean_text(step.texts.get("Repetitions", ""), 40)
            problem = f"a repeat needs a whole number of times, not '{count}'"
            raise DamagedFileError(self.source, problem, f"line {step.line}")
        if index == step.first:
            problem = "a repeat without steps"
            raise DamagedFileError(self.source, problem, f"line {step.line}")
        self.steps.append(
            WorkoutStep(index, "repeat", repeat_from=step.first, repeats=int(times), name="")
        )

    def _finish(self) -> None:
        """Close a workout."""
        sport = clean_text(self.about.get("Sport", "")).lower()
        name = clean_text(self.about.get("Name", ""))
        notes = clean_text(self.about.get("Notes", ""), MAX_NOTES)
        self.workouts.append(Workout(name, tuple(self.steps), sport or None, notes))


def read_tcx_workout(content: bytes, source: str) -> Workout:
    """
    Read the one workout of a TCX file.

    Parameters
    ----------
    content : bytes
        In any encoding.
    source : str
        Base name, for errors.

    Raises
    ------
    DamagedFileError
        If the file breaks off or a repeat cannot be followed.
    LimitError
        For nesting or text beyond the limits.
    EmptyActivityError
        If there is not exactly one workout, or it has no steps.
    """
    text, _ = decoded(content)
    reader = _Reader(source)
    damage = read_elements(text, ROOTS, reader, source)
    if damage is not None:
        problem = f"damaged, and half a plan is worse than none: {damage.problem}"
        raise DamagedFileError(source, problem, damage.where, "export it again")
    if len(reader.workouts) > 1:
        problem = f"{len(reader.workouts)} workouts in one file; export the one to run"
        raise EmptyActivityError(source, problem)
    if not reader.workouts:
        raise _without_workout(reader, source)
    if not reader.workouts[0].steps:
        raise EmptyActivityError(source, "a workout with a name but no steps is not a plan")
    return reader.workouts[0]


def _without_workout(reader: _Reader, source: str) -> EmptyActivityError:
    """Build the error for a file without a workout, named by what it is instead."""
    if reader.has_activities:
        return EmptyActivityError(source, f"a recording that carries no workout; {AS_RUN}")
    if reader.has_courses:
        return EmptyActivityError(source, "a course, not a plan")
    return EmptyActivityError(source, "a TCX file without a workout")


def _type(attributes: Mapping[str, str]) -> str:
    """Return the ``xsi:type`` of an element without prefix, whatever the prefixes are."""
    kind = next((v for n, v in attributes.items() if n.rpartition(":")[2] == "type"), "")
    return kind.rpartition(":")[2].strip()


def _step(step: _Step, index: int) -> WorkoutStep:
    """Read one step; what ends or aims it in another way than ours is open, or another target."""
    duration, duration_s, distance_m = _duration(step)
    target, low_mps, high_mps = _target(step)
    return WorkoutStep(
        index=index,
        duration=duration,
        duration_s=duration_s,
        distance_m=distance_m,
        target=target,
        low_mps=low_mps,
        high_mps=high_mps,
        name=clean_text(step.texts.get("Name", "")),
        notes=clean_text(step.texts.get("Notes", ""), MAX_NOTES),
        intensity=INTENSITIES.get(step.texts.get("Intensity", "")),
    )


def _duration(step: _Step) -> tuple[StepDuration, float | None, float | None]:
    """Return what ends a step, and its time [s] or distance [m]."""
    seconds, metres = (number(step.texts.get(name)) for name in ("Seconds", "Meters"))
    kind = step.types.get("Duration", "")
    if kind == "Time_t" or (not kind and math.isfinite(seconds)):
        return "time", seconds, None
    if kind == "Distance_t" or (not kind and math.isfinite(metres)):
        return "distance", None, metres
    return "open", None, None


def _target(step: _Step) -> tuple[StepTarget, float | None, float | None]:
    """Return what a step aims at, and the slow and fast end of a range of speeds [m/s]."""
    if step.types.get("SpeedZone") == "PredefinedSpeedZone_t":
        return "pace_zone", None, None
    kind = step.types.get("Target", "")
    speeds = [
        number(step.texts.get(name)) for name in ("LowInMetersPerSecond", "HighInMetersPerSecond")
    ]
    if kind == "Speed_t" and all(speed > 0 for speed in speeds):
        return "speed", min(speeds), max(speeds)
    return AIMS.get(kind, "other"), None, None
