"""
A chain of blocks whose boundaries are unknown: what the data say of each of them.

Forward-backward over a semi-Markov chain (Yu 2010, Artificial Intelligence 174, 215): backwards
in logarithms, every row against its own largest way, so that no run is too odd to have an
answer; then forwards in probabilities, which those of each way on from an edge share out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.segmenter.windows import windows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.segmenter.bins import Reals

Indexes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

CACHE_CELLS = 65_536
"""Starts times lengths that are weighed at once."""

MOST_ROWS = 96
"""Starts whose ends are added up at once."""

NEGLIGIBLE = 1e-9
"""A start that is less probable than this is followed no further."""


class Link(NamedTuple):
    """
    One block of the chain, all in ln but ``lengths``.

    What is summed up over its ways is summed in the precision of ``fits``.

    Parameters
    ----------
    fits : array, shape (n + 1, m)
        Likelihood of the block from each edge on, ``least`` to ``least + m - 1``
        bins long; -inf past the end.
    least : int
        Bins of the shortest length looked at.
    lengths : array, shape (m,) or (n + 1, m)
        Prior of each length, not in ln; 0 only where ``fits`` is -inf.
    skipped : array, shape (n + 1,)
        Prior of leaving the block out, at each edge.
    cut : array, shape (n + 1,)
        Prior times likelihood of starting at each edge and not getting to the end.
    left : array, shape (n + 1,)
        The same of leaving the plan for good in it.
    """

    fits: Reals
    least: int
    lengths: Reals
    skipped: Reals
    cut: Reals
    left: Reals

    def weigh(self, rows: slice, ends: Reals, against: Reals | None, out: Reals) -> Reals:
        """
        Weigh each length from some edges on, and what follows at its end, prior aside.

        Parameters
        ----------
        rows : slice
            The edges.
        ends : array, shape (n + 1,)
            ln of what follows at each edge.
        against : array, shape (n + 1,) or None
            ln of the weight that each row is divided by; None: its largest one.
        out : array, shape (rows, m)
            Takes the weights, not in ln.

        Returns
        -------
        array, shape (rows,)
            ln of what each row was divided by.
        """
        length = self.fits.shape[1]
        following = np.full(rows.stop - rows.start + length - 1, -np.inf, self.fits.dtype)
        known = ends[rows.start + self.least : rows.stop + self.least + length - 1]
        level = _finite(float(known.max(initial=-np.inf)))  # what is left fits a short float
        following[: known.size] = known - level
        windows = windows_of(following, length)
        np.add(self.fits[rows], windows, out=out)
        top = _row_tops(out) if against is None else against[rows] - level
        top = np.where(np.isfinite(top), top, 0.0).astype(out.dtype)
        np.subtract(out, top[:, None], out=out)
        np.exp(out, out=out)
        return top + level

    def lengths_of(self, rows: slice) -> Reals:
        """Prior of each length from some edges on; one row where it is the same for all."""
        lengths = self.lengths if self.lengths.ndim == 1 else self.lengths[rows]
        return lengths.astype(self.fits.dtype, copy=False)


class Marginals(NamedTuple):
    """
    What is known of each boundary of K blocks on n + 1 edges.

    ``edges`` (K + 1, n + 1) is the probability of each place, a row sums to the
    probability that the boundary was reached. ``skipped``, ``cut`` and ``left`` (K,) are
    those of leaving a block out, of ending in it, and of leaving the plan in it.
    ``log_evidence`` weighs the whole chain against another one.
    """

    edges: Reals
    skipped: Reals
    cut: Reals
    left: Reals
    log_evidence: float


def solve(first: Reals, links: Sequence[Link], marks: Reals, last: Reals) -> Marginals:
    """
    Weigh every way through the chain.

    Parameters
    ----------
    first : array, shape (n + 1,)
        ln of prior and likelihood of all before the first block.
    links : sequence of Link
        The blocks, in order.
    marks : array, shape (n + 1,)
        ln of what marks in the file say for a boundary at each edge.
    last : array, shape (n + 1,)
        ln of prior and likelihood of all after the last block.

    Returns
    -------
    Marginals
        Of all boundaries, the first start included.
    """
    behind, onward = [last], []
    with np.errstate(divide="ignore"):  # nothing is possible: -inf
        for link, starts in zip(reversed(links), reversed(_starts(first, links)), strict=True):
            onward.append(_onward(link, behind[-1] + marks, starts))
            others = np.logaddexp(behind[-1] + link.skipped, np.logaddexp(link.cut, link.left))
            behind.append(np.logaddexp(onward[-1], others))
    behind.reverse()
    onward.reverse()
    return _forwards(first, links, marks, (behind, onward))


def _forwards(
    first: Reals,
    links: Sequence[Link],
    marks: Reals,
    weighed: tuple[list[Reals], list[Reals]],
) -> Marginals:
    """Share out the probability of each edge among the ways on from it, block after block."""
    behind, onward = weighed
    log_z = float(log_sum((first + behind[0])[:, None])[0])
    edges, skipped, cut, left = [_shared(first + behind[0], log_z)], [], [], []
    for link, by_block, here, after in zip(links, onward, behind[:-1], behind[1:], strict=True):
        reached = edges[-1]
        run = reached * _shared(by_block, here)
        skips = reached * _shared(after + link.skipped, here)
        edges.append(skips + _arrived(link, run, after + marks, by_block))
        skipped.append(np.add.reduce(skips))
        cut.append(reached @ _shared(link.cut, here))
        left.append(reached @ _shared(link.left, here))
    return Marginals(np.stack(edges), np.array(skipped), np.array(cut), np.array(left), log_z)


def _shared(way: Reals, whole: Reals | float) -> Reals:
    """Share of a way, both in ln; 0 where nothing is possible."""
    shares: Reals = np.exp(way - np.where(np.isfinite(whole), whole, np.inf))
    return shares


def _starts(first: Reals, links: Sequence[Link]) -> list[slice]:
    """From which edges on each block can be run at all."""
    possible = np.flatnonzero(first > -np.inf)
    low, high = (int(possible[0]), int(possible[-1])) if possible.size else (0, 0)
    starts = []
    for link in links:
        edges, lengths = link.fits.shape
        starts.append(slice(low, min(high + 1, max(low, edges - link.least))))
        high = min(edges - 1, high + link.least + lengths - 1)
    return starts


def _onward(link: Link, ends: Reals, starts: slice) -> Reals:
    """Ln of the weight of running the block from each edge on, and of all that follows."""
    length = link.fits.shape[1]
    sums = np.full(ends.size, -np.inf)
    most = max(1, CACHE_CELLS // length)
    buffer = np.empty((most, length), link.fits.dtype)
    for rows in _chunks(starts, most):
        weights = buffer[: rows.stop - rows.start]
        top = link.weigh(rows, ends, None, weights)
        sums[rows] = np.log(np.vecdot(weights, link.lengths_of(rows))) + top
    return sums


def _arrived(link: Link, run: Reals, ends: Reals, by_block: Reals) -> Reals:
    """Probability of getting over the block to each edge, from those of running it from each."""
    length = link.fits.shape[1]
    sums = np.zeros(run.size + link.least + length + MOST_ROWS)
    carrying = np.flatnonzero(run > NEGLIGIBLE)
    while carrying.size:
        near = carrying[: np.searchsorted(carrying, carrying[0] + MOST_ROWS)]
        rows = slice(int(near[0]), int(near[-1]) + 1)
        carrying = carrying[near.size :]
        count = rows.stop - rows.start
        # A column an end, each row one further right.
        by_end = np.zeros((count, count + length), link.fits.dtype)
        down, across = by_end.strides
        by_length = np.lib.stride_tricks.as_strided(
            by_end, shape=(count, length), strides=(down + across, across)
        )
        link.weigh(rows, ends, by_block, by_length)
        by_length *= link.lengths_of(rows)
        whole = np.add.reduce(by_end, axis=1)  # 1, but for what short floats round away
        shares = run[rows] / np.where(whole > 0, whole, 1.0)
        least = rows.start + link.least
        sums[least : least + count + length] += shares.astype(by_end.dtype) @ by_end
    return sums[: run.size]


def _chunks(rows: slice, most: int) -> Iterator[slice]:
    """Cut rows into pieces."""
    for start in range(rows.start, rows.stop, most):
        yield slice(start, min(start + most, rows.stop))


def _row_tops(values: Reals) -> Reals:
    """Return the largest value of each row; quicker for short rows than ``max``."""
    tops: Reals = np.maximum.reduceat(
        values.reshape(-1), np.arange(0, values.size, values.shape[1])
    )
    return tops


def _finite(top: float) -> float:
    """Return what logarithms are taken from: their largest, or 0 if none is possible."""
    return float(top) if math.isfinite(top) else 0.0


def log_sum(values: Reals) -> Reals:
    """``ln(sum(exp))`` down each column; -inf where nothing is possible."""
    top = values.max(axis=0)
    top = np.where(np.isfinite(top), top, 0.0).astype(values.dtype, copy=False)
    scaled = values - top
    with np.errstate(divide="ignore"):
        sums: Reals = top + np.log(np.add.reduce(np.exp(scaled, out=scaled), axis=0))
    return sums
