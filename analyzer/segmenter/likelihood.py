"""How well stretches of running fit a block, for all starts and lengths at once (method 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct

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


class Fit(Struct, frozen=True):
    """
    Sums of squares of some stretches, before any target is looked at.

    ``terms`` is the log likelihood ratio of one level with some drift to running freely,
    ``mean`` the level found, ``precision`` half the inverse variance of the level around its
    target, ``wide_precision`` the same for a runner who is not on the plan at all,
    ``tight_precision`` what is added to it for one who holds the target. ``middle_s`` is
    where the middle of its weight lies, from its start on. All go together by broadcasting.
    """

    terms: Floats
    mean: Floats
    precision: Floats
    wide_precision: Floats
    tight_precision: Floats
    middle_s: Floats
    is_empty: Bools

    def against(self, expected: Expected) -> Floats:
        """Log likelihood ratio as a given block: the level pulled weakly to its target."""
        goal: Floats | float = expected.mean
        if expected.gradient:
            since_s = self.middle_s - RESPONSE_S / 2
            goal = expected.mean + expected.gradient * (since_s - expected.seconds / 2)
        off = self.mean - goal
        off *= off
        cost = off * self.wide_precision
        cost += OFF_PLAN_COST
        pull = off * self.precision
        terms: Floats = self.terms - np.minimum(pull, cost, out=cost)
        if expected.tau == TAU:
            off *= self.tight_precision
            np.subtract(ON_TARGET, off, out=off)
            terms += np.maximum(off, -ON_TARGET, out=off)
        return np.where(self.is_empty, self.terms, terms) if self.is_empty.any() else terms


class Sums(NamedTuple):
    """
    What is added up over some stretches; all go together by broadcasting.

    ``w``, ``wy``, ``wy2`` are the weight [s], and with it the level and its square (free
    running taken out, `Bins`); ``wt``, ``wt2``, ``wty`` the same with the time from the
    stretch's start on [s].
    """

    w: Floats
    wy: Floats
    wy2: Floats
    wt: Floats
    wt2: Floats
    wty: Floats


def sums_between(bins: Bins, a: Indexes, b: Indexes) -> Sums:
    """Add up from each of some edges to another one."""
    return _from_start(a, Sums(*(row[b] - row[a] for row in bins.sums)))


def _from_start(a: Indexes, sums: Sums) -> Sums:
    """Let the time of each stretch begin at its own start."""
    start_s = a * float(BIN_S)
    own_s = start_s[: sums.w.shape[0]]  # one for all where they have one row
    wt = sums.wt - own_s * sums.w
    wt2 = sums.wt2 - own_s * (2 * wt + own_s * sums.w)
    return sums._replace(wt=wt, wt2=wt2, wty=sums.wty - start_s * sums.wy)


def fit_stretches(
    sums: Sums, sigma2: float, tau: float, slope_s: float | None, gradient: float = 0.0
) -> Fit:
    """
    Fit one level and a drift to stretches of running.

    ``- (S2 - S1 ybar) / 2 sigma2 - ln(1 + tau2 W / sigma2) / 2
    + Sty2 / 2 (Stt + sigma2 / ts2) sigma2 - ln(1 + ts2 Stt / sigma2) / 2``

    Parameters
    ----------
    sums : Sums
        Over each stretch.
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
        Of all of them.
    """
    per_weight = 1 / np.maximum(sums.w, 1e-9)
    mean, middle = sums.wy * per_weight, sums.wt * per_weight
    terms = sums.wy * mean
    np.subtract(sums.wy2, terms, out=terms)  # what one level leaves
    if slope_s is None:
        logs = np.log1p(tau**2 / sigma2 * sums.w)
        terms *= -1 / (2 * sigma2)
    else:
        stt = np.maximum(sums.wt2 - sums.wt * middle, 0.0)
        sty = sums.wt * mean
        np.subtract(sums.wty, sty, out=sty)
        if gradient:
            terms -= 2 * gradient * sty
            terms += gradient**2 * stt
            sty -= gradient * stt
        ts2 = (SLOPE_SD / slope_s) ** 2
        logs = np.log((1 + tau**2 / sigma2 * sums.w) * (1 + ts2 / sigma2 * stt))
        sty *= sty
        sty *= 1 / (2 * sigma2) / (stt + sigma2 / ts2)
        terms *= -1 / (2 * sigma2)
        terms += sty
    terms -= 0.5 * logs
    variance = sigma2 / np.maximum(sums.w, BIN_S)  # of the level found
    precision = 0.5 / (tau**2 + variance)
    wide = 0.5 / (OFF_PLAN_TAU**2 + variance)
    tight = 0.5 / (ON_TARGET_TAU**2 + variance) - precision
    return Fit(terms, mean, precision, wide, tight, middle, sums.w <= 0)


def table_sums(bins: Bins, starts: slice, least: int, most: int, step: int = 1) -> Sums:
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
    step : int
        From one length to the next.

    Returns
    -------
    Sums, shape (edges, lengths) or (1, lengths)
        Stretches to the end of the recording, or past it, hold anything. Where nobody stood,
        weight and time are the same from each edge on, and have one row.
    """
    first, last = starts.start, min(starts.stop, bins.count + 1)
    is_steady = bool((bins.weight[first : min(last + most, bins.count) - 1] == BIN_S).all())
    ends = bins.sums[:, first + least : last + most]
    missing = last + most - first - least - ends.shape[1]
    if missing > 0:
        ends = np.concatenate((ends, np.repeat(bins.sums[:, -1:], missing, axis=1)), axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(ends, most - least + 1, axis=1)
    edges = last - first
    timed = 1 if is_steady else edges

    def over(row: int, rows: int) -> Floats:
        """Lay one of the sums over the stretches from the first few edges."""
        sums: Floats = windows[row, :rows, ::step] - bins.sums[row, first : first + rows, None]
        return sums

    w, wt, wt2 = over(0, timed), over(3, timed), over(4, timed)
    wy, wy2, wty = over(1, edges), over(2, edges), over(5, edges)
    return _from_start(np.arange(first, last)[:, None], Sums(w, wy, wy2, wt, wt2, wty))


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
    return freely_or_level(outside_fit(bins, a, b), mean)


def outside_fit(bins: Bins, a: Indexes, b: Indexes) -> Fit:
    """Fit one level to stretches outside the plan, whatever that level should be."""
    return fit_stretches(sums_between(bins, a, b), bins.sigma2, OUTSIDE_TAU, None)


def freely_or_level(fit: Fit, mean: float) -> Floats:
    """Log likelihood ratio of running freely or at about a level, half and half."""
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
