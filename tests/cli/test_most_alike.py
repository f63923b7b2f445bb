"""A review beside the athlete's earlier runs, from the store that ``batch`` keeps."""

from __future__ import annotations

import gzip
import json
import zipfile

import pytest

from analyzer.archive.batch import Batch
from analyzer.archive.rules import Rules
from analyzer.archive.sources.find import find
from analyzer.archive.store.store import Store
from tests.builders.command import run
from tests.places import SAMPLES

PLAN = "15 min easy @ 5:00, 4 x 10 min @ 4:00, 3:50, 3:40, 3:30"
ANNA = "WorkoutFileExport-Berg-Anna-2026-03-01-2026-03-31.zip"


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """Keep the sample evening in a store; lay Anna's last run of it beside that."""
    folder = tmp_path_factory.mktemp("evening")
    rules = Rules(athletes=str(SAMPLES / "evening" / "athletes.yaml"))
    with Store.open(str(folder / "s.db"), create=True) as store:
        found = list(find([SAMPLES / "evening"]))
        account = Batch(found, rules, store, lambda result, done, total: None).run(1)
    assert account.count("reviewed") == 17
    with zipfile.ZipFile(SAMPLES / "evening" / ANNA) as archive:
        last = max(n for n in archive.namelist() if "2026-03-31" in n)
        (folder / "last.fit").write_bytes(gzip.decompress(archive.read(last)))
    return folder


def reviewed(evening, capsys, *more):
    run_file, store = str(evening / "last.fit"), str(evening / "s.db")
    return run(run_file, "--plan", PLAN, "--store", store, *more, capsys=capsys)


def test_a_review_names_the_same_session_of_the_week_before(evening, capsys):
    _, out, _ = reviewed(evening, capsys, "--name", "anna")
    assert "Against the same session on 24 March 2026" in " ".join(out.split())


def test_json_has_what_differs_from_that_run(evening, capsys):
    _, out, _ = reviewed(evening, capsys, "--name", "Anna", "--json")
    alike = json.loads(out)["most_alike"]
    assert (alike["day"], alike["session"]) == ("2026-03-24", "same")
    assert alike["points"] == pytest.approx(97 - 96, abs=1)  # as the evening's scores are


def test_nobody_is_guessed_among_several_athletes(evening, capsys):
    code, _, err = reviewed(evening, capsys)
    assert code == 2
    assert "say whose run this is" in err


def test_an_athlete_who_is_not_there_is_asked_about(evening, capsys):
    code, _, err = reviewed(evening, capsys, "--name", "Bea")
    assert code == 2
    assert "no athlete 'Bea' in the store" in err


def test_an_anonymous_review_names_no_day_of_another_run(evening, capsys):
    _, out, _ = reviewed(evening, capsys, "--name", "anna", "--anonymous", "--json")
    assert json.loads(out)["most_alike"] is None
