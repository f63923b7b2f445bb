"""What a kind of run is drawn from: the plan, and a stream of random numbers of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tests.builders.simulate import PlannedBlock

RUNNER, WATCH, WANDER, ERROR, EVENT, SECOND_WATCH = range(1, 7)
"""Streams of one seed, so that what happens to a run leaves its runner and its watch alone."""


def stream(seed: int, number: int) -> np.random.Generator:
    """Return a stream of random numbers: the same for the same seed on any machine."""
    return np.random.Generator(np.random.PCG64([77, seed, number]))


@dataclass(frozen=True)
class Draw:
    """A plan, and the stream that says where in it something happens."""

    plan: tuple[PlannedBlock, ...]
    rng: np.random.Generator

    def between(self, low: float, high: float) -> float:
        """Draw a number, any as likely as another."""
        return float(self.rng.uniform(low, high))

    def is_heads(self) -> bool:
        """Toss a coin."""
        return bool(self.rng.random() < 0.5)

    def block(self, first: int, last: int | None = None) -> int:
        """Draw a block, counted from 1; ``last`` is the plan's last one unless it is said."""
        return int(self.rng.integers(first, (last or len(self.plan)) + 1))

    def into(self, block: int, seconds: float, margin_s: float = 55.0) -> float:
        """
        Draw how far into a block something of so many seconds begins [s].

        It begins and ends ``margin_s`` inside the block, or fills its middle.
        """
        room_s = self.plan[block - 1].duration_s - seconds - 2 * margin_s
        return margin_s + max(room_s, 0.0) * float(self.rng.random())

    def speed_mps(self, block: int) -> float:
        """Return the planned speed of a block."""
        return 1000.0 / self.plan[block - 1].pace
