"""By which clock a run began, where the file does not say: the place's, else the machine's."""

import time
from datetime import UTC, date, datetime

import numpy as np
import pytest

from analyzer.model.local_time import LocalZone
from analyzer.parsers.read import read_bytes
from analyzer.review.local_time import local_zone, run_day
from analyzer.structs import replace
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, simulate
from tests.builders.write_fit import write_fit

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def silent():
    """Read an activity with positions whose file says nothing of the clock."""
    run = simulate(EXAMPLE, Behaviour(cut_s=60.0), seed=1)
    return read_bytes(write_fit(run, utc_offset_s=None), "run.fit")


@pytest.fixture
def machine(monkeypatch):
    """Put this process into a time zone, and back."""

    def put(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


def at(activity, start, *places):
    """Move an activity to a moment, and its records to places: a minute is 61 records."""
    records = activity.records
    latitude, longitude = (
        np.array([places[i * len(places) // len(records)][axis] for i in range(len(records))])
        for axis in (0, 1)
    )
    moved = replace(records, latitude_deg=latitude, longitude_deg=longitude)
    return replace(activity, start_time=start, records=moved)


def indoors(activity, start):
    """Move an activity to a moment, and take its positions away."""
    nowhere = np.full(len(activity.records), np.nan)
    records = replace(activity.records, latitude_deg=nowhere, longitude_deg=nowhere.copy())
    return replace(activity, start_time=start, records=records)


MUNICH, NEW_YORK = (48.15, 11.58), (40.78, -73.97)


@pytest.mark.parametrize(
    ("place", "utc", "hours"),
    [
        ((-14.28, -170.70), "2026-03-10T06:30", -11),  # Pago Pago
        ((21.31, -157.86), "2026-03-11T05:30", -10),  # Honolulu
        (NEW_YORK, "2026-03-08T06:59", -5),  # a minute before the clocks go forward
        (NEW_YORK, "2026-03-08T07:00", -4),
        ((0.5, -30.0), "2026-03-06T06:30", -2),  # the open sea: by longitude
        ((51.5, -0.12), "2026-01-06T06:30", 0),  # London in winter
        (MUNICH, "2026-03-29T00:59", 1),
        (MUNICH, "2026-03-29T01:00", 2),
        (MUNICH, "2026-10-25T00:59", 2),
        (MUNICH, "2026-10-25T01:00", 1),
        ((27.71, 85.32), "2026-03-10T18:14", 5.75),  # Kathmandu
        ((-34.93, 138.60), "2026-01-10T13:30", 10.5),  # Adelaide in summer
        ((-43.95, -176.55), "2026-01-10T10:14", 13.75),  # Chatham in summer, west of 180 degrees
        ((-13.83, -171.77), "2026-03-10T10:59", 13),  # Apia, on the same meridian as Pago Pago
        ((1.87, -157.40), "2026-03-10T10:00", 14),  # Kiritimati, on that of Honolulu
    ],
)
def test_the_usual_zone_of_the_place_counts(silent, place, utc, hours):
    """With its daylight saving of the very minute."""
    start = datetime.fromisoformat(f"{utc}+00:00")
    assert local_zone(at(silent, start, place)) == LocalZone(round(3600 * hours), "place")


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-03-10T09:59", date(2026, 3, 9)),  # one minute to midnight in Honolulu
        ("2026-03-10T10:00", date(2026, 3, 10)),
        ("2026-03-11T09:59", date(2026, 3, 10)),
    ],
)
def test_the_day_begins_at_the_runners_own_midnight(silent, utc, day):
    """UTC-10: ten o'clock in UTC."""
    start = datetime.fromisoformat(f"{utc}+00:00")
    assert run_day(at(silent, start, (21.31, -157.86))) == day


def test_on_a_flight_the_place_of_the_start_counts(silent):
    """Munich for half of the time, then New York."""
    assert local_zone(at(silent, NEW_YEAR, MUNICH, NEW_YORK)) == LocalZone(3600, "place")


def test_one_stale_fix_at_the_start_moves_nobody(silent):
    """The watch was last switched on in New York."""
    activity = at(silent, NEW_YEAR, MUNICH)
    latitude, longitude = (
        c.copy() for c in (activity.records.latitude_deg, activity.records.longitude_deg)
    )
    latitude[0], longitude[0] = NEW_YORK
    records = replace(activity.records, latitude_deg=latitude, longitude_deg=longitude)
    assert local_zone(replace(activity, records=records)) == LocalZone(3600, "place")


def test_a_late_first_fix_is_where_the_run_began(silent):
    """Positions from half of the run on are enough."""
    activity = at(silent, NEW_YEAR, (np.nan, np.nan), MUNICH)
    assert local_zone(activity) == LocalZone(3600, "place")


def test_what_the_file_says_comes_first(silent):
    """A watch that shows Denver's time in Munich shows the runner's."""
    zone = LocalZone(-7 * 3600, "watch")
    assert local_zone(replace(at(silent, NEW_YEAR, MUNICH), zone=zone)) == zone


@pytest.mark.parametrize(
    ("zone", "utc", "hours"),
    [
        ("XXX11", "2026-03-10T06:30", -11),
        ("XXX-14", "2026-03-10T06:30", 14),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59", 1),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00", 2),
    ],
)
def test_without_zone_and_place_the_machine_counts(silent, machine, zone, utc, hours):
    """By the rules that hold on the day of the run, not today."""
    machine(zone)
    start = datetime.fromisoformat(f"{utc}+00:00")
    assert local_zone(indoors(silent, start)) == LocalZone(round(3600 * hours), "machine")


@pytest.mark.parametrize("answer", ["", "Nowhere/At_all"])
def test_a_place_without_rules_leaves_it_to_the_machine(silent, machine, monkeypatch, answer):
    """The library knows no zone there, or one that this machine's rules do not have."""
    machine("XXX11")
    monkeypatch.setattr("tzfpy.get_tz", lambda *_: answer)
    assert local_zone(at(silent, NEW_YEAR, MUNICH)) == LocalZone(-11 * 3600, "machine")


def test_a_recording_without_a_date_has_no_day(silent):
    """Nor a zone, whatever its positions say."""
    activity = at(silent, None, MUNICH)
    assert (local_zone(activity), run_day(activity)) == (None, None)


@pytest.mark.parametrize(
    "start", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]
)
def test_the_ends_of_the_calendar_harm_nobody(silent, machine, start):
    """The first day has no evening before, the last no morning after; the day stays."""
    for zone in ("XXX11", "XXX-14"):
        machine(zone)
        for activity in (at(silent, start, MUNICH), indoors(silent, start)):
            assert run_day(activity) == start.date()
