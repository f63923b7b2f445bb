"""Tolerances tied to the plan's own steps, against the numbers of the method."""

import math

import pytest

from analyzer.model.workout import Workout, WorkoutStep
from analyzer.plans.line import parse_line
from analyzer.plans.tolerance import block_tolerances, fast_side_factors, steps_pct
from analyzer.plans.workout_steps import plan_from_workout

EXAMPLE = "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30"


def test_the_example_has_the_published_tolerances():
    """Method 8: fast 2.00, 2.00, 2.00, 2.33, 2.79; slow 5.00, 2.13, 2.13, 2.22, 2.33."""
    tolerances = block_tolerances(parse_line(EXAMPLE), 1.0)
    fast = [t.fast_pct for t in tolerances if t]
    slow = [t.slow_pct for t in tolerances if t]
    assert fast == pytest.approx([2.00, 2.00, 2.00, 2.33, 2.79], abs=0.006)
    assert slow == pytest.approx([5.00, 2.13, 2.13, 2.22, 2.33], abs=0.006)


def test_no_tolerance_reaches_over_half_a_step():
    """Otherwise one block's pace could not be told from the next; 5 s/km steps."""
    plan = parse_line("10min easy @ 5:00, 6x5min @ 4:30 -5s")
    steps = steps_pct(plan)
    for tolerance, step in zip(block_tolerances(plan, 1.5), steps, strict=True):
        if step is not None and tolerance is not None:
            assert tolerance.fast_pct <= step / 2 + 1e-9


def test_early_blocks_have_the_smaller_fast_side():
    """0.6 in the first block to 1.2 in the last."""
    assert fast_side_factors(parse_line(EXAMPLE)) == pytest.approx([0.6, 0.75, 0.9, 1.05, 1.2])


def test_steps_pass_over_rest_and_cool_down():
    """From 4:00 over a rest to 3:50; none to the cool-down."""
    plan = parse_line("10min @ 4:00, 2min rest, 10min @ 3:50, 10min cooldown @ 5:00")
    assert steps_pct(plan)[0] == pytest.approx(100 * math.log(240 / 230))
    assert steps_pct(plan)[2] is None


def test_a_range_is_held_inside_and_not_outside():
    """Half its width on either side of the middle in ln v."""
    (tolerance,) = block_tolerances(parse_line("10min @ 4:10-3:50"))
    assert tolerance is not None
    assert tolerance.fast_pct == pytest.approx(50 * math.log(250 / 230))


def test_the_free_side_of_a_bound_is_infinite():
    """4:30 or slower: never too slow."""
    (tolerance,) = block_tolerances(parse_line("10min @ >=4:30"))
    assert tolerance is not None
    assert math.isinf(tolerance.slow_pct)
    assert not math.isinf(tolerance.fast_pct)


def _step(index, **options):
    return WorkoutStep(index, **{"duration": "time", "duration_s": 300.0, **options})


def test_a_loop_back_repeat_is_unrolled_with_its_step_numbers():
    """Steps 0, then 1 and 2 three times, then 4."""
    steps = (
        _step(0),
        _step(1, target="speed", low_mps=4.0, high_mps=4.2),
        _step(2),
        WorkoutStep(3, "repeat", repeat_from=1, repeats=3),
        _step(4),
    )
    plan = plan_from_workout(Workout("x", steps), "run.fit")
    assert [b.step_index for b in plan.blocks] == [0, 1, 2, 1, 2, 1, 2, 4]
    assert [b.index for b in plan.blocks] == list(range(1, 9))


def test_a_target_of_heart_rate_is_run_but_not_scored():
    """No pace to be held to."""
    plan = plan_from_workout(Workout("x", (_step(0, target="other"),)), "run.fit")
    assert plan.blocks[0].target is None
