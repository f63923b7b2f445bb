"""How well a stretch of running fits a block: the segment terms of method 3.1 to 3.3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.model.prepared import Prepared

Indexes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

BIN_S = 5
"""Width of a bin on the timer clock, ``h`` [s]."""

STANDING_MPS = 0.8
"""Slower seconds carry no weight [m/s]."""

HAMPEL_S = 31
"""Window of the outlier filter [s]."""

HAMPEL_FLOOR = 0.015
"""Smallest spread the outlier filter believes in, in ln v."""

TAU = 0.06
"""Spread of a block's level around its target, in ln v; 0.20 where there is no pace."""

SLOPE_SD = 0.06
"""Spread of the drift over a block, in ln v."""

LOCAL_S = 120
"""The running median that free running follows [s]."""

FREE_SD = 0.2
"""How far free running may change, in ln v."""


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """
    Log speed in 5 s bins with prefix sums, so that any segment costs O(1).

    ``sums`` has one row for each of w, wy, wy2, wt, wt2, wty and one column more
    than there are bins. ``sigma2`` is the long-run variance per second. ``loc``
    is the running median free running follows.
    """

    weight: Floats
    level: Floats
    sums: Floats
    sigma2: float
    free: Floats

    @property
    def count(self) -> int:
        """Number of bins."""
        return int(self.weight.size)


def lay_bins(prepared: Prepared) -> Bins:
    """
    Bring a run into the form the segment terms need.

    Parameters
    ----------
    prepared : Prepared
        The recording; stops keep their time and lose their weight.

    Returns
    -------
    Bins
        At least one bin.
    """
    v = prepared.speed_mps
    valid = (v > STANDING_MPS) & prepared.is_moving
    y = _hampel(np.log(np.maximum(v, 0.05)), valid)
    n = -(-v.size // BIN_S)
    padding = n * BIN_S - v.size
    w_s = np.pad(valid.astype(np.float64), (0, padding)).reshape(n, BIN_S)
    y_s = np.pad(y, (0, padding)).reshape(n, BIN_S)
    weight = w_s.sum(axis=1)
    level = np.divide((w_s * y_s).sum(axis=1), weight, out=np.zeros(n), where=weight > 0)
    t = (np.arange(n) + 0.5) * BIN_S
    rows = (
        weight,
        weight * level,
        weight * level**2,
        weight * t,
        weight * t**2,
        weight * t * level,
    )
    sums = np.concatenate((np.zeros((6, 1)), np.cumsum(np.stack(rows), axis=1)), axis=1)
    sigma2 = _long_run_variance(weight, level)
    return Bins(weight, level, sums, sigma2, _free_running(weight, level, sigma2))


def _hampel(y: Floats, valid: Bools) -> Floats:
    """Clip outliers to three spreads around the median of 31 s (alignment only)."""
    if y.size < HAMPEL_S:
        return y
    half = HAMPEL_S // 2
    padded = np.pad(np.where(valid, y, np.nan), half, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, HAMPEL_S)
    median = _median_of_known(windows)
    spread = 1.4826 * _median_of_known(np.abs(windows - median[:, None]))
    spread = np.where(np.isfinite(spread), np.maximum(spread, HAMPEL_FLOOR), 0.03)
    median = np.where(np.isfinite(median), median, y)
    return np.clip(y, median - 3 * spread, median + 3 * spread)


def _median_of_known(windows: Floats) -> Floats:
    """Median of each row without its NaN; NaN where a row holds nothing else."""
    ordered = np.sort(windows, axis=1)  # NaN goes to the end
    known = np.isfinite(ordered).sum(axis=1)
    rows = np.arange(ordered.shape[0])
    low, high = ordered[rows, np.maximum(known - 1, 0) // 2], ordered[rows, known // 2]
    median: Floats = np.where(known % 2, ordered[rows, known // 2], (low + high) / 2)
    return np.where(known > 0, median, np.nan)


def _long_run_variance(weight: Floats, level: Floats) -> float:
    """Variance per second with autocorrelation in it, robust to a few steps (method 3.2)."""
    per_minute = 60 // BIN_S
    minutes = weight.size // per_minute
    w = weight[: minutes * per_minute].reshape(minutes, per_minute)
    y = level[: minutes * per_minute].reshape(minutes, per_minute)
    enough = w.sum(axis=1) > 36
    if not enough.any():
        return 8 * 0.03**2
    means = (w[enough] * y[enough]).sum(axis=1) / w[enough].sum(axis=1)
    changes = np.diff(means)
    if changes.size < 6:
        return 8 * 0.03**2
    s = 1.4826 * median(np.abs(changes - median(changes)))
    return max(30 * s**2, 10 * 0.012**2)


def _free_running(weight: Floats, level: Floats, sigma2: float) -> Floats:
    """Prefix sums of the log likelihood of running freely, bin by bin."""
    half = LOCAL_S // BIN_S // 2
    padded = np.pad(np.where(weight > 0, level, np.nan), half, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
    median = _median_of_known(windows)
    local = np.where(np.isfinite(median), median, level)
    kappa = np.log1p(FREE_SD**2 * LOCAL_S / sigma2) / (2 * LOCAL_S)
    terms = -weight * (level - local) ** 2 / (2 * sigma2) - kappa * BIN_S
    return np.concatenate(([0.0], np.cumsum(terms)))


@dataclass(frozen=True, slots=True)
class Level:
    """
    What is expected of a segment.

    ``mean`` is ln of the target speed, ``tau`` the spread of the level around
    it, ``slope_s`` the planned duration for the drift term (None: no drift).
    """

    mean: float
    tau: float = TAU
    slope_s: float | None = None


def segment_terms(bins: Bins, a: Indexes, b: Indexes, level: Level) -> Floats:
    """
    Log likelihood of bins a to b (excluded) as one block, ``S_k`` of method 3.3.

    Parameters
    ----------
    bins : Bins
        From `lay_bins`.
    a, b : array of int
        First and last (excluded) bins of the segments; an empty one gives 0.
    level : Level
        What is expected of them.

    Returns
    -------
    array
        One value a segment.
    """
    w, s1, s2, t1, t2, ty = bins.sums[:, b] - bins.sums[:, a]
    safe = np.maximum(w, 1e-9)
    ybar = s1 / safe
    terms = -(s2 - s1 * ybar) / (2 * bins.sigma2)
    terms -= 0.5 * np.log1p(level.tau**2 * w / bins.sigma2)
    terms -= 0.5 * (ybar - level.mean) ** 2 / (level.tau**2 + bins.sigma2 / np.maximum(w, BIN_S))
    if level.slope_s is not None:
        ts2 = (SLOPE_SD / level.slope_s) ** 2
        stt = np.maximum(t2 - t1**2 / safe, 0.0)
        sty = ty - t1 * ybar
        terms += 0.5 * sty**2 / (bins.sigma2 * (stt + bins.sigma2 / ts2))
        terms -= 0.5 * np.log1p(ts2 * stt / bins.sigma2)
    result: Floats = np.where(w > 0, terms, 0.0)
    return result


def outside_terms(bins: Bins, a: Indexes, b: Indexes, first_mean: float) -> Floats:
    """Log likelihood of running before or after the plan: free or at one level, half and half."""
    free = bins.free[b] - bins.free[a]
    constant = segment_terms(bins, a, b, Level(first_mean, tau=0.20))
    both: Floats = np.logaddexp(free, constant) - np.log(2.0)
    return both
