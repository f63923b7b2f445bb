"""Waves of pace within a block, faster and slower in turn, set apart from the watch's noise."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.median import median
from analyzer.prepare.mean import mean, share
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
    is_measured = core.is_measured
    if share(is_measured) < MIN_MOVING:
        return None
    # Some watches are rough in places, and in bursts: near buildings, under trees.
    rough = max(roughness, roughness_of(core.speed_mps, is_measured, is_robust=False))
    return wave_size(_levels(core, core.target_mps, is_measured), rough, is_fine=is_fine)


def _levels(core: Core, target_mps: Floats, is_measured: Bools) -> Floats:
    """
    Return speed in percent of the target for every second; where not known, the line between.

    Not its logarithm: seconds that a rough watch gives no way at all would outweigh a minute.
    """
    levels = 100 * core.speed_mps[is_measured] / target_mps[is_measured]
    # A watch that is lost for seconds shows half or twice the speed: cut off, and no wave.
    middle = median(levels)
    reach = max(LEAST_REACH_PCT, BURST * 1.4826 * median(np.abs(levels - middle)))
    levels = np.minimum(np.maximum(levels, middle - reach), middle + reach)
    if levels.size == core.seconds:
        return levels
    seconds = np.arange(core.seconds)
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
    band = _band(n)
    rest = levels_pct - mean(levels_pct)
    rest = rest - band.t * float(band.t @ rest) / band.square
    power = 2 * np.abs(np.fft.rfft(rest)[band.inside]) ** 2 / n**2
    part = min(1.0, roughness / SMOOTH_ROUGHNESS) ** 2 if is_fine else 1.0
    smooth = part * band.short_noise + band.long_noise
    rough = roughness**2 * band.rough_noise
    smooth_sum, rough_sum = float(np.add.reduce(smooth)), float(np.add.reduce(rough))
    noise, total = (rough, rough_sum) if rough_sum > smooth_sum else (smooth, smooth_sum)
    variance = float(np.add.reduce(power)) - total
    size = math.sqrt(max(variance, 0.0))
    # A periodogram scatters as its own size; what is not noise is taken as it is.
    scatter = math.sqrt(
        float(np.add.reduce(noise**2))
        + 2 * max(variance, 0.0) * mean(noise)
        + (NOISE_ERROR * total) ** 2
    )
    error = scatter / (2 * max(size, 0.5))
    period_s = float(1 / band.frequency[int(np.argmax(power))]) if power.size else 0.0
    return size, error, period_s


class _Band(NamedTuple):
    """
    What the length alone says of waves in some seconds.

    Parameters
    ----------
    t : array, shape (n,)
        The seconds, about their middle; ``square`` is the sum of their squares.
    inside : array of bool
        Frequencies of the transform inside the band; ``frequency`` are those.
    short_noise, long_noise, rough_noise : array
        Variance of the watch's noise at each of them [%^2].
    """

    t: Floats
    square: float
    inside: Bools
    frequency: Floats
    short_noise: Floats
    long_noise: Floats
    rough_noise: Floats


@lru_cache(maxsize=16)  # blocks are often as long as one another
def _band(n: int) -> _Band:
    """Return the band for so many seconds."""
    t = np.arange(n, dtype=np.float64) - (n - 1) / 2
    frequency: Floats = np.fft.rfftfreq(n).astype(np.float64)
    inside = (frequency >= 1 / WAVES_S[1]) & (frequency <= 1 / WAVES_S[0])
    within = frequency[inside]
    noises = (NOISE_PCT_S[:1], NOISE_PCT_S[1:], ROUGH_PCT_S)
    band = _Band(
        t, float(t @ t), inside, within, *(_spectrum(parts, within, n) for parts in noises)
    )
    for values in band:
        if isinstance(values, np.ndarray):
            values.flags.writeable = False
    return band


def _spectrum(parts: tuple[tuple[float, float], ...], frequency: Floats, n: int) -> Floats:
    """Variance of a sum of Ornstein-Uhlenbeck processes at each frequency of n seconds [%^2]."""
    power = np.zeros(frequency.size)
    for spread_pct, t_s in parts:
        circle = (2 * np.pi * frequency * t_s) ** 2
        power += 2 * 2 * spread_pct**2 * t_s / (1 + circle) / n
    return power
