"""What people may have written into a file is never shown: names, addresses, places."""

import re

import pytest

from analyzer.parsers.device_name import device_of_creator
from analyzer.parsers.read import read_bytes
from analyzer.report.recording_words import english_text
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import simulate
from tests.builders.write_xml import write_gpx, write_tcx

pytestmark = pytest.mark.slow

RUN = simulate(EXAMPLE, seed=5)
PRIVATE = ("Quasimodo", "quasi.example", "52.52", "13.40")


def words_of(content, form):
    """Return all that a recording says of itself in words."""
    activity = read_bytes(content, f"run.{form}")
    said = [activity.sport or "", activity.device or ""]
    return " ".join([*said, *(english_text(w) for w in activity.warnings)])


@pytest.mark.parametrize(
    "text", ["Anna Quasimodo", "anna@quasi.example", "52.520008,13.404954", "52.520008 13.404954"]
)
@pytest.mark.parametrize("element", ["ele", "time"])
def test_a_value_that_cannot_be_read_shows_its_shape_alone(element, text):
    """Digits and letters are put out of sight; the line is still said."""
    content = re.sub(f"<{element}>[^<]*".encode(), f"<{element}>{text}".encode(),
                     write_gpx(RUN), count=3)  # fmt: skip
    said = words_of(content, "gpx")
    assert not any(word in said for word in PRIVATE)
    assert "line" in said


@pytest.mark.parametrize("sport", ["Anna Quasimodo", "a@quasi.example"])
def test_a_sport_that_is_a_name_is_no_sport(sport):
    """In TCX as in GPX."""
    assert "quasi" not in words_of(write_tcx(RUN, sport=sport), "tcx").lower()
    assert "quasi" not in words_of(write_gpx(RUN, kind=sport), "gpx").lower()


@pytest.mark.parametrize(
    ("creator", "device"),
    [
        ("Polar Anna Schmidt", "Polar watch"),
        ("Garmin Anna Schmidt", "Garmin watch"),
        ("Suunto Peter", "Suunto watch"),
        ("Polar Vantage V2", "Polar Vantage V2"),
        ("Garmin Forerunner 735XT", "Garmin Forerunner 735XT"),
        ("COROS PACE 2", "COROS PACE 2"),
    ],
)
def test_only_words_of_models_follow_a_maker(creator, device):
    """A word that no model has may be a person."""
    assert device_of_creator(creator) == device
