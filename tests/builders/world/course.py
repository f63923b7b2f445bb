"""The course of a run: what a runner means to do, what happens on the way, what the watch loses."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.simulate import PlannedBlock
    from tests.builders.world.recording import Recording
    from tests.builders.world.runner import Heart

What = Literal[
    "walk break", "jog break", "stop", "collapse", "surge", "signal lost", "drive", "jump",
    "left out", "started late", "stopped early",
]  # fmt: skip
"""What may happen at one place of a run."""


@dataclass(frozen=True)
class Section:
    """
    A stretch run with one intention: a block of the plan, or something before or after it.

    ``seconds`` are on the timer, ``metres`` on the watch, whichever is set.
    """

    block: int | None
    speed_mps: float
    seconds: float | None = None
    metres: float | None = None


@dataclass(frozen=True)
class Episode:
    """
    Something done in a block, from ``at_s`` timer seconds into it.

    Parameters
    ----------
    what : str
        What happens.
    block : int
        Where it begins, counted from 1.
    at_s, seconds : float
        From when on, and how long; endless ones end with the plan.
    speed_mps : float
        Speed meanwhile; 0 is standing.
    response_s : float or None
        How long the change takes; None: as the runner's others do.
    is_paused : bool
        The watch stops its timer by itself.
    sinks_to_mps : float or None
        Where the speed has sunk to at the end of ten minutes.
    """

    what: What
    block: int
    at_s: float
    seconds: float = math.inf
    speed_mps: float = 0.0
    response_s: float | None = 3.0
    is_paused: bool = False
    sinks_to_mps: float | None = None


@dataclass(frozen=True)
class Damage:
    """What a watch loses from ``at_s`` seconds into a block (None: the recording) on."""

    what: What
    block: int | None
    at_s: float
    seconds: float
    spoil: Callable[[Recording, float, float], Recording]


@dataclass(frozen=True)
class Ground:
    """
    Hills and wind.

    Hills rise by ``hill_m`` and fall again every ``every_m``; wind costs ``out`` (ln v) to
    the turning point, half-way through the plan's time, and changes speed by ``back`` then.
    """

    hill_m: float = 1.5
    every_m: float = 2100.0
    is_felt: bool = False
    out: float = 0.0
    back: float = 0.0


@dataclass(frozen=True)
class Course:
    """
    A whole run as it will go.

    ``late_s`` is how long after the start the watch was started. ``scale`` and ``drift``
    add to the watch's own; ``notes`` are events that have no episode (a block left out).
    """

    sections: tuple[Section, ...]
    episodes: tuple[Episode, ...] = ()
    damage: Damage | None = None
    ground: Ground = field(default_factory=Ground)
    heart: Heart = "follows"
    late_s: float = 0.0
    scale: float = 0.0
    drift: float = 0.0
    is_indoors: bool = False
    left_out: tuple[int, ...] = ()
    notes: tuple[tuple[What, int | None], ...] = ()


def as_planned(plan: tuple[PlannedBlock, ...]) -> tuple[Section, ...]:
    """Return the plan as sections."""
    return tuple(
        Section(i, 1000.0 / block.pace, block.seconds, block.metres)
        for i, block in enumerate(plan, start=1)
    )
