"""Steps up: taken, not taken, overdone; and what a watch may account for."""

import math

import pytest

from tests.builders.exact import EXAMPLE
from tests.unit.scorer.test_gears import off
from tests.unit.scorer.test_score import scored


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
