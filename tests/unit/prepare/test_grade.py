"""Slopes and what they cost, by the values of the method."""

import numpy as np
import pytest

from analyzer.prepare.altimeters import lacks_barometer
from analyzer.prepare.grade import (
    equal_effort_factor,
    grade_ratio,
    is_barometric,
    minetti_factor,
    without_spikes,
)

RNG = np.random.default_rng(4)


@pytest.mark.parametrize(
    ("grade", "cost"),
    [
        (0.0, 3.6), (0.1, 5.968214), (-0.1, 2.151706), (0.3, 12.579282), (-0.3, 2.462238),
        (0.45, 19.4260146), (-0.45, 4.0323054), (0.9, 19.4260146),
    ],
)  # fmt: skip
def test_minetti_gives_the_published_costs_over_the_one_on_the_flat(grade, cost):
    """C(i) / 3.6, held at 0.45 beyond."""
    assert minetti_factor(np.array([grade]))[0] == pytest.approx(cost / 3.6, rel=1e-6)


@pytest.mark.parametrize(
    ("percent", "factor"), [(3, 1.095), (-7, 0.8835), (12.5, 1.6525), (1, 1.0275), (45, 3.158)]
)
def test_the_table_is_linear_between_its_rows(percent, factor):
    """Half-way between two rows is their mean."""
    assert equal_effort_factor(np.array([percent / 100]))[0] == pytest.approx(factor)


def test_an_unknown_slope_stays_unknown():
    """NaN in, NaN out."""
    assert np.isnan(equal_effort_factor(np.array([np.nan]))[0])


def climb(grade, seconds=1800, speed=3.0, noise_m=0.0, step_m=0.2):
    """Altitude and distance of an even climb, as a watch writes it."""
    distance = np.arange(seconds + 1) * speed
    altitude = grade * (distance[:-1] + distance[1:]) / 2 + RNG.normal(0, 1, seconds) * noise_m
    return np.round(altitude / step_m) * step_m, distance


def test_an_even_climb_has_its_slope_everywhere():
    """3 % over 5.4 km, written in steps of 0.2 m: 3 % within 0.2."""
    slope, by_barometer = grade_ratio(*climb(0.03))
    assert by_barometer
    assert slope[60:-60] == pytest.approx(0.03, abs=0.002)


def test_noise_of_gps_makes_no_hills():
    """3 m of noise each second over 300 m: slopes stay within 1 % in 95 % of the seconds."""
    slope, by_barometer = grade_ratio(*climb(0.0, noise_m=3.0))
    assert not by_barometer
    assert np.mean(np.abs(slope) < 0.01) > 0.95


def test_a_barometer_is_told_from_gps_by_its_bends():
    """0.3 m of noise is a barometer's, 3 m are not."""
    assert is_barometric(climb(0.02, noise_m=0.3)[0])
    assert not is_barometric(climb(0.02, noise_m=3.0)[0])


@pytest.mark.parametrize(
    "device",
    ["garmin fr610", "Garmin Forerunner 610", "Forerunner 245 Music", "fr235", "garmin fr35",
     "garmin fr45s", "Garmin Forerunner 310XT", "Polar M400"],
)  # fmt: skip
def test_a_watch_without_a_barometer_is_known_by_its_name(device):
    """In FIT, TCX and GPX it is spelled differently."""
    assert lacks_barometer(device)
    assert not grade_ratio(*climb(0.03), lacks_barometer=True)[1]


@pytest.mark.parametrize(
    "device",
    [None, "garmin fr955", "garmin fr645m", "Garmin Forerunner 935", "garmin fenix6", "fr910xt",
     "COROS PACE 2", "Garmin Connect", "garmin fr265"],
)  # fmt: skip
def test_a_watch_that_may_have_one_is_judged_by_its_noise(device):
    """Whatever is not in the table."""
    assert not lacks_barometer(device)


def test_altitude_that_is_smooth_for_minutes_and_then_leaps_is_no_barometers():
    """Steps of 12 m within 5 s, once in 3 minutes: satellites found anew."""
    altitude, distance = climb(0.0)
    ramp = np.clip((np.arange(1800) % 360 - 180) / 5, 0, 1) * 12
    assert is_barometric(altitude)
    assert not grade_ratio(altitude + ramp, distance)[1]


@pytest.mark.parametrize("seconds", [1, 3, 20, 60])
def test_a_spike_in_altitude_is_bridged(seconds):
    """50 m up and back: nothing left of it, and nothing else touched."""
    altitude, _ = climb(0.03)
    spiked = altitude.copy()
    spiked[400 : 400 + seconds] += 50
    repaired, replaced = without_spikes(spiked)
    assert replaced == seconds
    assert repaired == pytest.approx(altitude, abs=0.3)


def test_a_step_in_altitude_stays():
    """It does not come back: the barometer was set."""
    altitude, _ = climb(0.0)
    altitude[400:] += 50
    repaired, replaced = without_spikes(altitude)
    assert replaced == 0
    assert repaired is altitude


def test_without_altitude_there_is_no_slope():
    """All unknown, a tenth unknown, a run of 200 m."""
    altitude, distance = climb(0.0)
    holes = altitude.copy()
    holes[:200] = np.nan
    for elevation, way in (
        (np.full(1800, np.nan), distance),
        (holes, distance),
        (altitude[:70], distance[:71]),
    ):
        slope, by_barometer = grade_ratio(elevation, way)
        assert np.isnan(slope).all()
        assert not by_barometer
