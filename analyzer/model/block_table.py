"""Blocks as a pandas table; loaded only where one is asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

import pandas as pd

from analyzer.model.alignment import Executed, Status
from analyzer.model.block_result import Verdict
from analyzer.model.plan import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.block_result import BlockResult

KINDS = {"role": Role, "status": Status, "verdict": Verdict}
"""Columns that hold one of a few words."""

NUMBERS = (
    "start_s", "end_s", "elapsed_s", "timer_s", "moving_s", "standing_s", "break_s",
    "distance_m", "break_distance_m", "pace_s_per_km", "pace_se_s_per_km", "gap_s_per_km",
    "deviation_s_per_km", "speed_deviation_pct", "scored_pace_s_per_km",
    "scored_speed_deviation_pct", "score", "in_band_pct", "steadiness_pct", "heart_rate_bpm",
    "cadence_spm",
)  # fmt: skip
"""Columns that hold a number of the block itself."""

EXECUTED = (
    "start_s", "start_low_s", "start_high_s", "confidence", "shift_s", "shift_low_s",
    "shift_high_s",
)  # fmt: skip


def block_table(blocks: Sequence[BlockResult]) -> pd.DataFrame:
    """
    Return one row a block.

    Parameters
    ----------
    blocks : sequence of BlockResult
        Of one review, in order.

    Returns
    -------
    DataFrame
        Text as ``string``, one of a few words as ``category``, numbers as
        ``float64`` with NaN for unknown; the index is that of the blocks.
    """
    rows = [_numbers(block) for block in blocks]
    columns: dict[str, object] = {
        "name": pd.array([b.name for b in blocks], dtype="string"),
        **{
            key: pd.Categorical([getattr(b, key) for b in blocks], categories=get_args(kind))
            for key, kind in KINDS.items()
        },
        "is_grade_adjusted": [b.is_adjusted for b in blocks],
    }
    columns.update(
        {name: pd.array([r[name] for r in rows], dtype="float64") for name in rows[0]}
        if rows
        else {}
    )
    return pd.DataFrame(columns, index=pd.Index([b.index for b in blocks], name="block"))


def _numbers(block: BlockResult) -> dict[str, float]:
    """Return every number of a block by the name of its column; NaN is unknown."""
    planned, tolerance = block.planned, block.tolerance
    nothing = (None, None)
    fast, slow = planned.pace_range_s_per_km or nothing
    first, last = planned.ramp_s_per_km or nothing
    numbers: dict[str, float | None] = {
        "planned_duration_s": planned.duration_s,
        "planned_distance_m": planned.distance_m,
        "planned_pace_s_per_km": planned.pace_s_per_km,
        "planned_pace_range_fast_s_per_km": fast,
        "planned_pace_range_slow_s_per_km": slow,
        "planned_ramp_start_s_per_km": first,
        "planned_ramp_end_s_per_km": last,
        "tolerance_fast_pct": None if tolerance is None else tolerance.fast_pct,
        "tolerance_slow_pct": None if tolerance is None else tolerance.slow_pct,
    }
    numbers.update({name: getattr(block, name) for name in NUMBERS})
    numbers.update({f"executed_{name}": _of(block.executed, name) for name in EXECUTED})
    return {
        n: float(v) if v is not None and math.isfinite(v) else math.nan for n, v in numbers.items()
    }


def _of(executed: Executed | None, name: str) -> float | None:
    """Return where the pace really changed; None where that is not known."""
    value: float | None = None if executed is None else getattr(executed, name)
    return value
