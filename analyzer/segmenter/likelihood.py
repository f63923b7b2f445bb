"""How well stretches of running fit a block, for all starts and lengths at once (method 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.segmenter.bins import BIN_S, RESPONSE_S
from analyzer.segmenter.expected import TAU

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.segmenter.bins import Bins
    from analyzer.segmenter.expected import Expected

Indexes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

SLOPE_SD = 0.05
"""Spread of the drift over a block, in ln v."""

OFF_PLAN_TAU, OFF_PLAN_COST = 0.40, 8.0
"""One block in 450 is run at any pace; none costs more than this for it: ln(450 x 0.4 / 0.06)."""

ON_TARGET_TAU, ON_TARGET = 0.02, 0.8
"""
Half of the blocks are held to their target within this, in ln v.

So a block on its target gains this many nats, and one elsewhere loses as many:
ln(1/2 + 1/2 x 0.06 / 0.02), roughly, and ln(1/2).
"""

OUTSIDE_TAU = 0.20
"""Spread of the level before and after the plan, in ln v."""

SETTLED = (4, 16)
"""Bins after a start in which the new pace is settled."""

ONSET_BINS = 4
"""How long a runner takes from a walk to a run, at the most."""

ONSET_LEAST = 0.35
"""Smaller changes of pace at the start need no onset, in ln v: this is walking before running."""

TAKE_UP_S = 6.0
"""A runner takes up a new pace like this: 63 % of the change, then 63 % of the rest [s]."""


class Fit(NamedTuple):
    """
    Sums of squares of some stretches, before any target is looked at.

    ``terms`` is the log likelihood ratio of one level with some drift to running freely,
    ``mean`` the level found, ``precision`` half the inverse variance of the level around its
    target, ``wide_precision`` the same for a runner who is not on the plan at all,
    ``middle_s`` where the middle of its weight lies. All have one shape.
    """

    terms: Floats
    mean: Floats
    precision: Floats
    wide_precision: Floats
    tight_precision: Floats
    middle_s: Floats
    is_empty: Bools

    def against(self, expected: Expected, start_s: Floats) -> Floats:
        """Log likelihood ratio as a given block: the level pulled weakly to its target."""
        goal: Floats | float = expected.mean
        if expected.gradient:
            since_s = self.middle_s - start_s - RESPONSE_S / 2
            goal = expected.mean + expected.gradient * (since_s - expected.seconds / 2)
        off = (self.mean - goal) ** 2
        terms = self.terms - np.minimum(
            off * self.precision, off * self.wide_precision + OFF_PLAN_COST
        )
        if expected.tau == TAU:
            terms += np.maximum(ON_TARGET - off * self.tight_precision, -ON_TARGET)
        return np.where(self.is_empty, self.terms, terms)


def fit_stretches(
    sums: Floats, sigma2: float, tau: float, slope_s: float | None, gradient: float = 0.0
) -> Fit:
    """
    Fit one level and a drift to stretches of running.

    ``- (S2 - S1 ybar) / 2 sigma2 - ln(1 + tau2 W / sigma2) / 2
    + Sty2 / 2 (Stt + sigma2 / ts2) sigma2 - ln(1 + ts2 Stt / sigma2) / 2``

    Parameters
    ----------
    sums : array, shape (6, ...)
        Sums of w, wy, wy2 + f, wt, wt2, wty over each stretch (`Bins`).
    sigma2 : float
        Long-run variance per second.
    tau : float
        Spread of the level around its target.
    slope_s : float or None
        Expected duration, over which the drift has a spread of 0.05; None: no drift.
    gradient : float
        Planned change per second, taken out first.

    Returns
    -------
    Fit
        Of the shape of one sum.
    """
    w, s1, s2, t1, t2, ty = sums
    safe = np.maximum(w, 1e-9)
    mean, middle = s1 / safe, t1 / safe
    rest = s2 - s1 * mean
    if slope_s is None:
        logs = np.log1p(tau**2 / sigma2 * w)
        terms = -rest / (2 * sigma2) - 0.5 * logs
    else:
        stt = np.maximum(t2 - t1 * middle, 0.0)
        sty = ty - t1 * mean
        if gradient:
            rest = rest - 2 * gradient * sty + gradient**2 * stt
            sty = sty - gradient * stt
        ts2 = (SLOPE_SD / slope_s) ** 2
        logs = np.log((1 + tau**2 / sigma2 * w) * (1 + ts2 / sigma2 * stt))
        terms = (sty**2 / (stt + sigma2 / ts2) - rest) / (2 * sigma2) - 0.5 * logs
    precision = 0.5 / (tau**2 + sigma2 / np.maximum(w, BIN_S))
    wide = 0.5 / (OFF_PLAN_TAU**2 + sigma2 / np.maximum(w, BIN_S))
    tight = 0.5 / (ON_TARGET_TAU**2 + sigma2 / np.maximum(w, BIN_S)) - precision
    return Fit(terms, mean, precision, wide, tight, middle, w <= 0)


def table_sums(bins: Bins, starts: slice, least: int, most: int) -> Floats:
    """
    Return the sums over every stretch from some edges on that is least to most bins long.

    Parameters
    ----------
    bins : Bins
        The run.
    starts : slice
        The edges.
    least, most : int
        Lengths in bins.

    Returns
    -------
    array, shape (6, edges, most - least + 1)
        Stretches past the end of the recording hold what is left of it.
    """
    first, last = starts.start, min(starts.stop, bins.count + 1)
    ends = bins.sums[:, first + least : last + most]
    missing = last + most - first - least - ends.shape[1]
    if missing > 0:
        ends = np.concatenate((ends, np.repeat(bins.sums[:, -1:], missing, axis=1)), axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(ends, most - least + 1, axis=1)
    sums: Floats = windows[:, : last - first] - bins.sums[:, first:last, None]
    return sums


def outside_terms(bins: Bins, a: Indexes, b: Indexes, mean: float) -> Floats:
    """
    Log likelihood ratio of running before or after the plan: free or at one level, half and half.

    Parameters
    ----------
    bins : Bins
        The run.
    a, b : array of int
        First and last (excluded) bins of each stretch; an empty one gives 0.
    mean : float
        ln of the speed a level would be expected at.
    """
    fit = fit_stretches(bins.sums[:, b] - bins.sums[:, a], bins.sigma2, OUTSIDE_TAU, None)
    level = fit.terms - (fit.mean - mean) ** 2 * fit.precision
    both: Floats = np.logaddexp(level, 0.0) - np.log(2.0)
    return np.where(fit.is_empty, fit.terms, both)


def onset_terms(bins: Bins) -> Floats:
    """
    Return what a start at each edge gains from seeing the runner speed up from a walk.

    The first 20 s of block 1 are then explained by the way from the old speed to
    the new one, or by the new one alone, half and half. 0 where there is no such change.
    """
    before, after = bins.mean_level(-12, 0), bins.mean_level(*SETTLED)
    rise = np.where(before != 0, np.clip(after - before, 0.0, None), 0.0)
    gain = np.zeros(bins.count + 1)
    level = np.pad(bins.level, (0, ONSET_BINS + 1))
    weight = np.pad(bins.weight, (0, ONSET_BINS + 1))
    for j in range(ONSET_BINS):
        here = slice(j, j + bins.count + 1)
        left = rise * np.exp(-((j + 0.5) * BIN_S + RESPONSE_S) / TAKE_UP_S)
        off = level[here] - after
        gain -= weight[here] * ((off + left) ** 2 - off**2) / (2 * bins.sigma2)
    gain[0] = 0.0
    either: Floats = np.logaddexp(gain, 0.0) - np.log(2.0)
    return np.where(rise > ONSET_LEAST, either, 0.0)
