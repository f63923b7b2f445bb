"""Which blocks were run at the pace of the next one: judged from all blocks of a run together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.scorer.common import is_one_sided
from analyzer.scorer.method import RHO
from analyzer.scorer.noise import se_held_pct

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session

NEXT, ELSE = 0.3, 0.1
"""How often a block is expected to be run at the next one's pace, and at neither."""

ELSE_PCT = 60.0
"""Range of a block at neither pace [% of speed]: so wide that it says nothing about the others."""

DAY_PCT = 1.0
"""How far the form of the day puts a runner off in all blocks alike [% of speed]."""

GRID = np.linspace(-3.0, 3.0, 61)
"""Common errors to weigh [standard deviations]."""


def gear_probabilities(session: Session) -> dict[int, float]:
    """
    Weigh "at its own pace" against "at the next block's pace", over all blocks at once.

    One block alone tells little: the watch's scale is good to 1 %, half a step is
    2 %. But the scale is the same in all blocks. Given an error common to all (scale
    and form of the day), each block is at its own pace, at the next one's or
    elsewhere, with an error of its own: noise, the wander of a held pace, and the part
    of the scale that is not common. The common error is summed over.

    Parameters
    ----------
    session : Session
        The measured blocks.

    Returns
    -------
    dict of int to float
        For each place with a scored step up behind it, the probability that the
        block was run at the next one's pace, or faster.
    """
    steps = {i: step for i, _, step in session.scored_pairs if step > 0}
    scale_pct = session.prepared.scale_error_pct
    common = GRID * math.hypot(math.sqrt(RHO) * scale_pct, DAY_PCT)
    weights = np.exp(-0.5 * GRID**2)
    at_next: dict[int, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    for i, measured in enumerate(session.blocks):
        if measured.deviation_pct is None or not measured.is_scored or is_one_sided(measured):
            continue
        own = math.hypot(
            measured.se_random_pct,
            se_held_pct(measured.core.measured_s),
            math.sqrt(1 - RHO) * scale_pct,
        )
        off = measured.deviation_pct - common
        chances = (1 - NEXT - ELSE) * _normal(off, own) + ELSE * math.sqrt(2 * math.pi) / ELSE_PCT
        if i in steps:
            # At the next pace or beyond it: from there on no slower pace is more likely.
            fast = NEXT * _normal(np.minimum(off - steps[i], 0.0), own)
            chances = chances + fast
            at_next[i] = fast / chances
        weights = weights * chances / float(chances.max())
    total = float(weights.sum())
    return {i: float(share @ weights) / total for i, share in at_next.items()} if total else {}


def _normal(
    off: np.ndarray[tuple[int, ...], np.dtype[np.float64]], spread: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Density of a normal distribution, without the constant; never quite 0."""
    density: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (
        np.exp(-0.5 * np.minimum((off / spread) ** 2, 600.0)) / spread
    )
    return density
