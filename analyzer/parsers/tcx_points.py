"""The track points of a TCX at once, where each is laid out as watches and their sites do it."""

from __future__ import annotations

import math
import re
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from analyzer.parsers.line_numbers import lines_at
from analyzer.parsers.samples import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_POINTS = 500_000
"""Track points of one file."""

PIECE = 2000
"""Points whose texts are held at a time; each takes some 500 bytes."""

ROW = "PointsAtOnce"
"""What stands in place of a row of points in the rest of the file."""

COLUMNS = {
    "heart_rate_bpm": ("Value",),
    "latitude_deg": ("LatitudeDegrees",),
    "longitude_deg": ("LongitudeDegrees",),
    "elevation_m": ("AltitudeMeters",),
    "distance_m": ("DistanceMeters",),
    "speed_mps": ("SpeedLast", "Speed"),
    "cadence_spm": ("RunCadence", "Cadence"),
    "power_w": ("Watts",),
}
"""Column, and the groups of `_POINT` that it is taken from: the first that stands there."""


class PointsAtOnce(NamedTuple):
    """
    All track points of a file, in its order, and the file without them.

    Parameters
    ----------
    times_s : list of float
        Seconds since 1970 in UTC.
    columns : dict of str to list of float
        One value for each point, NaN where it has none; the line is ``place``.
    around : bytes
        The file with one element `ROW` for each row of points, their number in ``n``; what
        stands in it stands on the same line as before.
    """

    times_s: list[float]
    columns: dict[str, list[float]]
    around: bytes


_BLANKS = r"[ \t\r\n]{0,99}"
_NUMBER = r"[+-]?\d{1,10}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,2})?"
_PREFIX = r"(?:[A-Za-z_]\w{0,20}:)?"


def _element(name: str, group: str = "", text: str = _NUMBER) -> str:
    """Return the pattern of an element with a text, which goes into a group."""
    return rf"<{name}>(?P<{group or name}>{text})</{name}>{_BLANKS}"


def _extension(name: str, group: str = "") -> str:
    """Return the pattern of an element that may stand there, with a prefix or without."""
    group = group or name
    element = rf"<(?P<p{group}>{_PREFIX}){name}>(?P<{group}>{_NUMBER})</(?P=p{group}){name}>"
    return f"(?:{element}{_BLANKS})?"


_POINT = re.compile(
    rf"<Trackpoint>{_BLANKS}"
    + _element("Time", text=r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
    + rf"(?:<Position>{_BLANKS}"
    + _element("LatitudeDegrees")
    + _element("LongitudeDegrees")
    + rf"</Position>{_BLANKS})?"
    + rf"(?:{_element('AltitudeMeters')})?"
    + rf"(?:{_element('DistanceMeters')})?"
    + rf'(?:<HeartRateBpm(?: xsi:type="\w{{1,60}}")?>{_BLANKS}'
    + _element("Value")
    + rf"</HeartRateBpm>{_BLANKS})?"
    + rf"(?:{_element('Cadence')})?"
    + rf"(?:<SensorState>\w{{1,20}}</SensorState>{_BLANKS})?"
    + rf"(?:<Extensions>{_BLANKS}<(?P<tpx>{_PREFIX})TPX"
    + rf'(?: xmlns="[\w:/.-]{{0,200}}")?(?: CadenceSensor="\w{{0,20}}")?>{_BLANKS}'
    + _extension("Speed")
    + _extension("RunCadence")
    + _extension("Speed", "SpeedLast")
    + _extension("Watts")
    + rf"</(?P=tpx)TPX>{_BLANKS}</Extensions>{_BLANKS})?"
    + rf"</Trackpoint>{_BLANKS}",
    re.ASCII,
)


def points_at_once(content: bytes) -> PointsAtOnce | None:
    """
    Take all track points from a file in which none is odd.

    Odd is a point with anything else in it, in another order, without a time in UTC, or with a
    text that is no plain number; so are comments, CDATA and instructions anywhere. What stands
    around the points is not looked at here: that is for the guard.

    Parameters
    ----------
    content : bytes
        UTF-8, as from `decoded`.

    Returns
    -------
    PointsAtOnce or None
        None for a file whose points must be looked at one by one.
    """
    count = content.count(b"<Trackpoint>")
    is_plain = not any(odd in content for odd in (b"<!", b"<?", ROW.encode()))
    if not is_plain or not 0 < count <= MAX_POINTS or content.count(b"Trackpoint") != 2 * count:
        return None
    text = content.decode()
    if not _POINT.match(text, text.index("<Trackpoint>")):
        return None  # like the first, like the others, mostly
    found = _Found.of(text)
    if found is None or len(found.starts) != count or text.count("\r") != text.count("\r\n"):
        return None
    lines = [float(line) for line in lines_at(text, found.starts)]
    columns = {PLACE: lines, **found.columns}
    return PointsAtOnce(found.times_s, columns, _around(text, found).encode())


class _Found(NamedTuple):
    """Where the points begin and end in the text, and what they hold."""

    starts: list[int]
    ends: list[int]
    times_s: list[float]
    columns: dict[str, list[float]]

    @classmethod
    def of(cls, text: str) -> _Found | None:
        """Find all points; None where no calendar has the day of one."""
        found = cls([], [], [], {name: [] for name in COLUMNS})
        every = _POINT.finditer(text)
        while piece := list(islice(every, PIECE)):
            found.starts.extend(point.start() for point in piece)
            found.ends.extend(point.end() for point in piece)
            try:
                moments = [datetime.fromisoformat(point["Time"]) for point in piece]
                found.times_s.extend(moment.timestamp() for moment in moments)
            except (ValueError, OverflowError):
                return None
            for name, values in _columns(piece):
                found.columns[name].extend(values)
        return found


def _columns(points: list[re.Match[str]]) -> Iterator[tuple[str, list[float]]]:
    """Go over the columns and their values."""
    texts = list(zip(*(point.groups() for point in points), strict=True))
    place = _POINT.groupindex
    for name, groups in COLUMNS.items():
        column = texts[place[groups[0]] - 1]
        for group in groups[1:]:
            column = tuple(map(_first, column, texts[place[group] - 1]))
        yield name, [math.nan if value is None else float(value) for value in column]


def _first(one: str | None, other: str | None) -> str | None:
    """Return the first of two texts that stands there."""
    return other if one is None else one


def _around(text: str, found: _Found) -> str:
    """Put one element in place of each row of points, with as many lines in it."""
    parts, end, first, row = [], 0, found.starts[0], 0
    for start, its_end in zip(found.starts, found.ends, strict=True):
        if start != end and row:
            parts.append(_row(text, first, end, row))
            row = 0
        if not row:
            first = start
            parts.append(text[end:first])
        end, row = its_end, row + 1
    return "".join((*parts, _row(text, first, end, row), text[end:]))


def _row(text: str, first: int, end: int, count: int) -> str:
    """Return the element that stands for so many points."""
    breaks = "\n" * text.count("\n", first, end)
    return f'<{ROW} n="{count}"{breaks}/>'
