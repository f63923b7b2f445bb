"""The sound points of a GPX file: element by element, or at once where nothing is odd."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from xml.parsers import expat  # any DOCTYPE ends the parsing; see guarded_xml

from msgspec import Struct, field

from analyzer.errors import LimitError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.line_numbers import lines_at
from analyzer.parsers.written_zone import WrittenZones
from analyzer.parsers.xml_values import Unread, number, seconds, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import WarningKind
    from analyzer.parsers.guarded_xml import Place

MAX_POINTS = 500_000
"""Points of one file; gpxpy takes 50 us and 1.3 kB for each."""


Value = Literal["latitude", "longitude", "time"]

KINDS: Mapping[tuple[Value, bool], WarningKind] = {
    ("latitude", False): "latitude",
    ("longitude", False): "longitude",
    ("latitude", True): "latitude_text",
    ("longitude", True): "longitude_text",
    ("time", True): "time_text",
}
"""What is said of an unsound value, without and with its text."""


class Point(Struct):
    """One sound track point as it stood in the file; several may share their values."""

    latitude: str
    longitude: str
    line: int
    elevation: str = ""
    time: str = ""
    values: dict[str, float] = field(default_factory=dict)


class Unsound(Struct, frozen=True):
    """A point that was left out: its line, and the value that is none or out of range."""

    line: int
    value: Value
    text: str | None
    """As it stood there, made safe; None for a coordinate out of range."""

    @property
    def problem(self) -> str:
        """What is wrong, for an error."""
        return f"{self.value} out of range" if self.text is None else f"{self.value} '{self.text}'"

    def warning(self, count: int) -> RecordingWarning:
        """Return the warning for so many points, of which this is the first."""
        facts = {} if self.text is None else {"text": self.text}
        return RecordingWarning(
            "POINTS_DROPPED", KINDS[self.value, bool(facts)], facts, line=self.line, dropped=count
        )


class Points(Struct):
    """
    Collects the sound points of each track, and counts what was not sound.

    ``resumed`` has the times of the first points of the segments.
    """

    source: str
    tracks: list[list[Point]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    creator: str = ""
    open_point: Point | None = None
    in_track: bool = False
    resumed: list[str] = field(default_factory=list)
    is_new_segment: bool = False
    routes: int = 0
    waypoints: int = 0
    untimed: int = 0
    untimed_line: int = 0
    unread: Unread = field(default_factory=Unread)
    zoneless: int = 0
    zones: WrittenZones = field(default_factory=WrittenZones)
    unsound: list[Unsound] = field(default_factory=list)
    count: int = 0

    def start(self, name: str, attributes: Mapping[str, str], at: Place) -> None:
        """Open a track or a point; a point without a sound position is left out."""
        if self.open_point is not None:
            return
        if name == "trkpt" and self.in_track:
            self.count += 1
            if self.count > MAX_POINTS:
                problem = f"more track points than the limit of {MAX_POINTS}"
                where = f"line {at.CurrentLineNumber}"
                raise LimitError(self.source, problem, where, "is it one run?")
            self.open_point = self._point(attributes, at.CurrentLineNumber)
        elif name == "trkseg":
            self.is_new_segment = True
        elif name == "gpx":
            self.creator = attributes.get("creator", "")
        elif name == "trk":
            self.tracks.append([])
            self.types.append("")
            self.in_track = True
        elif name == "rte":
            self.routes += 1
        elif name == "wpt":
            self.waypoints += 1

    def _point(self, attributes: Mapping[str, str], line: int) -> Point | None:
        """Return the point if both coordinates are numbers in range."""
        for name, limit in (("lat", 90.0), ("lon", 180.0)):
            text = attributes.get(name, "")
            value = number(text)
            if not abs(value) <= limit:
                word: Value = "latitude" if name == "lat" else "longitude"
                is_number = math.isfinite(value)  # a real coordinate is never shown
                shown = None if is_number else shape_of(text)
                self.unsound.append(Unsound(line, word, shown))
                return None
        return Point(attributes["lat"].strip(), attributes["lon"].strip(), line)

    def end(self, name: str, text: str, at: Place) -> None:
        """Take what a point holds; close it."""
        if self.open_point is not None:
            self._in_point(self.open_point, name, text, at)
        elif name == "type" and self.in_track and not self.types[-1]:
            self.types[-1] = text
        if name == "trk":
            self.in_track = False

    def _in_point(self, point: Point, name: str, text: str, at: Place) -> None:
        """Take one value of a point, or close it."""
        if name == "ele":
            point.elevation = "" if math.isnan(self.unread.number(name, text, at)) else text
        elif name == "time":
            self._time(point, text)
        elif name in EXTENSIONS:
            column, scale = EXTENSIONS[name]
            point.values.setdefault(column, self.unread.number(name, text, at) * scale)
        elif name == "trkpt":
            if point.time:
                self.tracks[-1].append(point)
                if self.is_new_segment:
                    self.resumed.append(point.time)
                self.is_new_segment = False
            else:
                self.untimed += 1
                self.untimed_line = self.untimed_line or point.line
            self.open_point = None

    def _time(self, point: Point, text: str) -> None:
        """Believe a strict ISO time only."""
        at_s, has_zone = seconds(text)
        if math.isnan(at_s):
            self.unsound.append(Unsound(point.line, "time", shape_of(text, 30)))
            return
        self.zoneless += not has_zone
        self.zones.note(at_s, text)
        point.time = text.strip().replace(",", ".")


EXTENSIONS = {
    "hr": ("heart_rate_bpm", 1.0),
    "heartrate": ("heart_rate_bpm", 1.0),
    "cad": ("cadence_spm", 1.0),  # cycles, as Garmin and Strava write them
    "cadence": ("cadence_spm", 1.0),
    "power": ("power_w", 1.0),
    "PowerInWatts": ("power_w", 1.0),
    "speed": ("speed_mps", 1.0),
}
"""Local name in a point: column and factor."""


_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_QUICK = re.compile(
    rf'<trkpt lat="({_NUMBER})" lon="({_NUMBER})">\s*'
    rf"(?:<ele>({_NUMBER})</ele>\s*)?"
    r"<time>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)</time>\s*"
    r"(?:<extensions>(.{0,2000}?)</extensions>\s*)?</trkpt>",
    re.ASCII | re.DOTALL,
)
_NAMES = "|".join(EXTENSIONS)
_VALUES = re.compile(rf"<(?:\w+:)?({_NAMES})>([0-9.]{{1,9}})</")
_NAMED = re.compile(rf"<(?:\w+:)?(?:{_NAMES})[\s/>]")
_SEGMENT = re.compile("<trkseg[ />]")
_TYPE = re.compile(r"<type>([^<]{0,40})</type>")
_CREATOR = re.compile(r'<gpx\b[^>]*?\bcreator="([^"<&]{0,200})"')

MAX_OTHER = 400
"""More tags than this outside the points are looked at one by one."""


def quick_points(content: bytes, source: str) -> Points | None:
    """
    Take all points at once from a file in which nothing is odd.

    Odd is: no well-formed XML, a document type, comments, CDATA, several tracks, a
    point that does not look like every other, many tags outside the points.
    The same points come out as element by element; a test holds both to it.

    Parameters
    ----------
    content : bytes
        UTF-8, as from `decoded`.
    source : str
        Base name.

    Returns
    -------
    Points or None
        None for a file that must be looked at element by element.
    """
    count = content.count(b"<trkpt")
    is_plain = content.count(b"<trk>") == 1 and b"<!" not in content and b"&" not in content
    if not is_plain or not 0 < count <= MAX_POINTS:
        return None
    text = content.decode()
    matches = list(_QUICK.finditer(text))
    if len(matches) != count or _between(text, matches).count("<") > MAX_OTHER:
        return None
    try:
        expat.ParserCreate("utf-8").Parse(content, True)
    except expat.ExpatError:
        return None
    points = Points(source, count=count)
    head = text[: matches[0].start()]
    creator, kind = _CREATOR.search(head), _TYPE.search(head)
    points.creator = creator[1] if creator else ""
    points.types = [kind[1].strip() if kind else ""]
    lines = lines_at(text, [match.start() for match in matches])
    try:
        points.tracks = [_quick_track(matches, lines)]
    except ValueError:  # a number or a day that is none
        return None
    points.resumed = _resumed(text, matches)
    return points


def _resumed(text: str, matches: list[re.Match[str]]) -> list[str]:
    """Return the times of the first points behind each beginning of a segment."""
    starts = [match.start() for match in matches]
    first = [bisect_left(starts, match.start()) for match in _SEGMENT.finditer(text)]
    return [matches[i][4] for i in sorted(set(first)) if i < len(matches)]


def _between(text: str, matches: list[re.Match[str]]) -> str:
    """Return what stands outside the points."""
    ends = [0, *(m.end() for m in matches)]
    starts = [*(m.start() for m in matches), len(text)]
    return "".join(text[a:b] for a, b in zip(ends, starts, strict=True))


def _quick_track(matches: list[re.Match[str]], lines: list[int]) -> list[Point]:
    """Make points of matches; ValueError where a value is out of range or no calendar has it."""
    track: list[Point] = []
    known: dict[str | None, dict[str, float]] = {None: {}}
    for match, line in zip(matches, lines, strict=True):
        lat, lon, ele, at, extensions = match.groups()
        if not (-90.0 <= float(lat) <= 90.0 and -180.0 <= float(lon) <= 180.0):
            msg = "out of range"
            raise ValueError(msg)
        datetime.fromisoformat(at)
        values = known.get(extensions)
        if values is None:  # many points have the same heart rate and cadence: one for all
            values = known[extensions] = _quick_values(extensions)
        track.append(Point(lat, lon, line, ele or "", at, values))
    return track


def _quick_values(extensions: str) -> dict[str, float]:
    """Return what stands in the extensions of a point; ValueError for what is no plain number."""
    found = _VALUES.findall(extensions)
    if len(found) != len(_NAMED.findall(extensions)):
        msg = "a value that is not a plain number"
        raise ValueError(msg)
    values: dict[str, float] = {}
    for name, value in found:
        column, scale = EXTENSIONS[name]
        values.setdefault(column, float(value) * scale)
    return values
