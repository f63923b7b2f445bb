"""A block left out, a collapse, a forced start, the end: each explains a run against the others."""

import math

import numpy as np
import pytest

from analyzer.prepare.prepare import prepare
from analyzer.scorer.score import score
from analyzer.segmenter.align import align
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of

EASY, FOUR, FAST, FASTER, FASTEST = EXAMPLE
JOG = (420, 345.0)
"""Seven minutes of cool-down at 5:45."""

AFTER_FORCING = ((900, 300.0), (600, 230.0), (600, 220.0), (180, 220.0))
"""Blocks 2 and 3 at the pace of the next one; three minutes into block 4 it is over."""


def explained(*pieces):
    """Align a run and score it: the alignment, and (code, block) of every clear finding."""
    prepared = prepare(activity_of(speeds_of(*pieces)))
    alignment = align(plan_of(), (), prepared)[0]
    flags = score(plan_of(), prepared, alignment).flags
    return alignment, [(f.code, f.block) for f in flags if f.certainty == "clear"]


def statuses(alignment):
    """Status of every block."""
    return [p.status for p in alignment.placements]


@pytest.mark.parametrize("after", [(), (JOG,)], ids=["", "then a cool-down"])
def test_the_blocks_behind_one_left_out_move_to_where_they_were_run(after):
    """4:00 and 3:40 left in: block 3 is missing, block 4 begins at 1500 s and is held."""
    alignment, clear = explained(EASY, FOUR, FASTER, FASTEST, *after)
    assert statuses(alignment) == ["run", "run", "missed", "run", "run"]
    assert [p.start_s for p in alignment.placements] == [0, 900, None, 1500, 2100]
    assert clear == [("MISSED_BLOCK", 3)]


def test_a_block_left_out_costs_its_share_and_nothing_else():
    """One of four equal progression blocks: three quarters of a perfect score."""
    prepared = prepare(activity_of(speeds_of(EASY, FOUR, FASTER, FASTEST)))
    alignment = align(plan_of(), (), prepared)[0]
    assert score(plan_of(), prepared, alignment).score.overall == pytest.approx(75, abs=1)


@pytest.mark.parametrize("pace", [300.0, 330.0])
@pytest.mark.parametrize("after", [(), (JOG,)], ids=["", "then a cool-down"])
def test_a_collapse_after_forcing_is_not_a_block_left_out(pace, after):
    """It falls in the middle of a block, which no block left out explains."""
    alignment, clear = explained(*AFTER_FORCING, (1020, pace), *after)
    assert sum(alignment.left_probabilities) > 0.9
    assert statuses(alignment) == ["run"] * 5
    assert ("BLOW_UP", 4) in clear
    assert "MISSED_BLOCK" not in [code for code, _ in clear]


def test_the_collapse_is_placed_in_its_block():
    """Three minutes into block 4, at 2280 s."""
    alignment, _ = explained(*AFTER_FORCING, (1020, 310.0))
    assert int(np.argmax(alignment.left_probabilities)) == 3


def test_a_run_on_plan_leaves_nothing_out_and_does_not_collapse():
    """Nor does a cool-down after it."""
    for pieces in (EXAMPLE, (*EXAMPLE, JOG)):
        alignment, clear = explained(*pieces)
        assert sum(alignment.skip_probabilities) < 0.05
        assert sum(alignment.left_probabilities) < 0.05
        assert clear == []


def test_a_run_that_ends_where_the_last_block_should_begin_left_none_out():
    """It was cut short: that is said once."""
    alignment, clear = explained(EASY, FOUR, FAST, FASTER)
    assert sum(alignment.skip_probabilities) < 0.5
    assert clear == [("TRUNCATED", 5)]


@pytest.mark.parametrize("faster_pct", [6, 8, 10])
def test_three_forced_minutes_are_not_a_block(faster_pct):
    """One level cannot follow them, but another start, or a block less, explains them no better."""
    forced = (165, 240 / math.exp(faster_pct / 100))
    alignment, _ = explained(EASY, forced, (435, 240.0), FAST, FASTER, FASTEST)
    assert sum(alignment.skip_probabilities) < 0.05
    assert alignment.start_offset_s == 0.0


def test_steps_taken_in_reverse_are_not_a_collapse():
    """Each was held to its end: the pace falls where the plan has its changes."""
    _, clear = explained(EASY, FASTEST, FASTER, FAST, FOUR)
    codes = [code for code, _ in clear]
    assert "NON_PROGRESSION" in codes
    assert "BLOW_UP" not in codes
    assert "MISSED_BLOCK" not in codes


def test_what_may_be_another_block_gets_no_verdict():
    """Three blocks of 5 s/km steps, then the end: which one is missing nobody can tell."""
    steps = ((900, 300.0), (600, 240.0), (600, 235.0), (600, 230.0), (600, 225.0))
    plan = plan_of(steps)
    prepared = prepare(activity_of(speeds_of(steps[0], steps[1], (600, 232.5), steps[4], JOG)))
    alignment = align(plan, (), prepared)[0]
    result = score(plan, prepared, alignment)
    doubtful = [b for b in range(1, 6) if alignment.another_probability(b) >= 0.4]
    assert doubtful
    assert all(result.blocks[b - 1].verdict == "not_scored" for b in doubtful)
    assert all(f.block not in doubtful or f.code == "MISSED_BLOCK" for f in result.flags
               if f.certainty == "clear")  # fmt: skip
