"""Slopes in the score: only where they matter, altitude is good, and effort is what was even."""

import statistics

import numpy as np
import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.report.view import off_text
from analyzer.scorer.core import Core
from analyzer.scorer.measure import grade_error_pct
from tests.builders.exact import prepared_of, speeds_of
from tests.builders.plans import EXAMPLE, ONE_LINE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit

pytestmark = pytest.mark.slow

PLAN = read_plan(ONE_LINE["example"])
HILLY = Device(hills_m=10.0)
"""A loop of 2.5 km with slopes of up to 2.5 %."""


def reviews(behaviour, device, seeds=range(820, 830)):
    """Review some runs."""
    runs = [simulate(EXAMPLE, behaviour, device, seed) for seed in seeds]
    return [review_activity(read_bytes(write_fit(run), "run.fit"), PLAN) for run in runs]


def test_even_effort_on_hills_is_held():
    """Slower up and faster down by what 2.5 % cost: on the flat 90 or more in the median."""
    found = reviews(Behaviour(is_even_effort=True), HILLY)
    assert all(b.is_adjusted for review in found for b in review.blocks)
    assert statistics.median(r.score.overall for r in found) >= 90


def test_even_effort_scores_higher_than_even_pace_on_hills():
    """Even pace up and down 2.5 % is uneven effort."""
    effort = statistics.mean(
        r.score.overall for r in reviews(Behaviour(is_even_effort=True), HILLY)
    )
    pace = statistics.mean(r.score.overall for r in reviews(Behaviour(), HILLY))
    assert effort > pace


def test_what_is_off_on_the_flat_says_so():
    """The table shows the pace as run; off by is on the flat, and marked."""
    (review,) = reviews(Behaviour(is_even_effort=True), HILLY, range(820, 821))
    assert all(off_text(block, "km").endswith("(flat)") for block in review.blocks)


def test_slopes_count_by_the_model_that_was_asked_for():
    """Up and down 2.5 % at even pace: Minetti makes more of it, off makes nothing of it."""
    run = simulate(EXAMPLE, Behaviour(), HILLY, 820)
    activity = read_bytes(write_fit(run), "run.fit")
    spread = {}
    for slopes in ("strava", "minetti", "off"):
        review = review_activity(activity, PLAN, slopes=slopes)
        assert all(b.is_adjusted == (slopes != "off") for b in review.blocks)
        spread[slopes] = statistics.mean(b.steadiness_pct or 0.0 for b in review.blocks)
    assert spread["off"] < spread["strava"] < spread["minetti"]


def test_on_the_flat_nothing_is_adjusted_and_the_adjusted_pace_is_shown():
    """Slopes of up to 1.3 % and none on the whole: raw pace is scored."""
    for review in reviews(Behaviour(), Device(), range(820, 823)):
        for block in review.blocks:
            assert not block.is_adjusted
            assert block.gap_s_per_km == pytest.approx(block.pace_s_per_km, rel=0.01)


def test_without_altitude_there_is_no_adjusted_pace():
    """A foot pod indoors."""
    (review,) = reviews(Behaviour(), Device(has_positions=False), range(820, 821))
    assert all(b.gap_s_per_km is None and not b.is_adjusted for b in review.blocks)


def test_half_the_difference_of_two_models_is_the_error_of_a_slope():
    """2 % uphill: 1.055 by the table, (3.6 + 0.39 + 0.0185 - 0.0003) / 3.6 = 1.1134 by Minetti."""
    prepared = prepared_of(speeds_of((600, 300)), grade_ratio=np.full(600, 0.02))
    moving, target = np.ones(600, dtype=bool), np.full(600, 4.0)
    core = Core(0, prepared.speed_mps, target, moving, ~moving)
    expected = 100 * (1.1134 - 1.055) / (2 * 1.055)
    assert grade_error_pct(prepared, core) == pytest.approx(expected, rel=0.01)
