"""An activity made ready for judging: distance, grid, stops, glitches, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import EmptyActivityError
from analyzer.median import median
from analyzer.model.activity import RecordingWarning
from analyzer.model.clock import TimerClock
from analyzer.model.prepared import Prepared
from analyzer.prepare.distance import SCALE_ERROR_PCT, choose_distance, haversine_m
from analyzer.prepare.glitches import without_glitches
from analyzer.prepare.grade import grade_ratio
from analyzer.prepare.grid import lay_grid
from analyzer.prepare.roughness import roughness
from analyzer.prepare.stops import STANDING_MPS, find_stops

if TYPE_CHECKING:
    from analyzer.model.activity import Activity, Pause, Records

MIN_SECONDS = 10
"""Shorter recordings cannot be judged [s]."""

TREADMILL_SCALE_ERROR_PCT = 1.5
"""A watch that guesses distance from the arm alone [%]."""


FINE_S = 1.0
"""Records this near to each other show how rough a recording is [s]."""


def prepare(activity: Activity) -> Prepared:
    """
    Make a recording ready for judging; every repair is a warning.

    Parameters
    ----------
    activity : Activity
        As read; not changed.

    Returns
    -------
    Prepared
        On the even grid of whole timer seconds.

    Raises
    ------
    EmptyActivityError
        If less than 10 s or no distance at all was recorded.
    """
    records = activity.records
    clock = TimerClock(activity.pauses)
    if records.timer_time_s[-1] < MIN_SECONDS:
        problem = f"only {records.timer_time_s[-1]:.0f} s were recorded"
        raise EmptyActivityError(activity.source, problem, "", "there is nothing to review")
    distance, warnings = choose_distance(activity)
    if distance.total_m <= 0:
        problem = "no distance, speed or change of position in any record"
        raise EmptyActivityError(activity.source, problem, "", "there is nothing to review")

    grid = lay_grid(records, distance.gained_m)
    standing = find_stops(
        grid.speed_mps,
        grid.device_speed_mps,
        grid.is_interpolated,
        clock,
        _uncertain_gaps(activity.pauses, records),
    )
    pause_seconds = clock.timer_at(np.array([p.span.start_s for p in clock.pauses]))
    speed_mps, is_glitch, glitches = without_glitches(
        grid.speed_mps,
        standing.is_standing,
        pause_seconds,
        is_running=activity.sport in (None, "running", "walking", "hiking"),
    )
    if glitches:
        facts = {"count": glitches, "replaced_s": int(is_glitch.sum())}
        warnings = (*warnings, RecordingWarning("GLITCHES_REPAIRED", facts=facts))
    distance_m = np.concatenate(([0.0], np.cumsum(speed_mps)))
    is_replaced = grid.is_interpolated | is_glitch
    grades, has_barometer = grade_ratio(grid.elevation_m, distance_m)
    return Prepared(
        clock=clock,
        distance_m=distance_m,
        speed_mps=speed_mps,
        effort_mps=speed_mps,
        grade_ratio=grades,
        has_barometer=has_barometer,
        device_speed_mps=grid.device_speed_mps,
        heart_rate_bpm=grid.heart_rate_bpm,
        cadence_spm=grid.cadence_spm,
        elevation_m=grid.elevation_m,
        is_moving=standing.is_moving,
        is_standing=standing.is_standing,
        is_replaced=is_replaced,
        stops=standing.stops,
        distance_source=distance.source,
        scale_error_pct=_scale_error_pct(activity, distance.source),
        roughness=roughness(speed_mps, standing.is_moving & ~is_replaced),
        is_fine=bool(median(np.diff(records.timer_time_s)) <= FINE_S),
        warnings=warnings,
    )


def _scale_error_pct(activity: Activity, source: str) -> float:
    """Return the error common to all distances; a watch indoors only guesses."""
    no_positions = not np.isfinite(activity.records.latitude_deg).any()
    if source == "device" and no_positions:
        return TREADMILL_SCALE_ERROR_PCT
    return next(error for name, error in SCALE_ERROR_PCT.items() if name == source)


def _uncertain_gaps(pauses: tuple[Pause, ...], records: Records) -> frozenset[Pause]:
    """Return holes in the records across which the runner moved on, or may have."""
    uncertain = []
    for pause in pauses:
        if pause.by != "gap":
            continue
        i = int(np.searchsorted(records.elapsed_time_s, pause.span.start_s, side="right")) - 1
        j = int(np.searchsorted(records.elapsed_time_s, pause.span.end_s))
        ends = [max(i, 0), min(j, len(records) - 1)]
        moved_m = haversine_m(records.latitude_deg[ends], records.longitude_deg[ends])[0]
        slow_mps = STANDING_MPS * 0.625  # 0.5 m/s, as the gap rule has it
        if not moved_m < slow_mps * max(pause.span.duration_s, 1.0):
            uncertain.append(pause)
    return frozenset(uncertain)
