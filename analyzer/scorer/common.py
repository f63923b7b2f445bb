"""What all blocks of a run have in common: the part of their deviations a watch may account for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.scorer.method import RHO, Z

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.scorer.measure import Measured


def common_error_pct(
    blocks: Sequence[Measured], scale_pct: float, shifts: Sequence[float] | None = None
) -> float:
    """
    How far all blocks lie off alike, as far as the watch's scale may account for it [%].

    The middle of the deviations (of two middle ones the one nearer to the plan, nothing if
    they lie on both sides of it), and at most one standard error of the scale: its doubt
    goes to the runner once for the whole run, not in each block in whichever direction
    suits. Without positions it is all that the scale may be off by (90 %): nothing in the
    recording speaks against it. One-sided paces and easy blocks run easier do not count.

    Parameters
    ----------
    blocks : sequence of Measured
        All blocks of the plan.
    scale_pct : float
        Error common to all blocks.
    shifts : sequence of float, optional
        Added to the deviations; for the score's interval.
    """
    moved = shifts if shifts is not None else [0.0] * len(blocks)
    off = sorted(
        _counted(m, m.deviation_pct + shift)
        for m, shift in zip(blocks, moved, strict=True)
        if m.deviation_pct is not None and m.is_scored and not is_one_sided(m)
    )
    if not off:
        return 0.0
    low, high = off[(len(off) - 1) // 2], off[len(off) // 2]
    middle = 0.0 if low * high < 0 else min(low, high, key=abs)
    most = math.sqrt(RHO) * scale_pct * (Z if any(m.is_unchecked for m in blocks) else 1.0)
    return min(most, max(-most, middle))


def is_one_sided(measured: Measured) -> bool:
    """Whether a block may be as fast, or as slow, as it likes: it says nothing about the watch."""
    return measured.block.target is not None and measured.block.target.free_side is not None


def _counted(measured: Measured, deviation_pct: float) -> float:
    """Return what a deviation says about the watch [%]: 0 where an easy block was run easier."""
    return max(0.0, deviation_pct) if measured.block.role == "easy" else deviation_pct
