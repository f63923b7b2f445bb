"""The run in 5 s bins of log speed, robust and quick to add up (method 3.1, 3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.segmenter.windows import windows_of

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.model.alignment import Break
    from analyzer.model.prepared import Prepared

    Reals = np.ndarray[tuple[int, ...], np.dtype[np.floating]]
    """Tables of short floats, and whatever goes along with them."""

BIN_S = 5
"""Width of a bin on the timer clock, ``h`` [s]."""

RESPONSE_S = 5
"""A change of pace shows in the recording this much later: legs and watch both lag [s]."""

STANDING_MPS = 0.8
"""Slower seconds carry no weight [m/s]."""

HAMPEL_S = 31
"""Window of the outlier filter [s]."""

HAMPEL_FLOOR = 0.015
"""Smallest spread the outlier filter believes in, in ln v."""

LOCAL_S = 120
"""The running median that free running follows [s]."""

FREE_SD = 0.2
"""How far free running may change, in ln v."""

LONG_RUN_FACTOR = 36.0
"""From the variance of 60 s means to the variance per second of long stretches [s]."""

LEAST_MEAN_SD = 0.012
"""Nobody's minutes are steadier than this, in ln v."""


def edge_times(edges: int, width_s: int = BIN_S) -> Floats:
    """Timer second of each of some edges between bins."""
    times: Floats = np.arange(edges, dtype=np.float64) * width_s
    return times


class Bins(Struct, frozen=True, eq=False):
    """
    Log speed in bins, with prefix sums, so that any stretch costs O(1).

    Bin i holds what a boundary at i bins would change: the running ``RESPONSE_S``
    later. ``sums`` has a row for each of w, wy, wy2 + f, wt, wt2, wty and one column
    more than there are bins. ``sigma2`` is the long-run variance per second, and f / 2 sigma2
    the log likelihood of running freely: every likelihood is a ratio to that, so that none
    is out of a float's range. ``free`` sums it up, ``metres`` the distance at each edge (not
    delayed). Bins are ``width_s`` long, 5 s but for long plans (`grid`).
    """

    weight: Floats
    level: Floats
    sums: Floats
    sigma2: float
    free: Floats
    metres: Floats
    width_s: int = BIN_S

    @property
    def count(self) -> int:
        """Number of bins."""
        return int(self.weight.size)

    @property
    def edges_s(self) -> Floats:
        """Timer second of each edge; that of the last one may lie past the end."""
        return edge_times(self.count + 1, self.width_s)

    def joined(self, step: int) -> Bins:
        """Join every so many bins to one; the last may hold less."""
        if step == 1:
            return self
        edges = np.minimum(np.arange(-(-self.count // step) + 1) * step, self.count)
        sums = self.sums[:, edges]
        weight, total = np.diff(sums[:2])
        return Bins(
            weight=weight,
            level=np.divide(total, weight, out=np.zeros(weight.size), where=weight > 0),
            sums=sums,
            sigma2=self.sigma2,
            free=self.free[edges],
            metres=self.metres[edges],
            width_s=self.width_s * step,
        )

    def mean_level(self, first: int, last: int) -> Floats:
        """Mean log speed from ``first`` to ``last`` bins after each boundary; 0 if unknown."""
        edges = np.arange(self.count + 1)
        a, b = np.clip(edges + first, 0, self.count), np.clip(edges + last, 0, self.count)
        weight = self.sums[0, b] - self.sums[0, a]
        total = self.sums[1, b] - self.sums[1, a]
        means: Floats = np.divide(total, weight, out=np.zeros(edges.size), where=weight > 0)
        return means


def lay_bins(prepared: Prepared, breaks: tuple[Break, ...] = ()) -> Bins:
    """
    Bring a run into the form the likelihoods need.

    Parameters
    ----------
    prepared : Prepared
        The recording; stops keep their time and lose their weight.
    breaks : tuple of Break
        What was walked or jogged inside the run: the same, as it says nothing of the plan.

    Returns
    -------
    Bins
        At least one bin.
    """
    v = prepared.effort_mps
    valid = (prepared.speed_mps > STANDING_MPS) & prepared.is_moving
    for stretch in breaks:
        valid[stretch.start_s : stretch.end_s] = False
    y = _hampel(np.log(np.maximum(v, 0.05)), valid)
    n = -(-v.size // BIN_S)
    shown = slice(min(RESPONSE_S, v.size), None)
    padding = n * BIN_S - v[shown].size
    w_s = np.pad(valid[shown].astype(np.float64), (0, padding)).reshape(n, BIN_S)
    y_s = np.pad(y[shown], (0, padding)).reshape(n, BIN_S)
    weight = w_s.sum(axis=1)
    level = np.divide((w_s * y_s).sum(axis=1), weight, out=np.zeros(n), where=weight > 0)
    t = (np.arange(n) + 0.5) * BIN_S
    sigma2 = _long_run_variance(weight, level)
    free = _free_running(weight, level, sigma2)
    rows = (
        weight,
        weight * level,
        weight * level**2 + 2 * sigma2 * free,
        weight * t,
        weight * t**2,
        weight * t * level,
    )
    sums = np.concatenate((np.zeros((6, 1)), np.cumsum(np.stack(rows), axis=1)), axis=1)
    edges_s = np.minimum(np.arange(n + 1) * BIN_S, v.size)
    metres = prepared.distance_m[edges_s]
    return Bins(weight, level, sums, sigma2, np.concatenate(([0.0], np.cumsum(free))), metres)


def _hampel(y: Floats, valid: Bools) -> Floats:
    """Clip outliers to three spreads around the median of 31 s (alignment only)."""
    if y.size < HAMPEL_S:
        return y
    half = HAMPEL_S // 2
    known = np.where(valid, y, np.nan).astype(np.float32)  # half the memory to fill and to sort
    padded = np.pad(known, half, mode="reflect")
    windows = windows_of(padded, HAMPEL_S)
    median = _median_of_known(windows)
    off = windows - median[:, None]
    spread = 1.4826 * _median_of_known(np.abs(off, out=off))
    spread = np.where(np.isfinite(spread), np.maximum(spread, HAMPEL_FLOOR), 0.03)
    median = np.where(np.isfinite(median), median, y)
    return np.clip(y, median - 3 * spread, median + 3 * spread)


def _median_of_known(windows: Reals) -> Reals:
    """Median of each row of an odd width without its NaN; NaN where a row holds nothing else."""
    ordered = np.sort(windows, axis=1)  # NaN goes to the end
    median: Reals = ordered[:, ordered.shape[1] // 2].copy()
    gaps = np.flatnonzero(np.isnan(ordered[:, -1]))
    if gaps.size:
        ordered = ordered[gaps]
        counts = np.isfinite(ordered).sum(axis=1)
        rows = np.arange(gaps.size)
        low, high = ordered[rows, np.maximum(counts - 1, 0) // 2], ordered[rows, counts // 2]
        middle = np.where(counts % 2, high, (low + high) / 2)
        median[gaps] = np.where(counts > 0, middle, np.nan)
    return median


def _long_run_variance(weight: Floats, level: Floats) -> float:
    """Return the variance per second of the mean of a long stretch, from 60 s means."""
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
    return LONG_RUN_FACTOR * max(s**2, LEAST_MEAN_SD**2 / 3)


def _free_running(weight: Floats, level: Floats, sigma2: float) -> Floats:
    """Log likelihood of running freely, bin by bin."""
    half = LOCAL_S // BIN_S // 2
    padded = np.pad(np.where(weight > 0, level, np.nan), half, mode="edge")
    windows = windows_of(padded, 2 * half + 1)
    median = _median_of_known(windows)
    local = np.where(np.isfinite(median), median, level)
    kappa = np.log1p(FREE_SD**2 * LOCAL_S / sigma2) / (2 * LOCAL_S)
    terms: Floats = -weight * (level - local) ** 2 / (2 * sigma2) - kappa * BIN_S
    return terms
