"""Waves of pace within a block, faster and slower in turn, set apart from the watch's noise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.prepare.roughness import roughness as roughness_of
from analyzer.scorer.method import NOISE_PCT_S, ROUGH_PCT_S

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.scorer.core import Core

WAVES_S = (20.0, 120.0)
"""Shorter waves are the watch's noise, longer ones the runner's drift [s]."""

SMOOTH_ROUGHNESS = 0.40
"""Roughness of a recording with the noise of a smooth watch."""

BURST, LEAST_REACH_PCT = 3.5, 10.0
"""Seconds further from the middle than this, in robust spreads and at least [%], are cut off."""

NOISE_ERROR = 0.1
"""Error of the size of the noise, as a share of its variance."""

LEAST_WAVES_S = 240
"""Shorter blocks hold too few waves [s]."""

MIN_MOVING = 0.9
"""Share of the core that must be running and measured: a stop is not a wave."""


def core_waves(core: Core, roughness: float, *, is_fine: bool) -> tuple[float, float, float] | None:
    """
    Waves of a core: size and its error [%], and the period of the largest [s].

    Parameters
    ----------
    core : Core
        With a target; four minutes or more, nine tenths of it running and measured.
    roughness : float
        Of the recording.
    is_fine : bool
        Whether it has a record every second: then a smooth one is known to be smooth.

    Returns
    -------
    (float, float, float) or None
        None where the core does not show any; see `wave_size`.
    """
    if core.target_mps is None or core.seconds < LEAST_WAVES_S:
        return None
    is_measured = core.is_moving & ~core.is_replaced
    if is_measured.mean() < MIN_MOVING:
        return None
    # Some watches are rough in places, and in bursts: near buildings, under trees.
    rough = max(roughness, roughness_of(core.speed_mps, is_measured, is_robust=False))
    return wave_size(_levels(core, core.target_mps, is_measured), rough, is_fine=is_fine)


def _levels(core: Core, target_mps: Floats, is_measured: Bools) -> Floats:
    """
    Return speed in percent of the target for every second; where not known, the line between.

    Not its logarithm: seconds that a rough watch gives no way at all would outweigh a minute.
    """
    seconds = np.arange(core.seconds)
    levels = 100 * core.speed_mps[is_measured] / target_mps[is_measured]
    # A watch that is lost for seconds shows half or twice the speed: cut off, and no wave.
    middle = median(levels)
    reach = max(LEAST_REACH_PCT, BURST * 1.4826 * median(np.abs(levels - middle)))
    levels = np.clip(levels, middle - reach, middle + reach)
    filled: Floats = np.interp(seconds, seconds[is_measured], levels)
    return filled


def wave_size(
    levels_pct: Floats, roughness: float = 0.0, *, is_fine: bool = False
) -> tuple[float, float, float]:
    """
    Spread of speed in waves of 20 to 120 s, its error, and the period of the largest.

    The periodogram of the levels, a straight line taken out, summed over the
    band (Parseval), less the variance that the watch's own noise has there:
    ``2 s^2 t / (1 + (2 pi f t)^2)`` for each Ornstein-Uhlenbeck process.

    Parameters
    ----------
    levels_pct : array, shape (n,)
        One value a second.
    roughness : float
        Of the recording; the noise is that of a smooth watch, or of a rough one times
        this, whichever is larger.
    is_fine : bool
        Whether every second was recorded. A recording that is smoother still has less of
        the short noise; with records further apart it only looks so.

    Returns
    -------
    size_pct, error_pct, period_s : float
        Size 0 where there is no more than noise.
    """
    n = levels_pct.size
    t = np.arange(n) - (n - 1) / 2
    rest = levels_pct - levels_pct.mean()
    rest = rest - t * float(t @ rest) / float(t @ t)
    frequency: Floats = np.fft.rfftfreq(n).astype(np.float64)
    power = 2 * np.abs(np.fft.rfft(rest)) ** 2 / n**2
    band = (frequency >= 1 / WAVES_S[1]) & (frequency <= 1 / WAVES_S[0])
    share = min(1.0, roughness / SMOOTH_ROUGHNESS) ** 2 if is_fine else 1.0
    smooth = share * _spectrum(NOISE_PCT_S[:1], frequency[band], n)
    smooth = smooth + _spectrum(NOISE_PCT_S[1:], frequency[band], n)
    rough = roughness**2 * _spectrum(ROUGH_PCT_S, frequency[band], n)
    noise = rough if float(rough.sum()) > float(smooth.sum()) else smooth
    total = float(noise.sum())
    variance = float(power[band].sum()) - total
    size = math.sqrt(max(variance, 0.0))
    # A periodogram scatters as its own size; what is not noise is taken as it is.
    scatter = math.sqrt(
        float((noise**2).sum())
        + 2 * max(variance, 0.0) * float(noise.mean())
        + (NOISE_ERROR * total) ** 2
    )
    error = scatter / (2 * max(size, 0.5))
    period_s = float(1 / frequency[band][int(np.argmax(power[band]))]) if band.any() else 0.0
    return size, error, period_s


def _spectrum(parts: tuple[tuple[float, float], ...], frequency: Floats, n: int) -> Floats:
    """Variance of a sum of Ornstein-Uhlenbeck processes at each frequency of n seconds [%^2]."""
    power = np.zeros(frequency.size)
    for spread_pct, t_s in parts:
        circle = (2 * np.pi * frequency * t_s) ** 2
        power += 2 * 2 * spread_pct**2 * t_s / (1 + circle) / n
    return power
