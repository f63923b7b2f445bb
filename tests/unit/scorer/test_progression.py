"""Steps up: taken, not taken, overdone; and what a watch may account for."""

import math

import pytest

from analyzer import read_plan
from analyzer.scorer.progression import ceiling
from tests.builders.exact import EXAMPLE, off, plan_of, scored


def steps(*percents):
    """Return the steps of the explanation for the example, each block faster by so many percent."""
    told = scored(off(*percents)).score.explanation
    return {s.second: s for s in told.steps}


def test_a_whole_step_loses_nothing():
    """Each as planned."""
    assert all(s.lost == pytest.approx(0.0) for s in steps(0, 0, 0, 0, 0).values())


def test_a_step_short_by_one_error_is_whole():
    """SE of a step of two cores of 570 s is hypot(0.52, 0.52, sqrt(0.4)) = 0.97 %."""
    found = steps(0, 0, -0.9, -0.9, -0.9)[3]
    assert found.doubt_pct == pytest.approx(0.97, abs=0.01)
    assert found.taken == 1.0


def test_half_a_step_counts_by_what_is_left_of_it():
    """4.256 planned, 2.128 run: 2.128 / (4.256 - 0.97) = 0.648."""
    assert steps(0, 0, -2.128, -2.128, -2.128)[3].taken == pytest.approx(0.648, abs=0.003)


def test_no_step_is_worth_nothing():
    """The doubt is in the denominator: a flat run gets no part of a step for it."""
    assert steps(0, 4.256, 0, 0, 0)[3].taken == pytest.approx(0.0, abs=1e-6)


def test_forcing_the_first_block_after_the_easy_one_costs_a_step():
    """3 % over: (3 - 0.92) / (4.256 - 0.92) / 0.75 = 0.83 gears, though the step is 22 %."""
    found = steps(0, 3, 0, 0, 0)[2]
    assert found.taken == 1.0
    assert found.forced == pytest.approx(0.83, abs=0.01)


def test_the_same_overshoot_costs_less_late():
    """By the factor of the fast side: 0.75 for block 2, 1.2 for block 5."""
    early, late = steps(0, 3, 0, 0, 0)[2], steps(0, 0, 0, 0, 3)[5]
    assert late.forced < 0.65 * early.forced


def test_a_step_after_a_slow_block_is_not_overdone():
    """Block 3 on plan after a slow block 2 took a large step, and is where it should be."""
    assert steps(0, -4, 0, 0, 0)[3].forced == 0.0


def test_a_run_that_is_off_as_a_whole_loses_less_than_one_block_that_is():
    """All blocks 1.5 % slow: 0.89 may be the scale, and 0.23 more is doubt of the block's own."""
    told = scored(off(-1.5, -1.5, -1.5, -1.5, -1.5)).score.explanation
    assert told.common_pct == pytest.approx(-math.sqrt(0.8))
    assert told.blocks[2].tolerances_off == pytest.approx((1.5 - 0.894 - 0.233) / 2.128, abs=0.01)
    alone = scored(off(0, 0, -1.5, 0, 0)).score.explanation
    assert alone.common_pct == 0.0
    assert alone.blocks[2].tolerances_off == pytest.approx((1.5 - 0.687) / 2.128, abs=0.01)


def test_a_little_slow_early_costs_less_than_late():
    """Block 2 and block 4, 4 % slow: the level falls over 4.5 tolerances, and over 3.5."""
    early = scored(off(0, -4, 0, 0, 0)).blocks[1]
    late = scored(off(0, 0, 0, -4, 0)).blocks[3]
    assert early.score > late.score


def test_every_plan_of_one_block_has_no_step():
    """And its score is that of the block."""
    result = scored(EXAMPLE[:1])
    assert result.score.progression is None or result.score.explanation is not None


def test_blocks_on_both_sides_of_the_plan_say_nothing_of_the_watch():
    """Two 3 % fast, two as much slow: no common part, and no jump where the slow two pass."""
    for slow in (-2.9, -3.1):
        assert scored(off(0, 3, 3, slow, slow)).score.explanation.common_pct == 0.0
    plan = plan_of(EXAMPLE[1:])
    for slow in (-2.9, -3.1):
        pieces = [
            (s, p / math.exp(x / 100))
            for (s, p), x in zip(EXAMPLE[1:], (3, 3, slow, slow), strict=True)
        ]
        assert scored(pieces, plan).score.explanation.common_pct == 0.0


def test_an_easy_block_run_easier_says_nothing_of_the_watch():
    """Easy 4 % slow, as it may be, two blocks exact: the middle is exact."""
    plan = plan_of(EXAMPLE[:3])
    pieces = [(900, 312), *EXAMPLE[1:3]]
    assert scored(pieces, plan).score.explanation.common_pct == 0.0


def test_inside_a_given_range_nothing_is_overdone_and_no_step_is_short():
    """A range is a promise: its fast end in block 2 and its middle in block 3 is the plan."""
    plan = read_plan("15min easy @ 5:20-4:40, 10min @ 4:10-3:50, 10min @ 3:55-3:35 /km")
    result = scored([(900, 299), (600, 232), (600, 225)], plan)
    assert result.score.progression == pytest.approx(100.0)
    assert result.score.word == "held"


def test_a_gear_is_that_of_the_block_and_not_the_smallest_of_the_plan():
    """Steps of 60, 2 and 18 s/km: 1 % over in the last block is no gear."""
    plan = plan_of(((900, 300), (600, 240), (600, 238), (600, 220)))
    result = scored([(900, 300), (600, 240), (600, 238), (600, 220 / 1.01)], plan)
    assert result.score.explanation.steps[-1].forced == pytest.approx(0.0, abs=0.02)


def test_half_the_planned_gain_is_worth_74_at_most_and_seven_tenths_all_of_it():
    """Linear between 0.5 and 0.7: 0.6 is half way from 74 to 100."""
    found = [ceiling(share) for share in (-0.2, 0.5, 0.6, 0.7, 1.3)]
    assert found == pytest.approx([74.0, 74.0, 87.0, 100.0, 100.0])


def test_an_even_pace_on_a_plan_of_small_steps_is_not_mostly_held():
    """4:00 and 3:56, run at 3:58 each: within 0.9 % everywhere, and nothing of the plan's idea."""
    plan = plan_of(((900, 300.0), (600, 240.0), (600, 236.0)))
    even = scored([(900, 300.0), (1200, 238.0)], plan)
    assert even.score.overall <= 74.0
    assert even.score.explanation.lost_flat > 0.0
