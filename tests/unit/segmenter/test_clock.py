"""Where the blocks lie, on runs without noise."""

import itertools

import pytest

from analyzer.model.alignment import AlignmentNote
from analyzer.model.plan import Block, Plan, Target
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of


def aligned(speeds, plan, laps=(), **options):
    """Align a run without noise."""
    activity = activity_of(speeds, laps=laps, **options)
    return align(plan, activity.laps, prepare(activity))[0]


def windows(alignment):
    """Timer windows of all blocks."""
    return [(p.start_s, p.end_s) for p in alignment.placements]


ON_PLAN = [(0, 900), (900, 1500), (1500, 2100), (2100, 2700), (2700, 3300)]


def test_without_laps_the_blocks_follow_the_clock():
    """Durations add up from the start of the recording."""
    found = aligned(speeds_of(*EXAMPLE), plan_of())
    assert found.basis == "clock"
    assert windows(found) == ON_PLAN
    assert found.confidence is not None
    assert found.confidence > 0.9


def test_presses_within_fifteen_seconds_move_the_boundaries():
    """Pressed at 905, 1498, 2104, 2700: all four confirm, all four count."""
    presses = [0, 905, 1498, 2104, 2700, 3300]
    laps = [(a, b, "manual", None) for a, b in itertools.pairwise(presses)]
    found = aligned(speeds_of(*EXAMPLE), plan_of(), laps)
    assert found.basis == "laps"
    assert found.confidence == 1.0
    assert windows(found) == list(itertools.pairwise(presses))


def test_auto_laps_are_never_blocks():
    """Kilometre laps every 240 to 300 s are left out; the clock places the blocks."""
    laps = [(i * 250, (i + 1) * 250, "distance", None) for i in range(13)]
    assert aligned(speeds_of(*EXAMPLE), plan_of(), laps).basis == "clock"


def test_auto_laps_are_known_by_their_length_where_the_file_gives_no_trigger():
    """A TCX of kilometres at 4:10: every lap 250 s long and 1000 m."""
    laps = [(i * 250, (i + 1) * 250, None, None) for i in range(12)]
    plan = plan_of(((1000, 250), (1000, 250), (1000, 250)))
    assert aligned(speeds_of((3000, 250)), plan, laps).basis == "clock"


def test_a_press_amid_auto_laps_counts():
    """Auto-laps go one by one; presses at the boundaries remain."""
    ends = sorted([250, 500, 750, 900, 1150, 1400, 1500, 1750, 2000, 2100, 2350, 2600, 2700, 3300])
    pressed = {900, 1500, 2100, 2700}
    starts = [0, *ends[:-1]]
    laps = [
        (a, b, "manual" if b in pressed else "distance", None)
        for a, b in zip(starts, ends, strict=True)
    ]
    found = aligned(speeds_of(*EXAMPLE), plan_of(), laps)
    assert found.basis == "laps"
    assert windows(found) == ON_PLAN


def test_a_warm_up_before_the_first_press_moves_the_start():
    """Two minutes of jogging, then a lap press at each boundary of the plan."""
    presses = [0, 120, 1020, 1620, 2220, 2820, 3420]
    laps = [(a, b, "manual", None) for a, b in itertools.pairwise(presses)]
    found = aligned(speeds_of((120, 420), *EXAMPLE), plan_of(), laps)
    assert found.basis == "laps"
    assert found.start_offset_s == 120
    assert found.notes == (AlignmentNote("LATER_START", 120.0, by="press"),)


def test_workout_steps_place_the_blocks_even_when_auto_laps_split_them():
    """Two laps of step 1 are one block."""
    plan = plan_of(((600, 300), (600, 240)))
    plan = replace(plan, blocks=tuple(replace(b, step_index=b.index - 1) for b in plan.blocks))
    laps = [
        (0, 604, "time", 0),
        (604, 850, "distance", 1),
        (850, 1204, "time", 1),
        (1204, 1206, "session_end", None),
    ]
    found = aligned(speeds_of((604, 300), (602, 240)), plan, laps)
    assert found.basis == "workout_steps"
    assert found.confidence == 1.0
    assert windows(found) == [(0, 604), (604, 1204)]


def test_a_skipped_step_is_missed():
    """The laps go from step 0 to step 2."""
    plan = plan_of(((600, 300), (600, 240), (600, 230)))
    plan = replace(plan, blocks=tuple(replace(b, step_index=b.index - 1) for b in plan.blocks))
    laps = [(0, 600, "time", 0), (600, 603, "manual", 1), (603, 1203, "time", 2)]
    found = aligned(speeds_of((600, 300), (603, 230)), plan, laps)
    assert [p.status for p in found.placements] == ["run", "missed", "run"]
    assert found.placements[2].start_s == 603


def test_repeats_of_one_step_are_told_apart_by_order():
    """A loop-back repeat: steps 0, 1, 2, 1, 2 in the laps."""
    steps = [0, 1, 2, 1, 2]
    paces = [300, 240, 300, 240, 300]
    plan = plan_of(tuple((300, p) for p in paces))
    plan = replace(
        plan,
        blocks=tuple(replace(b, step_index=s) for b, s in zip(plan.blocks, steps, strict=True)),
    )
    laps = [(300 * i, 300 * (i + 1), "time", s) for i, s in enumerate(steps)]
    found = aligned(speeds_of(*((300, p) for p in paces)), plan, laps)
    assert windows(found) == [(300 * i, 300 * (i + 1)) for i in range(5)]


def test_rounds_of_one_step_are_told_apart_by_its_length_though_auto_laps_split_them():
    """Step 1 three times in a row, the second cut at a kilometre; a lap of 2 s ends the session."""
    plan = plan_of(((600, 300), (300, 240), (300, 240), (300, 240)))
    plan = replace(
        plan,
        blocks=tuple(
            replace(b, step_index=s) for b, s in zip(plan.blocks, (0, 1, 1, 1), strict=True)
        ),
    )
    laps = [
        (0, 600, "time", 0),
        (600, 900, "time", 1),
        (900, 1090, "distance", 1),
        (1090, 1200, "time", 1),
        (1200, 1500, "time", 1),
        (1500, 1502, "session_end", None),
    ]
    found = aligned(speeds_of((600, 300), (902, 240)), plan, laps)
    assert found.basis == "workout_steps"
    assert windows(found) == [(0, 600), (600, 900), (900, 1200), (1200, 1500)]


def test_a_run_that_ends_early_is_truncated_and_later_blocks_not_seen():
    """Ended 200 s into block 4."""
    found = aligned(speeds_of((900, 300), (600, 240), (600, 230), (200, 220)), plan_of())
    assert [p.status for p in found.placements] == ["run", "run", "run", "truncated", "not_seen"]
    assert found.placements[3].end_s == 2300


def test_twenty_seconds_short_is_not_truncated():
    """Under 30 s (and 5 %): the watch was stopped a little early."""
    found = aligned(
        speeds_of((900, 300), (600, 240), (600, 230), (600, 220), (580, 210)), plan_of()
    )
    assert found.placements[-1].status == "run"


def test_a_distance_block_ends_where_its_distance_is_reached():
    """2 km at 4:00 takes 480 s."""
    blocks = (
        Block(1, "easy", "easy", 600.0, None, Target(1000 / 300)),
        Block(2, "2 km", "progression", None, 2000.0, Target(1000 / 240)),
        Block(3, "2 km", "progression", None, 2000.0, Target(1000 / 230)),
    )
    found = aligned(speeds_of((600, 300), (480, 240), (460, 230)), Plan("p", "p", blocks))
    assert windows(found)[1] == pytest.approx((600, 1080), abs=0.01)
    assert windows(found)[2] == pytest.approx((1080, 1540), abs=0.01)


def test_a_given_start_is_believed():
    """--start 2:00 puts block 1 there, with confidence 1."""
    found = aligned(speeds_of((120, 420), *EXAMPLE), plan_of(start_s=120.0))
    assert (found.basis, found.confidence) == ("clock", 1.0)
    assert windows(found)[0] == (120, 1020)


def test_a_walk_before_the_plan_is_not_block_one():
    """Five minutes of walking, then the plan: block 1 starts at 300 s, within the 5 s of a bin."""
    found = aligned(speeds_of((300, 700), *EXAMPLE), plan_of())
    assert found.basis == "fitted_start"
    assert found.start_offset_s == pytest.approx(300, abs=5)
    assert found.confidence is not None
    assert found.confidence > 0.9
    assert [(n.code, n.by) for n in found.notes] == [("LATER_START", "pace")]


def test_an_open_cool_down_takes_the_rest():
    """From the end of the last block to the end of the recording."""
    plan = plan_of(((600, 300), (600, 240)))
    cooldown = Block(3, "cool-down", "cooldown")
    found = aligned(
        speeds_of((600, 300), (600, 240), (400, 330)),
        replace(plan, blocks=(*plan.blocks, cooldown)),
    )
    assert windows(found)[-1] == (1200, 1600)
    assert found.placements[-1].status == "run"


def test_the_core_leaves_out_fifteen_seconds_at_inner_boundaries_only():
    """Not at the start of the first and the end of the last block."""
    found = aligned(speeds_of(*EXAMPLE), plan_of())
    cores = [(p.core_start_s, p.core_end_s) for p in found.placements]
    assert cores == [(0, 885), (915, 1485), (1515, 2085), (2115, 2685), (2715, 3300)]


def test_running_on_after_the_plan_changes_nothing():
    """Ten minutes of cool-down that nobody planned."""
    found = aligned(speeds_of(*EXAMPLE, (600, 330)), plan_of())
    assert windows(found) == ON_PLAN
