"""What the writers write is what other people's readers read."""

import io
from xml.etree import ElementTree as ET

import fitdecode
import gpxpy
import numpy as np
import pytest

from tests.builders.plans import EXAMPLE
from tests.builders.samples import watch_steps
from tests.builders.simulate import START_TIME, Behaviour, Device, Stop, simulate
from tests.builders.write_fit import SEMICIRCLES, crc16, write_fit
from tests.builders.write_xml import write_gpx, write_tcx

pytestmark = pytest.mark.slow

PAUSED = Behaviour(stops=(Stop(1200, 40, "watch"), Stop(2500, 60, "runner")))


@pytest.fixture(scope="module")
def run():
    """Return a run with two pauses and the steps of a workout."""
    return simulate(EXAMPLE, PAUSED, Device(laps="steps"), 4)


@pytest.fixture(scope="module")
def messages(run):
    """Decode its FIT file strictly, checksum included."""
    content = write_fit(run, watch_steps(), "Tuesday progression")
    with fitdecode.FitReader(
        io.BytesIO(content),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        return [f for f in reader if f.frame_type == fitdecode.FIT_FRAME_DATA]


def values(messages, message: str, field: str):
    """Return all values of one field, in file order."""
    return [m.get_value(field) for m in messages if m.name == message]


@pytest.mark.parametrize(
    ("field", "column", "resolution"),
    [
        ("distance", "distance_m", 0.01),
        ("enhanced_speed", "speed_mps", 0.001),
        ("enhanced_altitude", "elevation_m", 0.2),
        ("heart_rate", "heart_rate_bpm", 1),
    ],
)
def test_records_are_kept_to_half_a_step_of_the_format(run, messages, field, column, resolution):
    """FIT stores whole numbers of a unit; nothing is further off than rounding makes it."""
    read = np.array(values(messages, "record", field), dtype=float)
    assert np.abs(read - getattr(run, column)).max() <= resolution / 2 + 1e-9


def test_cadence_is_of_one_leg(run, messages):
    """The file has strides a minute, the run has steps."""
    read = np.array(values(messages, "record", "cadence"), dtype=float)
    assert np.abs(2 * read - run.cadence_spm).max() <= 1 + 1e-9


def test_positions_are_kept_to_half_a_semicircle(run, messages):
    """2^31 of them to half the globe: 9 mm."""
    read = np.array(values(messages, "record", "position_lat"), dtype=float)
    assert np.abs(read - run.latitude_deg * SEMICIRCLES).max() <= 0.5 + 1e-6


def test_times_are_utc_seconds(run, messages):
    """The first record is at the start, the others at their elapsed time."""
    times = [t.timestamp() - START_TIME for t in values(messages, "record", "timestamp")]
    assert times == run.elapsed_s.tolist()


def test_timer_events_say_who(messages):
    """Start, auto-pause and on, stop button and on, end."""
    timer = [m for m in messages if m.name == "event"]
    kinds = [(m.get_value("event_type"), m.get_value("timer_trigger")) for m in timer]
    assert kinds == [
        ("start", "manual"), ("stop_all", "auto"), ("start", "auto"),
        ("stop_all", "manual"), ("start", "manual"), ("stop_all", "manual"),
    ]  # fmt: skip


def test_laps_point_at_their_steps(run, messages):
    """Index, times and distance of each lap; the sum is the session's."""
    assert values(messages, "lap", "wkt_step_index") == [0, 1, 2, 3, 4]
    timer = values(messages, "lap", "total_timer_time")
    assert timer == [900, 600, 600, 600, 600]
    assert sum(timer) == values(messages, "session", "total_timer_time")[0] == run.timer_s[-1]
    assert values(messages, "session", "total_elapsed_time") == [run.elapsed_s[-1]]


def test_the_workout_is_the_plan(messages):
    """Five steps of the plan's length; the middle of each speed range is the plan's speed."""
    assert values(messages, "workout", "num_valid_steps") == [5]
    assert values(messages, "workout_step", "duration_time") == [900, 600, 600, 600, 600]
    low = values(messages, "workout_step", "custom_target_speed_low")
    high = values(messages, "workout_step", "custom_target_speed_high")
    paces = [1000 / (a * b) ** 0.5 for a, b in zip(low, high, strict=True)]
    assert paces == pytest.approx([b.pace for b in EXAMPLE], abs=0.05)


def test_the_checksum_is_that_of_the_format():
    """CRC-16/ARC of ``123456789`` is BB3D, and of a file with its checksum 0."""
    assert crc16(b"123456789") == 0xBB3D
    assert crc16(write_fit(simulate(EXAMPLE, Behaviour(cut_s=60.0)))) == 0


def test_the_same_run_is_the_same_bytes(run):
    """No clock and no chance in any writer."""
    for write in (write_fit, write_gpx, write_tcx):
        assert write(run) == write(run)


def test_gpxpy_reads_the_gpx(run):
    """Every point with its place, height and time."""
    points = gpxpy.parse(write_gpx(run).decode()).tracks[0].segments[0].points
    assert len(points) == run.elapsed_s.size
    assert [p.latitude for p in points] == pytest.approx(run.latitude_deg, abs=6e-8)
    assert [p.elevation for p in points] == pytest.approx(run.elevation_m, abs=0.0501)
    times = [p.time.timestamp() - START_TIME for p in points if p.time]
    assert times == pytest.approx(run.elapsed_s, abs=0.001)


def test_the_tcx_is_well_formed_and_complete(run):
    """A lap each, every record once, distance to the centimetre."""
    root = ET.fromstring(write_tcx(run))  # noqa: S314 - our own bytes
    garmin = "{http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2}"
    speed = "{http://www.garmin.com/xmlschemas/ActivityExtension/v2}Speed"
    assert len(list(root.iter(f"{garmin}Lap"))) == len(run.laps)
    points = list(root.iter(f"{garmin}Trackpoint"))
    assert len(points) == run.elapsed_s.size
    distances = [float(p.findtext(f"{garmin}DistanceMeters") or "nan") for p in points]
    assert distances == pytest.approx(run.distance_m, abs=0.00501)
    speeds = [float(e.text or "nan") for e in root.iter(speed)]
    assert speeds == pytest.approx(run.speed_mps, abs=0.000501)
