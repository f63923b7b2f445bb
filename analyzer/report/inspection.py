"""What is in a recording: clocks, columns, pauses, laps, steps, and what was odd about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.report.local_time import clock_words, start_keys
from analyzer.report.recording_words import english_text
from analyzer.safe_text import clean_text
from analyzer.units import KM_M, clock_text, pace_s_per_km, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import Activity, Floats, Lap, PausedBy, RecordingWarning
    from analyzer.model.local_time import LocalZone
    from analyzer.model.prepared import DistanceSource, Prepared
    from analyzer.model.workout import StepTarget, WorkoutStep

COLUMNS = {
    "distance_m": "distance",
    "speed_mps": "speed",
    "latitude_deg": "position",
    "elevation_m": "altitude",
    "heart_rate_bpm": "heart rate",
    "cadence_spm": "cadence",
    "power_w": "power",
}
"""Column of the records: what it is called."""

TARGETS: Mapping[StepTarget, str] = {
    "speed": "",
    "open": "no target",
    "heart_rate": "by heart rate",
    "power": "by power",
    "cadence": "by cadence",
    "pace_zone": "a pace zone of the watch",
    "other": "target other than pace",
}
"""What a step aims at; a speed is shown as paces."""

MOST_LAPS = 40
"""More laps are counted, not listed."""

UNKNOWN = "unknown"


def inspection_text(
    activity: Activity, zone: LocalZone | None = None, prepared: Prepared | None = None
) -> str:
    """
    Show what is in a recording, on 80 columns, without a coordinate.

    Parameters
    ----------
    activity : Activity
        As read.
    zone : LocalZone, optional
        The runner's clock. Left out: the start is shown in UTC.
    prepared : Prepared, optional
        What a review would rest on: the distance that is believed, whether slopes
        can be scored, and what was repaired. Left out where there is too little to judge.
    """
    chosen = [] if prepared is None else _chosen(prepared)
    rows = [*_header(activity, zone), *chosen, ("", ""), ("Columns", "recorded")]
    parts = [
        [f"{name:<12}{value}".rstrip() for name, value in rows]
        + [_column(activity, column, name) for column, name in COLUMNS.items()],
        _pause_list(activity),
        _laps(activity),
        _steps(activity),
        _warnings(activity, prepared),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _header(activity: Activity, zone: LocalZone | None) -> list[tuple[str, str]]:
    """Return file, sport, device, clocks and totals, each with its name."""
    elapsed_s, timer_s = activity.records.elapsed_time_s, activity.records.timer_time_s
    rows = [
        ("File", f"{clean_text(activity.source)} ({_format(activity)})"),
        ("Sport", _sport(activity) or UNKNOWN),
        ("Device", clean_text(activity.device or "") or UNKNOWN),
        ("Start", clock_words(activity.start_time, zone)),
        ("Elapsed", clock_text(float(elapsed_s[-1]))),
        ("Timer", f"{clock_text(float(timer_s[-1]))}, {_pauses(activity)}"),
        ("Records", f"{len(activity.records)}, {_sampling(elapsed_s)}"),
        ("Watch total", _totals(activity)),
        ("Effort", "" if activity.rpe is None else f"{activity.rpe:g} of 10, as the runner said"),
    ]
    return [(name, value) for name, value in rows if value]


SOURCES: Mapping[DistanceSource, str] = {
    "footpod": "a foot pod",
    "device": "the watch",
    "positions": "GPS positions",
    "speed": "the watch's speed",
}
"""Where distance came from."""


def _chosen(prepared: Prepared) -> list[tuple[str, str]]:
    """Return what a review rests on: the distance that is believed, and whose altitude it is."""
    kilometres = float(prepared.distance_m[-1]) / KM_M
    source, error = SOURCES[prepared.distance_source], prepared.scale_error_pct
    rows = [("Distance", f"{kilometres:.2f} km by {source}, good to {error:g} %")]
    if np.isfinite(prepared.elevation_m).any():
        by = "a barometer, so hills count where they matter"
        rows.append(
            ("Altitude", f"by {by}" if prepared.has_barometer else "not by a barometer: not scored")
        )
    return rows


def _sport(activity: Activity) -> str:
    """Name the sport as far as the recording does; empty where it does not."""
    names = (activity.sport, activity.sub_sport)
    return clean_text(" ".join(name for name in names if name and name != "generic"))


def _format(activity: Activity) -> str:
    """Name the format, and the session of a file that holds several."""
    name = activity.format.upper()
    several = activity.sessions > 1
    return f"{name}, session {activity.session} of {activity.sessions}" if several else name


def _pauses(activity: Activity) -> str:
    """Say how long the timer stood still, and who stopped it."""
    if not activity.pauses:
        return "no pauses"
    total_s = sum(p.span.duration_s for p in activity.pauses)
    by = {p.by for p in activity.pauses}
    count = len(activity.pauses)
    noun = "pause" if count == 1 else "pauses"
    return f"{count} {noun}, {clock_text(total_s)} in all, by {' and '.join(sorted(by))}"


STOPPED_BY: Mapping[PausedBy, str] = {
    "runner": "stopped by hand",
    "watch": "the watch paused itself",
    "gap": "a hole in the records",
}
"""What a pause shows in the file."""


def _pause_list(activity: Activity) -> list[str]:
    """List the pauses, each with its cause; nothing where there are none."""
    if not activity.pauses:
        return []
    rows = [f"{'Pause':<6}{'Start':>8}{'Time':>9}  Cause", "─" * 48]
    for number, pause in enumerate(activity.pauses[:MOST_LAPS], start=1):
        at, length = clock_text(pause.span.start_s), clock_text(pause.span.duration_s)
        rows.append(f"{number:<6}{at:>8}{length:>9}  {STOPPED_BY[pause.by]}")
    if len(activity.pauses) > MOST_LAPS:
        rows.append(f"and {len(activity.pauses) - MOST_LAPS} more pauses")
    return rows


def _sampling(elapsed_s: Floats) -> str:
    """Say how often the watch wrote a record."""
    steps = np.diff(elapsed_s)
    if not steps.size:
        return "only one"
    typical = median(steps)
    even = float(np.mean(np.abs(steps - typical) < 0.5))
    kind = "every second" if typical < 1.5 and even > 0.95 else f"about every {typical:.0f} s"
    longest = float(steps.max())
    return f"{kind}, longest gap {longest:.0f} s" if longest > 10 else kind


def _totals(activity: Activity) -> str:
    """Return the device's own sums."""
    totals = activity.totals
    parts = []
    if totals.distance_m is not None:
        parts.append(f"{totals.distance_m / 1000:.2f} km")
    if totals.timer_s is not None:
        parts.append(f"timer {clock_text(totals.timer_s)}")
    if totals.elapsed_s is not None:
        parts.append(f"elapsed {clock_text(totals.elapsed_s)}")
    return ", ".join(parts)


def _column(activity: Activity, column: str, name: str) -> str:
    """Say in how many of the records a column has a value."""
    share = _recorded(activity, column)
    bar = "█" * round(20 * share)
    words = "none" if share == 0 else f"{round_half_up(100 * share, 1):g} %"
    return f"  {name:<12}{bar:<21}{words}".rstrip()


def _recorded(activity: Activity, column: str) -> float:
    """Return the share of the records in which a column has a value, 0 to 1."""
    return float(np.isfinite(getattr(activity.records, column)).mean())


def _laps(activity: Activity) -> list[str]:
    """List the laps; nothing where there are none."""
    if not activity.laps:
        return []
    head = f"{'Lap':<6}{'Start':>8}{'Time':>9}{'Distance':>11}{'Pace':>8}  {'Closed by':<14}Step"
    rows = [head, "─" * 62]
    rows += [_lap(i, lap) for i, lap in enumerate(activity.laps[:MOST_LAPS], start=1)]
    if len(activity.laps) > MOST_LAPS:
        rows.append(f"and {len(activity.laps) - MOST_LAPS} more laps")
    return rows


def _lap(number: int, lap: Lap) -> str:
    """Return one lap."""
    seconds = lap.timer_s if lap.timer_s is not None else lap.span.duration_s
    metres = lap.distance_m
    distance = "–" if metres is None else f"{metres:.0f} m"
    pace = "–" if not metres or not seconds else pace_text(pace_s_per_km(metres / seconds))
    step = "" if lap.step_index is None else str(lap.step_index)
    by = clean_text(lap.trigger or UNKNOWN, 13)
    left = f"{number:<6}{clock_text(lap.span.start_s):>8}{clock_text(seconds):>9}"
    return f"{left}{distance:>11}{pace:>8}  {by:<14}{step}".rstrip()


def _all_warnings(activity: Activity, prepared: Prepared | None) -> list[RecordingWarning]:
    """Return what was odd about the file, and what was repaired for a review."""
    return [*activity.warnings, *(() if prepared is None else prepared.warnings)]


def _warnings(activity: Activity, prepared: Prepared | None) -> list[str]:
    """List what was odd about the recording; nothing where nothing was."""
    lines = [f"  {w.code}: {english_text(w)}" for w in _all_warnings(activity, prepared)]
    return ["Warnings", *lines] if lines else []


def _steps(activity: Activity) -> list[str]:
    """List the steps of the workout the recording carries; nothing where it carries none."""
    workout = activity.workout
    if workout is None:
        return []
    name = clean_text(workout.name) or "unnamed"
    return [f"Workout     {name}", *(_step(step) for step in workout.steps)]


def _step(step: WorkoutStep) -> str:
    """Return one step as stored."""
    if step.duration == "repeat":
        what = f"repeat from step {step.repeat_from}, {step.repeats} times in all"
        return f"  {step.index:<4}{what}"
    length = "until the lap button"
    if step.duration_s is not None:
        length = clock_text(step.duration_s)
    elif step.distance_m is not None:
        length = f"{step.distance_m:.0f} m"
    target = TARGETS[step.target]
    if step.low_mps and step.high_mps:
        slow, fast = (pace_text(pace_s_per_km(v)) for v in (step.low_mps, step.high_mps))
        target = f"{slow} to {fast} /km"
    return f"  {step.index:<4}{clean_text(step.name, 24):<26}{length:>9}  {target}".rstrip()


def inspection_dict(
    activity: Activity, zone: LocalZone | None = None, prepared: Prepared | None = None
) -> dict[str, object]:
    """Return what is in a recording for programs: JSON values only, unknown is None."""
    records = activity.records
    return {
        "source": clean_text(activity.source),
        "format": activity.format,
        "session": activity.session,
        "sessions": activity.sessions,
        "sport": activity.sport,
        "sub_sport": activity.sub_sport,
        "device": activity.device,
        **start_keys(activity.start_time, zone),
        "elapsed_time_s": round_half_up(float(records.elapsed_time_s[-1]), 1),
        "timer_time_s": round_half_up(float(records.timer_time_s[-1]), 1),
        "records": len(records),
        "distance_m": None if prepared is None else _rounded(prepared.distance_m[-1]),
        "distance_source": None if prepared is None else prepared.distance_source,
        "scale_error_pct": None if prepared is None else _rounded(prepared.scale_error_pct),
        "has_barometer": None if prepared is None else prepared.has_barometer,
        "known_pct": {
            column: round_half_up(100 * _recorded(activity, column), 1)
            for column in COLUMNS
            if column != "latitude_deg"
        },
        "has_positions": bool(np.isfinite(records.latitude_deg).any()),
        "pauses": [
            {"start_s": p.span.start_s, "end_s": p.span.end_s, "by": p.by} for p in activity.pauses
        ],
        "laps": [
            {
                "start_s": round_half_up(lap.span.start_s, 1),
                "end_s": round_half_up(lap.span.end_s, 1),
                "trigger": lap.trigger,
                "step_index": lap.step_index,
                "timer_s": lap.timer_s,
                "distance_m": lap.distance_m,
            }
            for lap in activity.laps
        ],
        "workout_steps": 0 if activity.workout is None else len(activity.workout.steps),
        "warnings": [
            {"code": w.code, "message": english_text(w)} for w in _all_warnings(activity, prepared)
        ],
    }


def _rounded(value: float) -> float:
    """Round to one decimal, as a plain number."""
    return round_half_up(float(value), 1)
