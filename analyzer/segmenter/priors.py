"""
How runs usually go, before this one is looked at.

Every number is a probability or a spread, so that the parts can be weighed
against each other: each prior is per bin of the place it speaks of.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.segmenter.bins import edge_times
from analyzer.segmenter.windows import windows_of

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.segmenter.bins import Bins, Reals
    from analyzer.segmenter.expected import Expected

P_AT_START = 0.4
"""Probability that the recording starts with block 1."""

BEFORE_S = 240.0
"""How long recordings run before block 1, where they do [s]."""

P_NO_MORE = 0.4
"""Probability that the recording ends with the last block."""

AFTER_S = 600.0
"""How long recordings run on after the last block, where they do [s]."""

P_SKIP, P_SKIP_FIRST = 0.015, 0.0001
"""Probability that a block is left out; the first one hardly ever is."""

P_CUT = 0.15
"""Probability that the run ends before the plan does, in any of its blocks."""

P_NOT_BEGUN = 0.01
"""Probability that the run ends where a block should begin, for each of them."""

NOT_BEGUN = np.log(P_NOT_BEGUN * np.array([0.1, 0.2, 0.3, 0.4]))
"""How it is spread over the last bins of the recording."""

P_OTHER_RUN = 0.05
"""Probability that the recording has nothing to do with the plan."""

SHORTEST, LONGEST = 0.4, 1.6
"""Lengths of a block looked at, as shares of the planned one."""

OPEN_SHORTEST, OPEN_LONGEST, OPEN_SPREAD = 0.2, 2.5, 0.3
"""Lengths looked at where none is planned, and their spread, as shares of the clock's."""

MOST_TIMES = 4
"""A block by distance may take this many times its expected time, stops included."""

EDGE_S = 5.0
"""Spread around a start that something marks [s]."""

CUT_SHORT_S, CUT_SHORT_SHARE = 30.0, 0.05
"""A last block that ends with the recording, and earlier than this, was cut short."""


class Following(NamedTuple):
    """
    A way of following the plan: how far the length of a block is off.

    Laplace of ``near_s``, and for a share ``stray`` of the blocks one of
    ``stray_share`` of their length; ``first_stray`` of the first blocks, as a
    runner who is early is often early by the same time throughout.
    ``probability`` of the way itself.
    """

    probability: float
    near_s: float
    stray: float
    first_stray: float
    stray_share: float = 0.10


WAYS = (
    Following(probability=0.70, near_s=6.0, stray=0.03, first_stray=0.10),
    Following(probability=0.30, near_s=30.0, stray=0.10, first_stray=0.10),
)
"""
Runners follow the watch or their feeling, and mostly keep to one of them for a run.

So one run has one way: where the surer boundaries lie on the clock, the others do too.
"""


def start_prior(bins: Bins, planned_s: float, known_s: float | None) -> Floats:
    """
    Log of the probability that block 1 starts at each edge: near ``known_s`` if known.

    Half the plan, or three quarters of a shorter recording, must lie behind it.
    """
    at_s, width_s = bins.edges_s, bins.width_s
    if known_s is not None:
        edge_s = max(EDGE_S, width_s / 2)
        near: Floats = -np.abs(at_s - known_s) / edge_s + math.log(width_s / (2 * edge_s))
        return near
    prior = math.log((1 - P_AT_START) * width_s / BEFORE_S) - 2 * np.log1p(at_s / BEFORE_S / 2)
    prior[0] = math.log(P_AT_START)
    latest_s = max(0.25 * at_s[-1], at_s[-1] - planned_s / 2)
    return np.where(at_s <= latest_s, prior, -np.inf)


def end_prior(bins: Bins) -> Floats:
    """Log of the probability that the plan ends at each edge, by what is recorded after it."""
    after_s, size = bins.edges_s[::-1], (1 - P_NO_MORE) * bins.width_s / AFTER_S
    prior: Floats = math.log(size) - 2 * np.log1p(after_s / AFTER_S)
    prior[-1] = math.log(P_NO_MORE)
    return prior


def length_range(expected: Expected, bins: Bins) -> tuple[int, int]:
    """Return the least and the most bins a block may take."""
    if expected.metres is None:
        low, high = (OPEN_SHORTEST, OPEN_LONGEST) if expected.is_open else (SHORTEST, LONGEST)
        least = max(2, int(low * expected.seconds / bins.width_s))
        return least, max(least, int(high * expected.seconds / bins.width_s))
    first = np.searchsorted(bins.metres, bins.metres + SHORTEST * expected.metres)
    last = np.searchsorted(bins.metres, bins.metres + LONGEST * expected.metres, side="right") - 1
    starts = np.arange(bins.count + 1)
    reached = first <= bins.count
    usual = max(2, int(expected.seconds / bins.width_s))
    if not reached.any():
        return usual, usual
    least = max(2, int((first - starts)[reached].min()))
    most = min(int((last - starts)[reached].max()), MOST_TIMES * usual)
    return least, max(least, most)


def length_prior(expected: Expected, way: Following, bins: Bins, least: int, most: int) -> Reals:
    """
    Probability of each length, per bin; not in ln.

    Returns
    -------
    array, shape (m,) or (n + 1, m)
        Lengths of least to most bins; one row a start for a block by distance, in short floats.
    """
    near_s = max(way.near_s, bins.width_s / 2)
    if expected.metres is None:
        off_s = edge_times(most + 1, bins.width_s)[least:] - expected.seconds
        near = OPEN_SPREAD * expected.seconds if expected.is_open else near_s
        return _spread(off_s, near, way.stray, way.stray_share * expected.seconds) * bins.width_s
    run_m = run_metres(bins, least, most)
    speed = math.exp(expected.mean)
    prior = _spread(
        run_m - expected.metres, near_s * speed, way.stray, way.stray_share * expected.metres
    )
    prior *= bins.width_s * speed
    return prior


def run_metres(bins: Bins, least: int, most: int) -> Reals:
    """Distance over least to most bins from each edge on, (n + 1, m), or to the end."""
    ahead = np.full(bins.count + 1 + most, bins.metres[-1], np.float64)
    ahead[: bins.count + 1] = bins.metres
    windows = windows_of(ahead[least:], most - least + 1)
    run_m = np.empty((bins.count + 1, most - least + 1), np.float32)
    np.subtract(windows, bins.metres[:, None], out=run_m, casting="same_kind")
    return run_m


def _spread(off: Reals, near: float, stray: float, stray_size: float) -> Reals:
    """Density of a narrow and a wide Laplace distribution, mixed."""
    far = -np.abs(off)
    density = np.exp(far / near)
    density *= (1 - stray) / (2 * near)
    wide = np.exp(far / stray_size)
    wide *= stray / (2 * stray_size)
    density += wide
    return density


def skip_prior(bins: Bins, *, is_first: bool, is_last: bool) -> Floats:
    """
    Log of the probability of leaving a block out, at each edge.

    A last block that was never begun before the recording ended is not left out
    but cut. Whoever leaves out the first one begins with the second: what is run before it
    is something else, not a reason.
    """
    short = int(CUT_SHORT_S // bins.width_s)
    prior = np.full(bins.count + 1, math.log(P_SKIP_FIRST if is_first else P_SKIP))
    if is_first:
        prior[1 + short :] = -np.inf
    if is_last:
        prior[-1 - short :] = -np.inf
    return prior


def cut_prior(expected: Expected, blocks: int, bins: Bins, *, is_first: bool) -> Floats:
    """Log of the probability that the run ends in a block begun at each edge."""
    left_s = bins.edges_s[::-1]
    size = math.log(P_CUT / blocks) + math.log(bins.width_s / expected.seconds)
    short = is_short(expected, bins.metres[-1] - bins.metres, left_s)
    seen = left_s >= (60.0 if is_first else 0.0)
    prior: Floats = np.where(short & seen, size, -np.inf)
    if not is_first:
        last = slice(max(0, prior.size - NOT_BEGUN.size), None)
        prior[last] = np.logaddexp(prior[last], NOT_BEGUN[-prior[last].size :])
    return prior


def is_short(
    expected: Expected, run_m: Reals, run_s: Reals
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Whether what was run of a block is less than a block that was finished."""
    missing_s = max(CUT_SHORT_S, CUT_SHORT_SHARE * expected.seconds)
    if expected.metres is None:
        return run_s < expected.seconds - missing_s
    return run_m < expected.metres - missing_s * math.exp(expected.mean)
