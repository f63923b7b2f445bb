"""Samples become records: time rises, values can be, and each repair is told."""

import math

import numpy as np
import pytest

from analyzer.errors import EmptyActivityError, LimitError
from analyzer.model.activity import Pause, Span
from analyzer.parsers.pauses import stood_through
from analyzer.parsers.records import in_order, require_distance, to_records
from analyzer.parsers.samples import joined, samples_of

DAY_S = 86_400.0
NAN = math.nan


def ordered(times, **columns):
    """Put samples in order; return them and the codes of the repairs."""
    made = in_order(samples_of(times, columns), "x")
    return made.samples, [w.code for w in made.warnings]


def test_columns_that_are_left_out_are_unknown():
    """NaN, never 0; and parts are put behind one another."""
    both = joined([samples_of([0, 1], {"distance_m": [0, 4]}), samples_of([2], {})])
    assert len(both) == 3
    np.testing.assert_array_equal(both.distance_m, [0, 4, NAN])
    assert np.isnan(both.heart_rate_bpm).all()


def test_samples_in_order_stay_as_they_are():
    """No repair, no word."""
    samples, codes = ordered([10, 11, 13], distance_m=[0, 4, 12])
    assert list(samples.time_s) == [10, 11, 13]
    assert list(samples.distance_m) == [0, 4, 12]
    assert codes == []


def test_a_single_stray_time_is_left_out():
    """A second of 1970 between two of today."""
    samples, codes = ordered([1e9, 1e9 + 1, 5, 1e9 + 3, 1e9 + 4])
    assert list(samples.time_s - 1e9) == [0, 1, 3, 4]
    assert codes == ["CLOCK_REPAIRED"]


def test_a_clock_set_on_during_the_run_goes_on_after_the_last_good_time():
    """A day ahead after 2 s: the next sample comes one usual step, 1 s, later."""
    samples, codes = ordered([0, 1, 2, DAY_S + 3, DAY_S + 4, DAY_S + 5])
    assert list(samples.time_s) == [0, 1, 2, 3, 4, 5]
    assert codes == ["CLOCK_REPAIRED"]


def test_a_clock_set_back_by_more_than_it_then_runs_goes_on_too():
    """Two hours back, then 100 s more: none of them is lost."""
    times = [*range(7200, 7400), *range(101)]
    samples, codes = ordered(times)
    assert list(samples.time_s) == list(range(7200, 7501))
    assert codes == ["CLOCK_REPAIRED"]


def test_samples_written_in_another_order_are_sorted_and_none_is_lost():
    """Three of them behind their time, and no second twice."""
    samples, codes = ordered([0, 1, 2, 3, 4, 1.5, 2.5, 3.5, 5, 6])
    assert list(samples.time_s) == [0, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6]
    assert codes == ["CLOCK_REPAIRED"]


def test_samples_of_one_second_become_one():
    """The first known value of each column."""
    samples, codes = ordered(
        [0, 1, 1, 2], heart_rate_bpm=[NAN, NAN, 140, 150], cadence_spm=[170, 172, 174, NAN]
    )
    assert list(samples.time_s) == [0, 1, 2]
    np.testing.assert_array_equal(samples.heart_rate_bpm, [NAN, 140, 150])
    np.testing.assert_array_equal(samples.cadence_spm, [170, 172, NAN])
    assert codes == ["VALUES_DROPPED"]


def test_samples_without_time_are_left_out_and_counted():
    """Two of five."""
    warnings = in_order(samples_of([0, NAN, 1, NAN, 2], {}), "x").warnings
    assert [(w.code, w.dropped) for w in warnings] == [("POINTS_DROPPED", 2)]


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ([], "no records"),
        ([NAN, NAN], "no record has a time"),
        ([5, 5], "all records have the same time"),
    ],
)
def test_nothing_to_review_is_refused(times, says):
    """A pace needs two times."""
    with pytest.raises(EmptyActivityError, match=says):
        ordered(times)


def test_more_than_two_days_are_no_run():
    """48 h are read, a second more is refused; no step of it is longer than half a day."""
    hours = [3600.0 * i for i in range(49)]
    assert len(ordered(hours)[0]) == 49
    with pytest.raises(LimitError, match="over the limit of 48 h"):
        ordered([*hours, hours[-1] + 1])


def test_values_that_cannot_be_are_unknown():
    """A heart of 300, a speed of 50 m/s, a latitude of 95 - with it goes its longitude."""
    samples, codes = ordered(
        [0, 1], heart_rate_bpm=[300, 140], speed_mps=[50, 4], latitude_deg=[95, 48],
        longitude_deg=[11, 11],
    )  # fmt: skip
    np.testing.assert_array_equal(samples.heart_rate_bpm, [NAN, 140])
    np.testing.assert_array_equal(samples.speed_mps, [NAN, 4])
    np.testing.assert_array_equal(samples.longitude_deg, [NAN, 11])
    assert codes == ["VALUES_DROPPED"]


@pytest.mark.parametrize(
    ("distance_m", "repaired"),
    [
        ([0, 4, 900, 12, 16], [0, 4, NAN, 12, 16]),  # one wrong value goes
        ([0, 4, 8, 1000, 1004], [0, 4, 8, 8, 12]),  # a leap that stays: closed up
        ([500, 504, 508, 0, 4], [500, 504, 508, 508, 512]),  # a counter that began anew
    ],
)
def test_impossible_steps_are_taken_out_of_the_distance(distance_m, repaired):
    """More than 20 m/s and 20 m, or back by more than 20 m."""
    samples, codes = ordered([0, 1, 2, 3, 4], distance_m=distance_m)
    np.testing.assert_array_equal(samples.distance_m, repaired)
    assert codes == ["DISTANCE_REPAIRED"]


@pytest.mark.parametrize(
    ("latitude_deg", "end_m", "told"),
    [
        ([0.0, NAN, NAN, NAN, 0.001, 0.001], 100, []),
        ([0.0] * 6, 15, ["DISTANCE_REPAIRED"]),
    ],
)
def test_a_leap_that_makes_good_a_loss_of_positions_is_no_impossible_step(
    latitude_deg, end_m, told
):
    """85 m in a second; over the 4 s since the last position 20 m/s and 20 m are possible."""
    samples, codes = ordered(
        [0, 1, 2, 3, 4, 5], distance_m=[0, 2, 4, 6, 91, 100], latitude_deg=latitude_deg,
        longitude_deg=[0.0 * x for x in latitude_deg],
    )  # fmt: skip
    assert samples.distance_m[-1] == end_m
    assert codes == told


def test_a_hole_that_was_stood_through_is_a_pause():
    """
    20 s for 5 m is 0.25 m/s; 14 s is too short, 20 s for 60 m was run, unknown is no pause.

    The first second of the hole is the usual step, and was run.
    """
    times = [float(t) for t in (0, 1, 2, 22, 23, 37, 38, 58, 59, 79, 80)]
    distance_m = [0, 3, 6, 11, 14, 15, 18, 78, 81, NAN, NAN]
    pauses = stood_through(samples_of(times, {"distance_m": distance_m}))
    assert [(p.span.start_s, p.span.end_s, p.by) for p in pauses] == [(3, 22, "gap")]


def test_records_have_both_clocks_from_zero():
    """100, 110, 140 s with a pause from 110 to 130: elapsed 0, 10, 40, timer 0, 10, 20."""
    samples = samples_of([100, 110, 130, 140], {"distance_m": [0, 40, 40, 80]})
    records = to_records(samples, (Pause(Span(10.0, 30.0), "gap"),))
    assert list(records.elapsed_time_s) == [0, 10, 30, 40]
    assert list(records.timer_time_s) == [0, 10, 10, 20]


def test_a_recording_needs_distance_position_or_speed():
    """One of them is enough; a watch that lay on a table moved nowhere."""
    require_distance(samples_of([0, 1], {"speed_mps": [0, 3]}), "x")
    require_distance(samples_of([0, 1], {"distance_m": [0, 3]}), "x")
    require_distance(samples_of([0, 1], {"latitude_deg": [1, 2], "longitude_deg": [1, 1]}), "x")
    with pytest.raises(EmptyActivityError, match="no distance, position or speed"):
        require_distance(samples_of([0, 1], {"heart_rate_bpm": [60, 60]}), "x")
    still = {name: [1.0, 1.0] for name in ("latitude_deg", "longitude_deg")}
    with pytest.raises(EmptyActivityError, match="no movement"):
        require_distance(samples_of([0, 1], {**still, "distance_m": [0, 0]}), "x")
