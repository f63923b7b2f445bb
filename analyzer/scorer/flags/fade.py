"""FADE: a block whose pace sinks steadily from its beginning to its end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.findings import Fade, Flag
from analyzer.scorer.block import has_bad_data
from analyzer.scorer.flags.rule import certainty, z_clear
from analyzer.scorer.flags.timing import own_seconds
from analyzer.scorer.heart_rate import strained
from analyzer.scorer.measure import core_windows
from analyzer.scorer.method import NOISE_PCT_S, WANDER_PCT_S, Z
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

MEAN_S = 10
"""The trend is fitted to means of so many seconds [s]."""

MIN_CORE_S = 240.0
"""Shorter blocks have no trend to speak of [s]."""

LEAST_PCT, LEAST_SURE_PCT = -4.0, -1.5
"""Possible: this trend or steeper, and its upper end below the second [%]."""

CLEAR_PCT, CLEAR_SURE_PCT = -6.0, -2.0
"""Clear: the same, steeper."""


def fade(session: Session) -> list[Flag]:
    """
    Find blocks, easy ones aside, that were run slower and slower.

    The trend is the change of 100 ln v over the whole core, a planned ramp taken
    out, with an error that knows that pace has a memory.
    """
    flags = (_of_block(session, measured) for measured in session.blocks)
    return [flag for flag in flags if flag is not None]


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    if measured.block.role not in ("progression", "steady") or has_bad_data(measured):
        return None
    core = measured.core.part(0, own_seconds(session, measured))
    windows = core_windows(core, MEAN_S)
    if core.seconds < MIN_CORE_S or windows.size < MIN_CORE_S / MEAN_S / 2:
        return None
    trend, error = trend_pct(windows)
    sure = certainty(
        is_point=trend <= LEAST_PCT and trend + Z * error < LEAST_SURE_PCT,
        is_interval=trend <= CLEAR_PCT
        and trend + z_clear(error, -CLEAR_PCT) * error < CLEAR_SURE_PCT,
    )
    if sure is None:
        return None
    third = core.seconds // 3
    first, last = core.part(0, third), core.part(core.seconds - third, core.seconds)
    first_mps, last_mps = first.mean_speed_mps(), last.mean_speed_mps()
    is_known = first_mps is not None and last_mps is not None
    evidence = Fade(
        first_s_per_km=pace_s_per_km(first_mps) if is_known and first_mps else None,
        last_s_per_km=pace_s_per_km(last_mps) if is_known and last_mps else None,
        heart="body" if strained(session, measured.block.index - 1) else None,
    )
    low, high = trend - Z * error, trend + Z * error
    return Flag("FADE", measured.block.index, sure, trend, low, high, "%", evidence)


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
    t = (np.arange(n) - (n - 1) / 2) / n
    square = float(t @ t)
    centred = means_pct - means_pct.mean()
    trend = float(t @ centred) / square
    rest = centred - trend * t
    covariance = _held_covariance(n)
    hats = np.full((n, n), 1 / n) + np.outer(t, t) / square
    expected = float(np.trace(covariance) - np.sum(hats * covariance))
    scale = float(rest @ rest) / expected
    return trend, math.sqrt(scale * float(t @ covariance @ t)) / square


def _held_covariance(n: int) -> Floats:
    """Covariance of the 10 s means of a held pace as a watch shows it [%^2], shape (n, n)."""
    lags = np.arange(n)
    row = np.zeros(n)
    for spread, time_s in (*NOISE_PCT_S, *WANDER_PCT_S):
        r = MEAN_S / time_s
        row += (spread / r) ** 2 * (math.exp(r) + math.exp(-r) - 2) * np.exp(-lags * r)
        row[0] += spread**2 * 2 / r * (1 - -math.expm1(-r) / r)
        row[0] -= (spread / r) ** 2 * (math.exp(r) + math.exp(-r) - 2)
    matrix: Floats = row[np.abs(lags[:, None] - lags)]
    return matrix
