"""GPX: gpxpy reads, behind a guard that first takes out what would make it refuse a whole file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import gpxpy

from analyzer.errors import DamagedFileError, EmptyActivityError, LimitError
from analyzer.model.activity import Activity, RecordingWarning
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.records import gap_pauses, in_order, require_distance, to_records
from analyzer.parsers.samples import samples_of
from analyzer.parsers.start_time import utc_start
from analyzer.parsers.steps_between import moved_between
from analyzer.parsers.tracks import choose_tracks
from analyzer.parsers.xml_values import number, seconds
from analyzer.safe_text import clean_text, escape_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.parsers.samples import Samples

MAX_POINTS = 500_000
"""Points of one file; gpxpy takes 50 us and 1.3 kB for each."""

SPORTS = {"9": "running", "run": "running", "running": "running", "1": "cycling"}
"""What makers write into <type>, where it is not plain."""


@dataclass(slots=True)
class _Point:
    """One sound track point as it stood in the file."""

    latitude: str
    longitude: str
    line: int
    elevation: str = ""
    time: str = ""
    values: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Points:
    """Collects the sound points of each track, and counts what was not sound."""

    source: str
    tracks: list[list[_Point]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    creator: str = ""
    open_point: _Point | None = None
    in_track: bool = False
    routes: int = 0
    waypoints: int = 0
    untimed: int = 0
    zoneless: int = 0
    unsound: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Open a track or a point; a point without a sound position is left out."""
        if name == "gpx":
            self.creator = attributes.get("creator", "")
        elif name == "trk":
            self.tracks.append([])
            self.types.append("")
            self.in_track = True
        elif name == "rte":
            self.routes += 1
        elif name == "wpt":
            self.waypoints += 1
        elif name == "trkpt" and self.in_track:
            self.count += 1
            if self.count > MAX_POINTS:
                problem = f"more track points than the limit of {MAX_POINTS}"
                raise LimitError(self.source, problem, f"line {line}", "is it one run?")
            self.open_point = self._point(attributes, line)

    def _point(self, attributes: Mapping[str, str], line: int) -> _Point | None:
        """Return the point if both coordinates are numbers in range."""
        for name, limit in (("lat", 90.0), ("lon", 180.0)):
            text = attributes.get(name, "")
            value = number(text)
            if not abs(value) <= limit:
                word = "latitude" if name == "lat" else "longitude"
                is_number = math.isfinite(value)  # a real coordinate is never shown
                shown = "out of range" if is_number else f"'{escape_text(text, 20)}'"
                self.unsound.append((line, f"{word} {shown}"))
                return None
        return _Point(attributes["lat"].strip(), attributes["lon"].strip(), line)

    def end(self, name: str, text: str, line: int) -> None:
        """Take what a point holds; close it."""
        point = self.open_point
        if point is None:
            if name == "type" and self.in_track and not self.types[-1]:
                self.types[-1] = text
        elif name == "ele":
            point.elevation = text if math.isfinite(number(text)) else ""
        elif name == "time":
            self._time(point, text)
        elif name in _EXTENSIONS:
            column, scale = _EXTENSIONS[name]
            point.values.setdefault(column, number(text) * scale)
        elif name == "trkpt":
            if point.time:
                self.tracks[-1].append(point)
            else:
                self.untimed += 1
            self.open_point = None
        if name == "trk":
            self.in_track = False

    def _time(self, point: _Point, text: str) -> None:
        """Believe a strict ISO time only."""
        at_s, has_zone = seconds(text)
        if math.isnan(at_s):
            self.unsound.append((point.line, f"time '{escape_text(text, 30)}'"))
            return
        self.zoneless += not has_zone
        point.time = text.strip().replace(",", ".")


_EXTENSIONS = {
    "hr": ("heart_rate_bpm", 1.0),
    "heartrate": ("heart_rate_bpm", 1.0),
    "cad": ("cadence_spm", 2.0),  # one leg, as Garmin and Strava write it
    "cadence": ("cadence_spm", 2.0),
    "power": ("power_w", 1.0),
    "PowerInWatts": ("power_w", 1.0),
    "speed": ("speed_mps", 1.0),
}
"""Local name in a point: column and factor."""


def read_gpx(content: bytes, source: str) -> Activity:
    """
    Read a GPX track.

    Distance comes from positions, later; there is only the elapsed clock, and a
    hole crossed slower than 0.5 m/s is a pause ``by: gap``.

    Parameters
    ----------
    content : bytes
        In any encoding.
    source : str
        Base name, for errors and the result.

    Raises
    ------
    ActivityError
        If no track with times is left.
    """
    text, warnings = decoded(content)
    points = _Points(source)
    damage = read_elements(text, ("gpx",), points, source)
    if damage is not None and not any(points.tracks):
        raise DamagedFileError(source, damage.message, f"line {damage.line}", "export it again")
    _require_times(points, source)
    tracks = [_samples(track, source) for track in points.tracks if track]
    chosen, told = choose_tracks(tracks, source)
    samples, repaired = in_order(chosen, source)
    require_distance(samples, source)
    if damage is not None:
        text_ = f"{len(samples)} records kept, {damage.message} (at line {damage.line})"
        told = (*told, RecordingWarning("FILE_CUT", text_, line=damage.line, kept=len(samples)))
    pauses = gap_pauses(samples, moved_between(samples))
    sport = next((t for t in points.types if t), None)
    return Activity(
        source=source,
        format="gpx",
        records=to_records(samples, pauses),
        start_time=utc_start(samples),
        sport=_sport(sport),
        device=clean_text(points.creator) or None,
        pauses=pauses,
        warnings=(*warnings, *_warnings(points), *told, *repaired),
    )


def _sport(text: str | None) -> str | None:
    """Return the sport a track type names; None if the file is silent."""
    if not text:
        return None
    word = clean_text(text, 30).lower()
    return SPORTS.get(word, "running" if "run" in word else word)


def _require_times(points: _Points, source: str) -> None:
    """Refuse files without a track that has times."""
    timed = sum(len(track) for track in points.tracks)
    if points.count == 0:
        what = "a route without times" if points.routes else "waypoints only"
        problem = f"no track ({what})" if points.routes or points.waypoints else "no track"
        raise EmptyActivityError(source, problem, "", "export the activity, not the course")
    if timed == 0 or points.untimed > timed:
        problem = f"{points.untimed} of {points.count} points have no time"
        if points.unsound and timed == 0 and not points.untimed:
            problem = f"no sound point: {points.unsound[0][1]}"
        raise EmptyActivityError(source, problem, "", "pace needs times; export the activity")


def _warnings(points: _Points) -> tuple[RecordingWarning, ...]:
    """Tell what was left out, and the first place."""
    warnings = []
    if points.unsound:
        line, what = points.unsound[0]
        count = len(points.unsound)
        named = "1 point" if count == 1 else f"{count} points"
        text = f"{named} left out: {what} (at line {line})"
        warnings.append(RecordingWarning("POINTS_DROPPED", text, line=line, dropped=count))
    plain = points.untimed - sum("time" in what for _, what in points.unsound)
    if plain > 0:
        text = f"{plain} points without time left out"
        warnings.append(RecordingWarning("POINTS_DROPPED", text, dropped=plain))
    if points.zoneless:
        text = "times name no zone; taken as UTC"
        warnings.append(RecordingWarning("ZONE_MISSING", text))
    return tuple(warnings)


def _samples(track: list[_Point], source: str) -> Samples:
    """Let gpxpy read a plain GPX of the sound points."""
    rows = "".join(
        f'<trkpt lat="{p.latitude}" lon="{p.longitude}">'
        + (f"<ele>{p.elevation}</ele>" if p.elevation else "")
        + f"<time>{p.time}</time></trkpt>"
        for p in track
    )
    plain = f'<gpx version="1.1" creator="guard"><trk><trkseg>{rows}</trkseg></trk></gpx>'
    try:
        read = gpxpy.parse(plain).tracks[0].segments[0].points
    except Exception as error:
        problem = f"the points cannot be read ({type(error).__name__})"
        raise DamagedFileError(source, problem, "", "export it again") from error
    columns = ("heart_rate_bpm", "cadence_spm", "power_w", "speed_mps")
    nan = math.nan
    return samples_of(
        [nan if r.time is None else r.time.timestamp() for r in read],
        {
            "latitude_deg": [r.latitude for r in read],
            "longitude_deg": [r.longitude for r in read],
            "elevation_m": [nan if r.elevation is None else r.elevation for r in read],
            **{name: [p.values.get(name, nan) for p in track] for name in columns},
        },
    )
