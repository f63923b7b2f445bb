"""Runs of true seconds: where they start and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Bools


def stretches(is_true: Bools) -> list[tuple[int, int]]:
    """
    Start and end (excluded) of each run of true values.

    >>> import numpy as np
    >>> stretches(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    if not is_true.any():
        return []
    padded = np.concatenate(([0], is_true.astype(np.int8), [0]))
    change = np.diff(padded)
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
