"""A Zwift workout for a run: its steps in shares of the runner's own paces."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct, field

from analyzer.errors import DamagedFileError, EmptyActivityError, LimitError
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.xml_values import number
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.parsers.guarded_xml import Place

MAX_STEPS = 1000
"""Most steps, intervals unrolled, as in any plan."""

MAX_NOTES = 250
"""Longest description [characters], as in other workouts."""

REFERENCES = ("mile", "5k", "10k", "half", "marathon")
"""What a step's ``pace`` counts in: the runner's best over these; none is the threshold."""


class ZwiftStep(Struct, frozen=True):
    """
    One step.

    Parameters
    ----------
    kind : str
        As the element is called; ``OnPower`` and ``OffPower`` for the halves of an interval.
    length : float
        In seconds, or in metres where the workout goes by distance.
    first, last : float
        Share of the reference's speed at the start and at the end; NaN is free.
    reference : str
        Whose speed that is: a race, or ``threshold``.
    """

    kind: str
    length: float
    first: float
    last: float
    reference: str


class ZwiftWorkout(Struct, frozen=True):
    """Name, description and steps of a workout; the author is nobody's business."""

    name: str
    notes: str
    is_by_distance: bool
    steps: tuple[ZwiftStep, ...]


class _Reader(Struct):
    """Collects steps in their order; what stands beside them by its element's name."""

    source: str
    steps: list[ZwiftStep] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    line: int = 0

    def start(self, name: str, attributes: Mapping[str, str], at: Place) -> None:
        """Take a step, which says all in its attributes."""
        if self.path == ["workout_file", "workout"]:
            self.line = at.CurrentLineNumber
            self._step(name, attributes)
            if len(self.steps) > MAX_STEPS:
                problem = f"the workout has more than the limit of {MAX_STEPS} steps"
                raise LimitError(self.source, problem, f"line {self.line}")
        self.path.append(name)

    def end(self, name: str, text: str, at: Place) -> None:
        """Take what is said about the workout."""
        del at
        self.path.pop()
        if self.path == ["workout_file"]:
            self.about[name] = text

    def _step(self, name: str, given: Mapping[str, str]) -> None:
        """Read one element as a step, or as the steps it repeats; texts are none."""
        chosen = given.get("pace", "").strip()
        is_race = chosen.isascii() and chosen.isdigit() and int(chosen) < len(REFERENCES)
        reference = REFERENCES[int(chosen)] if is_race else "threshold"
        if name == "IntervalsT":
            pair = [
                ZwiftStep(half, self._length(length, given), *_shares(half, given), reference)
                for length, half in (("OnDuration", "OnPower"), ("OffDuration", "OffPower"))
            ]
            self.steps += pair * self._times(given)
        elif name in KINDS:
            first, last = _shares("Power", given)
            if name in RISES and (first < last) != RISES[name]:
                first, last = last, first
            length = self._length("Duration", given)
            self.steps.append(ZwiftStep(name, length, first, last, reference))

    def _times(self, given: Mapping[str, str]) -> int:
        """Return how often an interval is run."""
        key = "Repeat"
        times = number(given.get(key))
        if not 1 <= times <= MAX_STEPS or times != int(times):
            raise self._wrong(key, given)
        return int(times)

    def _length(self, key: str, given: Mapping[str, str]) -> float:
        """Return a length, or refuse the workout: a plan with a step left out is another plan."""
        length = number(given.get(key))
        if not length > 0:
            raise self._wrong(key, given)
        return length

    def _wrong(self, key: str, given: Mapping[str, str]) -> DamagedFileError:
        """Build the error for an attribute that is not what it must be."""
        said = clean_text(given.get(key, ""), 40)
        problem = f"{key} is '{said}', which is not a number that works here"
        return DamagedFileError(self.source, problem, f"line {self.line}")


KINDS = frozenset({
    "SteadyState", "SolidState", "Warmup", "Cooldown", "Ramp", "FreeRide", "Freeride", "FreeRun",
    "MaxEffort",
})  # fmt: skip
"""Elements that are one step."""

RISES = {"Warmup": True, "Cooldown": False}
"""Which way these go, in whichever order the two ends are written."""


def _shares(key: str, given: Mapping[str, str]) -> tuple[float, float]:
    """Return the shares at the start and the end: one for both, or two; NaN where none is said."""
    one = number(given.get(key))
    low, high = (number(given.get(f"{key}{end}")) for end in ("Low", "High"))
    if one > 0:
        return one, one
    return (low, high) if low > 0 and high > 0 else (math.nan, math.nan)


def read_zwo(content: bytes, source: str) -> ZwiftWorkout:
    """
    Read a Zwift workout for a run.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for errors.

    Raises
    ------
    DamagedFileError
        If the file breaks off, or a step says no length.
    LimitError
        For more than 1,000 steps, nesting or text beyond the limits.
    EmptyActivityError
        If it is for a ride, or has no steps.
    """
    text, _ = decoded(content)
    reader = _Reader(source)
    damage = read_elements(text, ("workout_file",), reader, source)
    if damage is not None:
        problem = f"damaged, and half a plan is worse than none: {damage.problem}"
        raise DamagedFileError(source, problem, damage.where, "save it again")
    sport = clean_text(reader.about.get("sportType", ""), 20).lower()
    if sport != "run":
        problem = f"a Zwift workout for '{sport or 'bike'}', not for a run"
        raise EmptyActivityError(source, problem, "", "it needs <sportType>run</sportType>")
    if not reader.steps:
        raise EmptyActivityError(source, "a Zwift workout without steps is not a plan")
    return ZwiftWorkout(
        name=clean_text(reader.about.get("name", "")),
        notes=clean_text(reader.about.get("description", ""), MAX_NOTES),
        is_by_distance=reader.about.get("durationType", "").lower() == "distance",
        steps=tuple(reader.steps),
    )
