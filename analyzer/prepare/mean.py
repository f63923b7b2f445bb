"""Means of short arrays; numpy's own takes 3 us beside the sum, hundreds of times a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats


def mean(values: Floats) -> float:
    """
    Return the mean of some values, to the last bit that of numpy.

    >>> mean(np.array([1.0, 2.0, 6.0]))
    3.0
    """
    return float(np.add.reduce(values)) / values.size


def share(is_true: Bools) -> float:
    """
    Return the share of true values.

    >>> share(np.array([True, False, False, True]))
    0.5
    """
    return int(np.count_nonzero(is_true)) / is_true.size
