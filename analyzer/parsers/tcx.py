"""TCX: laps and points in one guarded pass; what TCX is known to get wrong is not believed."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import (
    ActivityError,
    DamagedFileError,
    EmptyActivityError,
    OtherFileError,
)
from analyzer.model.activity import Activity, DeviceTotals, Lap, Pause, RecordingWarning, Span
from analyzer.parsers.cadence import with_steps_counted
from analyzer.parsers.collecting import without_collecting
from analyzer.parsers.device_name import device_of_creator
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.not_the_run import run_only
from analyzer.parsers.other_files import AS_PLAN
from analyzer.parsers.pauses import at_breaks, by_own_timer, stood_through, together
from analyzer.parsers.places import placed, told_apart
from analyzer.parsers.records import in_order, require_distance, to_records
from analyzer.parsers.samples import samples_of
from analyzer.parsers.sports import sport_of
from analyzer.parsers.start_time import utc_start
from analyzer.parsers.tcx_points import points_at_once
from analyzer.parsers.tcx_reader import TcxReader

if TYPE_CHECKING:
    from analyzer.parsers.device_clock import DeviceClock
    from analyzer.parsers.guarded_xml import Break
    from analyzer.parsers.samples import Samples
    from analyzer.parsers.tcx_reader import TcxActivity, TcxLap

ROOTS = ("TrainingCenterDatabase", "Activities")
"""The second is what some exports leave of the first."""

PAUSE_STEP_S = 5.0
"""Gaps from here on may be pauses, where the lap's own time says there were some [s]."""

LEAST_PAUSE_S = 3.0
"""Shorter differences between a lap's clocks are rounding [s]."""

BELIEVED_STEP_S = 10.0
"""Steps up to here are running time for the check of a lap's time [s]."""


@without_collecting()
def read_tcx(content: bytes, source: str, session: int | None = None) -> Activity:
    """
    Read a TCX activity.

    Parameters
    ----------
    content : bytes
        In any encoding, blanks and marks before the declaration included.
    source : str
        Base name, for errors and the result.
    session : int, optional
        TCX knows one session; the caller refuses another.

    Raises
    ------
    ActivityError
        If there is no activity with points, times and distance.
    """
    del session
    text, warnings = decoded(content)
    reader, damage = _elements(text, source)
    with_points = [a for a in reader.activities if a.times]
    if not with_points:
        raise _empty(reader, damage, source)
    running = [a for a in with_points if a.sport.lower() == "running"] or with_points
    activity = max(running, key=lambda a: len(a.times))
    sport = sport_of(activity.sport)
    in_file = told_apart(with_steps_counted(samples_of(activity.times, activity.rows), sport))
    ordered = in_order(in_file, source)
    samples = ordered.samples
    repaired = placed(ordered.warnings, in_file, samples, "line")
    _put_right(activity, ordered.clock)
    require_distance(samples, source)
    cut = () if damage is None else (damage.warning(len(samples)),)
    run = run_only(samples, sport)
    samples = run.samples
    totals = _totals(activity) if run.is_whole else DeviceTotals()
    pauses = together(run.pauses, _pauses(activity, samples))
    pauses, doubts = by_own_timer(samples, pauses, totals.timer_s, are_exact=False)
    return Activity(
        source=source,
        format="tcx",
        records=to_records(samples, pauses),
        start_time=utc_start(samples),
        zone=reader.zones.at(float(samples.time_s[0])),
        sport=sport,
        device=device_of_creator(activity.device),
        laps=_laps(activity, samples),
        pauses=pauses,
        warnings=(
            *warnings,
            *_warnings(reader, len(with_points)),
            *cut,
            *reader.unread.warnings(),
            *repaired,
            *run.warnings,
            *doubts,
        ),
        totals=totals,
    )


def _elements(content: bytes, source: str) -> tuple[TcxReader, Break | None]:
    """Read the points at once and the rest of the file; whatever is odd, element by element."""
    points = points_at_once(content)
    if points is not None:
        reader = TcxReader(source, at_once=points)
        with suppress(
            ActivityError
        ):  # comes again below, as whoever looks at every element says it
            if read_elements(points.around, ROOTS, reader, source) is None and not reader.is_odd:
                return reader, None
    reader = TcxReader(source)
    return reader, read_elements(content, ROOTS, reader, source)


def _warnings(reader: TcxReader, activities: int) -> list[RecordingWarning]:
    """Warn of further activities, and of points without a time or a zone."""
    warnings: list[RecordingWarning] = []
    if activities > 1:
        warnings.append(RecordingWarning("SEVERAL_ACTIVITIES", "activities", {"count": activities}))
    if reader.zoneless:
        warnings.append(RecordingWarning("ZONE_MISSING"))
    if reader.untimed:
        count, line = reader.untimed, reader.untimed_line
        untimed = RecordingWarning("POINTS_DROPPED", "points_untimed", dropped=count, line=line)
        warnings.append(untimed)
    return warnings


def _empty(
    reader: TcxReader, damage: Break | None, source: str
) -> DamagedFileError | EmptyActivityError:
    """Build the error for a file without points."""
    if damage is not None:
        return DamagedFileError(source, damage.problem, damage.where, "export it again")
    if reader.has_workouts:
        return OtherFileError(source, "a workout, not a recording", "", AS_PLAN)
    if reader.has_courses:
        return OtherFileError(source, "a course, not a recording", "", "export the activity")
    laps = [lap for activity in reader.activities for lap in activity.laps]
    if laps:
        problem = f"no track points, only the totals of {len(laps)} lap{'s' if laps[1:] else ''}"
        hint = "a pace needs points; take the file of the watch itself, such as its .fit"
        return EmptyActivityError(source, problem, f"line {laps[0].line}", hint)
    return EmptyActivityError(source, "no track points", "", "is it the right export?")


def _put_right(activity: TcxActivity, clock: DeviceClock) -> None:
    """Let laps and tracks follow a clock that was set on the run."""
    since_s = -math.inf
    for lap in activity.laps:
        lap.start_s = clock.put_right(lap.start_s, since_s)
        since_s = lap.start_s if math.isfinite(lap.start_s) else since_s
    activity.resumed = [clock.put_right(at_s) for at_s in activity.resumed]


def _edges(activity: TcxActivity, samples: Samples) -> list[tuple[TcxLap, float, float]]:
    """Return each lap with its start and end on the elapsed clock, in order."""
    first_s, last_s = float(samples.time_s[0]), float(samples.time_s[-1])
    laps = sorted(
        (lap for lap in activity.laps if math.isfinite(lap.start_s)), key=lambda lap: lap.start_s
    )
    if not laps:
        return []
    starts = [min(max(lap.start_s, first_s), last_s) - first_s for lap in laps]
    ends = [*starts[1:], last_s - first_s]
    return [(lap, a, b) for lap, a, b in zip(laps, starts, ends, strict=True) if b > a]


def _believed_timer_s(lap: TcxLap, start_s: float, end_s: float, samples: Samples) -> float | None:
    """Return a lap's own time unless it is in minutes, 0, or longer than the lap."""
    elapsed_s = samples.time_s - samples.time_s[0]
    inside = elapsed_s[(elapsed_s >= start_s) & (elapsed_s <= end_s)]
    steps_s = np.diff(inside)
    covered_s = float(steps_s[steps_s <= BELIEVED_STEP_S].sum())
    believed = covered_s / 2 <= lap.timer_s <= end_s - start_s + 2.0
    return lap.timer_s if believed and lap.timer_s > 0 else None


def _laps(activity: TcxActivity, samples: Samples) -> tuple[Lap, ...]:
    """Return the laps; ``Manual`` on every lap proves nothing and becomes unknown."""
    triggers = {lap.trigger for lap in activity.laps}
    is_telling = len(triggers - {""}) > 1
    return tuple(
        Lap(
            Span(start_s, end_s),
            trigger=lap.trigger.lower() or None if is_telling else None,
            timer_s=_believed_timer_s(lap, start_s, end_s, samples),
            distance_m=lap.distance_m if lap.distance_m > 0 else None,
        )
        for lap, start_s, end_s in _edges(activity, samples)
    )


def _pauses(activity: TcxActivity, samples: Samples) -> tuple[Pause, ...]:
    """
    Place pauses in the gaps.

    Where a lap goes on in a new track the runner had stopped the timer. What the lap's
    own time, where believable, says beyond that lies in its longest gaps; else the rule
    for holes holds.
    """
    edges = _edges(activity, samples)
    by_runner = at_breaks(samples, activity.resumed)
    by_rule = stood_through(samples)
    if not edges:
        return together(by_runner, by_rule)
    pauses: list[Pause] = []
    for lap, start_s, end_s in edges:
        timer_s = _believed_timer_s(lap, start_s, end_s, samples)
        if timer_s is None:
            pauses += [p for p in by_rule if start_s <= p.span.start_s < end_s]
        else:
            pauses += _in_gaps(samples, start_s, end_s, timer_s)
    return _joined(by_runner, tuple(pauses))


def _in_gaps(samples: Samples, start_s: float, end_s: float, timer_s: float) -> list[Pause]:
    """Place what a lap's own time is short of in its longest gaps."""
    elapsed_s = samples.time_s - samples.time_s[0]
    missing_s = end_s - start_s - timer_s
    at = np.flatnonzero((elapsed_s[:-1] >= start_s - 1e-6) & (elapsed_s[:-1] < end_s))
    pauses: list[Pause] = []
    for i in sorted(at.tolist(), key=lambda i: elapsed_s[i] - elapsed_s[i + 1]):
        gap_s = float(elapsed_s[i + 1] - elapsed_s[i])
        if missing_s < LEAST_PAUSE_S or gap_s < PAUSE_STEP_S:
            break
        begin_s = float(elapsed_s[i])
        pauses.append(Pause(Span(begin_s, begin_s + min(gap_s, missing_s)), "gap"))
        missing_s -= gap_s
    return pauses


def _joined(by_runner: tuple[Pause, ...], by_time: tuple[Pause, ...]) -> tuple[Pause, ...]:
    """Put pauses together; where a lap's time agrees with a break, its length counts."""
    agreed = [
        Pause(p.span, "runner" if any(_is_same(p, b) for b in by_runner) else p.by) for p in by_time
    ]
    return together(tuple(agreed), by_runner)


def _is_same(by_time: Pause, by_runner: Pause) -> bool:
    """Whether a pause from a lap's time lies in a break of the track."""
    return by_time.span.start_s < by_runner.span.end_s and (
        by_runner.span.start_s < by_time.span.end_s
    )


def _totals(activity: TcxActivity) -> DeviceTotals:
    """Return the device's own sums over its laps."""
    timer_s = sum(lap.timer_s for lap in activity.laps)
    distance_m = sum(lap.distance_m for lap in activity.laps)
    return DeviceTotals(
        timer_s=timer_s if math.isfinite(timer_s) and timer_s > 0 else None,
        distance_m=distance_m if math.isfinite(distance_m) and distance_m > 0 else None,
    )
