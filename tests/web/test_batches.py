"""Batches of the server: the same account as at the terminal, and nothing left behind."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import pytest

from analyzer.errors import PlanError, StoreError
from analyzer.web.batches import Batches
from analyzer.web.refusals import RefusedError
from analyzer.web.settings import Settings
from analyzer.web.upload import Upload
from tests.builders.command import run
from tests.builders.exports import PLAN_LINE, activities

NAMES = ("anna/one.fit", "anna/two.fit", "ben/one.fit", "ben/notes.txt")


def uploaded(*names: str) -> Upload:
    """Return an upload of runs, each of another day; a text is no recording."""
    upload = Upload()
    for made, name in zip(activities(len(names), every_other_sport=0), names, strict=True):
        with upload.open(name) as file:
            file.write(made.content if name.endswith(".fit") else b"hello")
    return upload


def over(batches: Batches, name: str):
    """Wait until a batch is over."""
    until = time.monotonic() + 100
    while not (progress := batches.get(name)).is_over:
        assert time.monotonic() < until
        time.sleep(0.02)
    return progress


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Give temporary files a folder of our own, as other tests make some too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.slow
def test_the_account_is_the_one_of_the_terminal(tmp_path, temporary, capsys):
    """What came as an upload is accounted for as the same folder is by ``batch --json``."""
    upload = uploaded(*NAMES)
    plan = upload.plan(PLAN_LINE.encode())
    folder = tmp_path / "files"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((Path(upload.top) / name).read_bytes())
    batches = Batches(Settings(str(tmp_path / "web.db")))
    begun = batches.start(upload, plan)
    assert begun.state in ("waiting", "running")
    made = over(batches, begun.id)
    batch = ("batch", folder, "--plan", PLAN_LINE, "--store", tmp_path / "cli.db", "--json", "-q")
    _, printed, _ = run(*batch, capsys=capsys)
    assert (made.state, made.done, made.total) == ("done", 4, 4)
    assert made.account == json.loads(printed)
    assert not list(temporary.iterdir())


@pytest.mark.slow
def test_a_batch_waits_for_its_turn_and_can_be_taken_out_of_it(tmp_path):
    """One at a time; whoever waits is told how many come before."""
    batches = Batches(Settings(str(tmp_path / "s.db")))
    first, second, third = (
        batches.start(upload, upload.plan(PLAN_LINE.encode()))
        for upload in (uploaded("a.fit"), uploaded("b.fit"), uploaded("c.fit"))
    )
    assert (second.state, second.ahead, third.ahead) == ("waiting", 1, 2)
    assert batches.end(second.id).state == "ended"
    assert batches.get(third.id).ahead in (0, 1)
    assert over(batches, first.id).account["reviewed"] == 1
    assert over(batches, third.id).account["unchanged"] == 1  # the same run
    assert [each.id for each in batches.all()] == [third.id, second.id, first.id]


@pytest.mark.slow
def test_what_was_judged_before_a_batch_was_ended_is_kept(tmp_path):
    """The account of a batch that somebody ended has what was judged, and so has the store."""
    batches = Batches(Settings(str(tmp_path / "s.db")))
    upload = uploaded(*(f"{n}.fit" for n in range(60)))
    begun = batches.start(upload, upload.plan(PLAN_LINE.encode()))
    while not (batches.get(begun.id).done or batches.get(begun.id).is_over):
        time.sleep(0.01)
    batches.end(begun.id)
    made = over(batches, begun.id)
    assert made.state in ("ended", "done")  # done, if the machine was that fast
    again = uploaded(*(f"{n}.fit" for n in range(60)))
    account = over(batches, batches.start(again, again.plan(PLAN_LINE.encode())).id).account
    assert 0 < made.account["reviewed"] <= 60
    assert account["reviewed"] + account["unchanged"] == 60
    assert account["unchanged"] >= made.account["reviewed"]


def test_a_batch_that_cannot_begin_leaves_nothing(tmp_path, temporary):
    """A plan that is none, a store that is none, an upload of nothing: an error, no folder."""
    batches = Batches(Settings(str(tmp_path / "s.db")))
    upload = uploaded("a.fit")
    with pytest.raises(PlanError):
        batches.start(upload, upload.plan(b"4x run"))
    with pytest.raises(RefusedError, match="no file"):
        batches.start(Upload())
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError):
        Batches(Settings(str(tmp_path / "broken.db"))).start(uploaded("a.fit"))
    with pytest.raises(RefusedError, match="no such batch"):
        batches.get("x")
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("squad/ANNA/run.fit", "squad/ANNA/run.fit"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/cron.d/x.fit", "etc/cron.d/x.fit"),
        ("C:\\Users\\anna\\run.fit", "C_/Users/anna/run.fit"),
        ("..", "recording"),
        ("", "recording"),
        ("a\0b\n\x1b[31m.fit", "ab[31m.fit"),
        ("run.fit. . ", "run.fit"),
        ("\udcff.fit", ".fit"),
        ("é" * 300 + ".fit", "é" * 56 + ".fit"),
        ("a/" * 40 + "run.fit", "a/" * 6 + "run.fit"),
    ],
)
def test_no_name_leads_out_of_the_folder(name, kept):
    """Folders stay folders, and whatever is no name is left out."""
    upload = Upload()
    with upload.open(name) as file:
        file.write(b"x")
    found = [p for p in Path(upload.top).parent.rglob("*") if p.is_file()]
    top = upload._folder / "files"
    assert [p.relative_to(top).as_posix() for p in top.rglob("*") if p.is_file()] == [kept]
    assert len(found) == 1
    upload.drop()


def test_two_files_of_one_name_are_both_kept():
    """Two watches call their files alike."""
    upload = Upload()
    for content in (b"1", b"2"):
        with upload.open("run.fit") as file:
            file.write(content)
    assert sorted(p.name for p in Path(upload.top).iterdir()) == ["run (2).fit", "run.fit"]
    upload.drop()
