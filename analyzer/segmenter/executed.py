"""The executed alignment: where the runner really changed pace, and how surely (method 3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct, field

from analyzer.segmenter.bins import BIN_S, edge_times
from analyzer.segmenter.chain import Link, solve
from analyzer.segmenter.collapse import aftermath, collapse_terms, cool_down_terms
from analyzer.segmenter.evidence import readings
from analyzer.segmenter.forced_starts import allow_forced_starts, forced_starts
from analyzer.segmenter.likelihood import (
    fit_stretches,
    onset_terms,
    outside_terms,
    sums_between,
)
from analyzer.segmenter.priors import (
    P_OTHER_RUN,
    WAYS,
    cut_prior,
    end_prior,
    length_prior,
    skip_prior,
    start_prior,
)
from analyzer.segmenter.refine import ends_of, placed_within
from analyzer.segmenter.tables import (
    end_with_recording,
    fit_tables,
    without_cut,
    without_other_lengths,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.activity import Floats
    from analyzer.segmenter.bins import Bins, Reals
    from analyzer.segmenter.chain import Marginals
    from analyzer.segmenter.expected import Expected
    from analyzer.segmenter.priors import Following

NEAR_BINS = 3
"""Confidence is the probability that a boundary lies within this many bins: 15 s."""

MOST_LEFT_OUT = 0.5
"""Where more of the plan than this share of its blocks would be left out, none is."""

TAIL = 0.05
"""Probability left out on each side of a 90 % interval."""


class Boundary(Struct, frozen=True):
    """A change of pace [timer s] with its 90 % interval; ``confidence`` is P(within 15 s)."""

    at_s: float
    low_s: float
    high_s: float
    confidence: float


class Anchors(Struct, frozen=True, eq=False):
    """
    What the file or the user says of the boundaries.

    Parameters
    ----------
    presses_s : array
        Timer seconds of lap presses.
    on_clock_s : array
        Those of them that the clock alignment rests on.
    start_s : float or None
        Where block 1 starts, if steps, laps or the user say so.
    """

    presses_s: Floats = field(default_factory=lambda: np.empty(0))
    on_clock_s: Floats = field(default_factory=lambda: np.empty(0))
    start_s: float | None = None


class Posterior(Struct, frozen=True):
    """
    What is known of a run's changes of pace.

    Parameters
    ----------
    blocks : tuple of int
        Index of each block looked for.
    starts : tuple of Boundary or None
        Start of each of them; None where it was hardly reached.
    end : Boundary or None
        End of the last one.
    skipped, cut : tuple of float
        Probability that each was left out, and that the run ended in it.
    left : tuple of float
        Probability that the runner left the plan for good in each, slower.
    start_mass : array, shape (n + 1,)
        Probability of each edge as the start of block 1, by the pace alone.
    p_plan : float
        Probability that the pace follows the plan at all, and not just anything.
    """

    blocks: tuple[int, ...]
    starts: tuple[Boundary | None, ...]
    end: Boundary | None
    skipped: tuple[float, ...]
    cut: tuple[float, ...]
    left: tuple[float, ...]
    start_mass: Floats
    p_plan: float

    def start_near(self, at_s: float, within_s: float = NEAR_BINS * BIN_S) -> float:
        """Probability, by the pace alone, that block 1 starts this near to a timer second."""
        edges_s = edge_times(self.start_mass.size)
        near = np.abs(edges_s - at_s) <= within_s + BIN_S / 2
        return float(self.start_mass[near].sum())

    def start_after(self, at_s: float) -> Boundary | None:
        """
        Start of block 1 by the pace alone, if it lies behind a timer second at all.

        Its confidence is conditional on that.
        """
        later = np.where(edge_times(self.start_mass.size) > at_s, self.start_mass, 0.0)
        total = float(later.sum())
        return _boundary(later / total) if total > 0 else None


def find_changes(
    bins: Bins, blocks: tuple[Expected, ...], anchors: Anchors, step: int = 1
) -> Posterior:
    """
    Find where the runner changed pace.

    Each block is a stretch at its own level, pulled only weakly to its target,
    of about its planned length. What is said of a boundary is summed over all
    ways in which the whole run can have gone.

    Parameters
    ----------
    bins : Bins
        The run.
    blocks : tuple of Expected
        At least one.
    anchors : Anchors
        Presses, and the start where something marks it.
    step : int
        So many bins are made one to find them, and they are placed within it afterwards.

    Returns
    -------
    Posterior
        Of every block's start.
    """
    bins, run = bins.joined(step), bins
    parts = _parts(bins, blocks)
    solutions = list(_solutions(bins, parts, anchors))
    if _leaves_out_most(solutions):
        never = np.full_like(parts[0].skipped, -np.inf)
        kept = [part._replace(skipped=never, left=never) for part in parts]
        solutions = list(_solutions(bins, kept, anchors))
    shares = _shares([way.weight for way in solutions])
    ways = [way.marginals for way in solutions]
    mass = _mixed(shares, [way.edges for way in ways])
    start_mass, p_plan = _by_pace(bins, blocks, solutions)
    skipped = _mixed(shares, [way.skipped for way in ways])
    if step > 1:
        mass, start_mass = _placed_within(run, blocks, anchors, (mass, skipped, start_mass))
    boundaries = _in_order([_boundary(row) for row in mass])
    return Posterior(
        blocks=tuple(e.block for e in blocks),
        starts=boundaries[:-1],
        end=boundaries[-1],
        skipped=tuple(skipped.tolist()),
        cut=tuple(_mixed(shares, [way.cut for way in ways]).tolist()),
        left=tuple(_mixed(shares, [way.left for way in ways]).tolist()),
        start_mass=start_mass,
        p_plan=p_plan,
    )


def _placed_within(
    run: Bins,
    blocks: tuple[Expected, ...],
    anchors: Anchors,
    found: tuple[Floats, Floats, Floats],
) -> tuple[Floats, Floats]:
    """Place the boundaries, and the start of block 1 by the pace alone, in bins of 5 s."""
    mass, skipped, start_mass = found
    meaning = readings(run, anchors.presses_s, anchors.on_clock_s)[0]
    ends = ends_of(run, blocks, anchors.start_s, meaning.marks)
    by_pace = ends_of(run, blocks, anchors.start_s, np.zeros_like(meaning.marks))
    start_only = np.vstack((start_mass, mass[1:]))
    start_mass = placed_within(run, blocks, start_only, skipped, by_pace)[0]
    return placed_within(run, blocks, mass, skipped, ends), start_mass


def _by_pace(
    bins: Bins, blocks: tuple[Expected, ...], solutions: list[_Solution]
) -> tuple[Floats, float]:
    """Say without the presses where block 1 starts, and how probably the plan was run at all."""
    ways = [way for way in solutions if not way.uses_presses]
    weights = [way.pace_weight for way in ways]
    no_plan = outside_terms(bins, np.array([0]), np.array([bins.count]), blocks[0].mean)
    start_mass = _mixed(_shares(weights), [way.marginals.edges[0] for way in ways])
    return start_mass, _p_plan(weights, float(no_plan[0]))


class _Solution(Struct, frozen=True):
    """
    Where the boundaries lie if the plan was followed in one way and the presses mean one thing.

    Parameters
    ----------
    marginals : Marginals
        Probability of each place.
    pace_weight, weight : float
        Logarithm of how likely it is, by the pace alone and with the presses.
    uses_presses : bool
        Whether presses mark boundaries at all.
    """

    marginals: Marginals
    pace_weight: float
    weight: float
    uses_presses: bool


def _leaves_out_most(solutions: list[_Solution]) -> bool:
    """
    Whether most of the plan would be left out, the first block aside.

    Whoever runs on at one pace has not left out four blocks, but taken no step.
    """
    shares = _shares([way.weight for way in solutions])
    skipped = _mixed(shares, [way.marginals.skipped for way in solutions])
    return skipped.size > 1 and float(skipped[1:].sum()) > MOST_LEFT_OUT * (skipped.size - 1)


def _solutions(bins: Bins, parts: list[_Part], anchors: Anchors) -> Iterator[_Solution]:
    """Solve each way of following the plan with each meaning of the presses."""
    blocks = [part.expected for part in parts]
    edges = np.arange(bins.count + 1)
    first = start_prior(bins, sum(b.seconds for b in blocks), anchors.start_s)
    first = first + outside_terms(bins, np.zeros_like(edges), edges, blocks[0].mean)
    last = end_prior(bins)
    last = last + cool_down_terms(bins, min(b.mean for b in blocks))
    for way in WAYS:
        links = [part.link(way, bins) for part in parts]
        for meaning in readings(bins, anchors.presses_s, anchors.on_clock_s):
            start = first + np.where(edges > 0, meaning.marks, 0.0)
            marginals = solve(start, links, meaning.marks, last)
            weight = marginals.log_evidence + math.log(way.probability)
            with_presses = weight + meaning.weight_with(way.near_s)
            yield _Solution(marginals, weight, with_presses, meaning.uses_presses)


def _p_plan(log_weights: list[float], log_other: float) -> float:
    """Weigh the plan against running freely or at one level, by the pace alone."""
    top = max(log_weights)
    if not math.isfinite(top):
        return 0.0
    plan = top + math.log(sum(math.exp(w - top) for w in log_weights) * (1 - P_OTHER_RUN))
    other = log_other + math.log(P_OTHER_RUN)
    return 1 / (1 + math.exp(min(other - plan, 700.0)))


class _Part(NamedTuple):
    """A block with its likelihoods: all that does not depend on the way of following."""

    expected: Expected
    fits: Reals
    least: int
    skipped: Reals
    cut: Reals
    left: Reals
    is_first: bool

    def link(self, way: Following, bins: Bins) -> Link:
        """Add how long the block may take for one way of following the plan."""
        most = self.least + self.fits.shape[1] - 1
        stray = way.first_stray if self.is_first else way.stray
        lengths = length_prior(self.expected, way._replace(stray=stray), bins, self.least, most)
        return Link(self.fits, self.least, lengths, self.skipped, self.cut, self.left)


def _parts(bins: Bins, blocks: tuple[Expected, ...]) -> list[_Part]:
    """Lay down the likelihoods of every block."""
    edges = np.arange(bins.count + 1)
    onset = onset_terms(bins)
    to_end = sums_between(bins, edges, np.full_like(edges, bins.count))
    tables = fit_tables(bins, blocks)
    after = aftermath(bins)
    forced = forced_starts(bins)
    parts: list[_Part] = []
    for i, (expected, (least, fits)) in enumerate(zip(blocks, tables, strict=True)):
        is_first, is_last = i == 0, i == len(blocks) - 1
        rest = fit_stretches(to_end, bins.sigma2, expected.tau, expected.seconds, expected.gradient)
        cut = rest.against(expected)
        end_with_recording(fits, least, cut)
        left = collapse_terms(bins, blocks, i, (least, fits), after)
        allow_forced_starts(forced, fits)
        without_other_lengths(fits, least, expected, bins)
        if is_first:
            fits += onset[:, None].astype(fits.dtype)
            cut += onset
            left += onset
        if is_last:
            without_cut(fits, least, expected, bins)
        parts.append(
            _Part(
                expected=expected,
                fits=fits,
                least=least,
                skipped=skip_prior(bins, is_first=is_first, is_last=is_last),
                cut=cut + cut_prior(expected, len(blocks), bins, is_first=is_first),
                left=left,
                is_first=is_first,
            )
        )
    return parts


def _shares(log_weights: list[float]) -> list[float]:
    """Turn weights in ln into shares."""
    top = max(log_weights)
    if not math.isfinite(top):
        return [1.0 / len(log_weights)] * len(log_weights)
    weights = [math.exp(w - top) for w in log_weights]
    return [w / sum(weights) for w in weights]


def _mixed(shares: list[float], values: list[Reals]) -> Floats:
    """Mean of several arrays by their shares."""
    return np.asarray(sum(share * value for share, value in zip(shares, values, strict=True)))


def _boundary(mass: Floats) -> Boundary | None:
    """
    Return the place that most probably lies within 15 s of the truth.

    That is what ``confidence`` states; within those 15 s it is the mean. None
    if the boundary was reached with less than a chance in a million.
    """
    total = float(mass.sum())
    if not total > 1e-6:
        return None
    sums = np.concatenate(([0.0], np.cumsum(mass)))
    edges = np.arange(mass.size)
    first = np.maximum(edges - NEAR_BINS, 0)
    last = np.minimum(edges + NEAR_BINS + 1, mass.size)
    near = sums[last] - sums[first]
    best = int(np.argmax(near))
    here = slice(int(first[best]), int(last[best]))
    at_s = float(mass[here] @ edges[here] / mass[here].sum()) * BIN_S
    low = float(np.searchsorted(sums[1:], TAIL * total)) * BIN_S - BIN_S / 2
    high = float(np.searchsorted(sums[1:], (1 - TAIL) * total)) * BIN_S + BIN_S / 2
    end_s = float((mass.size - 1) * BIN_S)
    return Boundary(
        at_s=at_s,
        low_s=max(0.0, min(low, at_s)),
        high_s=min(end_s, max(high, at_s)),
        confidence=min(1.0, float(near[best])),
    )


def _in_order(boundaries: list[Boundary | None]) -> tuple[Boundary | None, ...]:
    """Let no boundary come before the one before it; each was placed by itself."""
    ordered: list[Boundary | None] = []
    latest = 0.0
    for b in boundaries:
        if b is None or b.at_s >= latest:
            ordered.append(b)
        else:
            ordered.append(Boundary(latest, b.low_s, max(b.high_s, latest), b.confidence))
        latest = max(latest, b.at_s if b is not None else 0.0)
    return tuple(ordered)
