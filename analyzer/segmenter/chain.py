"""
A chain of blocks whose boundaries are unknown: what the data say of each of them.

Forward-backward over a semi-Markov chain (Yu 2010, Artificial Intelligence 174,
215), in logarithms throughout, so that no run is too odd to have an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.activity import Floats


class Link(NamedTuple):
    """
    One block of the chain, all in ln.

    Parameters
    ----------
    fits : array, shape (n + 1, m)
        Likelihood of the block from each edge on, ``least`` to ``least + m - 1``
        bins long; -inf past the end.
    least : int
        Bins of the shortest length looked at.
    lengths : array, shape (m,) or (n + 1, m)
        Prior of each length.
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
    ways: Floats = link.fits + link.lengths
    ways += ends[: behind.size]
    return ways


def _by_end(link: Link, ahead: Floats) -> Floats:
    """Lay the ways into each edge in its row: the table of the starts, read along diagonals."""
    rows, length = link.fits.shape
    top = link.least + length - 1
    table = np.full((rows + top, length), -np.inf)
    np.add(link.fits, link.lengths, out=table[top:])
    table[top:] += ahead[:, None]
    down, across = table.strides
    from_row = table[length - 1 :]  # row e holds a start e - least bins before the first end
    return np.lib.stride_tricks.as_strided(
        from_row, shape=(rows, length), strides=(down, across - down)
    )
