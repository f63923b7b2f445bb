"""How sure a pace is: the standard errors of method 5, in percent of speed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.scorer.method import (
    NOISE_PCT_S,
    POSITION_ERROR_M,
    RHO,
    ROUGH_PCT_S,
    WANDER_PCT_S,
)

if TYPE_CHECKING:
    from analyzer.model.prepared import DistanceSource


def se_stretch_pct(seconds: float, roughness: float = 0.0) -> float:
    """
    Random error of a mean speed over a stretch, from two autocorrelated noises.

    A smooth recording has that of the method; a rough one, as it shows itself from
    second to second, that of two watches compared, times its roughness.

    The mean of an Ornstein-Uhlenbeck process of spread s and correlation time t
    over T seconds has variance ``s^2 (2 t/T) [1 - (t/T)(1 - exp(-T/t))]``. The
    naive ``sd / sqrt(n)`` is 3.4 times too small at ten minutes.

    Parameters
    ----------
    seconds : float
        Measured seconds; 0 or less gives infinity.
    roughness : float
        As in `Prepared`.

    Returns
    -------
    float
        Percent of speed.
    """
    return max(_se_mean(NOISE_PCT_S, seconds), roughness * _se_mean(ROUGH_PCT_S, seconds))


def se_held_pct(seconds: float) -> float:
    """
    How far the mean of a held pace strays from its target by itself [%].

    Even a runner who holds a pace wanders; a clear finding must go beyond it.
    Same form and units as `se_stretch_pct`.
    """
    return _se_mean(WANDER_PCT_S, seconds)


def _se_mean(parts: tuple[tuple[float, float], ...], seconds: float) -> float:
    """Return the error of a mean over a stretch of a sum of Ornstein-Uhlenbeck processes."""
    if seconds <= 0:
        return math.inf
    variance = 0.0
    for spread_pct, t_s in parts:
        share = t_s / seconds
        variance += spread_pct**2 * 2 * share * (1 - share * -math.expm1(-1 / share))
    return math.sqrt(variance)


def se_block_pct(
    source: DistanceSource, seconds: float, distance_m: float, roughness: float = 0.0
) -> float:
    """
    Random error of a block's mean speed.

    Positions err at the two ends of the block, and all along it in every bend: on two
    watches the ends alone explain a half of it at five minutes, a quarter at ten.
    """
    along = se_stretch_pct(seconds, roughness)
    if source != "positions":
        return along
    ends = 100 * math.sqrt(2) * POSITION_ERROR_M / distance_m if distance_m > 0 else math.inf
    return max(along, ends)


def se_pace_pct(random_pct: float, scale_pct: float) -> float:
    """Error of a pace against its target: the random part and the scale of the whole run."""
    return math.hypot(random_pct, scale_pct)


def se_step_pct(random_1_pct: float, random_2_pct: float, scale_pct: float) -> float:
    """Error of the step between two blocks of one run, which share most of the scale error."""
    return math.sqrt(random_1_pct**2 + random_2_pct**2 + 2 * (1 - RHO) * scale_pct**2)
