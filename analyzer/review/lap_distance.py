"""The watch's own distance of the laps of a block, where records are too far apart for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.structs import replace
from analyzer.units import KM_M, speed_deviation_pct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.activity import Activity, Lap
    from analyzer.model.alignment import Alignment
    from analyzer.model.block_result import BlockResult

SPARSE_S = 2.0
"""From this usual step between records on, what lies between two of them is only guessed [s]."""

EDGE_S = 1.5
"""A lap ends where a block does within this [s]."""

MOST_OFF = 0.03
"""A lap's distance further off the records than this is of something else [share]."""


def with_lap_distances(
    blocks: tuple[BlockResult, ...], alignment: Alignment, activity: Activity
) -> tuple[BlockResult, ...]:
    """
    Give blocks the distance that the watch itself measured over their laps.

    A watch knows where a lap of 400 m ended; records every 3 s only say 394 to 400 m.
    Where records come every second, or blocks lie by the clock, nothing changes;
    neither do scores and verdicts, which rest on the inside of a block.

    Parameters
    ----------
    blocks : tuple of BlockResult
        As measured from the records.
    alignment : Alignment
        What placed them.
    activity : Activity
        With its laps.
    """
    steps_s = np.diff(activity.records.elapsed_time_s)
    is_by_laps = alignment.basis in ("laps", "workout_steps")
    if not is_by_laps or not steps_s.size or median(steps_s) < SPARSE_S:
        return blocks
    return tuple(_with_own_distance(block, activity.laps) for block in blocks)


def _with_own_distance(block: BlockResult, laps: Sequence[Lap]) -> BlockResult:
    """Give one block the distance of its laps, if they fill it and the records confirm them."""
    inside = _laps_of(block, laps)
    known_m = [lap.distance_m for lap in inside if lap.distance_m is not None]
    if not inside or len(known_m) < len(inside) or not block.distance_m or not block.timer_s:
        return block
    distance_m = sum(known_m)
    if abs(distance_m / block.distance_m - 1) > MOST_OFF:
        return block
    pace = block.timer_s / distance_m * KM_M
    measured = replace(block, distance_m=distance_m, pace_s_per_km=pace)
    planned = block.planned.pace_s_per_km
    if planned is None or block.deviation_s_per_km is None:
        return measured
    return replace(
        measured,
        deviation_s_per_km=pace - planned,
        speed_deviation_pct=speed_deviation_pct(KM_M / pace, KM_M / planned),
    )


def _laps_of(block: BlockResult, laps: Sequence[Lap]) -> list[Lap]:
    """Return the laps that fill a block from its beginning to its end; none if they do not."""
    start_s, end_s = block.start_s, block.end_s
    if block.status != "run" or start_s is None or end_s is None:
        return []
    inside = [
        lap
        for lap in laps
        if lap.span.start_s >= start_s - EDGE_S and lap.span.end_s <= end_s + EDGE_S
    ]
    edges_s = [start_s, *(lap.span.end_s for lap in inside)]
    is_whole = all(
        abs(lap.span.start_s - edge_s) <= EDGE_S
        for lap, edge_s in zip(inside, edges_s, strict=False)
    )
    return inside if inside and is_whole and abs(edges_s[-1] - end_s) <= EDGE_S else []
