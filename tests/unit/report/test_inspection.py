"""What ``inspect`` says of a recording, and what a review would rest on."""

from typing import Any

from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.report.inspection import inspection_dict, inspection_text
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Stop, simulate
from tests.builders.write_xml import write_gpx

RUN = simulate(EXAMPLE, Behaviour(stops=(Stop(1200, 90, "runner"),)), seed=3)
ACTIVITY = read_bytes(write_gpx(RUN, is_split=True), "run.gpx")


def test_what_was_chosen_is_said_with_how_good_it_is():
    """A GPX has positions alone, and a pause where a new segment begins."""
    text = inspection_text(ACTIVITY, None, prepare(ACTIVITY))
    assert "km by GPS positions, good to 1.5 %" in text
    assert "stopped by hand" in text


def test_programs_get_the_same():
    """Source, error, and whether the altitude can be scored."""
    prepared = prepare(ACTIVITY)
    told: dict[str, Any] = inspection_dict(ACTIVITY, None, prepared)
    assert told["distance_source"] == "positions"
    assert told["scale_error_pct"] == 1.5
    assert told["has_barometer"] is prepared.has_barometer
    assert len(told["pauses"]) == 1


def test_without_enough_to_judge_nothing_is_chosen():
    """The rows are left out; in JSON they are null."""
    assert "Distance " not in inspection_text(ACTIVITY)
    assert inspection_dict(ACTIVITY)["distance_source"] is None
