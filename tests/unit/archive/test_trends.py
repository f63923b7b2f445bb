"""What is made of an athlete's runs: which are compared, and what is said of them."""

from __future__ import annotations

import datetime as dt

import pytest

from analyzer.archive.trends import athlete_trends, scores_shown, squad_trends
from analyzer.model.trends import MEASURES
from tests.builders.run_rows import MONDAY, run_row_of


def weeks(scores, **changes):
    """One run a week."""
    return [run_row_of(7 * i, score, **changes) for i, score in enumerate(scores)]


def test_rising_scores_are_better_and_falling_ones_worse():
    """Two points a week are 8.7 a month of 30.4 days."""
    rising = athlete_trends("Anna", weeks(range(60, 78, 2))).score
    assert (rising.shown, rising.runs) == ("better", 9)
    assert rising.per_month == pytest.approx(2 / 7 * 365.25 / 12)
    assert athlete_trends("Ben", weeks(range(78, 60, -2))).score.shown == "worse"


@pytest.mark.parametrize("scores", [range(60, 78, 2), range(78, 60, -2), (80.0,) * 9, (80.0,) * 3])
def test_where_scores_go_is_the_same_where_nothing_else_is_followed(scores):
    """Also with a run of an unknown day, one without a score, and another session."""
    rows = [*weeks(scores), run_row_of(None), run_row_of(3, None), run_row_of(4, stimulus="hard")]
    assert scores_shown(rows) == athlete_trends("Anna", rows).score.shown
    assert scores_shown([]) == "cannot_tell"


def test_more_seconds_gained_early_are_worse():
    """Of all measures but score and steps, less is better."""
    rows = [r._replace(gained_s=10.0 * i) for i, r in enumerate(weeks([80.0] * 9))]
    shown = {t.measure: t.shown for t in athlete_trends("Anna", rows).trends}
    assert shown["gained_s"] == "worse"
    assert shown["score"] == "not_shown"


def test_three_runs_cannot_tell():
    """However far apart they are."""
    trends = athlete_trends("Ben", weeks((10.0, 50.0, 90.0)))
    assert {t.shown for t in trends.trends} == {"cannot_tell"}
    assert trends.score.low is None


def test_another_session_is_not_compared():
    """A hard session in the last weeks is no loss of patience."""
    rows = weeks([90.0] * 5) + [run_row_of(35 + 7 * i, 50.0, stimulus="hard") for i in range(5)]
    trends = athlete_trends("Anna", rows)
    assert trends.score.shown == "not_shown"
    assert [s.runs for s in trends.sessions] == [5, 5]
    assert trends.sessions[0].stimulus == "hard"  # the latest of equally frequent ones


def test_faster_paces_are_the_same_stimulus():
    """Sessions that differ in their paces only are compared."""
    rows = weeks((60.0, 64.0, 68.0), session="slow") + [
        r._replace(day=MONDAY + dt.timedelta(days=21 + 7 * i))
        for i, r in enumerate(weeks((72.0, 76.0, 80.0), session="fast"))
    ]
    assert athlete_trends("Anna", rows).score.shown == "better"


def test_unscored_and_undated_runs_are_left_out_and_counted():
    """What nothing was scored in has no measure; what has no day has no place."""
    rows = [*weeks((60.0, None, 70.0)), run_row_of(None, 99.0)]
    trends = athlete_trends("Anna", rows)
    assert (trends.runs, trends.scored, len(trends.score.points)) == (3, 2, 2)
    assert trends.caveats == ("undated",)


def test_a_plan_without_steps_has_no_share_of_them():
    """Nothing planned is not nothing taken."""
    trend = athlete_trends("Anna", weeks([80.0] * 6, steps_planned=0)).trends[-1]
    assert (trend.measure, trend.points, trend.usual) == ("steps_pct", (), None)


def test_another_watch_is_told():
    """A new watch may make a step that looks like a trend."""
    rows = weeks((60.0, 70.0))
    other = rows[1]._replace(device="Coros Pace 2", method="3")
    assert athlete_trends("Anna", [rows[0], other]).caveats == (
        "several_devices",
        "several_methods",
    )


def test_a_line_only_where_a_trend_is_shown():
    """It has the slope of the trend and goes through the middle of the runs."""
    line = athlete_trends("Anna", weeks(range(60, 78, 2))).score.line
    assert line is not None
    assert (line.first, line.last) == pytest.approx((60.0, 76.0))
    assert athlete_trends("Anna", weeks([80.0, 70.0] * 4)).score.line is None


def test_a_squad_is_in_order_of_names_and_within_its_days():
    """Days at both ends count."""
    found = squad_trends(
        {"ben": weeks((1.0, 2.0)), "Anna": weeks((1.0, 2.0, 3.0, 4.0))},
        MONDAY + dt.timedelta(days=7),
        MONDAY + dt.timedelta(days=14),
    )
    assert [(a.athlete, a.runs) for a in found.athletes] == [("Anna", 2), ("ben", 1)]
    assert [t.measure for t in found.athletes[0].trends] == list(MEASURES)
