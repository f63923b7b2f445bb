"""What really happened in a run: its events, and how each block was really run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tests.builders.simulate import PlannedBlock
    from tests.builders.world.course import What


@dataclass(frozen=True)
class Event:
    """
    Something that happened: what, in which block, and when [elapsed s].

    ``at_s`` is None where it has no moment of its own, ``block`` where it lies in none.
    """

    what: What
    block: int | None
    at_s: float | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Window:
    """
    How a stretch of the run compares with a block's pace, the seconds of events left out.

    ``deviation_pct`` is of true speed, positive when faster; ``opening_pct`` the first
    quarter (90 to 180 s) less the rest, ``fade_pct`` the first third less the last. NaN
    where less than a minute of it was run.
    """

    start_s: float
    end_s: float
    deviation_pct: float
    opening_pct: float
    fade_pct: float


@dataclass(frozen=True)
class BlockTruth:
    """
    One block: where the runner ran it, and what was run while the plan's clock had it.

    Both windows are on the elapsed clock of the recording; ``executed`` is None for a
    block that was not run, ``clock`` for one that the recording did not see.
    """

    index: int
    executed: Window | None
    clock: Window | None


@dataclass(frozen=True)
class Truth:
    """
    Everything true of one run.

    ``plan_ends_s`` is where the plan's clock ends [timer s], beyond the recording if that
    is shorter; ``left_out`` are blocks that were not run at all.
    """

    kind: str
    events: tuple[Event, ...]
    blocks: tuple[BlockTruth, ...]
    plan_ends_s: float
    left_out: tuple[int, ...] = ()

    def block(self, index: int) -> BlockTruth:
        """Return a block by its number, from 1."""
        return self.blocks[index - 1]


def _mean_pct(speed: np.ndarray, usable: np.ndarray, target_mps: float) -> float:
    """Deviation of the mean of the usable seconds [%]; NaN below 20 of them."""
    if usable.sum() < 20:
        return float("nan")
    return float(100 * np.log(speed[usable].mean() / target_mps))


def window(
    speed_mps: np.ndarray,
    usable: np.ndarray,
    span: tuple[float, float],
    planned: PlannedBlock,
) -> Window | None:
    """Look at a stretch [elapsed s] of true speeds; None if nothing of it was run."""
    first, last = max(0, round(span[0])), min(speed_mps.size, round(span[1]))
    if last - first < 60:
        return None
    target = 1000.0 / planned.pace
    speed, mine = speed_mps[first:last], usable[first:last]
    size, quarter = last - first, int(np.clip(planned.duration_s / 4, 90, 180))
    at = np.arange(size)
    start, rest = mine & (at < quarter), mine & (at >= quarter)
    first_third, last_third = mine & (at < size // 3), mine & (at >= size - size // 3)
    return Window(
        float(first),
        float(last),
        _mean_pct(speed, mine, target),
        _mean_pct(speed, start, target) - _mean_pct(speed, rest, target),
        _mean_pct(speed, first_third, target) - _mean_pct(speed, last_third, target),
    )
