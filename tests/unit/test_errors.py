"""Errors are one line (plans: one a problem) and carry their exit code."""

from analyzer import errors


def test_an_activity_error_says_what_where_and_what_to_do():
    """In the order of the contract: file, problem, place, remedy."""
    error = errors.ActivityError("run.fit", "no complete record", "byte 76", "copy it again")
    assert str(error) == "run.fit: no complete record (at byte 76): copy it again"
    assert error.exit_code == 3


def test_control_characters_of_a_file_name_never_reach_the_terminal():
    """An escape sequence in a name is shown, not obeyed."""
    error = errors.ActivityError("a\x1b[2Jb\u202e.fit", "the file is empty")
    assert "\x1b" not in str(error)
    assert "\u202e" not in str(error)


def test_a_line_is_never_longer_than_300_characters():
    """However long the name."""
    assert len(str(errors.ActivityError("x" * 5000, "y" * 5000))) <= 300


def test_a_plan_error_shows_every_problem_with_line_column_and_caret():
    """The caret stands below the word that is wrong."""
    problem = errors.PlanProblem("'eazy' is not a pace", 4, 11, "    pace: eazy", 4)
    lines = str(errors.PlanError("plan.yaml", (problem,))).splitlines()
    assert lines[0] == "plan.yaml:4:11: 'eazy' is not a pace"
    assert lines[1].index("eazy") == lines[2].index("^")
    assert lines[2].strip() == "^^^^"


def test_a_plan_error_stops_showing_after_twenty():
    """And says how many more there are."""
    many = tuple(errors.PlanProblem(f"problem {i}", i) for i in range(25))
    assert (
        str(errors.PlanError("plan.yaml", many)).splitlines()[-1]
        == "plan.yaml: and 5 more problems"
    )


def test_a_caret_far_to_the_right_still_points_at_its_word():
    """Long lines are cut around the column."""
    line = " " * 200 + "eazy"
    shown = str(errors.PlanError("p", (errors.PlanProblem("no", 1, 201, line, 4),))).splitlines()
    assert shown[1][shown[2].index("^") :].startswith("eazy")
    assert len(shown[1]) < 100
