"""What one race says of others: Riegel's law, always an estimate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.units import KM_M, clock_text

if TYPE_CHECKING:
    from analyzer.model.plan import Race

EXPONENT = 1.06
"""Riegel (1981), "Athletic records and human endurance", American Scientist 69: runners."""

RACES_M = {"5k": 5000.0, "10k": 10_000.0, "half": 21_097.5, "marathon": 42_195.0}

THRESHOLD_S = 3600.0
"""Threshold pace is what can be raced for about an hour."""


def race_words(race: Race) -> str:
    """Say a race as runners do: ``10 km in 38:20``, ``half marathon in 1:25:00``."""
    names = {21_097.5: "half marathon", 42_195.0: "marathon"}
    name = names.get(race.distance_m, f"{race.distance_m / KM_M:g} km")
    return f"{name} in {clock_text(race.time_s)}"


def race_pace(race: Race, distance_m: float) -> float:
    """
    Estimate the pace of another race: ``T2 = T1 (D2 / D1)^1.06``.

    Parameters
    ----------
    race : Race
        What was run.
    distance_m : float
        The other race.

    Returns
    -------
    float
        In s/km.
    """
    time_s = race.time_s * math.pow(distance_m / race.distance_m, EXPONENT)
    return time_s / distance_m * KM_M


def pace_for(race: Race, duration_s: float) -> float:
    """Estimate the pace in s/km that could be raced for a time: the law, solved for D."""
    distance_m = race.distance_m * math.pow(duration_s / race.time_s, 1 / EXPONENT)
    return duration_s / distance_m * KM_M


def estimates(race: Race) -> dict[str, float]:
    """Return the paces in s/km that a race gives by name: races, and ``threshold``."""
    paces = {name: race_pace(race, metres) for name, metres in RACES_M.items()}
    return {**paces, "threshold": pace_for(race, THRESHOLD_S)}
