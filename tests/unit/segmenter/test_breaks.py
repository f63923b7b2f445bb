"""What counts as a walked or jogged break inside a run, and what the changes make of it."""

import numpy as np
import pytest

from analyzer import read_plan
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.segmenter.breaks import find_breaks, plans_to_slow
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of

NO_PRESSES = np.empty(0)
WALK, JOG = 625.0, 329.0  # 1.6 m/s; 70 % of the speed at 3:50


def breaks_of(*pieces, presses=NO_PRESSES, is_moving=None):
    """Find the breaks of a run without noise, as (start, end) pairs."""
    speeds = speeds_of(*pieces)
    moving = speeds > 0 if is_moving is None else is_moving
    return [(b.start_s, b.end_s) for b in find_breaks(speeds, moving, presses)]


def broken(seconds, pace, at_s=1800):
    """Slow the example plan to a pace for a while; nothing else is different."""
    speeds = speeds_of(*EXAMPLE)
    speeds[at_s : at_s + seconds] = 1000.0 / pace
    return speeds


@pytest.mark.parametrize("seconds", [45, 90, 150, 240, 300])
@pytest.mark.parametrize("pace", [WALK, JOG])
def test_what_falls_and_comes_back_is_a_break(seconds, pace):
    """600 s at 3:50, slower, 600 s at 3:50: within a step of 5 s at both ends."""
    ((start, end),) = breaks_of((600, 230), (seconds, pace), (600, 230))
    assert (start, end) == (pytest.approx(600, abs=5), pytest.approx(600 + seconds, abs=5))


@pytest.mark.parametrize(
    "pieces",
    [
        EXAMPLE,
        ((900, 300), (600, 240), (900, 290)),  # a collapse does not come back
        ((600, 230), (10, WALK), (600, 230)),  # a corner
        ((600, 230), (400, JOG), (600, 230)),  # a part of the session
        ((600, 230), (90, 255), (600, 230)),  # 10 % slower: a hill, the wind
        ((600, 300), (90, WALK), (600, 240)),  # a rest before a faster block
        ((30, 230), (90, WALK), (600, 230)),  # a way in
        ((600, 230), (90, WALK), (30, 230)),  # a way out
        ((600, 230), (90, 0), (600, 230)),  # a stop
        ((100, 230), (60, WALK), (100, 230)),  # hardly a run
    ],
)
def test_what_is_anything_else_is_no_break(pieces):
    """Steps, collapses, corners, hills, ways in and out, and stops stay what they are."""
    assert breaks_of(*pieces) == []


def test_seconds_that_nobody_knows_are_no_break():
    """A hole of 90 s in the recording, read as slow, is not held against anybody."""
    is_moving = np.ones(1290, dtype=bool)
    is_moving[600:690] = False
    assert breaks_of((600, 230), (90, WALK), (600, 230), is_moving=is_moving) == []


def test_a_stretch_pressed_at_both_ends_is_a_recovery():
    """Lap at 603 s and at 692 s: the runner marked it as a part of its own; one press does not."""
    pieces = ((600, 230), (90, WALK), (600, 230))
    assert breaks_of(*pieces, presses=np.array([603.0, 692.0])) == []
    assert len(breaks_of(*pieces, presses=np.array([603.0, 900.0]))) == 1


@pytest.mark.parametrize(
    ("text", "slows"),
    [
        ("10min @ 5:00, 10min @ 4:00, 10min @ 3:50", False),
        ("10min @ 5:00, 10min @ 4:00, 10min @ 5:30", False),
        ("10min @ 5:00, 5min @ 4:00, 3min @ 5:30, 5min @ 4:00", True),
        ("10min @ 5:00, 5min free, 5min @ 4:00", True),
    ],
)
def test_a_plan_with_a_slower_block_between_others_slows_down(text, slows):
    """A cool-down at the end is no slower block between others."""
    assert plans_to_slow(read_plan(text)) is slows


@pytest.mark.parametrize(("seconds", "pace"), [(150, WALK), (240, WALK), (90, JOG), (240, JOG)])
def test_a_break_inside_a_block_moves_no_change_and_leaves_no_block_out(seconds, pace):
    """A break from 1800 s on, inside block 3: every change within 15 s of the clock."""
    activity = activity_of(broken(seconds, pace))
    aligned = align(plan_of(), activity.laps, prepare(activity))[0]
    found = [block for block in aligned.executed if block is not None]
    assert [block.shift_s for block in found] == pytest.approx([0.0] * 5, abs=15.0)
    assert sum(aligned.skip_probabilities) < 0.1
