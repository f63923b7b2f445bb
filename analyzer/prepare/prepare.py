"""An activity made ready for judging: distance, grid, stops, glitches, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import EmptyActivityError
from analyzer.median import median
from analyzer.model.activity import RecordingWarning
from analyzer.model.clock import TimerClock
from analyzer.model.prepared import Prepared
from analyzer.prepare.altimeters import lacks_barometer
from analyzer.prepare.distance import TOTAL_OFF, choose_distance
from analyzer.prepare.glitches import without_glitches
from analyzer.prepare.grade import grade_ratio, without_spikes
from analyzer.prepare.grid import lay_grid
from analyzer.prepare.roughness import roughness_by_updates
from analyzer.prepare.sources import haversine_m
from analyzer.prepare.stops import STANDING_MPS, find_stops
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import Activity, Pause, Records
    from analyzer.prepare.distance import Distance
    from analyzer.prepare.glitches import Repaired
    from analyzer.prepare.grid import Grid

MIN_SECONDS = 10
"""Shorter recordings cannot be judged [s]."""

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

    grid = lay_grid(records, distance)
    standing = find_stops(grid, clock, _uncertain_gaps(activity.pauses, records))
    pause_seconds = clock.timer_at(np.array([p.span.start_s for p in clock.pauses]))
    repaired = without_glitches(
        grid,
        standing.is_standing,
        pause_seconds,
        is_running=activity.sport in (None, "running", "walking", "hiking"),
    )
    speed_mps = repaired.speed_mps
    warnings = (*warnings, *_left_out(grid, repaired))
    distance_m = np.concatenate(([0.0], np.cumsum(speed_mps)))
    is_replaced = grid.is_interpolated | repaired.is_replaced
    is_moving = standing.is_moving & ~repaired.is_unknown
    elevation_m, spikes_s = without_spikes(grid.elevation_m)
    if spikes_s:
        facts = {"replaced_s": spikes_s}
        warnings = (*warnings, RecordingWarning("GLITCHES_REPAIRED", "altitude", facts))
    grades, has_barometer = grade_ratio(
        elevation_m, distance_m, lacks_barometer=lacks_barometer(activity.device)
    )
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
        elevation_m=elevation_m,
        is_moving=is_moving,
        is_standing=standing.is_standing,
        is_replaced=is_replaced,
        is_unchecked=distance.is_unchecked,
        guesses=grid.is_guessed if grid.is_guessed.any() else None,
        stops=standing.stops,
        distance_source=distance.source,
        scale_error_pct=distance.scale_error_pct,
        roughness=roughness_by_updates(
            speed_mps, is_moving & ~is_replaced, distance.gains.update_s
        ),
        is_fine=_is_fine(records, distance),
        known_from_s=distance.known_s[0],
        known_to_s=distance.known_s[1],
        warnings=warnings,
    )


def _left_out(grid: Grid, repaired: Repaired) -> list[RecordingWarning]:
    """Say which spikes were replaced, and hold what is left against the device's own total."""
    told = []
    if repaired.count:
        replaced_s = int((repaired.is_replaced & ~repaired.is_unknown).sum())
        facts = {"count": repaired.count, "replaced_s": replaced_s}
        told.append(RecordingWarning("GLITCHES_REPAIRED", facts=facts))
    if repaired.leaps:
        facts = {"count": repaired.leaps, "spread_s": int(repaired.is_unknown.sum())}
        told.append(RecordingWarning("GLITCHES_REPAIRED", "spread", facts))
    lost_m = float(grid.distance_m[-1] - repaired.speed_mps.sum())
    share = lost_m / max(float(grid.distance_m[-1]), 1.0)
    if abs(share) > TOTAL_OFF:
        lost = {"metres": round(lost_m), "percent": round_half_up(100 * share, 1)}
        told.append(RecordingWarning("DISTANCE_REPAIRED", "left_out", lost))
    return told


def _is_fine(records: Records, distance: Distance) -> bool:
    """Whether records are a second apart, most of them, each with a distance of its own."""
    return bool(median(np.diff(records.timer_time_s)) <= FINE_S) and not distance.gains.is_coarse


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
