"""The way that was run: metres from an unsaid place, without front doors."""

import json

import numpy as np
import pytest

from analyzer import read_activity, read_plan, review_activity
from analyzer.cli import main
from analyzer.report.html import render_html
from analyzer.report.json_result import dumps
from analyzer.review.track import HIDDEN_M, make_track
from tests.places import PLAN, SAMPLES

STEADY = SAMPLES / "steady.fit"


def way(track):
    """Length of a track along the way [m]."""
    return float(np.hypot(np.diff(track.east_m), np.diff(track.north_m)).sum())


def test_the_whole_way_is_as_long_as_the_run():
    """Within 3 %: points every 8 m cut corners, and positions stray."""
    activity = read_activity(STEADY)
    run_m = float(activity.records.distance_m[-1])
    assert way(make_track(activity, "full")) == pytest.approx(run_m, rel=0.03)


def test_both_ends_are_left_out():
    """200 m each, unless all of it is asked for."""
    activity = read_activity(STEADY)
    full, cut = make_track(activity, "full"), make_track(activity, "ends")
    assert full is not None
    assert cut is not None
    assert way(full) - way(cut) == pytest.approx(2 * HIDDEN_M, abs=30)
    assert cut.elapsed_s[0] > full.elapsed_s[0] + 30
    assert cut.elapsed_s[-1] < full.elapsed_s[-1] - 30


def test_a_short_walk_round_the_house_gives_no_track():
    """Nothing is left of 400 m."""
    activity = read_activity(SAMPLES / "treadmill.fit")
    assert make_track(activity, "full") is None


def test_it_is_drawn_only_when_asked_for():
    """And no coordinate is in the page."""
    activity, plan = read_activity(STEADY), read_plan(PLAN)
    plain = render_html([review_activity(activity, plan)])
    drawn = render_html([review_activity(activity, plan, track="ends")])
    assert "The route" not in plain
    assert '<svg class="track"' in drawn
    records = activity.records
    for degrees in (records.latitude_deg, records.longitude_deg):
        assert f"{np.nanmean(degrees):.3f}" not in drawn


def test_it_is_in_no_other_form():
    """The JSON has no positions."""
    review = review_activity(read_activity(STEADY), read_plan(PLAN), track="full")
    assert not {"track", "east_m"} & set(json.loads(dumps(review)))


def test_the_option_wants_a_page(tmp_path, capsys):
    """--map before or after RUN, with a page to draw it in."""
    page = tmp_path / "review.html"
    assert main(["--map", str(STEADY), "--plan", str(PLAN), "-q", "-o", str(page)]) == 0
    assert '<svg class="track"' in page.read_text(encoding="utf-8")
    assert main([str(STEADY), "--plan", str(PLAN), "--map=full", "-q", "-o", str(page)]) == 0
    assert main([str(STEADY), "--plan", str(PLAN), "--map"]) == 2
    assert "-o review.html" in capsys.readouterr().err
