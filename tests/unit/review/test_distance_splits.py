"""Splits by kilometre or mile: what a runner knows from the watch, from the line of a review."""

import numpy as np
import pytest

from analyzer.model.review import Trace
from analyzer.report.splits_table import splits_table
from analyzer.review.distance_splits import distance_splits


def trace_of(speed_mps, seconds, heart=None, elevation=None):
    """Return the line of a run at one speed, a point every 5 s."""
    at_s = np.arange(0.0, seconds + 1, 5.0)
    nothing = np.full(at_s.size, np.nan)
    return Trace(
        elapsed_s=at_s,
        speed_mps=np.full(at_s.size, speed_mps),
        heart_rate_bpm=nothing if heart is None else np.full(at_s.size, heart),
        elevation_m=nothing if elevation is None else elevation(at_s),
        distance_m=speed_mps * at_s,
    )


def test_every_kilometre_at_its_pace():
    """4 m/s is 4:10 /km: 2.5 km in 625 s are two whole splits and half a one."""
    splits = distance_splits(trace_of(4.0, 625), 1000.0)
    assert [s.distance_m for s in splits] == [1000, 1000, pytest.approx(500, abs=20)]
    assert [s.pace_s_per_km for s in splits] == pytest.approx([250, 250, 250])
    assert splits[1].start_s == pytest.approx(250)
    assert splits[1].end_s == pytest.approx(500)


def test_a_mile_is_longer():
    """4 m/s for 1000 s: two miles of 402.3 s each, and the rest."""
    splits = distance_splits(trace_of(4.0, 1000), 1609.344)
    assert [round(s.end_s - s.start_s, 1) for s in splits[:2]] == [402.3, 402.3]


def test_what_was_not_recorded_is_unknown():
    """No heart rate, no elevation: None, and a dash in the table."""
    (first, *_) = distance_splits(trace_of(4.0, 500), 1000.0)
    assert (first.heart_rate_bpm, first.climbed_m, first.descended_m) == (None, None, None)
    assert splits_table([first], "km").count("–") == 2


def test_up_and_down_are_added_up_apart():
    """Up 10 m and down again within a kilometre: 10 up, 10 down; ripples of 0.4 m are no climb."""

    def hill(at_s):
        return 10 - np.abs(at_s - 125) * 10 / 125 + 0.4 * (at_s % 2)

    (first,) = distance_splits(trace_of(4.0, 250, elevation=hill), 1000.0)
    assert first.climbed_m == pytest.approx(10, abs=1)
    assert first.descended_m == pytest.approx(10, abs=1)


def test_standing_counts_as_on_a_watch():
    """1 km at 4 m/s with 60 s of standing in it takes 310 s."""
    at_s = np.arange(0.0, 311, 5.0)
    run_m = np.where(at_s < 100, 4 * at_s, np.where(at_s < 160, 400, 4 * (at_s - 60)))
    flat = np.full(at_s.size, np.nan)
    (first,) = distance_splits(Trace(at_s, flat, flat, flat, run_m), 1000.0)
    assert first.pace_s_per_km == pytest.approx(310)


def test_a_rest_of_a_few_metres_is_no_split():
    """1030 m: one kilometre, and 30 m that nobody asks for."""
    splits = distance_splits(trace_of(4.0, 257.5), 1000.0)
    assert len(splits) == 1


def test_nobody_ran():
    """No line, no splits, no table."""
    assert distance_splits(trace_of(0.0, 600), 1000.0) == ()
    assert splits_table((), "km") == ""


def test_a_row_leads_to_its_place_in_the_figure():
    """The second kilometre at 4 m/s lies from 250 to 500 s."""
    table = splits_table(distance_splits(trace_of(4.0, 625, heart=150.4), 1000.0), "km")
    assert '<tr data-span="250.0,500.0"><th scope="row">2</th>' in table
    assert '<td class="n">4:10</td>' in table
    assert '<td class="n">150</td>' in table
    assert '<th scope="row">2.50</th>' in table
