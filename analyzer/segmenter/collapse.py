"""Leaving the plan for good: how well a run fits a collapse in each block (method 3.6)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.segmenter.chain import log_sum
from analyzer.segmenter.likelihood import (
    fit_stretches,
    fit_table,
    freely_or_level,
    outside_fit,
    sums_between,
)
from analyzer.segmenter.priors import end_prior
from analyzer.segmenter.tables import row_chunks
from analyzer.segmenter.windows import windows_of

if TYPE_CHECKING:
    from analyzer.segmenter.bins import Bins, Reals
    from analyzer.segmenter.expected import Expected
    from analyzer.segmenter.likelihood import Fit, Sums

Lengths = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

P_COLLAPSE = 0.20
"""Probability that a runner leaves the plan for good, slower, in any of its blocks."""

EASY_SHARE = 0.05
"""An easy block, or one that slows down by plan, is hardly ever the one: so much of another."""

SLOWER, SLOWER_SD = 0.22, 0.12
"""How much slower than the block's target it goes on, and how far that may be off, in ln v."""

LEAST_FALL = 0.05
"""Running that is not even this much slower than the block's target is no collapse, in ln v."""

NO_FALL_COST = 10.0
"""What taking it for one costs [nats]."""

STEP_BINS = 6
"""A collapse is sought in steps of this: 30 s, and the fall may take longer [bins]."""

FALL_BINS = (0, 4, 8, 16)
"""How long the fall itself may take: this much is free running [bins]."""

LEAST_BINS = 24
"""A collapse that lasts less is none: 2 min [bins]."""

SINKING_S = 600.0
"""A collapse may sink on, by 5 % or so in this time [s]."""

START_BINS = 3
"""The slow running is fitted from every so many edges on."""

COOL_DOWN_STEP_BINS, COOL_DOWN_STEPS = 12, 45
"""A cool-down after a collapse is sought in steps of this, and up to so many later: 45 min."""

RUN_ON, RUN_ON_S, RUN_ON_COST = 0.08, 60.0, 6.0
"""
Who goes on faster than the plan's easiest block, by so much in ln v and for longer than a
minute, is hardly cooling down: one runner in 400, in nats.
"""

P_NO_COOL_DOWN = 0.5
"""Probability that the recording ends with the collapse."""

BEFORE_COOL_DOWN_S = 1500.0
"""How long a collapse lasts before a cool-down, by order of magnitude [s]."""

AT_PLANS_END, NEAR_END_S = 0.6, 20.0
"""Probability that the run then ends with the plan all the same, and how near to it [s]."""


class Aftermath(Struct, frozen=True, eq=False):
    """
    What comes after a collapse, for each edge at which the slow running may begin.

    ``to_end`` fits what is left as one slow stretch, ``until`` (ends, edges) in short floats
    stretches up to a cool-down, with ``ends`` (ends, edges) as their indexes, and ``easy`` what
    is left as one easy stretch.
    """

    to_end: Fit
    until: Fit
    easy: Fit
    ends: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    starts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def aftermath(bins: Bins) -> Aftermath:
    """Fit every stretch that may be the slow running after a collapse, whatever the block."""
    edges = np.arange(bins.count + 1)
    starts = edges[::START_BINS]
    later_by = LEAST_BINS + COOL_DOWN_STEP_BINS * np.arange(COOL_DOWN_STEPS)
    ends = np.minimum(starts + later_by[:, None], bins.count)
    to_end = np.full_like(edges, bins.count)
    return Aftermath(
        to_end=_slow(bins, sums_between(bins, edges, to_end)),
        until=_slow(bins, sums_between(bins, starts, ends)).shortened(),
        easy=outside_fit(bins, edges, to_end),
        ends=ends,
        starts=starts,
    )


def _slow(bins: Bins, sums: Sums) -> Fit:
    return fit_stretches(sums, bins.sigma2, SLOWER_SD, SINKING_S)


def collapse_terms(
    bins: Bins,
    blocks: tuple[Expected, ...],
    place: int,
    table: tuple[int, Reals],
    after: Aftermath,
) -> Reals:
    """
    Log of prior times likelihood of leaving the plan in a block begun at each edge.

    Parameters
    ----------
    bins : Bins
        The run.
    blocks : tuple of Expected
        The plan.
    place : int
        Which of them, from 0.
    table : int, array of shape (n + 1, m)
        The shortest length whose likelihoods are known, and those from each edge on.
    after : Aftermath
        Of the same run.

    Returns
    -------
    array, shape (n + 1,)
        -inf where there is no time for it.
    """
    expected = blocks[place]
    most = max(2 * STEP_BINS, int(expected.seconds / bins.width_s))
    lengths = range(STEP_BINS, most + 1, STEP_BINS)
    if place == 0:  # it must be seen for 2 min: the way from a walk to running is no collapse
        lengths = range(LEAST_BINS, most + 1, STEP_BINS) if most >= LEAST_BINS else lengths[-1:]
    before, lengths = _before_the_fall(bins, expected, lengths, table)
    ends_with_plan, cools_down = _tails(bins, expected, after)
    ended = log_sum(before + _ahead(ends_with_plan, lengths))
    ended += _ending(bins, blocks[place:]) + math.log(P_NO_COOL_DOWN)
    both = np.logaddexp(ended, log_sum(before + _ahead(cools_down, lengths)))
    share = 1.0 if _is_hard(blocks, place) else EASY_SHARE
    size = math.log(share * P_COLLAPSE / len(blocks)) - math.log(len(lengths))
    return both + size


def _before_the_fall(
    bins: Bins, expected: Expected, lengths: range, table: tuple[int, Reals]
) -> tuple[Reals, range]:
    """
    Likelihood of a block from each edge on, a row a length in bins; at the end, anything.

    Beside it the lengths that are left: those longer than the table knows are not.
    """
    least, fits = table
    lengths = lengths[: sum(length < least + fits.shape[1] for length in lengths)]
    count = sum(length < least for length in lengths)
    before = np.empty((len(lengths), fits.shape[0]), fits.dtype)
    if count:
        for rows in row_chunks(fits.shape[0], count):
            fit = fit_table(bins, expected, rows, lengths[:count])
            before[:count, rows] = fit.against(expected).T
    if count < len(lengths):
        before[count:] = fits.T[lengths[count] - least : lengths[-1] - least + 1 : lengths.step]
    return before, lengths


def _ahead(values: Reals, lengths: range) -> Reals:
    """Return the value so many edges ahead of each, a row a length; -inf past the end."""
    padded = np.full(values.size + lengths[-1], -np.inf, np.float32)
    padded[: values.size] = values
    ahead: Reals = windows_of(padded, values.size)[lengths.start :: lengths.step]
    return ahead


def _is_hard(blocks: tuple[Expected, ...], place: int) -> bool:
    """Whether a block is at least as fast as those before it; the first one is easy."""
    earlier = [block.mean for block in blocks[:place]]
    return bool(earlier) and blocks[place].mean >= max(earlier) - LEAST_FALL


def _ending(bins: Bins, left: tuple[Expected, ...]) -> Reals:
    """Log of how well the end of the recording suits a runner who goes on to the plan's end."""
    metres = [b.metres for b in left if b.metres is not None]
    remaining_s = sum(b.seconds for b in left)
    over_s = bins.edges_s[::-1] - remaining_s
    if len(metres) == len(left):
        slow_mps = math.exp(left[0].mean - SLOWER)
        over_s = (bins.metres[-1] - bins.metres - sum(metres)) / slow_mps
    width_s = bins.width_s
    at_end = AT_PLANS_END * np.exp(-np.abs(over_s) / NEAR_END_S) * width_s / (2 * NEAR_END_S)
    short = np.where(over_s < 0, (1 - AT_PLANS_END) * width_s / max(remaining_s, 60.0), 0.0)
    ending: Reals = np.log(at_end + short + 1e-300)
    return ending


def _tails(bins: Bins, expected: Expected, after: Aftermath) -> tuple[Reals, Reals]:
    """Return what speaks for slow running from each edge on: to the end, and to a cool-down."""
    n = bins.count
    slow = expected._replace(mean=expected.mean - SLOWER, gradient=0.0)
    to_end = _fallen_far(after.to_end, slow)
    to_end[max(0, n + 1 - LEAST_BINS) :] = -np.inf
    until = _fallen_far(after.until, slow)
    ends = np.arange(n + 1)
    rest = _easy_running(bins, after.easy, slow.mean) + end_prior(bins)
    step_s = COOL_DOWN_STEP_BINS * bins.width_s
    rest += math.log((1 - P_NO_COOL_DOWN) * step_s / BEFORE_COOL_DOWN_S)
    rest[n] = -np.inf  # no cool-down
    until += rest.astype(np.float32)[after.ends]
    slowing = np.maximum(log_sum(until), -1e6) - bins.free[after.starts]
    cools_down = np.interp(ends, after.starts, slowing) + bins.free  # free running is no line
    return _fallen(to_end), _fallen(cools_down)


def cool_down_terms(bins: Bins, easiest: float) -> Reals:
    """
    Log likelihood of what is recorded from each edge on, once the plan is done.

    Parameters
    ----------
    bins : Bins
        The run.
    easiest : float
        ln of the slowest speed of the plan: about that of a cool-down.
    """
    edges = np.arange(bins.count + 1)
    to_end = outside_fit(bins, edges, np.full_like(edges, bins.count))
    after = _easy_running(bins, to_end, easiest)
    return np.where(edges == bins.count, after, _fallen(after))


def _easy_running(bins: Bins, to_end: Fit, easiest: float) -> Reals:
    """Log likelihood of what is recorded from each edge on; running on fast is rare."""
    after = freely_or_level(to_end, easiest)
    weight, total = bins.sums[0, -1] - bins.sums[0], bins.sums[1, -1] - bins.sums[1]
    is_fast = total > (easiest + RUN_ON) * weight
    return after - np.where(is_fast & (weight > RUN_ON_S), RUN_ON_COST, 0.0)


def _fallen_far(fit: Fit, slow: Expected) -> Reals:
    """Fit slow running that is well below the block's target."""
    terms = fit.against(slow)
    np.subtract(terms, NO_FALL_COST, out=terms, where=fit.mean > slow.mean + SLOWER - LEAST_FALL)
    return terms


def _fallen(tail: Reals) -> Reals:
    """Let the fall itself be free running for a while."""
    padded = np.concatenate((tail, np.full(max(FALL_BINS), -np.inf)))
    ways = np.stack([padded[g : g + tail.size] for g in FALL_BINS])
    return log_sum(ways) - math.log(len(FALL_BINS))
