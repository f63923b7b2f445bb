"""A plan that was checked, for programs."""

import json

import pytest

from analyzer.errors import PlanProblem
from analyzer.report.plan_json import Place, places_of, plan_check_dict
from analyzer.review.typed_plan import read_typed


def checked(text):
    """Check a text."""
    typed = read_typed(text)
    return plan_check_dict(text, typed.plan, typed.problems, typed.dialect)


def test_what_was_understood_is_told_with_its_blocks():
    """The line, the exact text, what is odd, and all that ``plan show --json`` has."""
    told = checked("15' w/u, 3 x 10' (4:00/3:50/3:40)")
    assert (told["state"], told["dialect"], told["problems"]) == (
        "understood",
        "a coach's text",
        [],
    )
    assert told["line"] == "4 blocks, 45 min, 4:00 to 3:40 /km"
    assert told["understood"] == "15min easy, 3x10min @ 4:00, 3:50, 3:40 /km"
    assert [b["planned"]["pace_s_per_km"] for b in told["plan"]["blocks"]] == [None, 240, 230, 220]
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_what_is_wrong_is_told_with_its_place():
    """Line and column from 1, characters from 0, so that the text between them is what is wrong."""
    text = "blocks:\r\n  - 15min easy\r\n  - 10min @ 4:0x\r\n"
    told = checked(text)
    (problem,) = told["problems"]
    assert (told["state"], told["plan"], told["line"]) == ("wrong", None, None)
    assert (problem["line"], problem["column"]) == (3, 13)
    assert text[problem["start"] : problem["end"]] == "4:0x"


def test_nothing_typed_is_a_state_of_its_own():
    """Neither understood nor wrong."""
    assert checked(" \n")["state"] == "empty"


@pytest.mark.parametrize(
    ("problem", "place"),
    [
        (PlanProblem("x"), None),
        (PlanProblem("x", 1, 1), Place(0, 1)),
        (PlanProblem("x", 1, 4), Place(3, 3)),
        (PlanProblem("x", 1, 9), Place(3, 3)),
        (PlanProblem("x", 2, 1, "", 99), Place(4, 6)),
        (PlanProblem("x", 3, 1), None),
    ],
)
def test_a_place_is_inside_its_line(problem, place):
    """However wide the problem is; one behind the text has none."""
    assert places_of([problem], "abc\nde") == [place]
