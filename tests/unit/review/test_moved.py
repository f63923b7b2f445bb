"""A boundary that was moved: the start that it means, for blocks by time and by distance."""

import pytest

from analyzer.errors import PlanError
from analyzer.plans.line import parse_line
from analyzer.review.moved import moved_start_s
from analyzer.review.pipeline import review_activity
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of

RUN = activity_of(speeds_of((120, 300), *EXAMPLE))
"""The example with two minutes of something else before it."""


def test_the_start_itself_is_where_it_was_put():
    """Block 1 moved to 2:00: it starts there, by whole seconds."""
    assert moved_start_s(RUN, plan_of(), 1, 120.4) == 120


def test_blocks_stay_as_long_as_planned():
    """Block 3 starts 900 + 600 s after block 1: moved to 27:00 it means a start at 2:00."""
    assert moved_start_s(RUN, plan_of(), 3, 1620.0) == 120


def test_before_the_recording_is_a_start_below_zero():
    """Block 2 moved to 10:00 with 900 s before it: begun 5:00 before the recording."""
    assert moved_start_s(RUN, plan_of(), 2, 600.0) == -300


@pytest.mark.parametrize("at_s", [900.0, 1100.0, 1500.0])
def test_after_a_distance_the_boundary_comes_where_it_was_moved_to(at_s):
    """3 km, then by time: wherever block 2 is put, the review has it there, within a second."""
    plan = parse_line("3 km easy, 2x10min @ 4:00, 3:50 /km", "plan")
    start_s = moved_start_s(RUN, plan, 2, at_s)
    review = review_activity(RUN, replace(plan, start_s=start_s))
    assert review.blocks[1].start_s == pytest.approx(at_s, abs=1.5)


def test_a_block_that_the_plan_has_not():
    """Block 9 of five: one line."""
    with pytest.raises(PlanError, match="no block 9"):
        moved_start_s(RUN, plan_of(), 9, 100.0)
