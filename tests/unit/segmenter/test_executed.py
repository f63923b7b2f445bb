"""Where the pace was really changed, on runs without noise and with."""

import math

import numpy as np
import pytest

from analyzer import read_plan
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.segmenter.bins import lay_bins
from analyzer.segmenter.executed import Anchors, find_changes
from analyzer.segmenter.expected import expected_blocks
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of
from tests.builders.plans import EXAMPLE as NUMBERS
from tests.builders.plans import ONE_LINE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit


def aligned(speeds, plan, laps=()):
    """Align a run without noise, first reading."""
    activity = activity_of(speeds, laps=laps)
    return align(plan, activity.laps, prepare(activity))[0]


def shifts(alignment):
    """Shift of every block's start."""
    return [None if e is None else e.shift_s for e in alignment.executed]


def simulated(behaviour, device=None, seed=4001, plan="example"):
    """Align a simulated run of the example, all readings."""
    run = simulate(NUMBERS, behaviour, device or Device(), seed)
    activity = read_bytes(write_fit(run), "run.fit")
    return run, align(read_plan(ONE_LINE[plan]), activity.laps, prepare(activity))


def test_a_run_on_plan_changed_on_the_clock():
    """Steps of 10 s/km without noise: every change within a bin of 5 s."""
    found = shifts(aligned(speeds_of(*EXAMPLE), plan_of()))
    assert found == pytest.approx([0.0] * 5, abs=5.0)


def test_changes_made_two_minutes_early_are_found_and_the_clock_stays():
    """Blocks of 780, 600, 600, 600 s: windows stay at the plan's, shifts are -120 s."""
    run = ((780, 300), (600, 240), (600, 230), (600, 220), (720, 210))
    found = aligned(speeds_of(*run), plan_of())
    assert [p.start_s for p in found.placements] == [0, 900, 1500, 2100, 2700]
    assert shifts(found)[1:] == pytest.approx([-120.0] * 4, abs=6.0)


def test_an_interval_holds_its_estimate_and_confidence_is_a_probability():
    """On a noisy run: low <= start <= high, 0 <= confidence <= 1."""
    _, (found, *_) = simulated(Behaviour())
    for executed in found.executed:
        assert executed.start_low_s <= executed.start_s <= executed.start_high_s
        assert 0 <= executed.confidence <= 1
        assert executed.shift_low_s <= executed.shift_s <= executed.shift_high_s


def test_starts_never_come_before_the_start_of_the_block_before():
    """A flat run says nothing of its changes; they stay in order all the same."""
    found = aligned(speeds_of((3300, 230)), plan_of())
    starts = [e.start_s for e in found.executed]
    assert starts == sorted(starts)


def test_a_block_left_out_is_seen_without_laps():
    """15 min easy, then 4:00, 3:50 and 3:30: ten minutes are missing, the 3:40."""
    run = ((900, 300), (600, 240), (600, 230), (600, 210), (300, 330))
    found = aligned(speeds_of(*run), plan_of())
    assert sum(found.skip_probabilities) > 0.7
    assert int(np.argmax(found.skip_probabilities)) == 3


def test_presses_are_evidence_where_the_pace_is_silent():
    """A run of one pace, pressed 40 s late throughout: the presses place the changes."""
    speeds = speeds_of((3300, 235))
    bins = lay_bins(prepare(activity_of(speeds)))
    blocks = expected_blocks(plan_of(), (None,) * 5)
    presses = np.array([940.0, 1540.0, 2140.0, 2740.0])
    found = find_changes(bins, blocks, Anchors(presses))
    assert [b.at_s for b in found.starts[1:] if b is not None] == pytest.approx(
        presses.tolist(), abs=6.0
    )


def test_a_ramp_is_no_change_of_pace():
    """10 min at 5:00, a ramp from 5:00 to 4:00 over 20 min, 10 min at 4:00: on the clock."""
    ramp = np.linspace(1000 / 300, 1000 / 240, 1200)
    speeds = np.concatenate((speeds_of((600, 300)), ramp, speeds_of((600, 240))))
    plan = read_plan("10min easy @ 5:00, 20min @ 5:00->4:00, 10min @ 4:00")
    found = aligned(speeds, plan)
    assert shifts(found)[2] == pytest.approx(0.0, abs=60.0)


def test_blocks_by_distance_are_found_by_distance():
    """2 km at 4:30 take 540 s, at 4:20 520 s: both starts within a bin."""
    speeds = speeds_of((600, 330), (540, 270), (520, 260), (500, 250), (60, 400))
    plan = read_plan("10min easy @ 5:30, 3x2km @ 4:30, 4:20, 4:10 /km")
    found = aligned(speeds, plan)
    starts = [e.start_s for e in found.executed]
    assert starts == pytest.approx([0, 600, 1140, 1660], abs=8)


def test_an_open_cool_down_has_an_executed_start():
    """It begins where the last block ended."""
    plan = read_plan("10min easy @ 5:00, 10min @ 4:00, 10min @ 3:50, open cool-down")
    speeds = speeds_of((600, 300), (600, 240), (600, 230), (500, 330))
    found = aligned(speeds, plan)
    assert found.executed[3].start_s == pytest.approx(1800, abs=8)


def test_eight_hours_with_a_plan_of_one_hour_work():
    """Walked 3 h, ran the plan, walked on: block 1 is found at 3 h."""
    speeds = speeds_of((10800, 700), *EXAMPLE, (14700, 700))
    found = aligned(speeds, plan_of())
    assert found.basis == "fitted_start"
    assert found.start_offset_s == pytest.approx(10800, abs=10)


def test_a_recording_of_two_minutes_has_no_changes_to_find():
    """Too short to have a shape: executed is unknown, not zero."""
    found = aligned(speeds_of((100, 300)), plan_of())
    assert all(e is None for e in found.executed)


def test_a_plan_without_any_pace_has_no_changes_to_find():
    """Nothing says how the blocks differ."""
    found = aligned(speeds_of((1200, 300)), read_plan("10min free, 10min free"))
    assert found.executed == ()


def test_late_by_a_constant_and_recorded_early_are_both_read():
    """Jogged 150 s at the easy pace, then the plan, then on: nothing tells the two apart."""
    behaviour = Behaviour(before=(150.0, 300.0), after=(400.0, 320.0))
    _, found = simulated(behaviour, seed=4003)
    assert [a.basis for a in found] == ["clock", "fitted_start"]
    assert found[1].start_offset_s == pytest.approx(150, abs=20)
    assert all(a.is_ambiguous for a in found)


def test_a_faster_beginning_is_a_fast_start_and_no_warm_up():
    """Two minutes at 4:00 before settling at 5:00: block 1 starts with the recording."""
    behaviour = Behaviour(fast_start=(1, 120.0, 0.25), after=(300.0, 330.0))
    _, found = simulated(behaviour, seed=4004)
    assert (found[0].basis, found[0].start_offset_s) == ("clock", 0.0)


def test_no_value_of_the_result_is_nan():
    """Unknown is None."""
    _, (found, *_) = simulated(Behaviour(cut_s=2000.0))
    for executed in found.executed:
        if executed is not None:
            assert all(math.isfinite(getattr(executed, n)) for n in executed.__slots__)


@pytest.mark.parametrize(
    ("paces", "is_doubted"), [((360,) * 4, False), ((390, 300, 280, 260), True)]
)
def test_a_plan_without_changes_has_none_to_be_seen(paces, is_doubted):
    """Four times 20 min at 6:25: not seen of a plan that speeds up, nothing to see of 6:00."""
    run = activity_of(speeds_of(*[(1200, 385)] * 4))
    plan = plan_of(tuple((1200, pace) for pace in paces))
    (alignment,) = align(plan, (), prepare(run))
    assert ("PLAN_NOT_SEEN" in [note.code for note in alignment.notes]) == is_doubted
