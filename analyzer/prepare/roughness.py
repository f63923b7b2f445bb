"""How rough a recording's speed is, from itself: the part of its error no watch tells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.prepare.mean import mean

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats

STEP_S = 5
"""Means over this long are compared [s]: no runner changes pace and back so fast."""

PAIR_PCT = 4.86
"""How they scatter on the two watches whose error was measured: roughness 1 [%]."""

MAX_ROUGHNESS = 2.0
"""Rougher than this is the runner or the trail, not the watch."""

LEAST = 30
"""Fewer comparisons than this say nothing."""


UNTOLD = 1.0
"""What a recording is taken for whose updates are too far apart to show it."""


def roughness_by_updates(speed_mps: Floats, is_known: Bools, update_s: float) -> float:
    """
    Roughness of a recording whose distance is written anew every ``update_s`` seconds.

    Between two updates speed is even because nobody looked; a recording coarser than
    the means that are compared would pass for a smooth one.
    """
    measured = roughness(speed_mps, is_known)
    return measured if update_s <= STEP_S else max(measured, UNTOLD)


def roughness(speed_mps: Floats, is_known: Bools, *, is_robust: bool = True) -> float:
    """
    Roughness of speed from second to second, in multiples of two watches that were compared.

    ``1.4826 MAD`` of ``x_i - (x_(i-1) + x_(i+1)) / 2`` over means of 5 s of 100 ln v,
    by sqrt(1.5), against what it is on those watches.

    Parameters
    ----------
    speed_mps, is_known : array, shape (n,)
        Speed, and the seconds that were run and measured.
    is_robust : bool
        Bursts left out; else they count, as the plain spread does it.

    Returns
    -------
    float
        0 is as smooth as can be, or too little to tell; 2 at most.
    """
    n = speed_mps.size // STEP_S
    whole = slice(0, n * STEP_S)
    means = np.add.reduce(speed_mps[whole].reshape(n, STEP_S), axis=1) / STEP_S
    is_measured = np.logical_and.reduce(is_known[whole].reshape(n, STEP_S), axis=1) & (means > 0)
    inner = is_measured[1:-1] & is_measured[:-2] & is_measured[2:]
    if np.count_nonzero(inner) < LEAST:
        return 0.0
    levels = 100 * np.log(np.where(is_measured, means, 1.0))
    bends = (levels[1:-1] - (levels[:-2] + levels[2:]) / 2)[inner]
    if is_robust:
        spread = 1.4826 * median(np.abs(bends - median(bends)))
    else:
        off = bends - mean(bends)
        spread = math.sqrt(mean(off * off))
    return min(MAX_ROUGHNESS, spread / math.sqrt(1.5) / PAIR_PCT)
