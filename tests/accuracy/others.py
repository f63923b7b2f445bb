"""
Peers: how other tools find where a runner changed pace, measured beside our method.

Every peer takes a plan, a prepared recording and the timer seconds of button
presses, and returns the timer second at which each block starts, NaN where it
has none. All but the clock and the laps look at the same bins as our method, so
that they differ in what they make of the data and not in the data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analyzer.segmenter.bins import BIN_S, lay_bins
from analyzer.segmenter.boundaries import boundaries

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from analyzer.model.activity import Floats
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.bins import Bins

    Indexes = NDArray[np.int64]
    Peer = Callable[[Plan, Prepared, Floats], Floats]

LEAST_BINS = 60 // BIN_S
"""Change points lie at least a minute apart, and blocks without a length prior last one."""

PENALTY = 3.0
"""A change must gain this many times ``sigma2 ln n``: two free numbers (BIC), with some reserve."""

QUIETEST_SD = 0.005
"""Bins of no run are steadier than this about their mean, in ln v; keeps the penalty above 0."""

OFFSETS_S = np.arange(0.0, 601.0, BIN_S)
"""Starts of block 1 that are tried [s]."""

SHORTEST, LONGEST = 0.4, 1.6
"""Lengths of blocks that are looked at, as shares of the planned one."""

LENGTH_SCALE = 0.10
"""Scale of the Laplace prior of a length, as a share of the planned one."""


def clock(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Lay the plan down from the start of the recording."""
    return _clock_edges(plan, prepared)[:-1]


def laps_in_order(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Take every press for the next boundary; NaN where presses run out."""
    starts_s = np.full(len(plan.blocks), np.nan)
    starts_s[0] = 0.0
    pressed_s = np.sort(presses_s)[: starts_s.size - 1]
    starts_s[1 : 1 + pressed_s.size] = pressed_s
    return starts_s


def pelt(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Move every inner boundary of the plan to the nearest change of mean that PELT finds."""
    changes_s = _pelt_changes(prepared, len(plan.blocks))
    return _nearest(_planned_starts(plan, prepared), changes_s)


def pelt_offset(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Do as `pelt`, after the plan has been slid to where it lies nearest to the changes."""
    changes_s = _pelt_changes(prepared, len(plan.blocks))
    return _nearest_after_sliding(_planned_starts(plan, prepared), changes_s)


def kernel_offset(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Do as `pelt_offset`, with the best K changes: those inside the plan, and one of its ends."""
    changes_s = _seconds(_best_changes(_levels(prepared), len(plan.blocks)))
    return _nearest_after_sliding(_planned_starts(plan, prepared), changes_s)


def exact_target(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Find the likeliest boundaries of a runner who runs exactly to target, about as long."""
    return _likeliest(plan, prepared, _near_planned)


def exact_target_no_durations(plan: Plan, prepared: Prepared, presses_s: Floats) -> Floats:
    """Do as `exact_target`, with every length from a minute to 1.6 times the plan as likely."""
    return _likeliest(plan, prepared, _any_length)


PEERS: dict[str, Peer] = {
    "the clock, from the start of the recording": clock,
    "laps, in order": laps_in_order,
    "change points (PELT), nearest": pelt,
    "change points (PELT), one offset": pelt_offset,
    "change points (kernel), one offset": kernel_offset,
    "exact target, with durations": exact_target,
    "exact target, no durations": exact_target_no_durations,
}
"""Every peer by its name in tables."""


def _clock_edges(plan: Plan, prepared: Prepared) -> Floats:
    """Return the edges of the blocks by the clock; the end of the recording where unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):  # a distance after no running at all
        edges_s = boundaries(plan, 0.0, prepared)
    known_s = np.where(np.isfinite(edges_s), edges_s, float(prepared.seconds))
    return np.maximum.accumulate(known_s)


def _planned_lengths(plan: Plan, prepared: Prepared) -> Floats:
    """Return the planned seconds of every block; what the clock gives where none are planned."""
    given_s = np.diff(_clock_edges(plan, prepared))
    pairs = zip(plan.blocks, given_s.tolist(), strict=True)
    return np.array(
        [s if b.expected_duration_s is None else b.expected_duration_s for b, s in pairs]
    )


def _planned_starts(plan: Plan, prepared: Prepared) -> Floats:
    """Return the start of every block by planned lengths alone, block 1 at 0."""
    return np.concatenate(([0.0], np.cumsum(_planned_lengths(plan, prepared))[:-1]))


def _levels(prepared: Prepared) -> Floats:
    """Return ln v of every bin, bins without weight filled from those around them."""
    if prepared.seconds == 0:
        return np.zeros(0)
    bins = lay_bins(prepared)
    known = np.flatnonzero(bins.weight > 0)
    if not known.size:
        return bins.level
    return np.interp(np.arange(bins.count), known, bins.level[known])


def _best_changes(levels: Floats, count: int) -> Indexes:
    """Return the first bins of all segments but the first, at the least sum of squares."""
    count = min(count, levels.size // LEAST_BINS - 1)  # as many as the recording has room for
    if count < 1:
        return np.zeros(0, dtype=np.int64)
    import ruptures  # more than a second, for all who only collect tests

    search = ruptures.KernelCPD(kernel="linear", min_size=LEAST_BINS).fit(levels[:, None])
    return np.array(search.predict(n_bkps=count)[:-1], dtype=np.int64)


def _bin_variance(levels: Floats, count: int) -> float:
    """
    Return the variance of bins about the means of their segments, robustly.

    The segments are the best ones with ``count`` changes; the variance is that of
    a normal distribution with the same median distance from the segment means.
    So neither single odd bins nor the changes of pace themselves enlarge it.
    """
    edges = np.concatenate(([0], _best_changes(levels, count), [levels.size]))
    lengths = np.diff(edges)
    means = np.add.reduceat(levels, edges[:-1]) / lengths
    sd = 1.4826 * float(np.median(np.abs(levels - np.repeat(means, lengths))))
    return max(sd, QUIETEST_SD) ** 2


def _pelt_changes(prepared: Prepared, blocks: int) -> Floats:
    """Return the timer seconds of the changes of mean that PELT finds; may be none."""
    levels = _levels(prepared)
    if levels.size < 2 * LEAST_BINS:
        return np.zeros(0)
    penalty = PENALTY * _bin_variance(levels, blocks) * math.log(levels.size)
    import ruptures

    search = ruptures.Pelt(model="l2", min_size=LEAST_BINS, jump=1).fit(levels)
    return _seconds(np.array(search.predict(pen=penalty)[:-1], dtype=np.int64))


def _seconds(edges: Indexes) -> Floats:
    """Return the timer second of some edges between bins."""
    times: Floats = edges.astype(np.float64) * BIN_S
    return times


def _nearest(planned_s: Floats, changes_s: Floats) -> Floats:
    """Move all starts but the first to their nearest change; they stay where there is none."""
    starts_s = planned_s.copy()
    if changes_s.size:
        off_s = np.abs(planned_s[1:, None] - changes_s)
        starts_s[1:] = changes_s[off_s.argmin(axis=1)]
    return starts_s


def _nearest_after_sliding(planned_s: Floats, changes_s: Floats) -> Floats:
    """
    Slide the plan to the least median distance from the changes, then move each start.

    Block 1 starts where the plan was slid to. Its own distance does not count:
    who begins with an easy block often jogs into it without a change of pace.
    """
    if planned_s.size < 2 or not changes_s.size:
        return planned_s
    slid_s = OFFSETS_S[:, None] + planned_s[1:]
    off_s = np.abs(slid_s[:, :, None] - changes_s).min(axis=2)
    off_s = np.maximum(off_s, BIN_S)  # a change is known to the bin, and nearer is no nearer
    offset_s = OFFSETS_S[np.median(off_s, axis=1).argmin()]  # the smallest of equals
    return _nearest(planned_s + offset_s, changes_s)


@dataclass(frozen=True, slots=True, eq=False)
class _Lengths:
    """Ln of the prior of a length of ``least`` bins, ``least + 1``, .. up to the longest."""

    least: int
    log_prior: Floats

    @property
    def most(self) -> int:
        """Bins of the longest length."""
        return self.least + self.log_prior.size - 1

    def log_survival(self, lengths: Indexes) -> Floats:
        """Return ln of the prior of lasting at least so long; -inf past the longest."""
        at_least = np.cumsum(np.exp(self.log_prior[::-1]))[::-1]
        place = np.clip(lengths - self.least, 0, at_least.size - 1)
        return np.where(lengths <= self.most, np.log(at_least[place]), -np.inf)


def _near_planned(planned_s: float) -> _Lengths:
    """Return a Laplace prior around the planned length, cut off at 0.4 and 1.6 times it."""
    planned_s = max(planned_s, 1.0)
    least = max(1, math.ceil(SHORTEST * planned_s / BIN_S))
    most = max(least, int(LONGEST * planned_s / BIN_S))
    scale_s = LENGTH_SCALE * planned_s
    off_s = np.abs(np.arange(least, most + 1) * BIN_S - planned_s)
    return _Lengths(least, math.log(BIN_S / (2 * scale_s)) - off_s / scale_s)


def _any_length(planned_s: float) -> _Lengths:
    """Return equal priors from a minute, or the plan if that is less, to 1.6 times the plan."""
    least = max(1, min(LEAST_BINS, int(planned_s / BIN_S)))
    count = max(1, int(LONGEST * planned_s / BIN_S) - least + 1)
    return _Lengths(least, np.full(count, -math.log(count)))


FREE_COST = 0.3
"""What running freely costs the exact-target peers a second: best for them on the tuning seeds."""


def _likeliest(plan: Plan, prepared: Prepared, prior_of: Callable[[float], _Lengths]) -> Floats:
    """
    Find the likeliest boundaries, given that every block was run exactly at its target.

    Before and after the plan, and in blocks without a target, the runner runs
    freely. The plan is taken to be run as a whole; only where the recording has
    no room for its shortest lengths, it ends in the likeliest block. (To let any
    run end early makes this method much worse: a runner 2 % off target is then
    best explained by running freely until shortly before the end.) Ramps count
    at the middle of their paces.

    Parameters
    ----------
    plan : Plan
        The session.
    prepared : Prepared
        The recording.
    prior_of : callable
        Prior of the lengths of a block of so many planned seconds.

    Returns
    -------
    array, shape (K,)
        Timer seconds; NaN for blocks that were not begun.
    """
    blocks = len(plan.blocks)
    starts_s = np.full(blocks, np.nan)
    if prepared.seconds == 0:
        return starts_s
    bins = lay_bins(prepared)
    free = -FREE_COST * BIN_S * np.arange(bins.count + 1.0)
    lengths = [prior_of(s) for s in _planned_lengths(plan, prepared).tolist()]
    begun, taken = free, []  # begun: ln of the best way to be at each edge, so far
    left = bins.count - np.arange(bins.count)
    ended = []  # ln of the best way to begin a block at each edge and not get to its end
    for block, length in zip(plan.blocks, lengths, strict=True):
        fits = _target_sums(bins, block.target.speed_mps) if block.target else free
        ended.append(begun[:-1] + fits[-1] - fits[:-1] + length.log_survival(left))
        best, lasted = _best_way(begun - fits, length)
        begun = best + fits
        taken.append(lasted)
    whole = begun + free[-1] - free
    last, edge = blocks, int(whole.argmax())
    if not np.isfinite(whole[edge]):
        last, edge = divmod(int(np.argmax(ended)), bins.count)
        starts_s[last] = edge * BIN_S
    for i in range(last - 1, -1, -1):
        edge -= int(taken[i][edge])
        starts_s[i] = edge * BIN_S
    return starts_s


def _target_sums(bins: Bins, target_mps: float) -> Floats:
    """Return prefix sums of the log likelihood of running exactly at a speed."""
    terms = -bins.weight * (bins.level - math.log(target_mps)) ** 2 / (2 * bins.sigma2)
    return np.concatenate(([0.0], np.cumsum(terms)))


def _best_way(begun: Floats, length: _Lengths) -> tuple[Floats, Indexes]:
    """
    Return the best way to end a block at each edge, and the bins it lasts on that way.

    One pass a length over all edges at once: as quick as a table of all pairs,
    and a recording of a day needs no more memory than one of an hour.
    """
    best = np.full(begun.size, -np.inf)
    lasted = np.zeros(begun.size, dtype=np.int64)
    for i in range(length.least, min(length.most, begun.size - 1) + 1):
        ways = begun[:-i] + length.log_prior[i - length.least]
        better = ways > best[i:]
        np.copyto(best[i:], ways, where=better)
        np.copyto(lasted[i:], i, where=better)
    return best, lasted
