"""The squad command keeps its contract: the days it covers, who has a row, and who gets mail."""

import datetime as dt
import json

import pytest

from analyzer.archive.said import Approved
from analyzer.archive.store.packed import pack, reading_of
from analyzer.archive.store.store import Store
from analyzer.report.message import render_message
from analyzer.structs import replace
from tests.builders.command import loaded, run
from tests.builders.results import content_of, result_of, run_row
from tests.builders.squads import BY_NEED, on_day

ATHLETES = """\
athletes:
  anna: {greeting: Annie, paces: {easy: 5:00}}
  Ben: {paces: {easy: 5:10}}
  Carla: {paces: {easy: 5:20}}
"""

RUNS = (
    ("Anna", 10, "paid"), ("Anna", 6, "far"), ("Ben", 4, "stopped"), ("Ben", 3, "forced"),
    ("Carla", 3, "missed"), (None, 10, "forced"),
)  # fmt: skip
"""Whose, which day of March 2026, and of which kind."""


@pytest.fixture
def kept(tmp_path):
    """Make a store with a few runs, and return where it is."""
    path = tmp_path / "runs.db"
    with Store.open(str(path), create=True) as store:
        for i, (athlete, day, need) in enumerate(RUNS):
            review = on_day(BY_NEED[need], day)
            row = run_row(dt.date(2026, 3, day), packed=pack(review))
            store.save([result_of(f"run{i}", athlete, run=row, day=row.day)])
    return path


def squad(*arguments, capsys, kept):
    """Ask for a sheet as JSON: the days, and who has which need."""
    code, out, err = run("squad", "--store", kept, "--json", *arguments, capsys=capsys)
    assert code == 0
    made = json.loads(out)
    days = (made["first_day"], made["last_day"])
    return days, {a["athlete"]: a["need"] for a in made["athletes"]}, err


def test_the_sheet_covers_the_seven_days_that_end_with_the_latest_run(kept, capsys):
    """From 4 to 10 March: a run of the day before is on no row."""
    days, needs, _ = squad(capsys=capsys, kept=kept)
    assert days == ("2026-03-04", "2026-03-10")
    assert needs == {"Anna": "paid", "Ben": "stopped", "Carla": "no_file"}
    code, out, _ = run("squad", "--store", kept, capsys=capsys)
    assert code == 0
    assert out.startswith("Squad · 3 athletes · 4 to 10 March 2026\n")


@pytest.mark.parametrize(
    ("asked", "days", "needs"),
    [
        (("--week",), ("2026-03-04", "2026-03-10"), ("paid", "stopped", "no_file")),
        (("--week", "--until", "2026-03-09"), ("2026-03-03", "2026-03-09"),
         ("far", "stopped", "missed")),
        (("--since", "2026-03-05"), ("2026-03-05", None), ("paid", "no_file", "no_file")),
        (("--until", "2026-03-03"), (None, "2026-03-03"), ("no_file", "forced", "missed")),
        (("--since", "2026-03-03", "--until", "2026-03-03"), ("2026-03-03", "2026-03-03"),
         ("no_file", "forced", "missed")),
        (("--on", "2026-03-10"), ("2026-03-10", "2026-03-10"), ("paid", "no_file", "no_file")),
    ],
)  # fmt: skip
def test_other_days_can_be_asked_for(kept, capsys, asked, days, needs):
    """Both ends are part of the period."""
    shown, told, _ = squad(*asked, capsys=capsys, kept=kept)
    assert shown == days
    assert tuple(told[name] for name in ("Anna", "Ben", "Carla")) == needs


@pytest.mark.parametrize(
    "asked",
    [
        ("--on", "2026-03-10", "--since", "2026-03-01"),
        ("--week", "--on", "2026-03-10"),
        ("--since", "2026-03-10", "--until", "2026-03-01"),
        ("--ask-for-files",),
        ("--on", "yesterday"),
        ("-o", "sheet.doc"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(kept, capsys, asked):
    """One line, exit code 2, and nothing on stdout."""
    code, out, err = run("squad", "--store", kept, *asked, capsys=capsys)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_the_athletes_beside_the_store_are_those_who_have_a_row(kept, capsys):
    """Spelled as there; somebody who ran and is not in it has a row too."""
    (kept.parent / "athletes.yaml").write_text(ATHLETES.replace("Carla", "Dora"))
    _, needs, _ = squad(capsys=capsys, kept=kept)
    assert needs == {"anna": "paid", "Ben": "stopped", "Dora": "no_file"}


def test_a_run_of_nobody_is_named_on_stderr_unless_quiet(kept, capsys):
    """It is on no row, as nobody knows whose it is."""
    _, _, err = squad(capsys=capsys, kept=kept)
    assert err == (
        "1 file is on no row, as nobody knows whose: squad/run5.fit; say so in athletes.yaml\n"
    )
    assert squad("-q", capsys=capsys, kept=kept)[2] == ""


def test_each_athlete_gets_a_message_greeted_as_the_coach_says(kept, capsys, tmp_path):
    """The one of their own review; nobody without a file gets one, and stdout is silent."""
    (tmp_path / "athletes.yaml").write_text(ATHLETES)
    out_folder = tmp_path / "mail"
    code, out, err = run("squad", "--store", kept, "--messages", out_folder, capsys=capsys)
    assert (code, out) == (0, "")
    assert f"2 messages written to {out_folder}" in err
    texts = {p.name: p.read_text(encoding="utf-8") for p in out_folder.glob("*.txt")}
    greeted = replace(BY_NEED["stopped"], remarks=replace(BY_NEED["stopped"].remarks, name="Ben"))
    assert set(texts) == {"anna.txt", "Ben.txt"}
    assert texts["anna.txt"].startswith("Hi Annie,\n")
    assert texts["Ben.txt"] == render_message(greeted) + "\n"


def approve(kept, number, text):
    """Approve a message for a run as it is in the store; return what it is known by."""
    content = content_of(f"run{number}")
    with Store.open(str(kept)) as store:
        (stored,) = store.runs(contents=[content])
        at_utc = dt.datetime(2026, 3, 11, 7, tzinfo=dt.UTC)
        reading = reading_of(stored.athlete, stored.run.packed)
        store.approve(content, Approved(text, at_utc, reading))
    return content


def test_approved_messages_are_sent_and_those_for_an_earlier_reading_not(kept, capsys, tmp_path):
    """The remark counts both; Anna's is as approved, Ben's run was judged otherwise since."""
    approve(kept, 0, "Annie!\n\nWell done.")
    approve(kept, 2, "Ben!\n\nWell done.")
    row = run_row(dt.date(2026, 3, 4), packed=pack(on_day(BY_NEED["missed"], 4)))
    with Store.open(str(kept)) as store:
        store.save([result_of("run2", "Ben", run=row, day=row.day)])
    mail = tmp_path / "mail"
    code, _, err = run("squad", "--store", kept, "--messages", mail, capsys=capsys)
    assert code == 0
    assert err.splitlines()[-1] == (
        f"2 messages written to {mail}; 1 as approved; "
        "1 approval is for an earlier reading and not used"
    )
    assert (mail / "Anna.txt").read_text(encoding="utf-8") == "Annie!\n\nWell done.\n"
    assert (mail / "Ben.txt").read_text(encoding="utf-8").startswith("Hi Ben,\n")


def test_the_coachs_note_is_on_the_sheet_and_in_no_message(kept, capsys, tmp_path):
    """For the coach."""
    with Store.open(str(kept)) as store:
        store.set_note(content_of("run0"), "Ask about the heel.")
    code, out, _ = run(
        "squad", "--store", kept, "--messages", tmp_path / "mail", "-o", "-", capsys=capsys
    )
    assert code == 0
    assert "For the coach: Ask about the heel." in " ".join(out.split())
    assert not any("heel" in path.read_text() for path in (tmp_path / "mail").glob("*.txt"))


def test_who_has_no_file_is_asked_for_it_where_that_is_wanted(kept, capsys, tmp_path):
    """With the days."""
    code, _, _ = run(
        "squad", "--store", kept, "--messages", tmp_path / "mail", "--ask-for-files", capsys=capsys
    )
    assert code == 0
    assert "(4 to 10 March 2026)" in (tmp_path / "mail" / "Carla.txt").read_text()


def test_a_message_of_the_coachs_own_is_left_and_said(kept, capsys, tmp_path):
    """The others are written all the same; exit code 74."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "Ben.txt").write_text("mine")
    code, _, err = run("squad", "--store", kept, "--messages", tmp_path / "mail", capsys=capsys)
    assert code == 74
    assert "Ben.txt" in err.splitlines()[-1]
    assert (tmp_path / "mail" / "Ben.txt").read_text() == "mine"
    assert (tmp_path / "mail" / "Anna.txt").exists()


@pytest.mark.slow
def test_every_form_is_written(kept, capsys, tmp_path):
    """The ending chooses; a German sheet is German."""
    endings = (".html", ".md", ".png", ".svg", ".csv", ".json", ".txt")
    targets = [f"{tmp_path / 'sheet'}{ending}" for ending in endings]
    asked = [word for path in targets for word in ("-o", path)]
    code, out, _ = run("squad", "--store", kept, "--lang", "de", "-q", *asked, capsys=capsys)
    assert (code, out) == (0, "")
    assert "brauchen dich" in (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert all((tmp_path / f"sheet{ending}").stat().st_size for ending in endings)


def test_an_empty_store_makes_an_empty_sheet_and_a_missing_one_an_error(tmp_path, capsys):
    """Nothing is made where there was no store."""
    Store.open(str(tmp_path / "empty.db"), create=True).close()
    code, out, _ = run("squad", "--store", tmp_path / "empty.db", capsys=capsys)
    assert code == 0
    assert "No athletes and no runs" in out
    code, _, err = run("squad", "--store", tmp_path / "none.db", capsys=capsys)
    assert code == 74
    assert "none.db" in err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.slow
def test_a_sheet_on_the_terminal_loads_no_drawing_library(kept):
    """Nor anything that reads recordings."""
    watched = ("matplotlib", "pandas", "scipy", "fitdecode", "gpxpy")
    assert loaded("squad", "--store", kept, watched=watched) == set()


@pytest.mark.parametrize(("count", "arrow"), [(14, True), (3, False)])
def test_an_arrow_shows_who_is_learning_and_never_from_three_runs(tmp_path, capsys, count, arrow):
    """Scores that rise from week to week, of one session; runs before the days count too."""
    path = tmp_path / "runs.db"
    with Store.open(str(path), create=True) as store:
        for week in range(count):
            day = dt.date(2026, 3, 10) - dt.timedelta(weeks=count - 1 - week)
            points = 50.0 + 3 * week
            row = run_row(day, score=points, score_low=points - 2, score_high=points + 2)
            store.save([result_of(f"run{week}", "Anna", run=row, day=day)])
    code, out, _ = run("squad", "--store", path, capsys=capsys)
    assert code == 0
    assert ("↗" in out) == arrow
