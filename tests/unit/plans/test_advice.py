"""What is asked about a plan that is not wrong, and what is not."""

import math

import pytest

from analyzer.model.plan import Race
from analyzer.plans.advice import plan_advice
from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan


def advice(line, race=None):
    """Return the advice on a plan in one line, in one text."""
    from analyzer.structs import replace

    return " | ".join(plan_advice(replace(parse_line(line), race=race)))


GOOD = [
    "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30",
    "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30",
    "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30, 10min easy @ 5:30",
    "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30, 10min cooldown @ 5:30",
    "5min easy @ 5:30, 10min easy @ 5:00, 3x10min @ 4:00, 3:50, 3:40",
    "2km easy, 3x2km @ 4:30, 4:20, 4:10, open easy",
    "15min easy @ 5:00, 20min @ 4:00",
    "15min easy, 20min @ 4:30 -> 4:00",
    "15min easy, 10min @ 4:00, 2min rest, 10min @ 3:50",
    "10min easy @ 5:30/km, 3x1mi @ 7:30, 7:15, 7:00 /mi",
]


@pytest.mark.parametrize("line", GOOD)
def test_a_good_plan_is_left_alone(line):
    """Also with easy running at the end, an easy part in two, and rests."""
    assert advice(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "15min easy @ 5:00, 3x10min @ 4:00",
        "15min easy, 3x10min @ 4:00",
        "15min easy, 3x10min @ 4:00, 4:10, 4:20",
        "15min easy, 2x10min @ 4:00, 10min easy @ 5:00",
    ],
)
def test_blocks_that_never_get_faster_are_no_progression(line):
    """The step from the easy part to the first block is none."""
    assert "no progression: no block is faster than the one before it" in advice(line)


def test_a_block_slower_than_the_one_before_is_named():
    """3:50 after 3:40, which is block 3; many are one line."""
    line = "15min easy, 4x10min @ 4:00, 3:40, 3:50, 3:30"
    assert advice(line) == "what follows block 3 is planned slower"
    many = "15min easy" + ", 3min @ 4:00, 3min @ 5:00" * 8
    assert advice(many) == "what follows blocks 2, 4, 6, 8, 10 and others is planned slower"


def test_a_step_a_watch_cannot_see_is_said():
    """100 ln(240 / 237) = 1.3 %; 100 ln(240 / 235) = 2.1 % is enough."""
    assert 100 * math.log(240 / 237) == pytest.approx(1.26, abs=0.01)
    assert "a step of 1.3 %" in advice("15min easy, 2x10min @ 4:00, 3:57")
    assert advice("15min easy, 2x10min @ 4:00, 3:55") == ""


def test_an_easy_part_under_ten_minutes_is_asked_about():
    """9 min 30 s, alone or in two; 2 km at 4:30 are 540 s."""
    for line in ("9:30 easy", "5min easy, 4:30 easy"):
        assert advice(f"{line}, 2x10min @ 4:00, 3:50").startswith("the easy part is 9.5 min")
    assert advice("2km easy @ 4:30, 2x10min @ 4:00, 3:50").startswith("the easy part is 9 min")


def test_an_easy_part_of_metres_may_have_been_meant_as_minutes():
    """Two hours are 120min; 120m without a pace have no time of their own."""
    assert advice("120m easy, 2x10min @ 4:00, 3:50").startswith("the easy part is 120 m")
    assert advice("2km easy, 2x10min @ 4:00, 3:50") == ""


def test_a_plan_without_an_easy_part_is_asked_about():
    """The first block is work."""
    assert advice("3x10min @ 4:00, 3:50, 3:40").startswith("no easy part: 10 to 20 min")


def test_a_plan_without_paces_cannot_be_scored():
    """That is all that is said."""
    assert advice("15min easy, 20min steady").startswith("no block has a pace")


def test_a_last_block_faster_than_the_result_allows_is_said():
    """
    10 min are held against what could be raced for 20 min.

    10 km in 40:00: 20 min give 10 (20 / 40)^(1 / 1.06) = 5.2 km, so 1200 / 5.2 = 230.8 s/km.
    """
    race = Race(10_000, 2400)
    limit = 1200 / (10 * 0.5 ** (1 / 1.06))
    assert limit == pytest.approx(230.77, abs=0.01)
    quick = advice("15min easy, 3x10min @ 4:10, 4:00, 3:50", race)
    assert quick == (
        "block 4 (3:50) is faster than the 3:51 that could be raced for 20 min, "
        "going by 10 km in 40:00 (an estimate)"
    )
    assert advice("15min easy, 3x10min @ 4:11, 4:01, 3:51", race) == ""


def test_what_is_allowed_depends_on_the_length_of_the_block():
    """20 min at 3:51 would be 40 min of racing, at 4:00 by the result itself."""
    race = Race(10_000, 2400)
    assert "than the 4:00 that could be raced for 40 min" in advice(
        "15min easy, 2x20min @ 4:05, 3:55", race
    )


def test_at_that_pace_or_slower_is_no_demand():
    """The runner may be slower."""
    race = Race(10_000, 2400)
    assert advice("15min easy, 2x10min @ 4:00, >=3:30", race) == ""


def test_paces_in_miles_are_shown_per_mile():
    """230.77 s/km is 371.4 s a mile, 6:11."""
    text = "units: mi\nblocks:\n  - 15min easy\n  - 2x10min @ 6:25, 6:00\n"
    from analyzer.structs import replace

    plan = replace(parse_plan(text, "p"), race=Race(10_000, 2400))
    assert "block 3 (6:00) is faster than the 6:11" in " ".join(plan_advice(plan))
