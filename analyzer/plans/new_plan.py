"""A new progression plan by the rules of the session, as text with a word at each line."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.model.plan import Race
from analyzer.plans.quantities import (
    FASTEST_S_PER_KM,
    SLOWEST_S_PER_KM,
    UnreadableError,
    distance_m,
    duration_s,
    pace_s_per_km,
)
from analyzer.plans.riegel import THRESHOLD_S, pace_for, race_words
from analyzer.units import KM_M, UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.units import Unit

EASY_MIN = (10, 20)
BLOCK_MIN = (5, 20)
BLOCKS = (3, 6)
"""The session: 10 to 20 min easy, then 3 to 6 blocks of 5 to 20 min."""

LEAST_MIN, MOST_MIN = 25, 140
"""Sessions that these make."""

USUAL_EASY_MIN, USUAL_BLOCK_MIN = 15, 10

STEPS_S: dict[Unit, float] = {"km": 10.0, "mi": 15.0}
"""A step a watch can see and legs can feel."""

EASY_SLOWER = (1.20, 1.35)
"""Easy running, as slow against the one-hour pace: a range coaches use, not a law [ratio]."""

ENDS = ("threshold", "half", "10k", "marathon")
"""The athlete's pace that a progression ends at, the first that is known."""

MODELINE = "# yaml-language-server: $schema=plan.schema.json"

UP = (
    "it must feel too easy",
    "a step up, no more",
    "stay patient",
    "as it comes",
    "strong, not forced",
)


@dataclass(frozen=True, slots=True)
class Goal:
    """
    What the last block is run at.

    ``pace`` in s/km; ``words`` say where it comes from; ``race`` where it is a race.
    """

    pace: float
    words: str
    race: Race | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Minutes of the easy part and of a block, and how many blocks there are."""

    easy_min: float
    block_min: float
    blocks: int


def read_race(text: str) -> Race:
    """
    Read ``marathon 2:59:59`` or ``10km 38:20``.

    Raises
    ------
    UnreadableError
        With what to write instead.
    """
    match = re.fullmatch(r"\s*(.+?)\s+(?:in\s+)?(\d[\d:]*|\d.*?(?:min|h\d*|s))\s*", text)
    example = "write a distance and a time: 'marathon 2:59:59' or '10km 38:20'"
    if match is None:
        msg = f"'{text}' is no race; {example}"
        raise UnreadableError(msg)
    short = re.fullmatch(r"(\d+(?:\.\d+)?)\s*k", match[1], re.IGNORECASE | re.ASCII)
    metres = distance_m(f"{short[1]}km" if short else match[1])
    seconds = duration_s(match[2])
    if metres is None or seconds is None:
        msg = f"'{text}' is no race; {example}"
        raise UnreadableError(msg)
    pace = seconds / metres * KM_M
    if not FASTEST_S_PER_KM <= pace <= SLOWEST_S_PER_KM:
        msg = f"'{text}' would be {pace_text(pace)}/km; check the digits"
        raise UnreadableError(msg)
    return Race(metres, seconds)


def read_goal(text: str, units: Unit) -> Goal:
    """Read a goal: a race with its time, or a pace; UnreadableError says what to write."""
    pace = pace_s_per_km(text, units)
    if pace is not None:
        return Goal(pace, "goal pace")
    race = read_race(text)
    return Goal(race.time_s / race.distance_m * KM_M, f"{race_words(race)}", race)


def goal_of_race(race: Race) -> Goal:
    """Return what a recent race says: its one-hour pace, an estimate."""
    words = f"one-hour pace by {race_words(race)}, estimated"
    return Goal(round_half_up(pace_for(race, THRESHOLD_S)), words, race)


def session_shape(minutes: float) -> Shape:
    """
    Divide a session: the easy part near 15 min, the blocks near 10.

    Raises
    ------
    UnreadableError
        For minutes that no such session fills.
    """
    if not LEAST_MIN <= minutes <= MOST_MIN:
        msg = f"a progression run takes {LEAST_MIN} to {MOST_MIN} min, not {minutes:g}"
        raise UnreadableError(msg)
    shapes = (
        Shape(minutes - count * block, block, count)
        for count in range(BLOCKS[0], BLOCKS[1] + 1)
        for block in range(BLOCK_MIN[0], BLOCK_MIN[1] + 1)
        if EASY_MIN[0] <= minutes - count * block <= EASY_MIN[1]
    )
    return min(shapes, key=_oddness)


def _oddness(shape: Shape) -> float:
    """Return how far a session is from the usual one; odd minutes count too."""
    odd = 3 * (shape.block_min % 5 != 0) + (shape.easy_min % 5 != 0)
    from_usual = abs(shape.block_min - USUAL_BLOCK_MIN)
    return odd + from_usual + abs(shape.easy_min - USUAL_EASY_MIN) / 2


def new_plan(goal: Goal, shape: Shape, units: Unit = "km", step_s: float | None = None) -> str:
    """
    Write a plan that ends at a goal's pace, in equal steps.

    Parameters
    ----------
    goal : Goal
        What the last block is run at; a fraction of a second is run faster, never slower.
    shape : Shape
        From `session_shape`.
    units : {'km', 'mi'}
        Of the paces.
    step_s : float, optional
        Between blocks, in seconds per km or mile; left out: 10 or 15.

    Returns
    -------
    str
        YAML with a comment at each line.

    Raises
    ------
    UnreadableError
        If a pace would be one that nobody runs.
    """
    step = STEPS_S[units] if step_s is None else step_s
    last = math.floor(goal.pace * UNIT_M[units] / KM_M + 1e-9)
    paces = [last + step * i for i in reversed(range(shape.blocks))]
    per_km = [p * KM_M / UNIT_M[units] for p in (paces[0], paces[-1])]
    if not FASTEST_S_PER_KM <= per_km[1] <= per_km[0] <= SLOWEST_S_PER_KM:
        msg = f"paces from {_clock(paces[0])} to {_clock(paces[-1])} /{units} are not run"
        raise UnreadableError(msg)
    race = goal.race or Race(KM_M * THRESHOLD_S / goal.pace, THRESHOLD_S)
    hour = pace_for(race, THRESHOLD_S) * UNIT_M[units] / KM_M
    easy = "-".join(_clock(5 * round(hour * r / 5)) for r in EASY_SLOWER)
    rows = [
        (f"{shape.easy_min:g}min easy @ {easy} /{units}", "an estimate: put your own easy pace"),
        *(
            (f"{shape.block_min:g}min @ {_clock(pace)} /{units}", word)
            for pace, word in zip(paces, _words(shape.blocks, goal.words), strict=True)
        ),
    ]
    return _file(f"Progression to {_clock(last)} /{units}", units, "", rows)


def new_squad_plan(athlete: str, names: Iterable[str], shape: Shape, units: Unit = "km") -> str:
    """
    Write a plan in an athlete's own paces, which serves every athlete who has them.

    Parameters
    ----------
    athlete : str
        As ``athletes.yaml`` calls the runner.
    names : iterable of str
        Paces the athlete has.
    shape : Shape
        From `session_shape`.
    units : {'km', 'mi'}
        Of the steps.

    Raises
    ------
    UnreadableError
        If the athlete has no pace a progression could end at.
    """
    known = set(names)
    end = next((name for name in ENDS if name in known), None)
    if end is None:
        msg = f"'{athlete}' has no pace to end at; give one of {', '.join(ENDS)}, or a --goal"
        raise UnreadableError(msg)
    step = STEPS_S[units]
    offs = [step * i for i in reversed(range(shape.blocks))]
    paces = [f"{end} + {off:g}s" if off else end for off in offs]
    easy = "relaxed" if "easy" in known else "relaxed; not scored, no pace is named 'easy'"
    rows = [
        (f"{shape.easy_min:g}min easy", easy),
        *(
            (f"{shape.block_min:g}min @ {pace}", word)
            for pace, word in zip(paces, _words(shape.blocks, "close strongly"), strict=True)
        ),
    ]
    return _file(f"Progression to {end}", units, athlete, rows)


def _words(count: int, last: str) -> list[str]:
    """Return a word for each block, the last one's own at the end."""
    return [*UP[: count - 1], last]


def _file(name: str, units: Unit, athlete: str, rows: list[tuple[str, str]]) -> str:
    """Lay a plan out with its comments below one another."""
    top = [
        ("version: 1", ""),
        (f'name: "{name}"', "on top of every report"),
        (f"units: {units}", f"a pace without a unit is per {units}"),
        *([(f"athlete: {athlete}", "whose paces, from athletes.yaml")] if athlete else []),
        ("blocks:", "one after the other, no stopping"),
    ]
    lines = top + [(f"  - {text}", word) for text, word in rows]
    width = max(len(text) for text, _ in lines) + 2
    body = [f"{text:<{width}}# {word}" if word else text for text, word in lines]
    about = "# 'progcheck plan schema > plan.schema.json' lets an editor check it while you type"
    return "\n".join([MODELINE, about, *body, ""])


def _clock(seconds: float) -> str:
    """Write a pace in whole seconds of its unit."""
    return clock_text(seconds)
