"""What files say of the runner's own clock: FIT's local time, and zones written in GPX and TCX."""

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analyzer.model.local_time import LocalZone
from analyzer.parsers.read import read_bytes
from analyzer.parsers.written_zone import WrittenZones
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import START_TIME, Behaviour, simulate
from tests.builders.write_fit import ENUM, FIT_EPOCH, UINT16, UINT32, Encoder, write_fit
from tests.builders.write_xml import write_gpx, write_tcx

HOURS = (*range(-11, 0), *range(1, 15), -9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5,
         12.75, 13.75)  # fmt: skip
"""How far clocks on earth are ahead of UTC, but for UTC itself [h]."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+[+-]\d\d:\d\d")

WRITERS: dict[str, Callable[..., bytes]] = {"fit": write_fit, "gpx": write_gpx, "tcx": write_tcx}

TOKYO_DEG = 139.7
"""East of Greenwich, where no clock shows UTC."""


@pytest.fixture(scope="module")
def run():
    """Simulate a minute of the example, off the coast where the watch is 2 h behind UTC."""
    return simulate(EXAMPLE, Behaviour(cut_s=60.0), seed=1)


def in_tokyo(run):
    """Move a run to another longitude."""
    return replace(run, longitude_deg=np.full(run.elapsed_s.size, TOKYO_DEG))


def zone_of(content, form):
    """Return what a file says of the clock."""
    return read_bytes(content, f"run.{form}").zone


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("form", WRITERS)
def test_every_offset_on_earth_is_read(run, form, hours):
    """UTC-11 to UTC+14; the start itself stays the same moment in UTC."""
    activity = read_bytes(WRITERS[form](run, utc_offset_s=3600 * hours), f"run.{form}")
    assert activity.zone == LocalZone(round(3600 * hours), "watch" if form == "fit" else "file")
    assert activity.start_time is not None
    assert activity.start_time.timestamp() == START_TIME


@pytest.mark.parametrize("form", WRITERS)
def test_a_file_without_a_local_time_says_nothing_of_the_clock(run, form):
    """No local time in the FIT; times that end in Z."""
    assert zone_of(WRITERS[form](run, utc_offset_s=None), form) is None


@pytest.mark.parametrize("form", ["gpx", "tcx"])
def test_plus_nothing_says_no_more_than_z(run, form):
    """``+00:00`` is how programs write UTC wherever they are."""
    assert zone_of(WRITERS[form](run, utc_offset_s=0), form) is None


@pytest.mark.parametrize("late_s", [-3.0, -1.0, 1.0, 90.0])
def test_two_times_written_seconds_apart_still_make_a_zone(run, late_s):
    """UTC-7 and a little, to the quarter of an hour."""
    assert zone_of(write_fit(run, utc_offset_s=-7 * 3600 + late_s), "fit") == LocalZone(
        -7 * 3600, "watch"
    )


@pytest.mark.parametrize(
    "offset_s",
    [
        FIT_EPOCH - START_TIME - 60,  # a local time of 0
        -13 * 3600,  # behind every clock on earth
        15 * 3600,  # ahead of every clock on earth
        -7 * 3600 + 450,  # between two quarters: one is of the start, one of the end
        86_400,  # a day set wrong
    ],
)
def test_a_local_time_that_cannot_be_is_not_believed(run, offset_s):
    """Then others are asked: the place, the machine."""
    assert zone_of(write_fit(run, utc_offset_s=offset_s), "fit") is None


def test_a_copy_of_utc_is_no_local_time(run):
    """At 140 degrees east nobody's clock shows UTC; near Greenwich, and indoors, it may."""
    indoors = replace(in_tokyo(run), has_positions=False)
    assert zone_of(write_fit(in_tokyo(run), utc_offset_s=0), "fit") is None
    assert zone_of(write_fit(run, utc_offset_s=0), "fit") == LocalZone(0, "watch")
    assert zone_of(write_fit(indoors, utc_offset_s=0), "fit") == LocalZone(0, "watch")


def test_a_clock_that_was_never_set_has_no_zone():
    """Times since power-up, beside a local time of the calendar, give neither date nor zone."""
    out = Encoder()
    out.add(0, (0, ENUM, 4), (1, UINT16, 1), (2, UINT16, 4024))
    for second in range(100):
        out.add(20, (253, UINT32, 5000 + second), (5, UINT32, 300 * second))
    out.add(34, (253, UINT32, 5100), (1, UINT16, 1), (5, UINT32, START_TIME - FIT_EPOCH))
    activity = read_bytes(out.file(), "run.fit")
    assert (activity.start_time, activity.zone) == (None, None)


def flown(run, form, departure_h, arrival_h):
    """Write a run whose first times are in one zone and whose last half is in another."""
    one, other = (
        WRITERS[form](run, utc_offset_s=3600 * h).decode() for h in (departure_h, arrival_h)
    )
    later = iter(TIME.findall(other))
    times = [(here, next(later)) for here in TIME.findall(one)]
    written = (here if i < len(times) / 2 else there for i, (here, there) in enumerate(times))
    return TIME.sub(lambda _: next(written), one).encode()


@pytest.mark.parametrize("form", ["gpx", "tcx"])
def test_on_a_flight_the_zone_at_the_start_counts(run, form):
    """From UTC-8 to UTC-5 under way; the moments are the same as without zones."""
    activity = read_bytes(flown(run, form, -8, -5), f"run.{form}")
    assert activity.zone == LocalZone(-8 * 3600, "file")
    plain = read_bytes(WRITERS[form](run), f"run.{form}").records
    assert np.array_equal(activity.records.elapsed_time_s, plain.elapsed_time_s)


@pytest.mark.parametrize("form", ["gpx", "tcx"])
def test_on_a_flight_from_greenwich_the_zone_of_the_arrival_does_not_count(run, form):
    """``+00:00`` says nothing of the start, and -08:00 an hour later neither."""
    assert zone_of(flown(run, form, 0, -8), form) is None


def test_times_in_any_order_give_the_zone_of_the_first_moment():
    """A file written backwards, in one zone throughout; blocks of two zones, the later first."""
    backwards, blocks = WrittenZones(), WrittenZones()
    for at_s in (300.0, 200.0, 100.0):
        backwards.note(at_s, "2026-03-09T18:00:00-08:00")
    for at_s, zone in ((200.0, "-05:00"), (300.0, "-05:00"), (0.0, "-0800"), (100.0, "-0800")):
        blocks.note(at_s, f"2026-03-09T18:00:00{zone}")
    assert backwards.at(100.0) == LocalZone(-8 * 3600, "file")
    assert blocks.at(0.0) == LocalZone(-8 * 3600, "file")
    assert blocks.at(250.0) == LocalZone(-5 * 3600, "file")


def test_the_time_of_the_file_is_not_that_of_the_run(run):
    """A zone in the metadata is where the file was made: the points are in UTC."""
    content = write_gpx(run).replace(
        b"<trk>", b"<metadata><time>2026-03-11T09:00:00+09:00</time></metadata><trk>"
    )
    activity = read_bytes(content, "run.gpx")
    assert activity.zone is None
    assert activity.start_time is not None
    assert activity.start_time.timestamp() == START_TIME


def test_a_zone_that_nobody_keeps_is_passed_over(run):
    """23 h ahead: the moment is taken as written, the runner's clock is not that."""
    content = write_gpx(run, utc_offset_s=-8 * 3600).replace(b"-08:00", b"+23:00")
    assert zone_of(content, "gpx") is None
