"""The distance that is believed."""

import numpy as np
import pytest

from analyzer.model.activity import DeviceTotals, RecordingWarning
from analyzer.prepare.distance import choose_distance
from analyzer.prepare.prepare import prepare
from analyzer.prepare.sources import haversine_m
from analyzer.structs import replace
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


def with_total(activity, distance_m, timer_s=600.0):
    """Give an activity the device's own sums."""
    return replace(activity, totals=DeviceTotals(timer_s=timer_s, distance_m=distance_m))


def told(warnings):
    """Code, kind and facts of each warning."""
    return [(w.code, w.kind, dict(w.facts)) for w in warnings]


def test_a_total_corrected_indoors_is_the_runners_own_and_used():
    """2400 m in the records, 2520 m in the session, no positions: 2520 m, spread evenly."""
    chosen, warnings = choose_distance(with_total(activity_of(speeds_of((600, 250))), 2520.0))
    assert chosen.total_m == pytest.approx(2520.0)
    assert chosen.gained_m == pytest.approx(4.2)
    assert chosen.scale_error_pct == 1.5
    facts = {"said_m": 2520, "records_m": 2400}
    assert told(warnings) == [("DISTANCE_DISAGREES", "calibrated", facts)]


def test_a_total_that_differs_outdoors_is_told_and_not_used():
    """The records agree with the positions: 2400 m, as good as ever."""
    lat, lon = positions(np.arange(601) * 4.0)
    run = activity_of(speeds_of((600, 250)), latitude_deg=lat, longitude_deg=lon)
    chosen, warnings = choose_distance(with_total(run, 2520.0))
    assert chosen.total_m == pytest.approx(2400.0)
    assert chosen.scale_error_pct == 1.0
    assert [w.kind for w in warnings] == ["session"]


@pytest.mark.parametrize(
    ("total_m", "timer_s"), [(2410.0, 600.0), (2520.0, 900.0), (9000.0, 600.0)]
)
def test_a_total_of_another_stretch_or_within_one_percent_says_nothing(total_m, timer_s):
    """Nor one that is nearly four times as long."""
    run = with_total(activity_of(speeds_of((600, 250))), total_m, timer_s)
    chosen, warnings = choose_distance(run)
    assert chosen.total_m == pytest.approx(2400.0)
    assert warnings == ()


def test_a_counter_that_positions_and_speed_outvote_is_not_believed():
    """4.0 m/s counted, 4.4 m/s by positions and by speed: 2640 m, good to half of 9.1 %."""
    lat, lon = positions(np.arange(601) * 4.4)
    run = activity_of(
        speeds_of((600, 250)), latitude_deg=lat, longitude_deg=lon, speed_mps=np.full(601, 4.4)
    )
    chosen, warnings = choose_distance(run)
    assert chosen.source == "positions"
    assert chosen.total_m == pytest.approx(2640.0, rel=1e-6)
    assert chosen.scale_error_pct == 4.5
    assert told(warnings) == [("DISTANCE_DISAGREES", "positions_longer", {"percent": 9.1})]


def test_a_disagreement_is_half_of_it_an_error():
    """The device 4.8 % shorter than its positions, and nothing to settle it: good to 2.4 %."""
    lat, lon = positions(np.arange(601) * 4.2)
    chosen, _ = choose_distance(
        activity_of(speeds_of((600, 250)), latitude_deg=lat, longitude_deg=lon)
    )
    assert chosen.scale_error_pct == 2.4


@pytest.mark.parametrize("is_footpod", [False, True])
def test_a_scale_that_no_position_checks_may_be_off_by_percents(is_footpod):
    """Arm or foot alone: 2 to 4 % evenly are 3.1 % on the whole, with 0.8 % of any watch 3.2."""
    run = replace(activity_of(speeds_of((600, 250))), is_footpod=is_footpod)
    chosen = choose_distance(run)[0]
    assert chosen.scale_error_pct == 3.2
    assert chosen.is_unchecked


def tunnelled(inside_mps, *, made_good_m=0.0, cadence_spm=175.0, **columns):
    """Ten minutes at 4 m/s, straight on; from 300 to 360 s without positions, at another speed."""
    lat, lon = positions(np.arange(601) * 4.0)
    steps = np.full(600, 4.0)
    steps[300:360] = inside_mps
    steps[360] += made_good_m
    lost = slice(301, 361)
    lat[lost] = lon[lost] = np.nan
    cadence = np.full(601, 175.0)
    cadence[lost] = cadence_spm
    columns = {"cadence_spm": cadence, "latitude_deg": lat, "longitude_deg": lon, **columns}
    return activity_of(steps, **columns)


def test_what_a_watch_counts_without_positions_is_a_guess_and_not_measured():
    """A third too slow for 60 s: its 160 m count, no second of it is moving, and that is said."""
    prepared = prepare(tunnelled(4.0 * 2 / 3))
    inside = np.arange(300, 361)  # from the last position to the first one behind the loss
    assert prepared.distance_m[-1] == pytest.approx(540 * 4.0 + 60 * 4.0 * 2 / 3)
    assert not prepared.is_moving[inside].any()
    assert prepared.is_moving[:300].all()
    assert prepared.is_moving[361:].all()
    assert list(prepared.guessed(0, 600)) == pytest.approx([61, 60 * 4.0 * 2 / 3 + 4.0])
    assert [w.kind for w in prepared.warnings] == ["guessed"]


def test_a_leap_that_makes_good_what_was_missed_belongs_to_the_loss():
    """60 s at 2 m/s and a leap of 120 m: 2400 m in all, even over the loss, and no glitch."""
    prepared = prepare(tunnelled(2.0, made_good_m=120.0))
    assert prepared.distance_m[-1] == pytest.approx(2400.0)
    assert prepared.speed_mps[300:361] == pytest.approx(4.0)
    assert not prepared.is_moving[300:361].any()


def test_who_walks_by_the_legs_while_positions_are_missing_has_walked():
    """Programs write no position of who hardly moves: 110 steps a minute are no tunnel."""
    prepared = prepare(tunnelled(1.3, cadence_spm=110.0))
    assert prepared.guesses is None
    assert prepared.is_moving[310:350].all()


def test_a_foot_pod_counts_on_in_a_tunnel():
    """It does not hang on positions."""
    assert prepare(replace(tunnelled(3.9), is_footpod=True)).guesses is None


def test_positions_that_are_rare_altogether_make_no_guess_of_the_rest():
    """Over a quarter of the time without any: the distance cannot hang on them."""
    lat, lon = positions(np.arange(601) * 4.0)
    lat[100:300] = lon[100:300] = np.nan
    assert prepare(tunnelled(4.0, latitude_deg=lat, longitude_deg=lon)).guesses is None


def test_a_leap_that_was_taken_out_is_no_correction_by_the_runner():
    """100 m in one second, and a total that has them: the records are kept, and not made longer."""
    steps = speeds_of((600, 250))
    run = activity_of(steps)
    taken = RecordingWarning("DISTANCE_REPAIRED", "steps", {"count": 1, "metres": 100})
    run = replace(run, totals=DeviceTotals(distance_m=2500.0), warnings=(taken,))
    assert choose_distance(run)[0].total_m == pytest.approx(2400.0)


def test_what_was_covered_in_a_pause_does_not_count_on_either_side_of_it():
    """Paused from 100.5 to 200.5 s, and 400 m further on: 500 s at 4 m/s, and 400 m are told."""
    lat, lon = positions(np.arange(601) * 4.0)
    run = activity_of(
        speeds_of((600, 250)),
        pauses=(pause(100.5, 200.5),),
        distance_m=np.full(601, np.nan),
        latitude_deg=lat,
        longitude_deg=lon,
    )
    keep = np.r_[0:101, 201:601]
    columns = {n: getattr(run.records, n)[keep] for n in run.records.__struct_fields__}
    chosen, warnings = choose_distance(replace(run, records=type(run.records)(**columns)))
    assert chosen.total_m == pytest.approx(2000.0, abs=1)
    assert told(warnings) == [("DISTANCE_REPAIRED", "paused", {"metres": 400})]


def test_a_stop_in_a_coarse_recording_is_still_a_stop():
    """Updates every 5 s, 60 s on the spot: 60 s of standing, to an update."""
    distance = np.concatenate(([0.0], np.cumsum(speeds_of((300, 250), (60, 0), (300, 250)))))
    held = distance[np.arange(661) // 5 * 5]
    prepared = prepare(activity_of(speeds_of((660, 250)), distance_m=held))
    assert prepared.distance_m[-1] == pytest.approx(2400.0)
    assert prepared.is_standing.sum() == pytest.approx(60, abs=5)


def test_a_leap_that_the_positions_confirm_is_kept_and_its_speed_unknown():
    """100 m in 4 s, by counter and positions: every metre stays, and no second of it is judged."""
    speeds = speeds_of((600, 250))
    speeds[300:304] = 25.0
    way = np.concatenate(([0.0], np.cumsum(speeds)))
    lat, lon = positions(way)
    prepared = prepare(activity_of(speeds, latitude_deg=lat, longitude_deg=lon))
    assert prepared.distance_m[-1] == pytest.approx(way[-1])
    assert prepared.speed_mps.max() <= 8.0
    assert not prepared.is_moving[300:304].any()
    assert not prepared.is_standing.any()
    assert [(w.code, w.kind) for w in prepared.warnings] == [("GLITCHES_REPAIRED", "spread")]
