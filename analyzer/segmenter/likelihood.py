"""How well stretches of running fit a block, for all starts and lengths at once (method 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct

from analyzer.segmenter.bins import BIN_S, RESPONSE_S
from analyzer.segmenter.expected import TAU
from analyzer.segmenter.windows import windows_of
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Bools
    from analyzer.segmenter.bins import Bins, Reals
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
    Levels are in ln v above ``origin``: tables are of short floats, which have digits for that.
    """

    terms: Reals
    mean: Reals
    precision: Reals
    wide_precision: Reals
    tight_precision: Reals
    middle_s: Reals
    is_empty: Bools
    origin: float = 0.0

    def against(self, expected: Expected, out: Reals | None = None) -> Reals:
        """Log likelihood ratio as a given block: the level pulled weakly to its target."""
        goal: Reals | float = expected.mean - self.origin
        if expected.gradient:
            since_s = self.middle_s - (RESPONSE_S + expected.seconds) / 2
            goal = goal + expected.gradient * since_s
        off = self.mean - goal
        off *= off
        cost = off * self.wide_precision
        cost += OFF_PLAN_COST
        pull = off * self.precision
        np.minimum(pull, cost, out=cost)
        if expected.tau == TAU:
            off *= self.tight_precision
            cost += np.minimum(off, 2 * ON_TARGET, out=off)
            cost -= ON_TARGET
        terms: Reals = np.subtract(self.terms, cost, out=out)
        if self.is_empty.any():
            np.copyto(terms, self.terms, where=self.is_empty)
        return terms

    def shortened(self) -> Fit:
        """Return the same in short floats."""
        return replace(
            self,
            terms=self.terms.astype(np.float32),
            mean=self.mean.astype(np.float32),
            precision=self.precision.astype(np.float32),
            wide_precision=self.wide_precision.astype(np.float32),
            tight_precision=self.tight_precision.astype(np.float32),
        )


class Sums(NamedTuple):
    """
    What is added up over some stretches; all go together by broadcasting.

    ``w``, ``wy``, ``wy2`` are the weight [s], and with it the level above ``origin`` and its
    square (free running taken out, `Bins`); ``wt``, ``wt2``, ``wty`` the same with the time [s]:
    that of ``wt`` and ``wt2`` from the stretch's start on, that of ``wty`` from ``start_s``
    before it.
    """

    w: Reals
    wy: Reals
    wy2: Reals
    wt: Reals
    wt2: Reals
    wty: Reals
    start_s: Reals | float = 0.0
    origin: float = 0.0


def sums_between(bins: Bins, a: Indexes, b: Indexes) -> Sums:
    """Add up from each of some edges to another one."""
    return _from_start(a * float(bins.width_s), Sums(*(row[b] - row[a] for row in bins.sums)))


def _from_start(start_s: Reals, sums: Sums) -> Sums:
    """Let the time of each stretch begin at its own start."""
    wt = sums.wt - start_s * sums.w
    wt2 = sums.wt2 - start_s * (2 * wt + start_s * sums.w)
    return sums._replace(wt=wt, wt2=wt2, start_s=start_s)


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
    terms -= sums.wy2  # what one level leaves
    terms *= 1 / (2 * sigma2)
    if slope_s is None:
        logs = np.log1p(tau**2 / sigma2 * sums.w)
    else:
        stt = np.maximum(sums.wt2 - sums.wt * middle, 0.0)
        sty = sums.start_s + middle
        sty = np.multiply(sty, sums.wy, out=sty if sty.shape == sums.wy.shape else None)
        np.subtract(sums.wty, sty, out=sty)
        if gradient:
            terms += gradient / sigma2 * sty
            terms -= gradient**2 / (2 * sigma2) * stt
            sty -= gradient * stt
        ts2 = (SLOPE_SD / slope_s) ** 2
        logs = np.log((1 + tau**2 / sigma2 * sums.w) * (1 + ts2 / sigma2 * stt))
        sty *= sty
        sty *= 1 / (2 * sigma2) / (stt + sigma2 / ts2)
        terms += sty
    terms -= 0.5 * logs
    variance = sigma2 / np.maximum(sums.w, BIN_S)  # of the level found
    precision = 0.5 / (tau**2 + variance)
    wide = 0.5 / (OFF_PLAN_TAU**2 + variance)
    tight = 0.5 / (ON_TARGET_TAU**2 + variance) - precision
    return Fit(terms, mean, precision, wide, tight, middle, sums.w <= 0, sums.origin)


def fit_table(bins: Bins, expected: Expected, starts: slice, lengths: range) -> Fit:
    """
    Fit a block, whatever its target, to every stretch from some edges on, so many bins long.

    Parameters
    ----------
    bins : Bins
        The run.
    expected : Expected
        The block.
    starts : slice
        The edges, some hundred at the most: short floats hold no sums over a day.
    lengths : range
        Lengths in bins.

    Returns
    -------
    Fit, shape (edges, lengths)
        In short floats; stretches to the end of the recording, or past it, hold anything.
    """
    sums = _table_sums(bins, starts, lengths)
    return fit_stretches(sums, bins.sigma2, expected.tau, expected.seconds, expected.gradient)


def _table_sums(bins: Bins, starts: slice, lengths: range) -> Sums:
    """
    Return the sums over every stretch from some edges on.

    Where nobody stood, weight and time are the same from each edge on, and have one row.
    """
    first, last = starts.start, starts.stop
    least, most = lengths.start, lengths[-1]
    local, origin = _local_sums(bins, slice(first, last + most))
    recorded = bins.weight[first : last + most - 1]
    is_steady = recorded.size == last + most - 1 - first and bool((recorded == bins.width_s).all())
    timed, edges = 1 if is_steady else last - first, last - first

    def over(row: int, rows: int) -> Reals:
        """Lay one of the sums over the stretches from the first few edges."""
        windows = windows_of(local[row, least:], most - least + 1)
        sums: Reals = windows[:rows, :: lengths.step] - local[row, :rows, None]
        return sums

    w, wt, wt2 = over(0, timed), over(3, timed), over(4, timed)
    wy, wy2, wty = over(1, edges), over(2, edges), over(5, edges)
    start_s = (np.arange(edges, dtype=np.float32) * bins.width_s)[:, None]
    sums = Sums(w, wy, wy2, wt, wt2, wty, start_s, origin)
    return sums if is_steady else _from_start(start_s, sums)


def _local_sums(bins: Bins, edges: slice) -> tuple[Reals, float]:
    """
    Return the sums up to each of some edges as short floats; past the end, those up to it.

    Time counts from the first of them on, and levels from their mean, which comes second: short
    floats have few digits.
    """
    known = bins.sums[:, edges]
    known = known - known[:, :1]
    y = float(known[1, -1] / max(known[0, -1], 1.0))
    t = edges.start * float(bins.width_s)
    shift = np.array(  # rows and columns: w, wy, wy2, wt, wt2, wty
        (
            (1, 0, 0, 0, 0, 0),
            (-y, 1, 0, 0, 0, 0),
            (y * y, -2 * y, 1, 0, 0, 0),
            (-t, 0, 0, 1, 0, 0),
            (t * t, 0, 0, -2 * t, 1, 0),
            (y * t, -t, 0, -y, 0, 1),
        )
    )
    local = np.empty((6, edges.stop - edges.start), np.float32)
    local[:, : known.shape[1]] = shift @ known
    local[:, known.shape[1] :] = local[:, known.shape[1] - 1 : known.shape[1]]
    return local, y


def outside_terms(bins: Bins, a: Indexes, b: Indexes, mean: float) -> Reals:
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


def freely_or_level(fit: Fit, mean: float) -> Reals:
    """Log likelihood ratio of running freely or at about a level, half and half."""
    level = fit.terms - (fit.mean - mean) ** 2 * fit.precision
    both: Reals = np.logaddexp(level, 0.0) - np.log(2.0)
    return np.where(fit.is_empty, fit.terms, both)


def onset_terms(bins: Bins) -> Reals:
    """
    Return what a start at each edge gains from seeing the runner speed up from a walk.

    The first 20 s of block 1 are then explained by the way from the old speed to
    the new one, or by the new one alone, half and half. 0 where there is no such change, and
    in longer bins, which do not show it.
    """
    if bins.width_s > BIN_S:
        return np.zeros(bins.count + 1)
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
    either: Reals = np.logaddexp(gain, 0.0) - np.log(2.0)
    return np.where(rise > ONSET_LEAST, either, 0.0)
