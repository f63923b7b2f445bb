"""Blocks begun too fast: the first minutes at any pace, the rest at the block's own (3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from analyzer.segmenter.bins import Bins, Reals

Indexes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

START_BINS = (18, 27, 36)
"""How long a forced start lasts: 90 s to 3 min [bins]."""

SETTLED_BINS = 24
"""The pace after it is looked at for so long: 2 min [bins]."""

FASTER = 0.03
"""A start this much faster than what follows is forced, in ln v."""

COST = 8.0
"""What a forced start costs beside the free running in it [nats]: one block in some thousands."""


class ForcedStart(NamedTuple):
    """From which edges on (``rows``) the first ``length`` bins are faster than what follows."""

    length: int
    rows: Indexes


def forced_starts(bins: Bins) -> tuple[ForcedStart, ...]:
    """Find where a block may have begun too fast, whatever the block."""
    leads = (
        (start, bins.mean_level(0, start) - bins.mean_level(start, start + SETTLED_BINS))
        for start in START_BINS
    )
    return tuple(
        ForcedStart(start, np.flatnonzero(lead[: bins.count + 1 - start] > FASTER))
        for start, lead in leads
        if start <= bins.count
    )


def allow_forced_starts(starts: tuple[ForcedStart, ...], fits: Reals) -> None:
    """
    Let every block begin too fast, at a price, without being another block for it.

    One level and a drift cannot follow three fast minutes: leaving a block out, or beginning
    later, would explain them better than what they are.

    Parameters
    ----------
    starts : tuple of ForcedStart
        Of the run.
    fits : array, shape (n + 1, m)
        Likelihoods of a block from each edge on, of neighbouring lengths; changed in place.
    """
    lengths = fits.shape[1]
    forced = [
        (start, rows, fits[rows + start, : lengths - start] - COST)
        for start, rows in starts
        if start < lengths
    ]
    for start, rows, explained in forced:  # each by what was there before any was allowed
        fits[rows, start:] = np.maximum(fits[rows, start:], explained)
