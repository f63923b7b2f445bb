"""Leaving the plan for good: how well a run fits a collapse in each block (method 3.6)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.segmenter.bins import BIN_S, edge_times
from analyzer.segmenter.chain import log_sum
from analyzer.segmenter.likelihood import (
    fit_stretches,
    freely_or_level,
    outside_fit,
    sums_between,
    table_sums,
)
from analyzer.segmenter.priors import end_prior

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.segmenter.bins import Bins
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

    ``to_end`` fits what is left as one slow stretch, ``until`` (edges, ends) stretches up to a
    cool-down, with ``later`` (edges, ends) as their indexes, and ``easy`` what is left as one
    easy stretch.
    """

    to_end: Fit
    until: Fit
    easy: Fit
    later: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    starts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def aftermath(bins: Bins) -> Aftermath:
    """Fit every stretch that may be the slow running after a collapse, whatever the block."""
    edges = np.arange(bins.count + 1)
    starts = edges[::START_BINS]
    later = starts[:, None] + LEAST_BINS + COOL_DOWN_STEP_BINS * np.arange(COOL_DOWN_STEPS)
    ends = np.minimum(later, bins.count)
    to_end = np.full_like(edges, bins.count)
    return Aftermath(
        to_end=_slow(bins, sums_between(bins, edges, to_end)),
        until=_slow(bins, sums_between(bins, starts[:, None], ends)),
        easy=outside_fit(bins, edges, to_end),
        later=later,
        starts=starts,
    )


def _slow(bins: Bins, sums: Sums) -> Fit:
    return fit_stretches(sums, bins.sigma2, SLOWER_SD, SINKING_S)


def collapse_terms(
    bins: Bins,
    blocks: tuple[Expected, ...],
    place: int,
    table: tuple[int, Floats],
    after: Aftermath,
) -> Floats:
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
    expected, (least, fits) = blocks[place], table
    most = max(2 * STEP_BINS, int(expected.seconds / BIN_S))
    lengths = np.arange(STEP_BINS, most + 1, STEP_BINS)
    if place == 0:  # it must be seen for 2 min: the way from a walk to running is no collapse
        lengths = lengths[lengths >= LEAST_BINS] if most >= LEAST_BINS else lengths[-1:]
    known = lengths[(lengths >= least) & (lengths < least + fits.shape[1])]
    short = lengths[lengths < least]
    before = np.concatenate((_fits_of(bins, expected, short), fits[:, known - least]), axis=1)
    lengths = np.concatenate((short, known))
    ends_with_plan, cools_down = _tails(bins, expected, after)
    ending = _ending(bins, blocks[place:]) + math.log(P_NO_COOL_DOWN)
    before += np.logaddexp(
        _ahead(ends_with_plan, lengths) + ending[:, None], _ahead(cools_down, lengths)
    )
    share = 1.0 if _is_hard(blocks, place) else EASY_SHARE
    size = math.log(share * P_COLLAPSE / len(blocks)) - math.log(lengths.size)
    return log_sum(before) + size


def _fits_of(bins: Bins, expected: Expected, lengths: Lengths) -> Floats:
    """Likelihood of a block from each edge on that is so many bins long; at the end, anything."""
    if not lengths.size:
        return np.empty((bins.count + 1, 0))
    edges = slice(0, bins.count + 1)
    sums = table_sums(bins, edges, int(lengths[0]), int(lengths[-1]), STEP_BINS)
    fit = fit_stretches(sums, bins.sigma2, expected.tau, expected.seconds, expected.gradient)
    return fit.against(expected)


def _ahead(values: Floats, lengths: Lengths) -> Floats:
    """Return the value so many edges ahead of each; -inf past the end."""
    padded = np.concatenate((values, np.full(int(lengths.max()), -np.inf)))
    ahead: Floats = padded[np.arange(values.size)[:, None] + lengths]
    return ahead


def _is_hard(blocks: tuple[Expected, ...], place: int) -> bool:
    """Whether a block is at least as fast as those before it; the first one is easy."""
    earlier = [block.mean for block in blocks[:place]]
    return bool(earlier) and blocks[place].mean >= max(earlier) - LEAST_FALL


def _ending(bins: Bins, left: tuple[Expected, ...]) -> Floats:
    """Log of how well the end of the recording suits a runner who goes on to the plan's end."""
    metres = [b.metres for b in left if b.metres is not None]
    remaining_s = sum(b.seconds for b in left)
    over_s = edge_times(bins.count + 1)[::-1] - remaining_s
    if len(metres) == len(left):
        slow_mps = math.exp(left[0].mean - SLOWER)
        over_s = (bins.metres[-1] - bins.metres - sum(metres)) / slow_mps
    at_end = AT_PLANS_END * np.exp(-np.abs(over_s) / NEAR_END_S) * BIN_S / (2 * NEAR_END_S)
    short = np.where(over_s < 0, (1 - AT_PLANS_END) * BIN_S / max(remaining_s, 60.0), 0.0)
    ending: Floats = np.log(at_end + short + 1e-300)
    return ending


def _tails(bins: Bins, expected: Expected, after: Aftermath) -> tuple[Floats, Floats]:
    """Return what speaks for slow running from each edge on: to the end, and to a cool-down."""
    n = bins.count
    slow = expected._replace(mean=expected.mean - SLOWER, gradient=0.0)
    to_end = _fallen_far(after.to_end, slow)
    to_end[max(0, n + 1 - LEAST_BINS) :] = -np.inf
    until = _fallen_far(after.until, slow)
    ends = np.arange(n + 1)
    rest = _easy_running(bins, after.easy, slow.mean) + end_prior(n + 1)
    step_s = COOL_DOWN_STEP_BINS * BIN_S
    cool = math.log((1 - P_NO_COOL_DOWN) * step_s / BEFORE_COOL_DOWN_S)
    until += rest[np.minimum(after.later, n)] + cool
    until[after.later >= n] = -np.inf
    slowing = np.maximum(log_sum(until), -1e6) - bins.free[after.starts]
    cools_down = np.interp(ends, after.starts, slowing) + bins.free  # free running is no line
    return _fallen(to_end), _fallen(cools_down)


def cool_down_terms(bins: Bins, easiest: float) -> Floats:
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


def _easy_running(bins: Bins, to_end: Fit, easiest: float) -> Floats:
    """Log likelihood of what is recorded from each edge on; running on fast is rare."""
    after = freely_or_level(to_end, easiest)
    weight, total = bins.sums[0, -1] - bins.sums[0], bins.sums[1, -1] - bins.sums[1]
    is_fast = total > (easiest + RUN_ON) * weight
    return after - np.where(is_fast & (weight > RUN_ON_S), RUN_ON_COST, 0.0)


def _fallen_far(fit: Fit, slow: Expected) -> Floats:
    """Fit slow running that is well below the block's target."""
    terms = fit.against(slow)
    terms -= np.where(fit.mean > slow.mean + SLOWER - LEAST_FALL, NO_FALL_COST, 0.0)
    return terms


def _fallen(tail: Floats) -> Floats:
    """Let the fall itself be free running for a while."""
    padded = np.concatenate((tail, np.full(max(FALL_BINS), -np.inf)))
    ways = np.stack([padded[g : g + tail.size] for g in FALL_BINS], axis=1)
    return log_sum(ways) - math.log(len(FALL_BINS))
