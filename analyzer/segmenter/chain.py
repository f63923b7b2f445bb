"""
A chain of blocks whose boundaries are unknown: what the data say of each of them.

Forward-backward over a semi-Markov chain (Yu 2010, Artificial Intelligence 174,
215), in probabilities where their range suffices, else in logarithms, so that no run is too
odd to have an answer.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.model.activity import Floats

Indexes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

CACHE_CELLS = 16_384
"""Starts times lengths that are weighed at once."""

MOST_ROWS = 64
"""Starts whose ends are added up at once."""

SMALLEST = -700.0
"""What weighs less than this is lost as a float, in ln."""

NEGLIGIBLE = -30.0
"""A share of all ways that changes nothing, in ln: 1e-13."""


class Link(NamedTuple):
    """
    One block of the chain, all in ln but ``lengths``.

    Likelihoods are best given as ratios to something near, to be in the range of a float.

    Parameters
    ----------
    fits : array, shape (n + 1, m)
        Likelihood of the block from each edge on, ``least`` to ``least + m - 1``
        bins long; -inf past the end.
    least : int
        Bins of the shortest length looked at.
    lengths : array, shape (m,) or (n + 1, m)
        Prior of each length, not in ln.
    skipped : array, shape (n + 1,)
        Prior of leaving the block out, at each edge.
    cut : array, shape (n + 1,)
        Prior times likelihood of starting at each edge and not getting to the end.
    left : array, shape (n + 1,)
        The same of leaving the plan for good in it.
    """

    fits: Floats
    least: int
    lengths: Floats
    skipped: Floats
    cut: Floats
    left: Floats

    def weights(self, rows: slice, out: Floats | None = None) -> Floats:
        """Likelihood times prior of each length, not in ln, from some edges on."""
        lengths = self.lengths if self.lengths.ndim == 1 else self.lengths[rows]
        weights = np.exp(self.fits[rows], out=out)
        weights *= lengths
        return weights

    def ways(self) -> Floats:
        """Likelihood times prior of each length, in ln, from every edge on."""
        with np.errstate(divide="ignore"):
            ways: Floats = self.fits + np.log(self.lengths)
        return ways


class Marginals(NamedTuple):
    """
    What is known of each boundary of K blocks on n + 1 edges.

    ``edges`` (K + 1, n + 1) is the probability of each place, a row sums to the
    probability that the boundary was reached. ``skipped``, ``cut`` and ``left`` (K,) are
    those of leaving a block out, of ending in it, and of leaving the plan in it.
    ``log_evidence`` weighs the whole chain against another one.
    """

    edges: Floats
    skipped: Floats
    cut: Floats
    left: Floats
    log_evidence: float


def solve(first: Floats, links: Sequence[Link], marks: Floats, last: Floats) -> Marginals:
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
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        found = _solve_in_range(first, links, marks, last)
    return solve_in_logs(first, links, marks, last) if found is None else found


def _solve_in_range(
    first: Floats, links: Sequence[Link], marks: Floats, last: Floats
) -> Marginals | None:
    """
    Weigh every way backwards, then forwards from those starts only that carry probability.

    None where what floats are too small for might matter.
    """
    behind, onward = [last], []
    tops = []  # ln: the largest weight of a block, and of what may follow one
    for link, starts in zip(reversed(links), reversed(_starts(first, links)), strict=True):
        ends = behind[-1] + marks
        by_block, top = _onward(link, ends, starts)
        onward.append(by_block)
        tops.append((top, float(ends.max())))
        others = np.logaddexp(behind[-1] + link.skipped, np.logaddexp(link.cut, link.left))
        behind.append(np.logaddexp(by_block, others))
    for backwards in (behind, onward, tops):
        backwards.reverse()
    log_z = float(log_sum((first + behind[0])[None])[0])
    if not _lost(first, links, marks, tops) < log_z + NEGLIGIBLE:
        return None
    ahead = [first]
    for link, by_block in zip(links, onward, strict=True):
        carrying = np.flatnonzero(ahead[-1] + by_block > log_z + NEGLIGIBLE)
        arrived = _arrived(link, ahead[-1], carrying)
        ahead.append(np.logaddexp(arrived + marks, ahead[-1] + link.skipped))
    return _marginals(links, ahead, behind, log_z)


def _starts(first: Floats, links: Sequence[Link]) -> list[slice]:
    """From which edges on each block can be run at all."""
    possible = np.flatnonzero(first > -np.inf)
    low, high = (int(possible[0]), int(possible[-1])) if possible.size else (0, 0)
    starts = []
    for link in links:
        edges, lengths = link.fits.shape
        starts.append(slice(low, min(high + 1, max(low, edges - link.least))))
        high = min(edges - 1, high + link.least + lengths - 1)
    return starts


def _lost(
    first: Floats, links: Sequence[Link], marks: Floats, tops: list[tuple[float, float]]
) -> float:
    """Ln of what all ways together may weigh that were too small for a float; nan if unknown."""
    before = float(first.max())
    lost = -np.inf
    for link, (block, after) in zip(links, tops, strict=True):
        ways = math.log(link.fits.size)
        lost = np.maximum(lost, before + max(block, 0.0) + after + SMALLEST + ways)
        before += max(block + float(marks.max()) + ways, float(link.skipped.max())) + math.log(2)
    return float(lost) + math.log(max(1, len(links)))


def _onward(link: Link, ends: Floats, starts: slice) -> tuple[Floats, float]:
    """
    Ln of the weight of running the block from each edge on, and of all that follows.

    Beside it the ln of the largest weight of the block alone.
    """
    length = link.fits.shape[1]
    top = _finite(ends.max())
    following = np.concatenate((np.exp(ends - top), np.zeros(link.least + length)))
    windows = np.lib.stride_tricks.sliding_window_view(following[link.least :], length)
    sums, largest = np.zeros(ends.size), 0.0
    for rows in _chunks(starts, max(1, CACHE_CELLS // length)):
        weights = link.weights(rows)
        sums[rows] = np.vecdot(weights, windows[rows])
        largest = max(largest, float(weights.max()))
    return np.log(sums) + top, float(np.log(largest))


def _arrived(link: Link, ahead: Floats, carrying: Indexes) -> Floats:
    """Ln of the weight of all ways over the block to each edge, from the starts that carry any."""
    length = link.fits.shape[1]
    sums = np.zeros(ahead.size + link.least + length + MOST_ROWS)
    if not carrying.size:
        return np.full(ahead.size, -np.inf)
    starts = slice(int(carrying[0]), int(carrying[-1]) + 1)
    top = _finite(ahead[starts].max())
    carries = np.zeros(ahead.size, dtype=np.bool_)
    carries[carrying] = True
    for rows in _chunks(starts, MOST_ROWS):
        if not carries[rows].any():
            continue
        count = rows.stop - rows.start
        by_end = np.zeros((count, count + length))  # a column an end, each row one further right
        down, across = by_end.strides
        by_length = np.lib.stride_tricks.as_strided(
            by_end, shape=(count, length), strides=(down + across, across)
        )
        link.weights(rows, out=by_length)
        least = rows.start + link.least
        sums[least : least + count + length] += np.exp(ahead[rows] - top) @ by_end
    return np.log(sums[: ahead.size]) + top


def _chunks(rows: slice, most: int) -> Iterator[slice]:
    """Cut rows into pieces."""
    for start in range(rows.start, rows.stop, most):
        yield slice(start, min(start + most, rows.stop))


def _finite(top: float) -> float:
    """Return what logarithms are taken from: their largest, or 0 if none is possible."""
    return float(top) if math.isfinite(top) else 0.0


def solve_in_logs(first: Floats, links: Sequence[Link], marks: Floats, last: Floats) -> Marginals:
    """Weigh every way as `solve` does, all of it in logarithms: slower, and within any range."""
    ahead = [first]
    for link in links:
        arrived = log_sum(_by_end(link, ahead[-1]))
        ahead.append(np.logaddexp(arrived + marks, ahead[-1] + link.skipped))
    behind = [last]
    for link in reversed(links):
        onward = log_sum(_by_start(link, behind[-1] + marks))
        onward = np.logaddexp(onward, behind[-1] + link.skipped)
        behind.append(np.logaddexp(onward, np.logaddexp(link.cut, link.left)))
    behind.reverse()
    log_z = float(log_sum((ahead[0] + behind[0])[None])[0])
    return _marginals(links, ahead, behind, log_z)


def _marginals(
    links: Sequence[Link], ahead: list[Floats], behind: list[Floats], log_z: float
) -> Marginals:
    """Put together what was added up before and behind each boundary."""
    pairs = zip(ahead, behind, strict=True)
    return Marginals(
        edges=np.exp(np.stack([a + b for a, b in pairs]) - log_z),
        skipped=np.array(
            [
                np.exp(a + link.skipped + b - log_z).sum()
                for link, a, b in zip(links, ahead[:-1], behind[1:], strict=True)
            ]
        ),
        cut=_ended(ahead, [link.cut for link in links], log_z),
        left=_ended(ahead, [link.left for link in links], log_z),
        log_evidence=log_z,
    )


def _ended(ahead: list[Floats], terms: list[Floats], log_z: float) -> Floats:
    """Probability of each block as the one that the chain ends in."""
    return np.array(
        [np.exp(a + term - log_z).sum() for a, term in zip(ahead[:-1], terms, strict=True)]
    )


def log_sum(values: Floats) -> Floats:
    """``ln(sum(exp))`` of each row; -inf where nothing is possible."""
    top = values.max(axis=1)
    top = np.where(np.isfinite(top), top, 0.0)
    scaled = values - top[:, None]
    with np.errstate(divide="ignore"):
        sums: Floats = top + np.log(np.exp(scaled, out=scaled).sum(axis=1))
    return sums


def _by_start(link: Link, behind: Floats) -> Floats:
    """Lay the ways out of each edge in its row."""
    length = link.fits.shape[1]
    padded = np.concatenate((behind, np.full(link.least + length, -np.inf)))
    ends = np.lib.stride_tricks.sliding_window_view(padded[link.least :], length)
    ways = link.ways()
    ways += ends[: behind.size]
    return ways


def _by_end(link: Link, ahead: Floats) -> Floats:
    """Lay the ways into each edge in its row: the table of the starts, read along diagonals."""
    rows, length = link.fits.shape
    top = link.least + length - 1
    table = np.full((rows + top, length), -np.inf)
    np.add(link.ways(), ahead[:, None], out=table[top:])
    down, across = table.strides
    from_row = table[length - 1 :]  # row e holds a start e - least bins before the first end
    return np.lib.stride_tricks.as_strided(
        from_row, shape=(rows, length), strides=(down, across - down)
    )
