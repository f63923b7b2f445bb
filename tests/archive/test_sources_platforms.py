"""Exports: each platform known by its layout, packed or not, and what it says of each file."""

import datetime as dt
import json
import zipfile

import pytest

from analyzer.archive.sources.archives import close_archives
from analyzer.archive.sources.find import find
from analyzer.archive.sources.sport_words import sport_word
from analyzer.archive.sources.tables import read_table
from analyzer.archive.sources.trainingpeaks import athlete_of, own_name
from tests.builders.exports import (
    STRAVA_WORDS,
    activities,
    garmin,
    healthfit,
    people,
    strava,
    trainingpeaks,
)

PERSON = people(1)[0]
OWN = activities(6)
DAYS = [each.start.date() for each in OWN]
SPORTS = [each.sport for each in OWN]


@pytest.fixture(autouse=True)
def _closed():
    """Close what a test left open."""
    yield
    close_archives()


def runs(*paths):
    """Return what may be a recording."""
    return [each for each in find(paths) if not each.skipped]


@pytest.mark.parametrize("unpacked", [False, True])
def test_trainingpeaks_names_its_athlete_and_no_label_does(tmp_path, unpacked):
    """Number and time are shown, the token and the name are not."""
    export = trainingpeaks(tmp_path, PERSON, OWN, [("2026-03-02", "A", "B")], unpacked=unpacked)
    found = list(find([tmp_path]))
    assert {each.platform for each in found} == {"trainingpeaks"}
    assert {each.hint.athlete for each in found} == {"Jane Doe"}
    assert len(found) == len(export.files)
    shown = "WorkoutFileExport 2026-03-01 2026-03-31/tp-100000.2026-03-02-06-00-00-000Z.fit.gz"
    assert found[0].label == shown
    assert [each.label.rpartition("/")[2] for each in found if each.skipped] == ["workouts.csv"]


@pytest.mark.parametrize(
    ("name", "shown", "athlete"),
    [
        ("WorkoutFileExport-Doe-Jane-2026-03-01-2026-03-31",
         "WorkoutFileExport 2026-03-01 2026-03-31", "Jane Doe"),
        ("WorkoutFileExport-Doe-Jane-2026-03-01-2026-03-31 (1)",
         "WorkoutFileExport 2026-03-01 2026-03-31", "Jane Doe"),
        ("WorkoutExport-Meyer-Voß-Jane-2026-03-01-2026-03-31",
         "WorkoutExport 2026-03-01 2026-03-31", "Jane Meyer-Voß"),
        ("WorkoutFileExport-Doe-Jane", "WorkoutFileExport", None),
        ("WorkoutFileExport-Plato-2026-03-01-2026-03-31",
         "WorkoutFileExport 2026-03-01 2026-03-31", "Plato"),
        ("My WorkoutFileExport", None, None),
    ],
)  # fmt: skip
def test_names_of_trainingpeaks_exports(name, shown, athlete):
    """What browsers add is dropped with the name, and an unknown form shows no name either."""
    assert own_name(name) == shown
    assert athlete_of(name) == athlete


def test_other_files_of_an_export_do_not_name_its_athlete(tmp_path):
    """A file that somebody uploaded by hand, in any spelling of the name."""
    path = tmp_path / "WorkoutFileExport-Doe-Jane-2026-03-01-2026-03-31.zip"
    names = ["Jane_Doe_run.fit", "janedoe.gpx", "JANE morning.tcx", "notes of Doe.pdf"]
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    labels = [each.label for each in find([path])]
    assert len(set(labels)) == len(names)
    assert not any("jane" in label.lower() or "doe" in label.lower() for label in labels)


def test_two_exports_of_the_same_days_have_their_own_labels(tmp_path):
    """Of two athletes, whose names are not shown."""
    for person, own in zip(people(2), (OWN[:2], OWN[2:4]), strict=True):
        trainingpeaks(tmp_path, person, own)
    found = runs(tmp_path)
    assert len({each.label for each in found}) == 4
    assert {each.label.split("/")[0] for each in found} == {
        "WorkoutFileExport 2026-03-01 2026-03-31",
        "WorkoutFileExport 2026-03-01 2026-03-31 (2)",
    }


def test_loose_files_of_trainingpeaks_are_known_by_their_names(tmp_path):
    """Without the export nobody knows whose they are; others beside them are not its own."""
    for name in ("tp-1.2026-03-02-06-00-00-000Z.GarminPing.Jane.FIT.gz", "other.fit"):
        (tmp_path / name).write_bytes(b"x")
    found = {each.label: (each.platform, each.hint.athlete) for each in find([tmp_path])}
    assert found == {
        "other.fit": ("folder", None),
        "tp-1.2026-03-02-06-00-00-000Z.fit.gz": ("trainingpeaks", None),
    }


@pytest.mark.parametrize("unpacked", [False, True])
def test_garmin_says_sport_and_day_by_number_and_nobody_s_address(tmp_path, unpacked):
    """In the archives inside the archive; tables and pictures are other files."""
    export = garmin(tmp_path, PERSON, OWN, unpacked=unpacked)
    found = list(find([tmp_path]))
    assert len(found) == len(export.files)
    assert {each.platform for each in found} == {"garmin"}
    recordings = sorted(runs(tmp_path), key=lambda each: each.label.rpartition("/")[2])
    assert [each.hint.sport for each in recordings] == SPORTS
    assert [each.hint.day for each in recordings] == DAYS
    assert [each.label.rpartition("/")[2] for each in recordings] == [
        f"{each.number}.fit" for each in OWN
    ]
    for each in found:
        shown = (each.label, each.why, each.hint.athlete or "", each.hint.title or "")
        assert not any("@" in text or "runner.0" in text for text in shown)


def test_a_part_of_a_garmin_export_alone(tmp_path):
    """Somebody took the inner archive out: it has no tables, and is known all the same."""
    export = garmin(tmp_path, PERSON, OWN, unpacked=True)
    parts = sorted(export.path.rglob("*.zip"))
    found = runs(parts[0])
    assert {each.platform for each in found} == {"garmin"}
    assert found[0].label == "UploadedFiles_0-_Part1/100000.fit"
    assert found[0].hint.sport is None


@pytest.mark.parametrize(
    "table",
    [b"", b"{", b"[" * 5000, b"null", b"[1, null]", b'[{"summarizedActivitiesExport": 3}]',
     json.dumps([{"summarizedActivitiesExport": [
         1, {}, {"activityId": "x"},
         {"activityId": 1, "activityType": [], "name": {}, "startTimeLocal": 1e300}]}]).encode()],
)  # fmt: skip
def test_a_damaged_table_of_garmin_takes_hints_and_no_run(tmp_path, table):
    """Whatever stands in it."""
    export = garmin(tmp_path, PERSON, OWN, unpacked=True)
    (summary,) = export.path.rglob("*_summarizedActivities.json")
    summary.write_bytes(table)
    assert len(runs(tmp_path)) == len(OWN)


@pytest.mark.parametrize("unpacked", [False, True])
@pytest.mark.parametrize("language", sorted(STRAVA_WORDS))
def test_strava_is_read_in_any_language(tmp_path, language, unpacked):
    """Columns are known by place and values, as their headers are translated."""
    export = strava(tmp_path, PERSON, OWN, language=language, unpacked=unpacked)
    found = list(find([tmp_path]))
    assert len(found) == len(export.files)
    recordings = [each for each in found if not each.skipped]
    assert [each.hint.sport for each in recordings] == SPORTS
    assert [each.hint.day for each in recordings] == DAYS
    assert [each.hint.title for each in recordings] == [each.title for each in OWN]
    assert {each.platform for each in found} == {"strava"}
    why = {each.label.partition("/")[2]: each.why for each in found if each.skipped}
    assert why["routes/1.gpx"] == "a route, not a recording"


def test_strava_columns_may_stand_elsewhere(tmp_path):
    """Their values say which is which; an unknown sport is none, a short row has no hint."""
    (tmp_path / "activities").mkdir()
    for i in range(3):
        (tmp_path / "activities" / f"{i}.fit").write_bytes(b"x")
    table = (
        "a;b;c;d;e;f\n"
        "activities/0.fit;0;Title;Lauf;;2026-03-02\n"
        "activities/1.fit;1;Title;Quidditch;;2026-03-03\n"
        "activities/2.fit\n"
    )
    (tmp_path / "activities.csv").write_text(table, encoding="utf-8-sig")
    found = runs(tmp_path)
    assert [each.hint.sport for each in found] == ["running", None, None]
    assert [each.hint.day for each in found] == [dt.date(2026, 3, 2), dt.date(2026, 3, 3), None]


@pytest.mark.parametrize(
    "table", [b"", b"\xff\xfe\xff", b'"' * 999, b"a,b\n\0,\0\n", b"x" * 200_000]
)
def test_a_damaged_table_of_strava_takes_hints_and_no_run(tmp_path, table):
    """Whatever stands in it."""
    export = strava(tmp_path, PERSON, OWN, unpacked=True)
    (export.path / "activities.csv").write_bytes(table)
    assert len(runs(tmp_path)) == len(OWN)


def test_healthfit_says_day_and_sport_in_its_names(tmp_path):
    """Beside files of other programs, in the folder of an athlete."""
    export = healthfit(tmp_path, PERSON, OWN)
    (export.path / "other.fit").write_bytes(b"x")
    found = runs(tmp_path)
    assert {each.hint.athlete for each in found} == {PERSON.key}
    assert [each.platform for each in found] == ["healthfit"] * len(OWN) + ["folder"]
    assert [each.hint.sport for each in found[:-1]] == SPORTS
    assert [each.hint.day for each in found[:-1]] == DAYS


def test_an_export_in_an_athlete_s_folder_is_theirs(tmp_path):
    """Folders of the platform are no athletes; its own name of an export is none either."""
    anna = tmp_path / "anna"
    anna.mkdir()
    garmin(anna, PERSON, OWN[:1])
    strava(tmp_path, PERSON, OWN[:1], unpacked=True)
    assert [each.hint.athlete for each in runs(tmp_path)] == ["anna", None]
    top = garmin(tmp_path / "anna", PERSON, OWN[:1], unpacked=True).path
    assert [each.hint.athlete for each in runs(top)] == [None]


@pytest.mark.parametrize(
    ("text", "sport"),
    [
        ("Run", "running"), ("trail_running", "running"), ("Course à pied", "running"),
        ("Carrera", "running"), ("Corsa", "running"), ("Hardlopen", "running"),
        ("Outdoor Cycling", "cycling"), ("Virtual Ride", "cycling"), ("Spaziergang", "walking"),
        ("lap_swimming", "swimming"), ("Quidditch", None), ("", None), ("run " * 99, None),
    ],
)  # fmt: skip
def test_sports_in_fit_s_words(text, sport):
    """Those that are known; an unknown word is no sport."""
    assert sport_word(text) == sport


def test_a_table_ends_at_its_limit_and_says_so():
    """So that nothing grows without end."""
    rows, why = read_table(b"a,b\n" + b"1,2\n" * 5, max_rows=3)
    assert len(rows) == 4
    assert why == "more rows than the limit of 3"
