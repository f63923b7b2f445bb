"""A new progression plan by the rules of the session, as text with a word at each line."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.plan import Race
from analyzer.plans.advice import SMALL_STEP_PCT
from analyzer.plans.quantities import (
    FASTEST_S_PER_KM,
    LONGEST,
    SLOWEST_S_PER_KM,
    UnreadableError,
    distance_m,
    duration_s,
    pace_s_per_km,
)
from analyzer.plans.riegel import THRESHOLD_S, pace_for, race_words
from analyzer.plans.words import quoted
from analyzer.units import KM_M, UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.plans.paces import Pace
    from analyzer.units import Unit

EASY_MIN = (10, 20)
BLOCK_MIN = (5, 20)
BLOCKS = (3, 6)
"""The session: 10 to 20 min easy, then 3 to 6 blocks of 5 to 20 min."""

LEAST_MIN, MOST_MIN = 25, 140
"""Sessions that these make."""

USUAL_EASY_MIN, USUAL_BLOCK_MIN = 15, 10

STEPS_S: dict[Unit, int] = {"km": 10, "mi": 15}
"""A step a watch can see and legs can feel; more where these are too small a share."""

EASY_SLOWER = (1.20, 1.35)
"""Easy running, as slow against the one-hour pace: a range coaches use, not a law [ratio]."""

ENDS = ("threshold", "half", "10k", "marathon")
"""Names of the pace that a progression ends at: the first that the athlete has."""

MODELINE = "# yaml-language-server: $schema=plan.schema.json"

UP = (
    "it must feel too easy",
    "a step up, no more",
    "stay patient",
    "as it comes",
    "strong, not forced",
)


class Goal(Struct, frozen=True):
    """
    What the last block is run at.

    ``pace`` in s/km; ``words`` say where it comes from; ``race`` where it is a race.
    """

    pace: float
    words: str
    race: Race | None = None


class Runner(Struct, frozen=True):
    """Whom a plan is for, as ``athletes.yaml`` calls them, and the paces they have by name."""

    name: str
    paces: Mapping[str, Pace]

    def pace(self, name: str, units: Unit) -> float | None:
        """Return one of the paces in seconds per km or mile; of a range its middle."""
        target = self.paces[name].target if name in self.paces else None
        return None if target is None else UNIT_M[units] / target.speed_mps


class Shape(Struct, frozen=True):
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
    text = text.strip()[:LONGEST]
    match = re.fullmatch(r"\s*(.+?)\s+(?:in\s+)?(\d[\d:]*|\d.*?(?:min|h\d*|s))\s*", text)
    example = "write a distance and a time: 'marathon 2:59:59' or '10km 38:20'"
    if match is None:
        msg = f"'{text}' is not a race; {example}"
        raise UnreadableError(msg)
    short = re.fullmatch(r"(\d+(?:\.\d+)?)\s*k", match[1], re.IGNORECASE | re.ASCII)
    metres = distance_m(f"{short[1]}km" if short else match[1])
    seconds = duration_s(match[2])
    if metres is None or seconds is None:
        msg = f"'{text}' is not a race; {example}"
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
    words = f"one-hour pace, estimated from {race_words(race)}"
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


def new_plan(
    goal: Goal,
    shape: Shape,
    units: Unit = "km",
    step: int | None = None,
    runner: Runner | None = None,
) -> str:
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
    step : int, optional
        Between blocks, in seconds per km or mile; left out: what a watch can see.
    runner : Runner, optional
        Whose plan it is; their own easy pace is taken if it is slower than the first block.

    Returns
    -------
    str
        YAML with a comment at each line; easy running is slower than every block.

    Raises
    ------
    UnreadableError
        If a pace would be one that nobody runs.
    """
    last = math.floor(goal.pace * UNIT_M[units] / KM_M + 1e-9)
    off = step or _usual_step(last, shape, units)
    paces = [last + off * i for i in reversed(range(shape.blocks))]
    own = runner.pace("easy", units) if runner else None
    race = goal.race or Race(KM_M * THRESHOLD_S / goal.pace, THRESHOLD_S)
    easy = _easy_range(pace_for(race, THRESHOLD_S), paces[0] + off, units)
    if own is not None and own > paces[0]:
        easy = (own, own)
        first = (f"{shape.easy_min:g}min easy", "your own easy pace, from athletes.yaml")
    else:
        text = "-".join(map(clock_text, easy))
        words = "an estimate: put your own easy pace"
        first = (f"{shape.easy_min:g}min easy @ {text} /{units}", words)
    per_km = [p * KM_M / UNIT_M[units] for p in (last, easy[1])]
    if not FASTEST_S_PER_KM <= per_km[0] <= per_km[1] <= SLOWEST_S_PER_KM:
        msg = (
            f"easy running at {clock_text(easy[1])} and blocks from {clock_text(paces[0])} to "
            f"{clock_text(last)} /{units} are outside what can be run; check the digits of the goal"
        )
        raise UnreadableError(msg)
    rows = [
        first,
        *(
            (f"{shape.block_min:g}min @ {clock_text(pace)} /{units}", word)
            for pace, word in zip(paces, _words(shape.blocks, goal.words), strict=True)
        ),
    ]
    name = runner.name if runner else ""
    return _file(f"Progression to {clock_text(last)} /{units}", units, name, rows)


def new_squad_plan(
    runner: Runner, shape: Shape, units: Unit = "km", step: int | None = None
) -> str:
    """
    Write a plan in a runner's own paces, which serves every athlete who has them.

    Parameters
    ----------
    runner : Runner
        With the paces that ``athletes.yaml`` gives.
    shape : Shape
        From `session_shape`.
    units : {'km', 'mi'}
        Of the steps.
    step : int, optional
        Between blocks, in seconds per km or mile; left out: what a watch can see.

    Raises
    ------
    UnreadableError
        If the runner has no pace a progression could end at, or an easy pace that is not
        slower than the first block.
    """
    ends = [(name, pace) for name in ENDS if (pace := runner.pace(name, units)) is not None]
    if not ends:
        msg = (
            f"'{runner.name}' has no pace for the last block; give one of {', '.join(ENDS)}, "
            "or a --goal"
        )
        raise UnreadableError(msg)
    end, last = ends[0]
    off = step or _usual_step(last, shape, units)
    offs = [off * i for i in reversed(range(shape.blocks))]
    own = runner.pace("easy", units)
    if own is not None and own <= last + offs[0]:
        msg = (
            f"the first block would be at {clock_text(last + offs[0])} /{units}, and the easy pace "
            f"of '{runner.name}' is {clock_text(own)}; take fewer --minutes or a smaller --step"
        )
        raise UnreadableError(msg)
    paces = [f"{end} + {each}s" if each else end for each in offs]
    easy = "relaxed" if own is not None else "relaxed; not scored, no pace is named 'easy'"
    rows = [
        (f"{shape.easy_min:g}min easy", easy),
        *(
            (f"{shape.block_min:g}min @ {pace}", word)
            for pace, word in zip(paces, _words(shape.blocks, "close strongly"), strict=True)
        ),
    ]
    return _file(f"Progression to {end}", units, runner.name, rows)


def _usual_step(last: float, shape: Shape, units: Unit) -> int:
    """Return the step in whole 5 s that a watch can see between all blocks, 10 or 15 at least."""
    step = STEPS_S[units]
    while 100 * math.log1p(step / (last + step * (shape.blocks - 2))) < SMALL_STEP_PCT:
        step += 5
    return step


def _easy_range(hour: float, least: float, units: Unit) -> tuple[float, float]:
    """Return easy paces in whole 5 s: by the one-hour pace, and slower than the first block."""
    per_unit = UNIT_M[units] / KM_M
    fast, slow = (5 * round(hour * per_unit * ratio / 5) for ratio in EASY_SLOWER)
    if fast < least:
        fast = 5 * math.ceil(least / 5)
        slow = max(slow, 5 * round(fast * EASY_SLOWER[1] / EASY_SLOWER[0] / 5))
    slowest = 5 * math.floor(SLOWEST_S_PER_KM * per_unit / 5)
    return fast, max(fast, min(slow, slowest))


def _words(count: int, last: str) -> list[str]:
    """Return a word for each block, the last one's own at the end."""
    return [*UP[: count - 1], last]


def _file(name: str, units: Unit, athlete: str, rows: list[tuple[str, str]]) -> str:
    """Lay a plan out with its comments below one another."""
    top = [
        ("version: 1", ""),
        (f'name: "{name}"', "on top of every report"),
        (f"units: {units}", f"a pace without a unit is per {units}"),
        *([(f"athlete: {quoted(athlete)}", "whose paces, from athletes.yaml")] if athlete else []),
        ("blocks:", "one after the other, no stopping"),
    ]
    lines = top + [(f"  - {text}", word) for text, word in rows]
    width = max(len(text) for text, _ in lines) + 2
    body = [f"{text:<{width}}# {word}" if word else text for text, word in lines]
    about = "# 'progcheck plan schema > plan.schema.json' lets an editor check it while you type"
    return "\n".join([MODELINE, about, *body, ""])
