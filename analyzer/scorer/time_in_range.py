"""A familiar number of another system, shown beside ours and never used (method 13)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.scorer.target import target_speeds

if TYPE_CHECKING:
    from analyzer.model.prepared import Prepared
    from analyzer.scorer.measure import Measured

SMOOTH_S = 10
"""Where the device gives no speed, its mean over this long stands in [s]."""


def time_in_range_pct(blocks: tuple[Measured, ...], prepared: Prepared) -> float | None:
    """
    Share of the planned seconds in which the speed on the watch lay in range.

    As COROS defines it: progression and steady blocks only, missing time counts
    as out. The range is the block's tolerance. None if no block has a pace.
    """
    kernel = np.ones(SMOOTH_S) / SMOOTH_S
    mean_mps = np.convolve(prepared.speed_mps, kernel, mode="same")
    is_known = np.isfinite(prepared.device_speed_mps)
    speed_mps = np.where(is_known, prepared.device_speed_mps, mean_mps)
    planned = inside = 0.0
    for measured in blocks:
        block, tolerance = measured.block, measured.tolerance
        seconds = block.expected_duration_s or measured.timer_s
        if block.role not in ("progression", "steady") or tolerance is None:
            continue
        planned += seconds
        start_s, end_s = measured.placement.start_s, measured.placement.end_s
        if start_s is None or end_s is None:
            continue
        first = math.ceil(start_s)
        shown = speed_mps[first : math.floor(end_s)]
        since_s = np.arange(shown.size, dtype=np.float64) + (first + 0.5 - start_s)
        target = target_speeds(block, since_s, seconds)
        if target is None:
            continue
        off = 100 * np.log(np.maximum(shown, 0.01) / target)
        is_inside = (off <= tolerance.fast_pct) & (off >= -tolerance.slow_pct)
        inside += min(seconds, float(np.count_nonzero(is_inside)))
    return 100 * inside / planned if planned else None
