"""What a plan may say and what it may not: accepted with its meaning, refused with a remedy."""

import json
import math
import re

import pytest

from analyzer.errors import PlanError
from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan
from analyzer.review.plan_source import read_plan
from tests.builders.plan_snippets import (
    ACCEPTED_LINES,
    ACCEPTED_YAML,
    FREE_LINES,
    HEAD,
    REFUSED_LINES,
    REFUSED_TEXT,
    REFUSED_YAML,
    exact,
)
from tests.places import BAD, needs_bad


def meaning(plan):
    """Return (seconds or metres, pace, role) of each block."""
    return [
        (
            b.duration_s if b.duration_s is not None else b.distance_m,
            None if b.target is None else 1000 / b.target.speed_mps,
            b.role,
        )
        for b in plan.blocks
    ]


def same(found, expected):
    """Compare meanings, paces within a hundredth of a second."""
    assert len(found) == len(expected)
    for (length, pace, role), (length_2, pace_2, role_2) in zip(found, expected, strict=True):
        assert length == length_2
        assert role == role_2
        assert pace == (None if pace_2 is None else pytest.approx(pace_2, abs=0.01))


@pytest.mark.parametrize(("line", "expected"), ACCEPTED_LINES)
def test_a_line_means_what_a_coach_means(line, expected):
    """Lengths, paces and roles."""
    same(meaning(parse_line(line)), expected)


@pytest.mark.parametrize(("text", "expected"), ACCEPTED_YAML)
def test_a_file_means_what_a_coach_means(text, expected):
    """The YAML form, every key once."""
    same(meaning(parse_plan(HEAD + text, "plan.yaml")), expected)


@pytest.mark.parametrize("line", [line for line, *_ in REFUSED_LINES])
def test_a_line_the_exact_form_refuses_is_refused_unless_a_coach_means_one_thing_by_it(line):
    """And refused with its place and a remedy, whichever form says it."""
    if line in FREE_LINES:
        assert parse_line(line).blocks
        return
    with pytest.raises(PlanError) as caught:
        parse_line(line)
    assert all(p.line and p.column for p in caught.value.problems)


@pytest.mark.parametrize(("line", "column", "remedy"), REFUSED_LINES)
def test_a_line_that_cannot_be_meant_is_refused_with_a_remedy(line, column, remedy):
    """At its column."""
    with pytest.raises(PlanError) as caught:
        exact(line)
    first = caught.value.problems[0]
    assert (first.line, first.column) == (1, column)
    assert remedy in first.message


@pytest.mark.parametrize(("text", "line", "column", "remedy"), REFUSED_YAML)
def test_a_file_that_cannot_be_meant_is_refused_with_a_remedy(text, line, column, remedy):
    """At its line and column."""
    with pytest.raises(PlanError) as caught:
        parse_plan(HEAD + text, "plan.yaml")
    first = caught.value.problems[0]
    assert remedy in first.message
    assert (first.line, first.column) == (line, column)


@pytest.mark.parametrize(("text", "line", "column", "remedy"), REFUSED_TEXT)
def test_text_that_is_no_plan_is_refused_with_a_remedy(text, line, column, remedy):
    """Where it breaks, in the words of somebody who writes a plan."""
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.yaml")
    first = caught.value.problems[0]
    assert remedy in first.message
    assert (first.line, first.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [*(line for line, *_ in REFUSED_LINES), *(HEAD + text for text, *_ in REFUSED_YAML)],
)
def test_every_problem_says_where_it_is_and_what_to_do(text):
    """Each of them, not the first alone."""
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "x") if text.startswith(HEAD) else exact(text)
    for problem in caught.value.problems:
        assert problem.line is not None
        assert problem.column is not None
        assert re.search(REMEDY, problem.message), problem.message


REMEDY = (
    r"write|did you mean|the keys are|keep one|check the digits|00 to 59|put it in|put a comma"
    r"|shorten it|define it|use |leave it out|give one|needs both|has a length|is a list|is missing"
)
"""How a sentence begins that says what to do."""

TEN_FAULTS = """\
units: miles
paces: {threshold: 3:75}
tolerance: 30%
match: never
start: soon
nmae: x
blocks:
  - 10m easy
  - {runn: 1min}
  - {run: 10min, pace: eazy}
  - 2x10min @ 4:00, 3:50, 3:40
"""


def test_ten_faults_of_a_file_are_ten_problems_in_its_order():
    """None hides another."""
    with pytest.raises(PlanError) as caught:
        parse_plan(TEN_FAULTS, "plan.yaml")
    assert [p.line for p in caught.value.problems] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]


@pytest.mark.parametrize(("units", "per_km"), [("km", 1.0), ("mi", 1 / 1.609344)])
def test_seconds_are_per_unit_of_the_plan_unless_they_name_one(units, per_km):
    """5 s at 4:00/km is 100 ln(245/240) slow in km, in miles less; the plan's unit has no say."""
    for said, share in (("5s", per_km), ("5s/km", 1.0), ("5s/mi", 1 / 1.609344)):
        text = f"units: {units}\ntolerance: {said}\nblocks: [10min @ 4:00/km]\n"
        tolerance = parse_plan(text, "plan.yaml").blocks[0].tolerance
        assert tolerance is not None
        assert tolerance.slow_pct == pytest.approx(100 * math.log((240 + 5 * share) / 240))


def test_all_problems_are_said_at_once():
    """Three in one file, in its order."""
    text = HEAD + "blocks:\n  - {runn: 1min}\n  - 10m @ 4:00\n  - {run: 10min, pace: 4:60}\n"
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.yaml")
    assert [p.line for p in caught.value.problems if "length" not in p.message] == [4, 5, 6]


def test_a_tolerance_in_seconds_has_two_sides():
    """5 s at 4:00: 100 ln(240/235) fast, 100 ln(245/240) slow."""
    plan = parse_plan(HEAD + "tolerance: 5s\nblocks:\n  - 10min @ 4:00\n", "plan.yaml")
    tolerance = plan.blocks[0].tolerance
    assert tolerance is not None
    assert tolerance.fast_pct == pytest.approx(2.105, abs=0.001)
    assert tolerance.slow_pct == pytest.approx(2.062, abs=0.001)


def test_the_tolerance_of_a_plan_does_not_touch_a_range():
    """A range is a promise: inside it is held."""
    text = HEAD + "tolerance: 5s\nblocks:\n  - 10min @ 4:10-3:50\n"
    assert parse_plan(text, "plan.yaml").blocks[0].tolerance is None


def test_names_are_made_from_length_and_pace():
    """As the JSON result shows them."""
    plan = parse_line("15min easy @ 5:00, 10min @ 4:00, 2km @ 3:50, open easy")
    assert [b.name for b in plan.blocks] == [
        "15 min easy",
        "10 min @ 4:00/km",
        "2 km @ 3:50/km",
        "easy",
    ]


def test_a_missing_file_is_named(tmp_path):
    """With what to do."""
    with pytest.raises(PlanError, match=r"nowhere\.yaml: no such file; check the name"):
        read_plan(tmp_path / "nowhere.yaml")


def _cases():
    """Plan cases of the bad inputs."""
    if not BAD.is_dir():
        return []
    manifest = json.loads((BAD / "manifest.json").read_text(encoding="utf-8"))
    return [m for m in manifest if m["kind"] == "plan"]


@needs_bad
@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["id"])
def test_bad_plans_hold_their_manifest(case):
    """Read, or refused with a place and the words the manifest asks for."""
    allowed = {case["outcome"], *case.get("also", [])}
    try:
        read_plan(BAD / case["path"])
    except PlanError as error:
        assert "error" in allowed
        assert re.search(case.get("says", ""), str(error), re.IGNORECASE)
    else:
        assert allowed & {"ok", "warn"}
