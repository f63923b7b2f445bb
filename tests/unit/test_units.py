"""Paces, deviations and rounding."""

import math

import pytest

from analyzer import units


def test_four_minutes_a_kilometre_is_four_and_a_sixth_metres_a_second():
    """1000 m in 240 s."""
    assert units.speed_mps(240.0) == pytest.approx(1000 / 240)
    assert units.pace_s_per_km(1000 / 240) == pytest.approx(240.0)


def test_standing_has_no_pace():
    """Speed 0 takes for ever, and is shown as a dash."""
    assert math.isinf(units.pace_s_per_km(0.0))
    assert units.pace_text(math.inf) == "–"


def test_too_fast_is_positive_in_percent_and_negative_in_seconds():
    """3:51 instead of 4:00: 100 ln(240/231) = +3.82 %, and -9 s/km."""
    x = units.speed_deviation_pct(1000 / 231, 1000 / 240)
    assert x == pytest.approx(100 * math.log(240 / 231))
    assert units.deviation_s_per_km(x, 240.0) == pytest.approx(231.0 - 240.0)


@pytest.mark.parametrize(
    ("value", "digits", "shown"), [(0.5, 0, 1), (1.5, 0, 2), (-0.5, 0, 0), (2.25, 1, 2.3)]
)
def test_halves_are_rounded_up(value, digits, shown):
    """As by hand, never to the even neighbour; and never to minus zero."""
    rounded = units.round_half_up(value, digits)
    assert rounded == pytest.approx(shown)
    assert math.copysign(1, rounded) > 0


def test_a_mile_pace_is_a_kilometre_pace_times_one_point_six():
    """4:00 /km x 1.609344 = 386.2 s = 6:26 /mi."""
    assert units.pace_text(240.0, "mi") == "6:26"


def test_seconds_round_into_minutes():
    """239.6 s is 4:00, not 3:60."""
    assert units.pace_text(239.6) == "4:00"


def test_a_clock_shows_hours_only_when_there_are_some():
    """As a watch does."""
    assert units.clock_text(2232) == "37:12"
    assert units.clock_text(3723) == "1:02:03"
