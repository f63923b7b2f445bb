"""Pace, speed, miles and deviations: the one place where they are converted and rounded."""

from __future__ import annotations

import math
from typing import Final, Literal

Unit = Literal["km", "mi"]
"""The unit a runner reads paces in."""

KM_M: Final = 1000.0
MILE_M: Final = 1609.344

UNIT_M: Final[dict[Unit, float]] = {"km": KM_M, "mi": MILE_M}


def pace_s_per_km(speed_mps: float) -> float:
    """Seconds a kilometre takes at a speed in m/s; ``inf`` when standing."""
    return KM_M / speed_mps if speed_mps > 0 else math.inf


def speed_mps(pace: float) -> float:
    """Speed in m/s of a pace in s/km."""
    return KM_M / pace


def speed_deviation_pct(actual_mps: float, planned_mps: float) -> float:
    """
    How much faster than planned, in percent: ``100 ln(v / v_target)``.

    Positive is too fast. The logarithm makes "4 % fast" and "4 % slow" the same
    size, which a plain ratio of paces or speeds does not.
    """
    return 100.0 * math.log(actual_mps / planned_mps)


def deviation_s_per_km(deviation_pct: float, planned_pace: float) -> float:
    """
    Speed deviation in percent as a deviation of pace in s/km: ``p (exp(-x/100) - 1)``.

    Parameters
    ----------
    deviation_pct : float
        As from `speed_deviation_pct`: positive is too fast.
    planned_pace : float
        In s/km.

    Returns
    -------
    float
        Actual minus planned pace in s/km: **negative is too fast**.
    """
    return planned_pace * math.expm1(-deviation_pct / 100.0)


def round_half_up(value: float, digits: int = 0) -> float:
    """Round as people do by hand: 0.5 goes up, -0.5 goes to 0; no hidden banker's rule."""
    scale = 10.0**digits
    rounded = math.floor(value * scale + 0.5) / scale
    return rounded + 0.0  # -0.0 becomes 0.0


def pace_text(pace: float, unit: Unit = "km") -> str:
    """Pace in s/km as minutes and seconds per km or mile, ``4:00``; a dash when there is none."""
    if not math.isfinite(pace):
        return "–"
    seconds = int(round_half_up(pace * UNIT_M[unit] / KM_M))
    return f"{seconds // 60}:{seconds % 60:02d}"


def clock_text(seconds: float) -> str:
    """Seconds as a watch shows them: ``37:12``, from one hour on ``1:02:03``."""
    whole = int(round_half_up(seconds))
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}:{second:02d}" if hour else f"{minute}:{second:02d}"
