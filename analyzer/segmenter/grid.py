"""How long the bins may be in which the changes of a plan are sought (method 3.7)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.segmenter.bins import BIN_S

if TYPE_CHECKING:
    from analyzer.segmenter.expected import Expected

MOST_CELLS = 12_500_000
"""
Starts times lengths, over all blocks, that are weighed in bins of 5 s.

That is a plan of an hour in a recording of a day, or one of 4 h 50 min in as much. What is
larger is sought in longer bins, so that time and memory grow with the recording, no faster.
"""

LEAST_BINS = 16
"""Blocks of fewer of the longer bins have no shape in them."""


def bins_to_join(blocks: tuple[Expected, ...], recorded_s: float) -> int | None:
    """
    Return how many bins of 5 s are made one to seek the changes in.

    Parameters
    ----------
    blocks : tuple of Expected
        The plan.
    recorded_s : float
        Length of the recording.

    Returns
    -------
    int or None
        1 but for long plans; None where a block is too short for what its plan would need.
    """
    cells = recorded_s / BIN_S * sum(b.seconds / BIN_S for b in blocks)
    step = max(1, math.ceil(math.sqrt(cells / MOST_CELLS)))
    shortest_s = min((b.seconds for b in blocks), default=0.0)
    return step if step == 1 or shortest_s >= LEAST_BINS * step * BIN_S else None
