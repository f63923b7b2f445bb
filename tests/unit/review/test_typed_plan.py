"""A plan while it is typed: understood, or every problem at its place in the text."""

import pytest

from analyzer.errors import PlanError
from analyzer.plans.line import parse_line
from analyzer.plans.whose import Whose
from analyzer.review.typed_plan import plan_typed, read_typed

ATHLETES = "athletes:\n  anna:\n    paces: {threshold: 3:55}\n"


@pytest.fixture
def squad(tmp_path):
    """Return a file of one athlete's paces."""
    path = tmp_path / "athletes.yaml"
    path.write_text(ATHLETES, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", ["", "  ", "\n\n \t\n", "\ufeff", "\ufeff\n"])
def test_an_empty_text_is_neither_a_plan_nor_wrong(text):
    """Nothing was typed yet."""
    assert read_typed(text).is_empty
    assert read_typed(text).problems == ()


@pytest.mark.parametrize(
    ("text", "dialect", "seconds"),
    [
        ("15min easy, 10min @ 4:00", "a coach's text", [900, 600]),
        ("15 minutes easy\nthen 10 at 4:00 pace", "a coach's text", None),
        ("15' easy\n10' @ 4:00\n", "a coach's text", [900, 600]),
        ("- 15m\n- 10m 4:00/km Pace\n", "intervals.icu text", [900, 600]),
        ("version: 1\nblocks:\n  - 15min easy\n  - 10min @ 4:00\n", "YAML", [900, 600]),
        ('{"blocks": ["15min easy", "10min @ 4:00"]}', "YAML", [900, 600]),
        ("version: 1\n", "YAML", None),
        ("<workout_file></workout_file>", "a Zwift workout", None),
    ],
)
def test_a_text_is_read_as_what_it_is(text, dialect, seconds):
    """As a file of that text would be; half of one too."""
    typed = read_typed(text)
    assert typed.dialect == dialect
    assert (typed.plan is None) == (seconds is None)
    if typed.plan is not None:
        assert [b.duration_s for b in typed.plan.blocks] == seconds


@pytest.mark.parametrize(
    ("text", "line", "column", "width"),
    [
        ("15min easy, 10min @ 4:0x", 1, 21, 4),
        ("\n\n  15min easy, 10min @ 4:0x", 3, 23, 4),
        ("\ufeff10min @ 4:0x", 1, 10, 4),
        ("15min easy\n10min @ 4:00\n10 blah @ 3:50\n", 3, 1, 2),
        ("blocks:\n  - 15min easy\n  - 10min @ 4:0x\n", 3, 13, 4),
        ("- 10m 4:00/km Pace\n- 5m 4:0x\n", 2, None, None),
        ("10min \ud800 @ 4:00", 1, 7, 1),
    ],
)
def test_a_problem_is_shown_where_it_is(text, line, column, width):
    """By line and column of the text as it was typed, blank lines and marks counted."""
    problem = read_typed(text).problems[0]
    assert problem.line == line
    if column is not None:
        assert (problem.column, problem.width) == (column, width)
        assert problem.source_line == text.splitlines()[line - 1]


def test_all_problems_are_told_at_once():
    """In the order of the text."""
    problems = read_typed("blocks:\n  - 15min easy @ 5:0x\n  - 10 @ 4:00\n").problems
    assert [p.line for p in problems] == [2, 3]


def test_a_name_of_a_pace_is_known_of_whom_is_chosen(squad):
    """And asked about where nobody is."""
    text = "10min easy, 10min @ threshold"
    plan = read_typed(text, Whose(squad, "anna")).plan
    assert plan is not None
    assert [b.target and round(1000 / b.target.speed_mps) for b in plan.blocks] == [None, 235]
    assert read_typed(text, Whose(squad)).problems[0].column == text.index("threshold") + 1
    assert "'anna' is in no file" in read_typed(text, Whose(None, "anna")).problems[0].message


def test_what_is_wrong_in_the_file_of_paces_is_not_marked_in_the_text(squad):
    """It says where it is, in its own file."""
    squad.write_text(ATHLETES.replace("3:55", "3:5x"), encoding="utf-8")
    (problem,) = read_typed("10min @ threshold", Whose(squad, "anna")).problems
    assert problem.message.startswith("athletes.yaml:3:24: '3:5x'")
    assert (problem.line, problem.column) == (None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!doctype html><html></html>", "a web page, not a plan"),
        ('{"workoutName": "x"}', "a Garmin Connect workout in JSON, not a plan"),
        ("10min @ 4:00, " * 20_000, "longer than the limit of 256 KiB"),
        ("é" * 140_000, "larger than the limit of 256 KiB"),
    ],
)
def test_what_is_no_plan_is_named(text, words):
    """With what to do instead, as for a file."""
    assert words in read_typed(text).problems[0].message


def test_a_typed_plan_is_the_plan_of_the_command_line():
    """Blocks, name and all that is told of it."""
    text = "15' w/u, 3 x 10' (4:00/3:50/3:40), 10' c/d"
    assert plan_typed(text) == parse_line(text)


@pytest.mark.parametrize("text", ["", "10min @ 4:0x"])
def test_a_typed_plan_that_cannot_be_used_is_an_error_with_its_place(text):
    """For whom wants a plan and nothing else."""
    with pytest.raises(PlanError) as caught:
        plan_typed(text)
    assert caught.value.problems[0].line == 1
