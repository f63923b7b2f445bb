"""A plan written as YAML reads back as the same plan."""

import pytest
from hypothesis import given, settings

from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan
from analyzer.plans.write_yaml import same_blocks, yaml_text
from tests.builders.drawn_plans import files
from tests.builders.plan_snippets import ACCEPTED_LINES, ACCEPTED_YAML, HEAD


def comes_back(plan):
    """Whether a plan is the same after writing and reading."""
    read = parse_plan(yaml_text(plan), "plan.yaml")
    settings_of = [(p.name, p.units, p.match, p.start_s, p.athlete, p.notes) for p in (plan, read)]
    return same_blocks(read.blocks, plan.blocks) and settings_of[0] == settings_of[1]


@pytest.mark.parametrize("line", [line for line, _ in ACCEPTED_LINES])
def test_every_line_comes_back(line):
    """Whatever the one-line form can say."""
    assert comes_back(parse_line(line))


@pytest.mark.parametrize("text", [t for t, _ in ACCEPTED_YAML])
def test_every_file_comes_back(text):
    """Whatever the YAML form can say."""
    assert comes_back(parse_plan(HEAD + text, "plan.yaml"))


@pytest.mark.slow
@given(files())
@settings(max_examples=100, deadline=None)
def test_anything_the_format_can_say_comes_back(text):
    """Names, notes, roles, tolerances, ramps, ranges and bounds, in km and miles."""
    assert comes_back(parse_plan(text, "plan.yaml"))


def test_blocks_of_one_length_share_a_line():
    """As a coach would write them."""
    text = yaml_text(parse_line("15min easy, 10min @ 4:00, 10min @ 3:50, 10min @ 3:40, open easy"))
    assert text.splitlines()[-3:] == [
        "  - 15min easy",
        "  - 3x10min @ 4:00, 3:50, 3:40 /km",
        "  - open easy",
    ]


def test_a_pace_that_is_whole_in_miles_only_is_written_in_miles():
    """6:26/mi is 3:59.85/km: nobody would recognise it."""
    assert "@ 6:26/mi" in yaml_text(parse_line("10min @ 6:26/mi"))


def test_a_speed_of_a_watch_keeps_its_decimals():
    """4.47 m/s is 1000 / 4.47 = 223.714 s/km: 3:43.714 reads as 4.47 m/s again."""
    plan = parse_line("10min @ 16.092 km/h")
    assert "@ 3:43.71" in yaml_text(plan)
    target = parse_plan(yaml_text(plan), "x").blocks[0].target
    assert target is not None
    assert target.speed_mps == pytest.approx(4.47)
