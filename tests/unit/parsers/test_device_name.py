"""A device is named as a runner knows it, and nothing else that stands beside it is shown."""

from __future__ import annotations

import pytest

from analyzer import read_activity
from analyzer.parsers.device_name import device_of_creator, device_of_product
from analyzer.parsers.read import read_bytes
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx

SERIAL = "3904557821"


@pytest.mark.parametrize(
    ("creator", "device"),
    [
        (f"Garmin Forerunner 305 (Unit ID {SERIAL})", "Garmin Forerunner 305"),
        (f"Garmin SN:{SERIAL}", "Garmin watch"),
        ("Forerunner 410 Software Version 2.20", "Garmin Forerunner 410"),
        ("Garmin f\u0113nix 7X Pro", "Garmin fenix 7X Pro"),
        ("Suunto Race S", "Suunto Race S"),
        ("TomTom.1001", "TomTom watch"),
        ("Anna's Apple Watch", "Apple Watch"),
        ("Apple Watch Series 6 Erika Mustermann", "Apple Watch Series 6"),
        ("Garmin erika@example.org", "Garmin watch"),
        ("Erika Mustermann", None),
        ("erika@garmin.com", None),
        ("gpx.py -- https://github.com/tkrajina/gpxpy", None),
        ("StravaGPX", None),
        ("Garmin Connect", None),
        ("Polar Flow", None),
        ("", None),
    ],
)
def test_a_creator_is_a_watch_or_unknown(creator, device):
    """Serial numbers, versions, addresses, persons and software are never taken for a device."""
    assert device_of_creator(creator) == device


@pytest.mark.parametrize(
    ("maker", "product", "device"),
    [
        ("garmin", "fr935", "Garmin Forerunner 935"),
        ("garmin", "fr735xt_apac", "Garmin Forerunner 735XT"),
        ("garmin", "fenix6x", "Garmin fenix 6X"),
        ("garmin", "vivoactive4_large", "Garmin vivoactive 4 Large"),
        ("garmin", 1932, "Garmin watch"),
        ("garmin", None, "Garmin watch"),
        ("coros", "COROS PACE 2", "COROS PACE 2"),
        ("wahoo_fitness", 28, "Wahoo watch"),
        ("garmin", f"Forerunner {SERIAL}", "Garmin Forerunner"),
        ("zwift", 0, None),
        ("342", 4, None),
    ],
)
def test_a_product_is_named_or_a_watch_of_its_maker(maker, product, device):
    """A number that nobody knows says nothing to a runner; the maker does."""
    assert device_of_product(maker, product) == device


RUN = simulate(EXAMPLE, Behaviour(cut_s=400.0), Device(), 5)


@pytest.mark.parametrize(
    "content",
    [
        write_tcx(RUN, creator=f"Garmin Forerunner 305 (Unit ID {SERIAL})"),
        write_gpx(RUN, creator=f"Garmin Forerunner 305 (Unit ID {SERIAL})"),
    ],
    ids=["tcx", "gpx"],
)
def test_no_serial_number_leaves_a_file(content, tmp_path):
    """What is read of a file holds the watch, and its serial number nowhere."""
    path = tmp_path / "run"
    path.write_bytes(content)
    activity = read_activity(path)
    assert activity.device == "Garmin Forerunner 305"
    assert SERIAL not in repr(activity)


@pytest.mark.parametrize(
    ("ride", "run"),
    [
        (write_fit(RUN, sport=2), write_fit(RUN)),
        (write_tcx(RUN, sport="Biking"), write_tcx(RUN)),
        (write_gpx(RUN, kind="cycling"), write_gpx(RUN)),
    ],
    ids=["fit", "tcx", "gpx"],
)
def test_the_cadence_of_a_ride_is_not_doubled(ride, run, tmp_path):
    """A watch counts turns of the crank, or steps of one leg: half of the steps of a run."""
    path = tmp_path / "run"
    cadences = []
    for content in (ride, run):
        path.write_bytes(content)
        cadences.append(read_activity(path).records.cadence_spm)
    assert (2 * cadences[0] == cadences[1]).all()


@pytest.mark.parametrize(
    ("kind", "sport"),
    [
        ("running", "running"),
        ("Trail Run", "running"),
        ("cycling", "cycling"),
        ("road cycling", "road cycling"),
        ("1", "cycling"),
        ("yoga", "yoga"),
        ("Anna Berger", None),
        ("anna@example.org", None),
    ],
)
def test_a_track_type_is_a_sport_or_nothing(kind, sport):
    """Some programs let people write it: a name or an address is never shown."""
    assert read_bytes(write_gpx(RUN, kind=kind), "run.gpx").sport == sport
