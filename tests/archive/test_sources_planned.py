"""What TrainingPeaks says was planned: in the export, in one beside it, or nowhere."""

import datetime as dt

import pytest

from analyzer.archive.sources.archives import close_archives
from analyzer.archive.sources.find import find
from analyzer.archive.sources.planned import PlannedWorkout, planned_workouts
from tests.builders.exports import activities, people, plain, trainingpeaks, workouts_csv

JANE, BEN = people(2)
OWN = activities(2)
TEXT = "3 x 10' @ 4:00,\n\"patient\", then 5' easy"
PLANNED = [("2026-03-02", "Progression", TEXT), ("2026-03-03", "Rest", "")]
WANTED = (
    PlannedWorkout(dt.date(2026, 3, 2), "Progression", TEXT),
    PlannedWorkout(dt.date(2026, 3, 3), "Rest", ""),
)


@pytest.fixture(autouse=True)
def _closed():
    """Close what a test left open."""
    yield
    close_archives()


def planned(folder):
    """Return what was planned for the first recording in a folder."""
    return planned_workouts(next(each for each in find([folder]) if not each.skipped))


@pytest.mark.parametrize("unpacked", [False, True])
def test_the_table_in_the_export_is_read(tmp_path, unpacked):
    """Quotes and line breaks as the coach wrote them."""
    trainingpeaks(tmp_path, JANE, OWN, PLANNED, unpacked=unpacked)
    assert planned(tmp_path) == (WANTED, "")


def test_the_table_itself_can_be_asked(tmp_path):
    """In an archive, and as a file."""
    trainingpeaks(tmp_path, JANE, OWN, PLANNED)
    (tmp_path / "workouts.csv").write_bytes(workouts_csv(PLANNED))
    tables = [each for each in find([tmp_path]) if each.label.endswith("workouts.csv")]
    assert [planned_workouts(each) for each in tables] == [(WANTED, "")] * 2


def test_the_table_in_another_export_of_the_same_athlete(tmp_path):
    """TrainingPeaks gives recordings and plans in two archives."""
    trainingpeaks(tmp_path, JANE, OWN)
    inner = trainingpeaks(tmp_path / "..", BEN, [], PLANNED).path
    inner.rename(tmp_path / "WorkoutExport-Doe-Jane-2026-03-01-2026-03-31.zip")
    assert planned(tmp_path) == (WANTED, "")


def test_a_table_beside_the_export_of_one_athlete(tmp_path):
    """It is that athlete's; beside several it is nobody's."""
    trainingpeaks(tmp_path, JANE, OWN)
    (tmp_path / "workouts.csv").write_bytes(workouts_csv(PLANNED))
    assert planned(tmp_path) == (WANTED, "")
    trainingpeaks(tmp_path, BEN, OWN)
    assert planned(tmp_path) == ((), "workouts.csv lies beside the exports of several athletes")


def test_without_a_table_there_is_a_reason(tmp_path):
    """And other platforms have none."""
    trainingpeaks(tmp_path / "..", JANE, OWN)
    export = trainingpeaks(tmp_path, JANE, OWN)
    assert planned(export.path) == ((), "no workouts.csv in or beside it")
    folder = tmp_path / "plain"
    folder.mkdir()
    plain(folder, BEN, OWN)
    assert planned(folder) == ((), "not of a TrainingPeaks export")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "has no column Title, WorkoutDescription, WorkoutDay"),
        (b"Title,WorkoutDay\nA,2026-03-02\n", "has no column WorkoutDescription"),
        (b"\xff\xfe\x00", "has no column"),
        (b"\x89PNG\r\n\x1a\n\0\0", "has no column"),
        (b"Title,WorkoutDescription,WorkoutDay\nA," + b"x" * 200_000 + b",2026-03-02\n", "line 2"),
    ],
)
def test_a_table_that_cannot_be_read_is_empty_with_a_reason(tmp_path, content, why):
    """Missing columns, no text, a cell without end."""
    trainingpeaks(tmp_path, JANE, OWN)
    (tmp_path / "workouts.csv").write_bytes(content)
    workouts, said = planned(tmp_path)
    assert workouts == ()
    assert why in said


def test_rows_without_a_day_or_a_plan_are_left_out(tmp_path):
    """Cut rows too; columns may stand in any order and case."""
    content = (
        b"workoutday,x,TITLE,WorkoutDescription\n"
        b"2026-03-02,,A,run\n2026-13-02,,A,run\n3/2/2026,,A,run\n2026-03-04,,,\n2026-03-05\n\n"
    )
    trainingpeaks(tmp_path, JANE, OWN)
    (tmp_path / "workouts.csv").write_bytes(content)
    assert planned(tmp_path).workouts == (PlannedWorkout(dt.date(2026, 3, 2), "A", "run"),)


def test_a_changed_table_is_read_again(tmp_path):
    """It is kept for the files of one export, and no longer."""
    trainingpeaks(tmp_path, JANE, OWN)
    (tmp_path / "workouts.csv").write_bytes(workouts_csv(PLANNED[1:]))
    assert planned(tmp_path).workouts == WANTED[1:]
    (tmp_path / "workouts.csv").write_bytes(workouts_csv(PLANNED))
    assert planned(tmp_path).workouts == WANTED


def test_a_hundred_thousand_rows_are_read_and_more_are_said(tmp_path):
    """One row over the limit."""
    trainingpeaks(tmp_path, JANE, OWN)
    rows = [("2026-03-02", "A", "run")] * 100_001
    (tmp_path / "workouts.csv").write_bytes(workouts_csv(rows))
    workouts, why = planned(tmp_path)
    assert len(workouts) == 100_000
    assert why == "more rows than the limit of 100000"
