"""What one race says of others: Riegel's law, always an estimate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.units import KM_M

if TYPE_CHECKING:
    import datetime as dt

EXPONENT = 1.06
"""Riegel (1981), "Athletic records and human endurance", American Scientist 69: runners."""

RACES_M = {"5k": 5000.0, "10k": 10_000.0, "half": 21_097.5, "marathon": 42_195.0}

THRESHOLD_S = 3600.0
"""Threshold pace is what can be raced for about an hour."""


@dataclass(frozen=True, slots=True)
class Result:
    """A race: metres, seconds, and the day, None if it is not said."""

    distance_m: float
    time_s: float
    day: dt.date | None = None

    @property
    def words(self) -> str:
        """The distance as runners call it: ``10 km``, ``half marathon``."""
        names = {21_097.5: "half marathon", 42_195.0: "marathon"}
        return names.get(self.distance_m, f"{self.distance_m / KM_M:g} km")


def race_pace(result: Result, distance_m: float) -> float:
    """
    Estimate the pace of another race: ``T2 = T1 (D2 / D1)^1.06``.

    Parameters
    ----------
    result : Result
        What was run.
    distance_m : float
        The other race.

    Returns
    -------
    float
        In s/km.
    """
    time_s = result.time_s * math.pow(distance_m / result.distance_m, EXPONENT)
    return time_s / distance_m * KM_M


def pace_for(result: Result, duration_s: float) -> float:
    """Estimate the pace in s/km that could be raced for a time: the law, solved for D."""
    distance_m = result.distance_m * math.pow(duration_s / result.time_s, 1 / EXPONENT)
    return duration_s / distance_m * KM_M


def estimates(result: Result) -> dict[str, float]:
    """Return the paces in s/km that a result gives by name: races, and ``threshold``."""
    paces = {name: race_pace(result, metres) for name, metres in RACES_M.items()}
    return {**paces, "threshold": pace_for(result, THRESHOLD_S)}
