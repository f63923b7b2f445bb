"""The distance that is believed."""

import numpy as np
import pytest

from analyzer.prepare.distance import choose_distance
from analyzer.prepare.sources import haversine_m
from tests.builders.exact import activity_of, pause, speeds_of


def positions(distance_m):
    """Positions due north along a meridian: 1 degree is 111.195 km."""
    return np.asarray(distance_m) / 111_195.08, np.zeros(len(distance_m))


def test_a_degree_of_latitude_is_111_195_metres():
    """Pi / 180 x 6 371 008.8 m."""
    step = haversine_m(np.array([0.0, 1.0]), np.array([0.0, 0.0]))
    assert step[0] == pytest.approx(np.pi / 180 * 6_371_008.8)


def test_the_device_is_believed_before_positions():
    """Both cover the run."""
    speeds = speeds_of((600, 250))
    lat, lon = positions(np.arange(601) * 4.0)
    chosen, warnings = choose_distance(activity_of(speeds, latitude_deg=lat, longitude_deg=lon))
    assert chosen.source == "device"
    assert chosen.total_m == pytest.approx(2400.0)
    assert warnings == ()


def test_positions_stand_in_where_the_device_wrote_no_distance():
    """A GPX file."""
    lat, lon = positions(np.arange(601) * 4.0)
    run = activity_of(
        speeds_of((600, 250)), distance_m=np.full(601, np.nan), latitude_deg=lat, longitude_deg=lon
    )
    chosen, _ = choose_distance(run)
    assert chosen.source == "positions"
    assert chosen.total_m == pytest.approx(2400.0, rel=1e-6)


def test_speed_is_the_last_resort():
    """4 m/s for 600 s."""
    run = activity_of(
        speeds_of((600, 250)), distance_m=np.full(601, np.nan), speed_mps=np.full(601, 4.0)
    )
    chosen, _ = choose_distance(run)
    assert chosen.source == "speed"
    assert chosen.total_m == pytest.approx(2400.0)


def test_small_steps_back_count_as_nothing_and_are_told():
    """One step of 2 m back in 2400 m: 0.1 %, so the source still passes."""
    distance = np.arange(601) * 4.0
    distance[300:] -= 6.0
    chosen, warnings = choose_distance(activity_of(speeds_of((600, 250)), distance_m=distance))
    assert chosen.gained_m.min() == 0.0
    assert [w.code for w in warnings] == ["DISTANCE_REPAIRED"]


def test_a_device_five_percent_off_its_positions_is_told_and_kept():
    """The device may well be right: a foot pod, a track."""
    lat, lon = positions(np.arange(601) * 4.2)
    run = activity_of(speeds_of((600, 250)), latitude_deg=lat, longitude_deg=lon)
    chosen, warnings = choose_distance(run)
    assert chosen.source == "device"
    assert [w.code for w in warnings] == ["DISTANCE_DISAGREES"]
    assert (warnings[0].kind, warnings[0].facts) == ("shorter", {"percent": 4.8})  # 1 - 4.0 / 4.2


def test_nothing_is_gained_while_the_timer_stands_still():
    """Positions drift in a pause; pace must not see it."""
    lat, lon = positions(np.arange(601) * 4.0)
    run = activity_of(
        speeds_of((600, 250)),
        pauses=(pause(100, 200),),
        distance_m=np.full(601, np.nan),
        latitude_deg=lat,
        longitude_deg=lon,
    )
    chosen, _ = choose_distance(run)
    assert chosen.total_m == pytest.approx(2000.0, rel=1e-6)
