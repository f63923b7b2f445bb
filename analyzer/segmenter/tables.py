"""The likelihoods of each block from each start on, of each length looked at (method 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.segmenter.likelihood import fit_table
from analyzer.segmenter.priors import (
    CUT_SHORT_S,
    LONGEST,
    SHORTEST,
    is_short,
    length_range,
    run_metres,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.segmenter.bins import Bins, Reals
    from analyzer.segmenter.expected import Expected

CACHE_CELLS, MOST_ROWS = 24_576, 256
"""Starts times lengths that are fitted at once, and starts at the most."""


def fit_tables(bins: Bins, blocks: tuple[Expected, ...]) -> list[tuple[int, Reals]]:
    """
    Return the shortest length of each block, and its likelihoods for all starts and lengths.

    Blocks of one length share the fit, which knows no target; it is made for so
    few starts at a time that it stays in the processor's cache.
    """
    ranges = [length_range(expected, bins) for expected in blocks]
    ranges = [(least, min(most, max(least, bins.count))) for least, most in ranges]
    edges = bins.count + 1
    tables = _room_for(edges, [most - least + 1 for least, most in ranges])
    alike: dict[tuple[float, ...], list[int]] = {}
    for i, (expected, size) in enumerate(zip(blocks, ranges, strict=True)):
        key = (*size, expected.tau, expected.seconds, expected.gradient)
        alike.setdefault(key, []).append(i)
    for members in alike.values():
        expected, (least, most) = blocks[members[0]], ranges[members[0]]
        late = max(0, edges - least)
        for i in members:
            tables[i][late:] = -np.inf
        for starts in row_chunks(late, most - least + 1):
            fit = fit_table(bins, expected, starts, range(least, most + 1))
            for i in members:
                fit.against(blocks[i], out=tables[i][starts])
    return [(least, table) for (least, _), table in zip(ranges, tables, strict=True)]


def _room_for(edges: int, lengths: list[int]) -> list[Reals]:
    """
    Make one table for each block, all in one piece of memory.

    Whoever reviews many runs in one process is given the same memory again; what is handed
    back in small pieces goes to the system, and comes from there page by page.
    """
    ends = edges * np.cumsum(lengths)
    pieces = np.split(np.empty(ends[-1], np.float32), ends[:-1])
    return [piece.reshape(edges, -1) for piece in pieces]


def row_chunks(rows: int, lengths: int) -> Iterator[slice]:
    """Cut rows of so many lengths into pieces that the processor's cache holds."""
    most = min(MOST_ROWS, max(1, CACHE_CELLS // lengths))
    for first in range(0, rows, most):
        yield slice(first, min(first + most, rows))


def end_with_recording(fits: Reals, least: int, to_end: Reals) -> None:
    """Let no block last longer than the recording, and be known that lasts as long."""
    edges, lengths = fits.shape
    most = edges - 1 - np.arange(edges) - least  # column of the block that lasts to the end
    first = max(0, edges - least - lengths)
    fits[first:][np.arange(lengths) > most[first:, None]] = -np.inf
    rows = np.flatnonzero((most >= 0) & (most < lengths))
    fits[rows, most[rows]] = to_end[rows]


def without_other_lengths(fits: Reals, least: int, expected: Expected, bins: Bins) -> None:
    """Take out what is no length of a block by distance: stretches that are too short or long."""
    if expected.metres is None:
        return
    run_m = run_metres(bins, least, least + fits.shape[1] - 1)
    fits[(run_m < SHORTEST * expected.metres) | (run_m > LONGEST * expected.metres)] = -np.inf


def without_cut(fits: Reals, least: int, expected: Expected, bins: Bins) -> None:
    """Take out last blocks that are short because the recording ended: they count as cut."""
    near = bins.count - int(CUT_SHORT_S // bins.width_s)
    first = max(0, near - fits.shape[1] - least + 1)
    lengths = np.arange(least, least + fits.shape[1])
    late = fits[first:]
    for rows in row_chunks(late.shape[0], lengths.size):
        starts = np.arange(first + rows.start, first + rows.stop)[:, None]
        ends = starts + lengths
        run_m = bins.metres[np.minimum(ends, bins.count)] - bins.metres[starts]
        at_end = (ends >= near) & is_short(expected, run_m, lengths * float(bins.width_s))
        late[rows][at_end] = -np.inf
