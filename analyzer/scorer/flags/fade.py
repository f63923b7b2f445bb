"""FADE: a block whose pace sinks steadily from its beginning to its end."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.model.findings import Fade, Flag
from analyzer.prepare.mean import mean
from analyzer.scorer.flags.changes import own_seconds
from analyzer.scorer.flags.rule import certainty, in_each_block
from analyzer.scorer.heart_rate import strained
from analyzer.scorer.measure import core_windows
from analyzer.scorer.method import NOISE_PCT_S, WANDER_PCT_S, Z
from analyzer.scorer.sureness import z_clear
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.findings import Heart
    from analyzer.scorer.core import Core
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

MEAN_S = 10
"""The trend is fitted to means over this long [s]."""

LEAST_TREND_S = 240.0
"""Shorter blocks have no trend worth fitting [s]."""

LEAST_PCT, LEAST_SURE_PCT = -4.0, -1.5
"""Possible: this trend or steeper, and its upper end below the second [%]."""

CLEAR_PCT, CLEAR_SURE_PCT = -6.0, -2.0
"""Clear: this trend or steeper, and its upper end below the second [%]."""


def fade(session: Session) -> list[Flag]:
    """
    Find blocks, easy ones aside, that were run slower and slower.

    The trend is the change of 100 ln v over the whole core, a planned ramp taken
    out, with an error that knows that pace has a memory.
    """
    return in_each_block(session, _of_block)


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    if measured.block.role not in ("progression", "steady") or measured.has_bad_data:
        return None
    core = measured.core.part(0, own_seconds(session, measured))
    windows = core_windows(core, MEAN_S)
    if core.seconds < LEAST_TREND_S or windows.size < LEAST_TREND_S / MEAN_S / 2:
        return None
    trend, error = trend_pct(windows)
    sure = certainty(
        is_point=trend <= LEAST_PCT and trend + Z * error < LEAST_SURE_PCT,
        is_interval=trend <= CLEAR_PCT
        and trend + z_clear(error, -CLEAR_PCT) * error < CLEAR_SURE_PCT,
    )
    if sure is None:
        return None
    low, high = trend - Z * error, trend + Z * error
    evidence = _evidence(session, measured, core)
    return Flag("FADE", measured.block.index, sure, trend, low, high, "%", evidence)


def _evidence(session: Session, measured: Measured, core: Core) -> Fade:
    """Put the paces of the first and the last third beside what the heart says."""
    heart: Heart | None = "body" if strained(session, measured.block.index - 1) else None
    third = core.seconds // 3
    first_mps = core.part(0, third).mean_speed_mps
    last_mps = core.part(core.seconds - third, core.seconds).mean_speed_mps
    if first_mps is None or last_mps is None:
        return Fade(heart=heart)
    return Fade(
        first_s_per_km=pace_s_per_km(first_mps), last_s_per_km=pace_s_per_km(last_mps), heart=heart
    )


def trend_pct(means_pct: Floats) -> tuple[float, float]:
    """
    Change from the first to the last of some means of 10 s, by a straight line, and its error.

    A pace that is held wanders, and remembers its wandering for minutes: the
    error is that of a line through such a pace and the watch's noise (four
    Ornstein-Uhlenbeck processes), scaled by how much this block scatters.
    Estimated from the block's own scatter alone (Newey and West) it is half as
    large as it should be: intervals of 90 % then hold 63 %.

    Parameters
    ----------
    means_pct : array, shape (n,)
        Deviations of neighbouring stretches [%]; at least three.

    Returns
    -------
    trend_pct, error_pct : float
        Percent over the whole.
    """
    n = means_pct.size
    line = _held_line(n)
    centred = means_pct - mean(means_pct)
    trend = float(line.t @ centred) / line.square
    rest = centred - trend * line.t
    scale = float(rest @ rest) / line.expected
    return trend, math.sqrt(scale * line.variance) / line.square


class _HeldLine(NamedTuple):
    """
    A line through so many means of a held pace.

    Parameters
    ----------
    t : array, shape (n,)
        Where the means are, about the middle of all, as a share of the whole.
    square : float
        Sum of their squares.
    variance : float
        Of the sum of the means weighed by them [%^2].
    expected : float
        Sum of squares about the line [%^2].
    """

    t: Floats
    square: float
    variance: float
    expected: float


@lru_cache(maxsize=16)  # blocks are often as long as one another
def _held_line(n: int) -> _HeldLine:
    """Return the line for so many means."""
    t = (np.arange(n, dtype=np.float64) - (n - 1) / 2) / n
    t.flags.writeable = False
    square = float(t @ t)
    covariance = _held_covariance(n)
    of_trend = _variance(covariance, t)
    expected = n * covariance[0] - _variance(covariance, np.ones(n)) / n - of_trend / square
    return _HeldLine(t, square, of_trend, expected)


def _variance(covariance: Floats, weights: Floats) -> float:
    """
    Variance of a weighted sum, by the covariance at each lag.

    Lag by lag, as the matrix of six hours in one block takes a hundred megabytes.
    """
    pairs = np.correlate(weights, weights, "full")[weights.size - 1 :]
    return float(2 * covariance @ pairs - covariance[0] * pairs[0])


def _held_covariance(n: int) -> Floats:
    """Covariance of the 10 s means of a held pace as a watch shows it [%^2], by lag."""
    lags = np.arange(n)
    row = np.zeros(n)
    for spread, time_s in (*NOISE_PCT_S, *WANDER_PCT_S):
        r = MEAN_S / time_s
        row += (spread / r) ** 2 * (math.exp(r) + math.exp(-r) - 2) * np.exp(-lags * r)
        row[0] += spread**2 * 2 / r * (1 - -math.expm1(-r) / r)
        row[0] -= (spread / r) ** 2 * (math.exp(r) + math.exp(-r) - 2)
    return row
