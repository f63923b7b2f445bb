"""What holds for every review, over the samples and random runs."""

from datetime import timedelta
from itertools import pairwise

import pytest

from analyzer import read_activity, read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.report.json_result import dumps
from analyzer.structs import replace
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import write_fit
from tests.places import PLAN, SAMPLES

NAMES = sorted(p.name for p in SAMPLES.glob("*.fit"))


@pytest.fixture(scope="module", params=NAMES)
def review(request):
    """Review one sample."""
    return review_activity(read_activity(SAMPLES / request.param), read_plan(PLAN))


def test_the_three_clocks_are_ordered(review):
    """0 <= moving <= timer <= elapsed, for the run and every block."""
    a = review.activity
    assert 0 <= a.moving_time_s <= a.timer_time_s <= a.elapsed_time_s
    for b in review.blocks:
        if b.timer_s is not None:
            assert 0 <= b.moving_s <= b.timer_s + 1e-6 <= b.elapsed_s + 1e-5


def test_blocks_are_in_order_and_do_not_overlap(review):
    """Each starts where the one before ended, or later."""
    seen = [b for b in review.blocks if b.start_s is not None]
    for first, second in pairwise(seen):
        assert first.end_s <= second.start_s + 1e-6


def test_splits_add_up_to_their_block(review):
    """Metres and seconds."""
    for b in review.blocks:
        if b.splits:
            assert sum(s.distance_m for s in b.splits) == pytest.approx(b.distance_m)
            assert sum(s.timer_s for s in b.splits) == pytest.approx(b.timer_s)


def test_pace_is_timer_time_by_distance(review):
    """As anyone can check by hand."""
    for b in review.blocks:
        if b.pace_s_per_km is not None:
            assert b.pace_s_per_km == pytest.approx(1000 * b.timer_s / b.distance_m)


def test_the_score_lies_in_its_interval(review):
    """0 <= low <= overall <= high <= 100."""
    s = review.score
    assert 0 <= s.low <= s.overall <= s.high <= 100


def test_low_and_high_of_a_flag_are_in_order(review):
    """With the value between them."""
    for f in review.flags:
        if f.low is not None:
            assert f.low <= f.value <= f.high


def test_no_coordinate_is_anywhere_in_the_result(review):
    """The loop lies at 0.5 N, 30 W; no number of the result is near -30.00."""
    text = dumps(review)
    assert "-29.99" not in text
    assert "-30.00" not in text
    assert "latitude" not in text


def test_the_same_input_gives_the_same_bytes():
    """Twice."""
    one, two = (
        dumps(review_activity(read_activity(SAMPLES / "stopped.fit"), read_plan(PLAN)))
        for _ in range(2)
    )
    assert one == two


def test_a_run_moved_in_time_scores_the_same():
    """A year later."""
    activity = read_activity(SAMPLES / "steady.fit")
    assert activity.start_time is not None
    later = replace(activity, start_time=activity.start_time + timedelta(days=365))
    plan = read_plan(PLAN)
    assert review_activity(later, plan).score == review_activity(activity, plan).score


def test_auto_pause_and_standing_cost_nearly_the_same():
    """Moving pace is scored, so that a stop is judged once, as a stop."""
    plan = read_plan(PLAN)
    scores = []
    for by in ("body", "watch"):
        behaviour = Behaviour(stops=(Stop(1800, 60, by),))
        run = simulate(EXAMPLE, behaviour, Device(noise=0.0, wander=0.0), 1)
        review = review_activity(read_bytes(write_fit(run), "run.fit"), plan)
        scores.append(review.score.overall)
        assert "STOPPED" in {f.code for f in review.flags}
    assert scores[0] == pytest.approx(scores[1], abs=2.5)
