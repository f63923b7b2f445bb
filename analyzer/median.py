"""The middle value; numpy's own loads numpy.ma, which takes 8 ms of every review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def median(values: NDArray[np.float64]) -> float:
    """
    Return the middle of some values, or the mean of the two in the middle.

    Parameters
    ----------
    values : array, shape (n,)
        At least one, none of them NaN.

    Raises
    ------
    ValueError
        For no values at all.
    """
    if values.size == 0:
        msg = "there is no middle of nothing"
        raise ValueError(msg)
    ordered = np.sort(values, axis=None)
    middle = ordered.size // 2
    if ordered.size % 2:
        return float(ordered[middle])
    return float((ordered[middle - 1] + ordered[middle]) / 2)
