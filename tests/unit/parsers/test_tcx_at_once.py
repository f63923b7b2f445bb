"""Track points of a TCX taken at once are those taken one by one."""

import gc
from contextlib import suppress

import numpy as np
import pytest

from analyzer.errors import ActivityError
from analyzer.parsers import tcx
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.read import read_bytes
from analyzer.parsers.tcx_points import points_at_once
from analyzer.parsers.tcx_reader import TcxReader
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_xml import write_tcx
from tests.places import REAL, SAMPLES

POINT = (
    b"<Trackpoint><Time>2026-03-06T06:30:00Z</Time><DistanceMeters>1</DistanceMeters></Trackpoint>"
)

AROUND = b"<Activities><Activity><Lap><Track>%s</Track></Lap></Activity></Activities>"

ODD = {
    "another order": POINT.replace(
        b"<DistanceMeters>", b"<Extensions/><DistanceMeters>"
    ),
    "no time": b"<Trackpoint><DistanceMeters>1</DistanceMeters></Trackpoint>",
    "a zone": POINT.replace(b"Z<", b"+01:00<"),
    "no day": POINT.replace(b"03-06", b"02-30"),
    "no number": POINT.replace(b">1<", b">one<"),
    "a number of 41 digits": POINT.replace(b">1<", b">%s<" % (b"1" * 41)),
    "a comment": POINT + b"<!-- " + POINT + b" -->",
    "its own name": POINT + b'<PointsAtOnce n="1"/>',
    "a prefix": POINT + POINT.replace(b"Trackpoint", b"x:Trackpoint"),
    "lines that end like an old Mac's": b"\r" + POINT,
}  # fmt: skip
"""What is looked at one by one."""


def elements_of(content: bytes, at_once=None) -> TcxReader:
    """Read a file to its end."""
    reader = TcxReader("run.tcx", at_once=at_once)
    around = content if at_once is None else at_once.around
    assert read_elements(around, tcx.ROOTS, reader, "run.tcx") is None
    return reader


def told(reader: TcxReader) -> str:
    """Return all that a reader found; as text, since NaN is not itself."""
    activities = [
        (a.sport, a.device, a.laps, a.times, a.resumed, _columns(a.rows)) for a in reader.activities
    ]
    return repr((activities, reader.zones, reader.unread, reader.count, reader.untimed))


def _columns(rows) -> list[tuple[str, list[float]]]:
    """Return the columns by name, lines as numbers like all others."""
    return [(name, np.array(rows[name], dtype=float).tolist()) for name in sorted(rows)]


def tcx_files():
    """Every TCX there is."""
    real = sorted((REAL / "runs").glob("*.tcx")) if REAL.is_dir() else []
    return [*sorted(SAMPLES.glob("*.tcx")), *real]


@pytest.mark.parametrize("path", tcx_files(), ids=lambda p: p.name)
def test_points_of_a_file_at_once_are_those_one_by_one(path):
    """Same times, values, lines, laps and breaks; or the file is not taken at once."""
    content, _ = decoded(path.read_bytes())
    at_once = points_at_once(content)
    if at_once is not None:
        assert told(elements_of(content, at_once)) == told(elements_of(content))


@pytest.mark.parametrize("is_split", [False, True])
def test_points_of_a_simulated_run_are_taken_at_once(is_split):
    """With laps, and tracks that begin anew behind a pause."""
    behaviour = Behaviour(cut_s=600.0, stops=(Stop(100, 30, "runner"),))
    content, _ = decoded(write_tcx(simulate(EXAMPLE, behaviour, Device(), 1), is_split=is_split))
    at_once = points_at_once(content)
    assert at_once is not None
    assert at_once.around.count(b"<Track>") == at_once.around.count(b"<PointsAtOnce ")
    assert told(elements_of(content, at_once)) == told(elements_of(content))


@pytest.mark.parametrize("points", ODD.values(), ids=ODD.keys())
def test_odd_points_are_looked_at_one_by_one(points):
    """None is guessed at."""
    assert points_at_once(AROUND % POINT) is not None
    assert points_at_once(AROUND % points) is None


def test_points_outside_a_track_are_looked_at_one_by_one():
    """A course has points too; they are no recording."""
    course = (
        b"<Activities><Activity/><Courses><Course><Track>%s</Track></Course></Courses></Activities>"
    )
    at_once = points_at_once(course % POINT)
    assert at_once is not None
    assert elements_of(b"", at_once).is_odd


def test_a_file_cut_behind_its_points_says_so():
    """At the line where it is cut."""
    second = POINT.replace(b":00Z", b":09Z").replace(b">1<", b">31<")
    content = (AROUND % (POINT + b"\n" + second + b"\n"))[:-20]
    (warning,) = (w for w in read_bytes(content, "run.tcx").warnings if w.code == "FILE_CUT")
    assert (warning.line, warning.kept) == (3, 2)


def test_laps_without_a_start_are_no_laps():
    """Nobody knows where they were."""
    second = POINT.replace(b":00Z", b":09Z").replace(b">1<", b">31<")
    activity = read_bytes(AROUND % (POINT + second), "run.tcx")
    assert (activity.laps, len(activity.records)) == ((), 2)


@pytest.mark.parametrize(
    "content", [AROUND % (POINT + POINT.replace(b":00Z", b":09Z")), b"<Activities/>"]
)
@pytest.mark.parametrize("is_on", [True, False])
def test_reading_leaves_the_collector_as_it_was(content, is_on):
    """On or off, whether the file can be read or not."""
    was_on = gc.isenabled()
    try:
        (gc.enable if is_on else gc.disable)()
        with suppress(ActivityError):
            read_bytes(content, "run.tcx")
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()
