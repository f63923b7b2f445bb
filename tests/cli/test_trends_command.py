"""``progcheck trends``: whose, of which days, where to, and what is said when there is nothing."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from analyzer.report.forms import FORMS
from tests.builders import command
from tests.builders.run_rows import run_row_of
from tests.builders.stores import stored


class Done(NamedTuple):
    """What a command left."""

    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys):
    """Run one command line in this process."""
    return lambda *words: Done(*command.run(*words, capsys=capsys))


def weeks(scores):
    """One run a week."""
    return [run_row_of(7 * i, float(score)) for i, score in enumerate(scores)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Anna learns, Ben has three runs, and two runs are nobody's."""
    path = tmp_path_factory.mktemp("store") / "squad.db"
    rows = {"Anna": weeks(range(60, 78, 2)), "Ben": weeks((40, 60, 80)), None: weeks((1, 2))}
    return str(stored(path, rows))


def test_everybody_is_followed(store, run):
    """Everyone with a name; runs of nobody are left out, and that is said."""
    done = run("trends", "--store", store)
    assert done.exit_code == 0
    assert "Anna is learning patience: +9 points a month over 9 equal sessions" in done.stdout
    assert "Ben: no trend can be told from 3 runs; it takes at least 5 of one" in done.stdout
    assert done.stderr == "runs of nobody are left out: 2\n"


def test_one_athlete_by_name(store, run):
    """Large and small letters are alike."""
    done = run("trends", "ben", "--store", store)
    assert "Anna" not in done.stdout
    assert done.stdout.startswith("Trends · Ben · 3 runs · 5 to 19 January 2026")


@pytest.mark.parametrize(
    ("name", "hint"), [("Ana", "did you mean 'Anna'?"), ("Zoe", "there are Anna, Ben")]
)
def test_an_unknown_athlete_is_told_who_was_meant(store, run, name, hint):
    """Exit 2, one line."""
    done = run("trends", name, "--store", store)
    assert done.exit_code == 2
    assert hint in done.stderr
    assert done.stderr.count("\n") == 1


def test_only_runs_of_the_days(store, run):
    """Both days count: weeks 2 to 5 are four runs, too few."""
    done = run("trends", "Anna", "--store", store, "--since", "2026-01-12", "--until", "2026-02-02")
    assert "Anna: no trend can be told from 4 runs" in done.stdout


def test_json_is_one_document(store, run):
    """Programs read English whatever the report speaks; unknown is null."""
    done = run("trends", "--store", store, "--json", "--lang", "de", "-q")
    found = json.loads(done.stdout)
    anna, ben = found["athletes"]
    assert anna["measures"]["score"]["shown"] == "better"
    assert anna["measures"]["score"]["per_month"] == pytest.approx(8.7, abs=0.01)
    assert ben["measures"]["score"]["low"] is None
    assert ben["sentences"][0].startswith("Ben: no trend can be told")
    assert done.stderr == ""


@pytest.mark.parametrize(
    "form", [f for f in FORMS.values() if f.name != "pdf"], ids=lambda f: f.name
)
def test_every_form_is_written(store, run, tmp_path, form):
    """Its ending chooses it; nothing goes to stdout then."""
    path = tmp_path / f"trends{form.ending}"
    done = run("trends", "--store", store, "-o", str(path))
    assert (done.exit_code, done.stdout) == (0, "")
    assert path.stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--since", "2030-01-01"), 74, "no run of these days is in it"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), 2, "--since is after --until"),
        (("-o", "trends.doc"), 2, "no known ending"),
    ],
)
def test_what_cannot_be_is_one_line(store, run, words, code, said):
    """And nothing is written."""
    done = run("trends", "--store", store, *words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_store_is_one_line(run, tmp_path):
    """It is not made by asking."""
    path = tmp_path / "none.db"
    done = run("trends", "--store", str(path))
    assert done.exit_code == 74
    assert done.stderr.count("\n") == 1
    assert not path.exists()
