"""Stops, glitches and the grid, on runs without noise."""

import numpy as np
import pytest

from analyzer.errors import EmptyActivityError
from analyzer.prepare.prepare import prepare
from tests.builders.exact import activity_of, pause, speeds_of


def test_distance_is_conserved_by_the_grid():
    """Records every 7 s instead of every second: the same metres."""
    run = activity_of(speeds_of((700, 240)))
    thinned = activity_of(speeds_of((700, 240)))
    columns = {
        name: getattr(thinned.records, name)[::7] for name in thinned.records.__struct_fields__
    }
    smart = type(run.records)(**columns)
    full = prepare(run)
    from analyzer.structs import replace

    sparse = prepare(replace(run, records=smart))
    assert sparse.distance_m[-1] == pytest.approx(full.distance_m[-1])
    assert not sparse.is_replaced.any()  # 7 s is smart recording, not a gap


def test_a_gap_of_more_than_ten_seconds_counts_as_interpolated():
    """Twenty seconds without a record: 20 s of which only the ends were measured."""
    run = activity_of(speeds_of((600, 240)))
    keep = np.r_[0:301, 320:601]
    columns = {n: getattr(run.records, n)[keep] for n in run.records.__struct_fields__}
    from analyzer.structs import replace

    prepared = prepare(replace(run, records=type(run.records)(**columns)))
    assert prepared.is_replaced.sum() == 20
    assert prepared.speed_mps[310] == pytest.approx(1000 / 240)


def test_standing_with_the_timer_running_is_a_stop():
    """45 s on the spot: one stop of 45 s, seen by the body, and 45 s less moving."""
    prepared = prepare(activity_of(speeds_of((300, 240), (45, 0), (300, 240))))
    (stop,) = prepared.stops
    assert stop.by == "body"
    assert stop.is_certain
    assert stop.span.duration_s == pytest.approx(45, abs=4)  # a 5 s mean softens its edges
    assert prepared.is_standing.sum() == pytest.approx(45, abs=4)


def test_the_device_speed_finds_a_stop_to_the_second():
    """Without the softening of the 5 s mean."""
    speeds = speeds_of((300, 240), (45, 0), (300, 240))
    shown = np.append(speeds, speeds[-1])
    prepared = prepare(activity_of(speeds, speed_mps=shown))
    assert prepared.is_standing.sum() == pytest.approx(45, abs=1)


def test_an_auto_pause_is_a_stop_but_no_standing_on_the_timer():
    """The watch stopped the timer: nothing is left of it on the timer grid."""
    prepared = prepare(activity_of(speeds_of((640, 240)), pauses=(pause(300, 340),)))
    (stop,) = prepared.stops
    assert (stop.by, stop.span.start_s, stop.span.end_s) == ("watch", 300, 340)
    assert prepared.seconds == 600
    assert prepared.is_standing.sum() == 0


def test_walking_is_no_stop():
    """12:00 /km is 1.4 m/s: slow, but moving."""
    assert prepare(activity_of(speeds_of((300, 240), (60, 720), (300, 240)))).stops == ()


def test_a_spike_is_replaced_by_its_neighbours_and_told():
    """One second of 50 m in a run at 4 m/s: 4 m again, and 46 of 2446 m are said to be left out."""
    speeds = speeds_of((600, 250))
    speeds[300] = 50.0
    prepared = prepare(activity_of(speeds))
    assert prepared.distance_m[-1] == pytest.approx(2400.0)
    spike, left_out = prepared.warnings
    assert (spike.code, spike.facts) == ("GLITCHES_REPAIRED", {"count": 1, "replaced_s": 2})
    assert (left_out.code, left_out.kind) == ("DISTANCE_REPAIRED", "left_out")
    assert left_out.facts == {"metres": 46, "percent": 1.9}
    assert prepared.is_replaced[300]


def test_a_run_without_distance_is_an_error():
    """A treadmill file with heart rate alone."""
    run = activity_of(speeds_of((600, 250)), distance_m=np.full(601, np.nan))
    with pytest.raises(EmptyActivityError, match="no distance"):
        prepare(run)


def test_moving_is_never_more_than_timer_and_timer_never_more_than_elapsed():
    """The three clocks are ordered."""
    speeds = speeds_of((300, 240), (45, 0), (300, 240))
    run = activity_of(speeds, pauses=(pause(100, 130),))
    prepared = prepare(run)
    moving_s = prepared.seconds - prepared.is_standing.sum()
    assert 0 <= moving_s <= prepared.seconds <= run.records.elapsed_time_s[-1]
