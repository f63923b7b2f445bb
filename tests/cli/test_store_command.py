"""``progcheck store``: figures, checks, tables, and an athlete forgotten."""

import csv
import io
import json

import pytest

from analyzer.archive.said import Ruling
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


@pytest.mark.parametrize("command", [["info"], ["check"], ["export", "x.csv"], ["forget", "Ben"]])
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
