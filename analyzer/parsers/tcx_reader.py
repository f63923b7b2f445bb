"""A TCX element by element: activities, laps and points as they stand in the file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer.errors import LimitError
from analyzer.parsers.guarded_xml import MAX_DEPTH
from analyzer.parsers.samples import PLACE
from analyzer.parsers.tcx_points import MAX_POINTS, ROW
from analyzer.parsers.written_zone import WrittenZones
from analyzer.parsers.xml_values import Unread, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.parsers.guarded_xml import Place
    from analyzer.parsers.tcx_points import PointsAtOnce

TRACK = ["Activity", "Lap", "Track"]
"""Where track points stand."""

DEEPEST = 4
"""Elements inside one another in a point; the guard counts them."""


@dataclass(slots=True)
class TcxLap:
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


@dataclass(slots=True)
class TcxActivity:
    """One activity as it stood in the file."""

    sport: str
    laps: list[TcxLap] = field(default_factory=list)
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


@dataclass(slots=True)
class TcxReader:
    """Collects activities, laps and points."""

    source: str
    activities: list[TcxActivity] = field(default_factory=list)
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
    at_once: PointsAtOnce | None = None
    """Points that were taken before; `ROW` stands for so many of them."""
    taken: int = 0
    """How many of those have had their turn."""
    is_odd: bool = False
    """Whether such points stand where none is looked for."""

    def start(self, name: str, attributes: Mapping[str, str], at: Place) -> None:
        """Open an activity, a lap or a point."""
        self.path.append(name)
        if name == "Activity":
            self.activities.append(TcxActivity(attributes.get("Sport", "")))
        elif name == "Lap" and self.activities:
            start_s, _ = seconds(attributes.get("StartTime"))
            self.activities[-1].laps.append(TcxLap(start_s, at.CurrentLineNumber))
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
        elif name == ROW:
            self._take_row(int(attributes["n"]))
        elif name == "Workout":
            self.has_workouts = True
        elif name == "Course":
            self.has_courses = True

    def _take_row(self, count: int) -> None:
        """Take some points that were read before, all of one track."""
        points, row = self.at_once, slice(self.taken, self.taken + count)
        self.taken = row.stop
        self.count += count
        is_deep = len(self.path) + DEEPEST > MAX_DEPTH
        if points is None or not self.activities or self.path[-4:-1] != TRACK or is_deep:
            self.is_odd = True
            return
        activity, times_s = self.activities[-1], points.times_s[row]
        self.zones.note(times_s[0], "Z")
        if self.is_new_track:
            activity.resumed.append(times_s[0])
            self.is_new_track = False
        activity.times += times_s
        for column, values in points.columns.items():
            activity.rows.setdefault(column, []).extend(values[row])

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
