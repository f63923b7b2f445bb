"""SURGING: a block run in waves, faster and slower in turn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.review import Flag
from analyzer.scorer.block import has_bad_data
from analyzer.scorer.flags.rule import certainty
from analyzer.scorer.flags.timing import own_seconds
from analyzer.scorer.method import NOISE_PCT_S, Z

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Core, Measured

WAVES_S = (20.0, 120.0)
"""Shorter waves are the watch's noise, longer ones the runner's drift [s]."""

LEAST_PCT, CLEAR_PCT = 2.6, 1.8
"""Size of the waves that is told, and what its lower end must exceed to be clear [%]."""

MIN_CORE_S = 240
"""Shorter blocks hold too few waves [s]."""

MIN_MOVING = 0.9
"""Share of the core that must be running and measured: a stop is no wave."""


def surging(session: Session) -> list[Flag]:
    """
    Find blocks run in waves of 20 to 120 s.

    Size is the spread of speed within that band, the watch's noise in it taken
    out. Windows of 30 s would average waves of 40 s away.
    """
    flags = (_of_block(session, measured) for measured in session.blocks)
    return [flag for flag in flags if flag is not None]


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    core = measured.core.part(0, own_seconds(session, measured))
    if core.target_mps is None or has_bad_data(measured) or core.seconds < MIN_CORE_S:
        return None
    known = core.is_moving & ~core.is_replaced & (core.speed_mps > 0)
    if known.mean() < MIN_MOVING:
        return None
    size, error, period_s = wave_size(_steady_levels(core, known))
    sure = certainty(is_point=size > LEAST_PCT, is_interval=size - Z * error > CLEAR_PCT)
    if sure is None:
        return None
    low, high = max(0.0, size - Z * error), size + Z * error
    facts: dict[str, float | str] = {"period_s": period_s}
    return Flag("SURGING", measured.block.index, sure, size, low, high, "%", facts)


def _steady_levels(core: Core, known: Bools) -> Floats:
    """Return 100 ln(v / target) of every second; where it is not known, the line between."""
    target = core.target_mps if core.target_mps is not None else np.ones(core.seconds)
    seconds = np.arange(core.seconds)
    levels = np.zeros(core.seconds)
    levels[known] = 100 * np.log(core.speed_mps[known] / target[known])
    filled: Floats = np.interp(seconds, seconds[known], levels[known])
    return filled


def wave_size(levels_pct: Floats) -> tuple[float, float, float]:
    """
    Spread of speed in waves of 20 to 120 s, its error, and the period of the largest.

    The periodogram of the levels, a straight line taken out, summed over the
    band (Parseval), less the variance that the watch's own noise, two
    Ornstein-Uhlenbeck processes, has there: ``2 s^2 t / (1 + (2 pi f t)^2)``.

    Parameters
    ----------
    levels_pct : array, shape (n,)
        One value a second.

    Returns
    -------
    size_pct, error_pct, period_s : float
        Size 0 where there is no more than noise.
    """
    n = levels_pct.size
    t = np.arange(n) - (n - 1) / 2
    rest = levels_pct - levels_pct.mean()
    rest = rest - t * float(t @ rest) / float(t @ t)
    frequency = np.fft.rfftfreq(n)
    power = 2 * np.abs(np.fft.rfft(rest)) ** 2 / n**2
    band = (frequency >= 1 / WAVES_S[1]) & (frequency <= 1 / WAVES_S[0])
    noise = np.zeros(int(band.sum()))
    for spread_pct, t_s in NOISE_PCT_S:
        circle = (2 * np.pi * frequency[band] * t_s) ** 2
        noise += 2 * 2 * spread_pct**2 * t_s / (1 + circle) / n
    total = float(power[band].sum())
    variance = total - float(noise.sum())
    size = math.sqrt(max(variance, 0.0))
    # A periodogram scatters as its own size; what is no noise is taken to be as it is.
    scatter = math.sqrt(float((noise**2).sum()) + 2 * max(variance, 0.0) * float(noise.mean()))
    error = scatter / (2 * max(size, 0.5))
    period_s = float(1 / frequency[band][int(np.argmax(power[band]))]) if band.any() else 0.0
    return size, error, period_s
