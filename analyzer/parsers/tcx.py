"""TCX: laps and points in one guarded pass; what TCX is known to get wrong is not believed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from analyzer.errors import DamagedFileError, EmptyActivityError, LimitError
from analyzer.model.activity import Activity, DeviceTotals, Lap, Pause, RecordingWarning, Span
from analyzer.parsers.cadence import with_steps_counted
from analyzer.parsers.device_name import device_of_creator
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.not_the_run import run_only
from analyzer.parsers.other_files import AS_PLAN
from analyzer.parsers.pauses import at_breaks, by_own_timer, stood_through, together
from analyzer.parsers.places import placed, told_apart
from analyzer.parsers.records import in_order, require_distance, to_records
from analyzer.parsers.samples import PLACE, samples_of
from analyzer.parsers.sports import sport_of
from analyzer.parsers.start_time import utc_start
from analyzer.parsers.written_zone import WrittenZones
from analyzer.parsers.xml_values import Unread, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.parsers.device_clock import DeviceClock
    from analyzer.parsers.guarded_xml import Break, Place
    from analyzer.parsers.samples import Samples

ROOTS = ("TrainingCenterDatabase", "Activities")
"""The second is what some exports leave of the first."""

MAX_POINTS = 500_000
"""Track points of one file."""

PAUSE_STEP_S = 5.0
"""Gaps from here on may be pauses, where the lap's own time says there were some [s]."""

LEAST_PAUSE_S = 3.0
"""Shorter differences between a lap's clocks are rounding [s]."""

BELIEVED_STEP_S = 10.0
"""Steps up to here are running time for the check of a lap's time [s]."""


class _Lap(Struct):
    """One lap as it stood in the file."""

    start_s: float
    line: int
    timer_s: float = math.nan
    distance_m: float = math.nan
    trigger: str = ""

    def take(self, name: str, text: str, unread: Unread, at: Place) -> None:
        """Take one value that stands directly in the lap; count what is not a number."""
        if name == "TotalTimeSeconds":
            self.timer_s = unread.number(name, text, at)
        elif name == "DistanceMeters":
            self.distance_m = unread.number(name, text, at)
        elif name == "TriggerMethod":
            self.trigger = text


class _Activity(Struct):
    """One activity as it stood in the file."""

    sport: str
    laps: list[_Lap] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    rows: dict[str, list[float]] = field(default_factory=dict)
    device: str = ""
    resumed: list[float] = field(default_factory=list)
    """Times of the first points of each further track in a lap [s since 1970]."""


_POINT = {
    "LatitudeDegrees": ("latitude_deg", 1.0),
    "LongitudeDegrees": ("longitude_deg", 1.0),
    "AltitudeMeters": ("elevation_m", 1.0),
    "DistanceMeters": ("distance_m", 1.0),
    "Speed": ("speed_mps", 1.0),
    "RunCadence": ("cadence_spm", 1.0),  # cycles
    "Watts": ("power_w", 1.0),
}
"""Local name in a track point: column and factor."""


class _Reader(Struct):
    """Collects activities, laps and points."""

    source: str
    activities: list[_Activity] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    point: dict[str, float] | None = None
    time_text: str = ""
    count: int = 0
    has_workouts: bool = False
    has_courses: bool = False
    zoneless: int = 0
    untimed: int = 0
    zones: WrittenZones = field(default_factory=WrittenZones)
    untimed_line: int = 0
    line: int = 0
    unread: Unread = field(default_factory=Unread)
    tracks: int = 0
    """Tracks begun in the open lap."""
    is_new_track: bool = False

    def start(self, name: str, attributes: Mapping[str, str], at: Place) -> None:
        """Open an activity, a lap or a point."""
        self.path.append(name)
        if name == "Activity":
            self.activities.append(_Activity(attributes.get("Sport", "")))
        elif name == "Lap" and self.activities:
            start_s, _ = seconds(attributes.get("StartTime"))
            self.activities[-1].laps.append(_Lap(start_s, at.CurrentLineNumber))
            self.tracks = 0
            self.is_new_track = False
        elif name == "Track":
            self.tracks += 1
            self.is_new_track = self.tracks > 1
        elif name == "Trackpoint" and self.activities and "Activity" in self.path:
            self.count += 1
            if self.count > MAX_POINTS:
                problem = f"more track points than the limit of {MAX_POINTS}"
                raise LimitError(
                    self.source, problem, f"line {at.CurrentLineNumber}", "is it one run?"
                )
            self.point, self.time_text = {}, ""
            self.line = at.CurrentLineNumber
        elif name == "Workout":
            self.has_workouts = True
        elif name == "Course":
            self.has_courses = True

    def end(self, name: str, text: str, at: Place) -> None:
        """Take a value; close a point."""
        self.path.pop()
        parent = self.path[-1] if self.path else ""
        if self.point is not None:
            self._in_point(name, text, parent, at)
        elif not self.activities:
            return
        elif parent == "Lap" and self.activities[-1].laps:
            self.activities[-1].laps[-1].take(name, text, self.unread, at)
        elif name == "Name" and parent == "Creator":
            self.activities[-1].device = text

    def _in_point(self, name: str, text: str, parent: str, at: Place) -> None:
        """Take one value of a point, or close it."""
        point = self.point
        if point is None:
            return
        if name == "Trackpoint":
            self._close(point)
        elif name == "Time":
            self.time_text = text
        elif name == "Value" and parent == "HeartRateBpm":
            point["heart_rate_bpm"] = self.unread.number("heart rate", text, at)
        elif name == "Cadence" and parent == "Trackpoint":
            point.setdefault("cadence_spm", self.unread.number(name, text, at))
        elif name in _POINT:
            column, scale = _POINT[name]
            point[column] = self.unread.number(name, text, at) * scale

    def _close(self, point: dict[str, float]) -> None:
        """Keep a point that has a time."""
        self.point = None
        at_s, has_zone = seconds(self.time_text)
        if math.isnan(at_s):
            self.untimed += 1
            self.untimed_line = self.untimed_line or self.line
            return
        self.zoneless += not has_zone
        self.zones.note(at_s, self.time_text)
        activity = self.activities[-1]
        activity.times.append(at_s)
        activity.rows.setdefault(PLACE, []).append(self.line)
        if self.is_new_track:
            activity.resumed.append(at_s)
            self.is_new_track = False
        for column in ("heart_rate_bpm", *(c for c, _ in _POINT.values())):
            activity.rows.setdefault(column, []).append(point.get(column, math.nan))


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
    reader = _Reader(source)
    damage = read_elements(text, ROOTS, reader, source)
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


def _warnings(reader: _Reader, activities: int) -> list[RecordingWarning]:
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
    reader: _Reader, damage: Break | None, source: str
) -> DamagedFileError | EmptyActivityError:
    """Build the error for a file without points."""
    if damage is not None:
        return DamagedFileError(source, damage.problem, damage.where, "export it again")
    if reader.has_workouts:
        return EmptyActivityError(source, "a workout, not a recording", "", AS_PLAN)
    if reader.has_courses:
        return EmptyActivityError(source, "a course, not a recording", "", "export the activity")
    laps = [lap for activity in reader.activities for lap in activity.laps]
    if laps:
        problem = f"no track points, only the totals of {len(laps)} lap{'s' if laps[1:] else ''}"
        hint = "a pace needs points; take the file of the watch itself, such as its .fit"
        return EmptyActivityError(source, problem, f"line {laps[0].line}", hint)
    return EmptyActivityError(source, "no track points", "", "is it the right export?")


def _put_right(activity: _Activity, clock: DeviceClock) -> None:
    """Let laps and tracks follow a clock that was set on the run."""
    since_s = -math.inf
    for lap in activity.laps:
        lap.start_s = clock.put_right(lap.start_s, since_s)
        since_s = lap.start_s if math.isfinite(lap.start_s) else since_s
    activity.resumed = [clock.put_right(at_s) for at_s in activity.resumed]


def _edges(activity: _Activity, samples: Samples) -> list[tuple[_Lap, float, float]]:
    """Return each lap with its start and end on the elapsed clock, in order."""
    first_s, last_s = float(samples.time_s[0]), float(samples.time_s[-1])
    laps = sorted(
        (lap for lap in activity.laps if math.isfinite(lap.start_s)), key=lambda lap: lap.start_s
    )
    starts = [min(max(lap.start_s, first_s), last_s) - first_s for lap in laps]
    ends = [*starts[1:], last_s - first_s]
    return [(lap, a, b) for lap, a, b in zip(laps, starts, ends, strict=True) if b > a]


def _believed_timer_s(lap: _Lap, start_s: float, end_s: float, samples: Samples) -> float | None:
    """Return a lap's own time unless it is in minutes, 0, or longer than the lap."""
    elapsed_s = samples.time_s - samples.time_s[0]
    inside = elapsed_s[(elapsed_s >= start_s) & (elapsed_s <= end_s)]
    steps_s = np.diff(inside)
    covered_s = float(steps_s[steps_s <= BELIEVED_STEP_S].sum())
    believed = covered_s / 2 <= lap.timer_s <= end_s - start_s + 2.0
    return lap.timer_s if believed and lap.timer_s > 0 else None


def _laps(activity: _Activity, samples: Samples) -> tuple[Lap, ...]:
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


def _pauses(activity: _Activity, samples: Samples) -> tuple[Pause, ...]:
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


def _totals(activity: _Activity) -> DeviceTotals:
    """Return the device's own sums over its laps."""
    timer_s = sum(lap.timer_s for lap in activity.laps)
    distance_m = sum(lap.distance_m for lap in activity.laps)
    return DeviceTotals(
        timer_s=timer_s if math.isfinite(timer_s) and timer_s > 0 else None,
        distance_m=distance_m if math.isfinite(distance_m) and distance_m > 0 else None,
    )
