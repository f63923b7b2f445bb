"""How far off a pace must be, or how well inside, for its verdict to hold whatever it errs by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.scorer.method import Z_CLEAR, Z_COARSE, Z
from analyzer.scorer.noise import se_held_pct

if TYPE_CHECKING:
    from analyzer.scorer.measure import Measured


def doubt_pct(measured: Measured, tolerance_pct: float) -> float:
    """
    How far a clear finding about a block's pace must lie beyond its limit [% of speed].

    z errors, the wander of a held pace among them: that is not a fault. Where the
    recording cannot even show the tolerance (``z SE`` exceeds it) it takes more of
    them: one of many blocks would be called off by chance.
    """
    error = math.hypot(measured.se_pct, se_held_pct(measured.core.measured_s))
    return z_clear(measured.se_pct, tolerance_pct) * error


def z_clear(se_pct: float, limit_pct: float, usual: float = Z_CLEAR) -> float:
    """How far a clear finding lies beyond its limit [SE]: further where ``z SE`` hides that."""
    return usual if Z * se_pct <= limit_pct else Z_COARSE


def is_far_off(measured: Measured) -> bool:
    """
    Whether a block is off by so much that it is clear, however badly its pace is known.

    Hard repeats run 30 % too slow are too slow, though a minute is known to 3 % only.
    The limits are those of a clear TOO_FAST or TOO_SLOW.
    """
    x, tolerance = measured.deviation_pct, measured.tolerance
    if x is None or tolerance is None:
        return False
    side = tolerance.fast_pct if x > 0 else tolerance.slow_pct
    is_beyond = abs(x) > max(side, Z * measured.se_pct)
    return is_beyond and abs(x) - doubt_pct(measured, side) > 0.5 * side


def is_well_inside(measured: Measured) -> bool:
    """Whether a block is inside a wide tolerance with its whole 90 % interval."""
    x, tolerance = measured.deviation_pct, measured.tolerance
    if x is None or tolerance is None:
        return False
    error = Z * measured.se_pct
    return x + error <= tolerance.fast_pct and error - x <= tolerance.slow_pct
