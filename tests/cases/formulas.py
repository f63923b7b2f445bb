"""
Public formulas of others, as their source or documents give them, on planned blocks of one run.

Each takes the blocks that are to be scored: planned pace, and speed second by second
as the watch shows it (standing is 0). None knows errors, order or direction beyond what
stands here; that is the point of the table they are in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Run:
    """One block as planned [s/km] and as shown [m/s], a value a second."""

    planned: float
    shown_mps: np.ndarray

    @property
    def pace(self) -> float:
        """Time by distance [s/km]."""
        return 1000 * self.shown_mps.size / float(self.shown_mps.sum())


def laps_hit(blocks: list[Run]) -> float:
    """
    Count blocks: hit 100, too fast or up to 5 % slower than the range 50, else 0.

    A public coaching script in Python; its range is 2 % here.
    """

    def points(block: Run) -> float:
        share = block.pace / block.planned
        if abs(share - 1) <= 0.02:
            return 100.0
        return 50.0 if share < 1 or share <= 1.02 * 1.05 else 0.0

    return float(np.mean([points(b) for b in blocks]))


def fitops(blocks: list[Run]) -> float:
    """
    ``0.6 time in range + 0.4 (1 - |mean of paces - middle| / half range)``, range 5 s/km.

    FitOps-CLI 0.1.1; speeds up to 0.1 m/s are left out, weighted by time.
    """

    def points(block: Run) -> float:
        paces = 1000 / block.shown_mps[block.shown_mps > 0.1]
        inside = float(np.mean(np.abs(paces - block.planned) <= 5))
        return 0.6 * inside + 0.4 * (1 - min(abs(float(paces.mean()) - block.planned) / 5, 1.0))

    weights = [b.shown_mps.size for b in blocks]
    return 100 * float(np.average([points(b) for b in blocks], weights=weights))


def efforts(blocks: list[Run]) -> float:
    """
    ``100 - sum of (|deviation| - 7 %)``, 5 more if under 95 % of the speed, 3 if over 110 %.

    An open analyser on the web, its "tempo" steps.
    """
    total = 100.0
    for block in blocks:
        share = 100 * block.planned / block.pace
        beyond = max(0.0, abs(share - 100) - 7)
        total -= beyond + (5 if beyond and share < 95 else 3 if beyond and share > 110 else 0)
    return max(0.0, total)


def coros_rule(blocks: list[Run]) -> float:
    """Mean of the share done (all of it here) and of time in range, 2 %, as COROS describes it."""
    planned = sum(b.shown_mps.size for b in blocks)
    inside = sum(float(np.sum(np.abs(b.shown_mps * b.planned / 1000 - 1) <= 0.02)) for b in blocks)
    return 50 + 50 * inside / planned


def training_peaks(done_s: float, planned_s: float) -> str:
    """Colour by duration alone: green within 20 %, yellow within 50 %, else orange."""
    share = done_s / planned_s
    return "green" if 0.8 <= share <= 1.2 else "yellow" if 0.5 <= share <= 1.5 else "orange"
