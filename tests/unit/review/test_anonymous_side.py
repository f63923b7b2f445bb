"""Runs side by side without who and when: letters in place of names, the rest as it was."""

from datetime import UTC, datetime

import pytest

from analyzer.model.hidden import letters_of
from analyzer.model.remarks import Remarks
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import greeting_of, label_said
from analyzer.report.language import speaking
from analyzer.review.anonymous import anonymous_side
from analyzer.review.compare import lay_side_by_side
from analyzer.structs import replace
from tests.builders.reviews import review_with


def of(name, day=6, **options):
    """Make a run of somebody, on a day of March."""
    made = review_with(start_time=datetime(2026, 3, day, 6, 30, tzinfo=UTC), **options)
    return replace(made, remarks=Remarks(name))


def hidden(*reviews, names=()):
    """Lay runs side by side by name, and hide who ran them."""
    own = [review.remarks.name or "" for review in reviews]
    return anonymous_side(lay_side_by_side(reviews, own), names)


def labels(side):
    """Return what the rows are called."""
    return [run.label for run in side.runs]


def test_a_squad_is_runner_a_to_z():
    """In the order of the rows; it stays a squad."""
    side = hidden(of("Cleo"), of("Anna"), of("Ben"))
    assert labels(side) == ["Runner A", "Runner B", "Runner C"]
    assert side.is_squad


def test_one_runner_has_one_letter_among_others():
    """And a number for each run."""
    assert labels(hidden(of("Anna"), of("Ben"), of("Anna", 13))) == [
        "Runner A (1)", "Runner B", "Runner A (2)",
    ]  # fmt: skip


def test_weeks_of_one_runner_are_runs():
    """Nobody would take run A and run B for two people; the change is still told."""
    side = hidden(of(None, 6, score=50.0), of(None, 27, score=95.0))
    assert labels(side) == ["Run A", "Run B"]
    assert "From Run A to Run B the score" in " ".join(sentences(side))


def test_runs_of_one_evening_without_names_are_runners():
    """Each has a letter of its own."""
    assert labels(hidden(of(None), of(None))) == ["Runner A", "Runner B"]


@pytest.mark.parametrize("name", ["Anna", "Ben Stone"])
def test_a_plan_that_is_called_after_one_of_them_is_called_so_for_nobody(name):
    """Neither in the row of Anna nor in that of another."""
    runs = [of("Anna"), of("Ben")]
    runs = [replace(r, plan=replace(r.plan, name=f"{name}'s Tuesday")) for r in runs]
    side = hidden(*runs, names=["Ben Stone"])
    assert {run.review.plan.name for run in side.runs} == {"Planned session"}


def test_a_message_greets_a_runner_by_a_letter_and_a_run_not_at_all():
    """In the language of the report."""
    first, *_ = hidden(of("Anna"), of("Anna", 7), of("Ben")).runs
    assert greeting_of(first) == "Runner A"
    assert greeting_of(hidden(of(None, 6), of(None, 27)).runs[0]) is None
    with speaking("de"):
        assert greeting_of(first) == "Läufer A"
        assert label_said(first) == "Läufer A (1)"


def test_who_is_really_called_so_is_not_translated():
    """Only where nobody is named a letter stands for a person."""
    side = lay_side_by_side([of("Runner A"), of("Ben")], ["Runner A", "Ben"])
    with speaking("de"):
        assert [label_said(run) for run in side.runs] == ["Runner A", "Ben"]
    assert greeting_of(side.runs[0]) is None


def test_letters_go_on_behind_z():
    """As the columns of a spreadsheet."""
    assert [letters_of(i) for i in (0, 25, 26, 51, 52, 702)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
