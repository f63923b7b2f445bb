"""Changes sought in longer bins, placed within them to the 5 s (method 3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.segmenter.collapse import cool_down_terms
from analyzer.segmenter.likelihood import (
    fit_stretches,
    onset_terms,
    outside_terms,
    sums_between,
)
from analyzer.segmenter.priors import end_prior, start_prior

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.segmenter.bins import Bins
    from analyzer.segmenter.expected import Expected

Indexes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

NEGLIGIBLE = 1e-9
"""A longer bin's edge that is less probable than this is left out."""

LIKELY = 0.5
"""A boundary or a block with this probability is there for its neighbours."""


class Ends(NamedTuple):
    """
    What is said of the ends of a plan, and of any boundary, at each edge; in ln.

    ``first`` is prior and likelihood of all before block 1, ``last`` of all after the plan,
    ``marks`` what presses say, in ``first`` too.
    """

    first: Floats
    last: Floats
    marks: Floats


def ends_of(bins: Bins, blocks: tuple[Expected, ...], start_s: float | None, marks: Floats) -> Ends:
    """Say of each edge how well it ends what comes before the plan, or the plan."""
    edges = np.arange(bins.count + 1)
    first = outside_terms(bins, np.zeros_like(edges), edges, blocks[0].mean) + onset_terms(bins)
    first += start_prior(bins, sum(b.seconds for b in blocks), start_s)
    first[1:] += marks[1:]
    last = cool_down_terms(bins, min(b.mean for b in blocks)) + end_prior(bins)
    return Ends(first, last, marks)


def placed_within(
    bins: Bins,
    blocks: tuple[Expected, ...],
    mass: Floats,
    skipped: Floats,
    ends: Ends,
) -> Floats:
    """
    Spread the probability of each boundary over the bins of 5 s around the longer ones' edges.

    What an edge of the longer bins is worth stays, its neighbours in the plan standing where
    they most probably are; only where it lies, less than one of the longer bins to either
    side, is for the pace to say. Where the pace says nothing it is spread evenly.

    Parameters
    ----------
    bins : Bins
        Of 5 s.
    blocks : tuple of Expected
        The plan, K of them.
    mass : array, shape (K + 1, N + 1)
        Probability of each boundary at each edge of the longer bins.
    skipped : array, shape (K,)
        Probability that each block was left out.
    ends : Ends
        Of the 5 s bins.

    Returns
    -------
    array, shape (K + 1, n + 1)
        Probability at each edge of the bins of 5 s; rows sum up to what they did.
    """
    step = -(-bins.count // (mass.shape[1] - 1))
    at = np.where(mass.sum(axis=1) > LIKELY, mass.argmax(axis=1) * step, bins.count)
    at = np.minimum(at, bins.count)
    fine = np.zeros((mass.shape[0], bins.count + 1))
    for j, row in enumerate(mass):
        coarse = np.flatnonzero(row > NEGLIGIBLE)
        if not coarse.size:
            continue
        places = np.minimum(coarse * step, bins.count)[:, None] + np.arange(1 - step, step)
        nearness = np.broadcast_to(step - np.abs(np.arange(1 - step, step)), places.shape)
        inside = (places >= 0) & (places <= bins.count)
        edges = np.clip(places, 0, bins.count)
        terms = _terms(bins, blocks, j, edges, (at, skipped, ends))
        terms = np.where(inside, terms + np.log(nearness), -np.inf)
        top = terms.max(axis=1, keepdims=True)
        shares = np.exp(terms - np.where(np.isfinite(top), top, 0.0))
        shares = np.where(np.isfinite(top), shares, inside * nearness)
        shares *= (row[coarse] / shares.sum(axis=1))[:, None]
        fine[j] = np.bincount(edges.ravel(), shares.ravel(), minlength=bins.count + 1)
    return fine


def _terms(
    bins: Bins,
    blocks: tuple[Expected, ...],
    j: int,
    edges: Indexes,
    known: tuple[Indexes, Floats, Ends],
) -> Floats:
    """Log likelihood of boundary ``j`` at some edges, its neighbours in the plan given."""
    at, skipped, ends = known
    run = skipped < LIKELY
    before = next((i for i in reversed(range(j)) if run[i] and at[i] < at[j]), None)
    behind = next((i for i in range(j, len(blocks)) if run[i] and at[i + 1] > at[j]), None)
    terms: Floats = (
        ends.first[edges]
        if before is None
        else (
            _fit(bins, blocks[before], np.full_like(edges, at[before]), edges) + ends.marks[edges]
        )
    )
    if behind is None:
        return terms + ends.last[edges]
    return terms + _fit(bins, blocks[behind], edges, np.full_like(edges, at[behind + 1]))


def _fit(bins: Bins, expected: Expected, a: Indexes, b: Indexes) -> Floats:
    """Log likelihood ratio of a block between edges; -inf where it has no time."""
    sums = sums_between(bins, a, np.maximum(a, b))
    fit = fit_stretches(sums, bins.sigma2, expected.tau, expected.seconds, expected.gradient)
    return np.where(b > a, fit.against(expected), -np.inf)
