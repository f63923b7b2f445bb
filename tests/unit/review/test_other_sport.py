"""A recording of another sport says so first, and nothing is judged of it."""

from dataclasses import replace

import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.report.figure import render_figure
from analyzer.report.html import render_html
from analyzer.report.message import render_message
from analyzer.report.terminal import render
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx
from tests.places import PLAN

pytestmark = pytest.mark.slow

FAST = simulate(EXAMPLE, Behaviour(paces=dict.fromkeys(range(1, 6), 115.0)), Device(), seed=95)
RIDE = replace(FAST, cadence_spm=0 * FAST.cadence_spm, heart_rate_bpm=0 * FAST.heart_rate_bpm + 130)
FILES = {
    "cycling": write_fit(RIDE, sport=2),
    "swimming": write_fit(RIDE, sport=5),
    "road cycling": write_gpx(RIDE, kind="Road Cycling"),
    "ridden": write_gpx(RIDE),
}


@pytest.mark.parametrize("sport", FILES)
def test_another_sport_is_said_first_and_nothing_is_judged(sport):
    """No score, no verdict, no finding; the first lines of every form say why."""
    review = review_activity(read_bytes(FILES[sport], "ride"), read_plan(PLAN))
    assert review.score.overall is None
    assert review.flags == ()
    assert {b.verdict for b in review.blocks} == {"not_scored"}
    assert sport in render(review).split("\n")[2]
    assert sport in render_message(review).split("\n")[0]
    assert sport in render_html([review])


def test_a_walk_and_an_unknown_sport_are_judged():
    """A name that is no sport we know proves nothing."""
    run = simulate(EXAMPLE, seed=95)
    for kind in ("walking", "Morgenlauf", "training"):
        review = review_activity(read_bytes(write_gpx(run, kind=kind), "r.gpx"), read_plan(PLAN))
        assert review.score.overall is not None


def test_a_card_can_be_drawn_of_it():
    """Where there is nothing to show but the sentence."""
    review = review_activity(read_bytes(FILES["cycling"], "ride"), read_plan(PLAN))
    assert render_figure(review, "svg")
