"""``progcheck store``: figures, checks, tables, and an athlete forgotten."""

import csv
import io
import json

import pytest

from analyzer.archive.said import GivenPlan, Ruling
from analyzer.archive.store.store import Store
from analyzer.cli import main
from tests.builders.command import loaded
from tests.builders.results import content_of, failed, result_of, run_row
from tests.places import PLAN, SAMPLES


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Make a store with two athletes, and go to its folder."""
    monkeypatch.chdir(tmp_path)
    with Store.open("progcheck.db", create=True) as store:
        store.save([result_of("a"), result_of("b"), result_of("c", "Ben"), failed("d")])
    return tmp_path


def run(*arguments, capsys):
    """Run one command line in this process: exit code, stdout, stderr."""
    code = main(["store", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_info_says_how_many_runs_of_whom(place, capsys):
    """The store of the folder where one is."""
    code, out, err = run("info", capsys=capsys)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Store       progcheck.db"
    assert "Recordings  1 failed, 3 reviewed" in lines
    assert "Runs        3, 2026-03-10 to 2026-03-10" in lines
    assert lines[-2:] == [
        "  Anna      2, 2026-03-10 to 2026-03-10",
        "  Ben       1, 2026-03-10 to 2026-03-10",
    ]


def test_info_as_json(place, capsys):
    """The same for programs."""
    code, out, _ = run("info", "--json", "--store", place / "progcheck.db", capsys=capsys)
    told = json.loads(out)
    assert code == 0
    assert told["runs"] == 3
    assert told["outcomes"] == {"failed": 1, "reviewed": 3}
    assert told["athletes"][1] == {
        "name": "Ben", "runs": 1, "first_day": "2026-03-10", "last_day": "2026-03-10",
    }  # fmt: skip


def test_info_counts_what_a_person_said(place, capsys):
    """In a line that is there where anything was said; always in JSON."""
    with Store.open("progcheck.db") as store:
        for name in "ab":
            store.set_note(content_of(name), "Well?")
        store.set_ruling(content_of("a"), Ruling(60.0))
    assert "By you      2 notes, 1 ruling" in run("info", capsys=capsys)[1].splitlines()
    told = json.loads(run("info", "--json", capsys=capsys)[1])
    assert told["said"] == {"notes": 2, "rulings": 1, "plans": 0, "approved": 0}


def test_check_says_what_cannot_be_read(place, capsys):
    """Exit 0 for a good store; a line each and 74 for another."""
    assert run("check", capsys=capsys) == (0, "progcheck.db: all can be read\n", "")
    with Store.open("progcheck.db") as store:
        store.save([result_of("b", run=run_row(packed=b""))])
    code, out, err = run("check", capsys=capsys)
    assert code == 74
    assert out == "squad/b.fit: a stored review cannot be read: judge the run again\n"
    assert err == "progcheck.db: 1 problem\n"


def test_export_writes_a_table(place, capsys):
    """And says how many rows; nothing with --quiet."""
    assert run("export", "runs.csv", capsys=capsys) == (0, "", "3 runs written\n")
    assert run("export", "runs.parquet", "-q", capsys=capsys) == (0, "", "")
    rows = list(csv.DictReader((place / "runs.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["athlete"] for row in rows] == ["Anna", "Anna", "Ben"]


def test_forget_asks_first(place, capsys, monkeypatch):
    """No is no; --yes does not ask."""
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    code, out, err = run("forget", "Anna", capsys=capsys)
    assert (code, out) == (130, "")
    assert "Forget Anna, 2 runs, for good? [y/N]" in err
    assert run("forget", "Anna", "--yes", capsys=capsys) == (0, "", "2 recordings forgotten\n")
    assert b"Anna" not in (place / "progcheck.db").read_bytes()
    assert run("forget", "Anna", "--yes", "-q", capsys=capsys) == (0, "", "")


def test_a_slip_in_a_name_forgets_nobody(place, capsys):
    """It is told the one that was meant, before anything is asked."""
    code, _, err = run("forget", "Ana", capsys=capsys)
    assert code == 74
    assert err == "progcheck.db: there is no athlete 'Ana'; did you mean 'Anna'?\n"


def test_a_name_in_other_letters_is_not_said_to_be_forgotten(place, capsys):
    """Nor with --yes, where nobody looks twice."""
    code, _, err = run("forget", "ANNA", "--yes", capsys=capsys)
    assert code == 74
    assert err == "progcheck.db: there is no athlete 'ANNA'; did you mean 'Anna'?\n"


def decide(place):
    """Say where the blocks of one run lie, and by which plan two are judged."""
    with Store.open(str(place / "progcheck.db")) as store:
        store.set_ruling(content_of("a"), Ruling(-120.0, "clock"))
        store.set_plan(content_of("a"), GivenPlan("", b"15min easy,\n4x10min @ 4:00"))
        store.set_plan(content_of("c"), GivenPlan("tuesday.yaml", b"blocks: []"))


DECIDED = """\
squad/a.fit, Anna, 2026-03-10: block 1 began 2:00 before the recording and the clock places the \
blocks; by the plan 15min easy, …
squad/c.fit, Ben, 2026-03-10: by the plan tuesday.yaml
"""


def test_what_was_decided_is_listed(place, capsys):
    """A line a recording; for programs with the text of a plan that was typed."""
    nothing = "nothing was decided of any recording\n"
    assert run("decided", capsys=capsys) == (0, "", nothing)
    decide(place)
    assert run("decided", capsys=capsys) == (0, DECIDED, "")
    told = json.loads(run("decided", "c.fit", "squad/a.fit", "--json", capsys=capsys)[1])
    assert [each["content"] for each in told] == [content_of("c"), content_of("a")]
    assert told[1]["ruling"] == {"start_s": -120.0, "match": "clock"}
    assert told[1]["plan"] == {"name": None, "text": "15min easy,\n4x10min @ 4:00"}
    assert told[0]["plan"] == {"name": "tuesday.yaml", "text": None}


def test_what_was_decided_is_taken_back(place, capsys):
    """One thing or both, of the recordings that are named; it says when that counts."""
    decide(place)
    code, out, err = run("decided", "a.fit", "--take-back", "ruling", capsys=capsys)
    assert (code, out.startswith("squad/a.fit, Anna")) == (0, True)
    assert err == (
        "taken back: the next batch that finds the recording judges it anew; "
        "until then its review stays as it is\n"
    )
    listed = "squad/a.fit, Anna, 2026-03-10: by the plan 15min easy, …\n"
    assert run("decided", content_of("a")[:8], capsys=capsys) == (0, listed, "")
    both = ["a.fit", "c.fit", "--take-back", "both"]
    assert run("decided", *both, "--quiet", capsys=capsys)[2] == ""
    with Store.open("progcheck.db") as store:
        assert store.said() == {}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["b.fit"], "nothing was decided of 'b.fit': 'progcheck store decided' lists of what"),
        (["it"], "nothing was decided of 'it': 'progcheck store decided' lists of what"),
        (["x.fit"], "'x.fit' may be any of 2: one/x.fit, two/x.fit; write more of it"),
        (
            ["a.fit", "c.fit", "--take-back", "ruling"],
            "squad/c.fit: nobody said where the blocks lie",
        ),
    ],
)
def test_a_recording_that_is_not_meant_stays_decided(place, capsys, arguments, problem):
    """One line, and nothing is taken back of the others that are named either."""
    decide(place)
    with Store.open("progcheck.db") as store:
        for folder in ("one", "two"):
            store.save([result_of(folder)._replace(label=f"{folder}/x.fit")])
            store.set_ruling(content_of(folder), Ruling(60.0))
        before = store.said()
        assert run("decided", *arguments, capsys=capsys) == (74, "", f"progcheck.db: {problem}\n")
        assert store.said() == before


def test_nothing_is_taken_back_of_all_at_once(place, capsys):
    """Which one is meant has to be said."""
    code, _, err = run("decided", "--take-back", "both", capsys=capsys)
    assert (code, "--take-back needs a RECORDING" in err) == (2, True)


@pytest.mark.parametrize(
    "command", [["info"], ["check"], ["decided"], ["export", "x.csv"], ["forget", "Ben"]]
)
def test_a_store_that_is_not_there_is_one_line(tmp_path, monkeypatch, capsys, command):
    """Exit 74, and no store is made."""
    monkeypatch.chdir(tmp_path)
    line = "progcheck.db: there is no such store: check the name and the folder\n"
    assert run(*command, capsys=capsys) == (74, "", line)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_no_other_command_loads_a_database():
    """Neither a review nor the help of the store itself."""
    watched = ("sqlalchemy", "alembic", "sqlite3", "psycopg", "pyarrow", "analyzer.archive")
    assert loaded(SAMPLES / "steady.fit", "--plan", PLAN, watched=watched) == set()
    assert loaded("store", "--help", watched=watched) == set()
