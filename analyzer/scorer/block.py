"""One block against its own target: how far off, how much of it in band, how steady (method 8)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.plans.tolerance import EARLY, LATE
from analyzer.prepare.mean import mean, share
from analyzer.scorer.method import (
    AT_TOLERANCE,
    IN_BAND_WEIGHT,
    LEAST_CORE_S,
    LEAST_FAR_OFF_S,
    LEVEL_WEIGHT,
    MAX_BAD_SHARE,
    MAX_SE_PCT,
    MAX_UNSEEN_SHARE,
    SLOW_EARLY,
    STEADY_FREE_PCT,
    STEADY_WEIGHT,
    STEADY_ZERO_PCT,
    ZERO_AT,
)
from analyzer.scorer.sureness import is_far_off, is_well_inside

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.activity import Floats
    from analyzer.model.plan import Tolerance
    from analyzer.scorer.measure import Measured


class BlockScore(Struct, frozen=True):
    """
    A block's score and its three terms, each 0 to 100.

    ``steady`` is None where the core is too short to tell; its weight then
    falls to the other two.
    """

    level: float
    in_band: float
    steady: float | None

    @property
    def total(self) -> float:
        """``0.60 level + 0.25 in band + 0.15 steady``."""
        if self.steady is None:
            both = LEVEL_WEIGHT * self.level + IN_BAND_WEIGHT * self.in_band
            return both / (LEVEL_WEIGHT + IN_BAND_WEIGHT)
        return (
            LEVEL_WEIGHT * self.level + IN_BAND_WEIGHT * self.in_band + STEADY_WEIGHT * self.steady
        )


def has_bad_data(measured: Measured) -> bool:
    """
    Whether a block cannot be judged for want of data.

    Seconds that were made up and count in the mean spoil it from a tenth on. Those of
    unknown speed are left out of it; the rest stands for the block as long as it is most of it.
    """
    is_made_up = measured.made_up_share > MAX_BAD_SHARE
    return measured.is_seen and (is_made_up or measured.unseen_share > MAX_UNSEEN_SHARE)


def is_unsure(measured: Measured) -> bool:
    """Whether the pace of a block is known too badly for any verdict to hold."""
    has_pace = measured.deviation_pct is not None
    is_long = measured.core.seconds >= LEAST_CORE_S
    return has_pace and is_long and not _is_known(measured) and not _holds(measured)


def _is_known(measured: Measured) -> bool:
    """
    Whether the pace of a block is known well enough for any deviation to be told.

    Without positions the scale may be off by percents in all blocks alike: that goes to the
    runner (`common_error_pct`), and only what a block has to itself is in the way.
    """
    error = measured.se_own_pct if measured.is_unchecked else measured.se_pct
    return error <= MAX_SE_PCT


def _holds(measured: Measured) -> bool:
    """Whether the verdict of a block stands whatever its pace errs by."""
    is_held = measured.core.seconds >= LEAST_CORE_S and is_well_inside(measured)
    return is_held or (measured.core.seconds >= LEAST_FAR_OFF_S and is_far_off(measured))


def is_scored(measured: Measured) -> bool:
    """Whether the block has a pace to be held to, and was seen well enough."""
    is_sure = measured.core.seconds >= LEAST_CORE_S and _is_known(measured)
    return (
        measured.deviation_pct is not None
        and measured.tolerance is not None
        and measured.placement.status in ("run", "truncated")
        and not measured.has_bad_data
        and (is_sure or _holds(measured))
    )


def tolerances_off(deviation_pct: float, se_pct: float, tolerance: Tolerance) -> float:
    """How many tolerances off, with one standard error of doubt in the runner's favour."""
    side = tolerance.fast_pct if deviation_pct > 0 else tolerance.slow_pct
    excess = max(0.0, abs(deviation_pct) - se_pct)
    if excess == 0.0 or math.isinf(side):
        return 0.0
    return excess / side if side > 0 else math.inf


def level_score(off: float, zero_at: float = ZERO_AT) -> float:
    """100 when held, 90 at one tolerance off, 0 at ``zero_at``; straight lines between."""
    if off <= 1:
        return 100 - (100 - AT_TOLERANCE) * off
    return max(0.0, AT_TOLERANCE * (zero_at - off) / (zero_at - 1))


def slow_zero_at(measured: Measured) -> float:
    """
    Return at how many tolerances too slow a block is worth nothing: 3 in the last, 5 in the first.

    A little slow early is patience, and can be made good; late it is not.
    """
    lateness = (measured.fast_factor - EARLY) / LATE
    return ZERO_AT + SLOW_EARLY * (1 - min(1.0, max(0.0, lateness)))


def in_band_pct(windows_pct: Floats, tolerance: Tolerance, se_pct: float) -> float | None:
    """
    Share of 30 s windows, noise taken out, inside the tolerance, by degree.

    A window counts in full up to the tolerance, half at one error of the pace beyond it
    and not at all from two: the edge of a band is not sharper than what is known. None
    without any window. The error of one window is three times that of the block: a band
    widened by it would call 4 % off in band throughout.
    """
    if not windows_pct.size:
        return None
    beyond = np.maximum(windows_pct - tolerance.fast_pct, -windows_pct - tolerance.slow_pct)
    if se_pct <= 0:
        return 100 * share(beyond <= 0)
    return 100 * mean(np.minimum(np.maximum(1 - beyond / (2 * se_pct), 0.0), 1.0))


def steady_score(wander_pct: float | None) -> float | None:
    """100 up to 2 % wander, 0 from 6 % on; None if unknown."""
    if wander_pct is None:
        return None
    lost = (wander_pct - STEADY_FREE_PCT) / (STEADY_ZERO_PCT - STEADY_FREE_PCT)
    return 100 * min(1.0, max(0.0, 1 - lost))


def doubt_pct(measured: Measured, deviation_pct: float, common_pct: float) -> float:
    """
    Return the doubt that goes to the runner: one error of the block's own.

    Where the whole run lies off to the same side, common and own doubt together are no
    more than one error of the pace: doubt is not given twice.
    """
    if deviation_pct * common_pct <= 0:
        return measured.se_own_pct
    return max(0.0, min(measured.se_own_pct, measured.se_pct - abs(common_pct)))


def band_at(measured: Measured, shift_pct: float, common_pct: float) -> float | None:
    """Return how much of a block is in band, all its windows moved; None without any."""
    if measured.tolerance is None:
        return None
    windows = measured.windows_pct + shift_pct - common_pct
    return in_band_pct(windows, measured.tolerance, measured.se_pct)


def block_score(
    measured: Measured,
    shift_pct: float = 0.0,
    common_pct: float = 0.0,
    band_of: Callable[[Measured, float, float], float | None] = band_at,
) -> BlockScore | None:
    """
    Score one block, optionally as if it had been run a little faster or slower.

    Parameters
    ----------
    measured : Measured
        The block.
    shift_pct : float
        Added to its deviation and to all its windows; for the score's interval.
    common_pct : float
        What the watch's scale may account for in all blocks alike; off its level only, and
        off its windows where no position checks the scale.
    band_of : callable
        `band_at`, or the same with a memory for whoever asks again and again.

    Returns
    -------
    BlockScore or None
        None if the block is not scored.
    """
    if measured.deviation_pct is None or measured.tolerance is None or not measured.is_scored:
        return None
    deviation = measured.deviation_pct + shift_pct - common_pct
    doubt = doubt_pct(measured, deviation, common_pct)
    off = tolerances_off(deviation, doubt, measured.tolerance)
    level = level_score(off, slow_zero_at(measured) if deviation < 0 else ZERO_AT)
    band = band_of(measured, shift_pct, common_pct if measured.is_unchecked else 0.0)
    return BlockScore(
        level=level,
        in_band=level if band is None else band,
        steady=steady_score(measured.wander_pct),
    )
