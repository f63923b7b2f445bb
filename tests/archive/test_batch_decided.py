"""A batch obeys what a person decided of a recording, and neither undoes it nor does it twice."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from analyzer.archive import batch as batch_module
from analyzer.archive.judge import content_key
from analyzer.archive.keep import keep_run
from analyzer.archive.rules import Rules, inputs_digest
from analyzer.archive.said import Decided, GivenPlan, Ruling, Said
from analyzer.archive.sources.find import find
from analyzer.archive.store.packed import unpack
from analyzer.archive.store.store import Store
from analyzer.parsers.read import read_bytes
from analyzer.review.pipeline import review_activity
from analyzer.review.plan_source import read_plan
from analyzer.scorer.method import METHOD
from analyzer.structs import replace
from tests.archive.batches import BY_LINE, judged
from tests.builders.exports import KINDS, PLAN, PLAN_LINE, activities
from tests.builders.simulate import simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.archive.store.records import StoredRun

pytestmark = pytest.mark.slow  # each makes several batches, with workers of their own

RUNS = [each.content for each in activities(2, every_other_sport=0)]
FIRST, SECOND = (content_key(content) for content in RUNS)
START_S = 75.0
FASTER = PLAN_LINE.replace("4:40", "4:41")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in" / "anna"
    made.mkdir(parents=True)
    for name, content in zip("ab", RUNS, strict=True):
        (made / f"{name}.fit").write_bytes(content)
    return tmp_path / "in"


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Path:
    judged(folder, tmp_path / "s.db")
    return tmp_path / "s.db"


def runs_in(store: Path) -> dict[str, StoredRun]:
    with Store.open(str(store)) as kept:
        return {run.content: run for run in kept.runs()}


def say(store: Path, content: str, said: Ruling | GivenPlan | None) -> None:
    with Store.open(str(store)) as kept:
        if isinstance(said, GivenPlan):
            kept.set_plan(content, said)
        else:
            kept.set_ruling(content, said)


def counts(folder: Path, store: Path, rules: Rules = BY_LINE) -> tuple[int, int]:
    """Run a batch; return how many were judged, and how many stayed as they were."""
    account = judged(folder, store, rules)
    return account.count("reviewed"), account.count("unchanged")


def test_a_ruling_is_obeyed_once_and_the_review_is_that_of_start(folder, store):
    before = runs_in(store)
    say(store, FIRST, Ruling(START_S, "clock"))
    assert counts(folder, store) == (1, 1)
    after = runs_in(store)
    assert after[SECOND] == before[SECOND]
    plan = replace(read_plan(PLAN_LINE), start_s=START_S, match="clock")
    ruled = review_activity(read_bytes(RUNS[0], "anna/a.fit"), plan)
    assert unpack(after[FIRST].run.packed).blocks == ruled.blocks
    assert after[FIRST].run.score == ruled.score.overall
    assert ruled.blocks[0].start_s == START_S
    assert counts(folder, store) == (0, 2)


def test_a_ruling_that_is_taken_back_gives_the_first_review_again(folder, store):
    before = runs_in(store)
    say(store, FIRST, Ruling(START_S))
    judged(folder, store)
    assert runs_in(store) != before
    say(store, FIRST, None)
    assert counts(folder, store) == (1, 1)
    assert runs_in(store) == before


def test_another_plan_for_all_is_obeyed_with_the_ruling(folder, store):
    say(store, FIRST, Ruling(START_S))
    assert counts(folder, store, Rules(FASTER)) == (2, 0)
    review = unpack(runs_in(store)[FIRST].run.packed)
    assert review.blocks[0].start_s == START_S
    assert review.blocks[1].planned.pace_s_per_km == pytest.approx(281.0)


@pytest.mark.parametrize("start_s", [1e6, -1e6], ids=["after the end", "before the start"])
def test_a_ruling_that_the_plan_refuses_fails_its_file_in_one_line_and_no_review_is_lost(
    folder, store, start_s
):
    before = runs_in(store)
    say(store, FIRST, Ruling(start_s))
    for _ in range(2):
        account = judged(folder, store).as_json()
        (failed,) = account["failed"]
        assert failed["source"] == "anna/a.fit"
        assert failed["reason"].startswith("block 1 cannot start")
        assert failed["reason"].endswith("its earlier review stays")
        assert len(failed["reason"].splitlines()) == 1
        assert account["unchanged"] == 1
    assert runs_in(store) == before


@pytest.mark.parametrize(
    "plan",
    [
        GivenPlan("", FASTER.encode()),
        GivenPlan("", b"blocks:\n  - 5min easy @ 5:30\n  - 3x4min @ 4:41, 4:30, 4:20"),
        GivenPlan("p.yaml", b"blocks: [5min easy @ 5:30, '3x4min @ 4:41, 4:30, 4:20']"),
    ],
    ids=["typed", "typed as a file has it", "a file"],
)
@pytest.mark.parametrize("rules", [BY_LINE, Rules()], ids=["with --plan", "without"])
def test_a_plan_given_to_one_run_is_that_of_every_batch(folder, store, plan, rules):
    say(store, FIRST, plan)
    account = judged(folder, store, rules)
    assert account.count("reviewed") == 1
    paces = {c: run.run.blocks[1].planned_s_per_km for c, run in runs_in(store).items()}
    assert paces == {FIRST: pytest.approx(281.0), SECOND: pytest.approx(280.0)}
    once = runs_in(store)
    again = judged(folder, store, rules)
    assert (again.count("reviewed"), again.count("unchanged")) == (0, 2 if rules.plan else 1)
    assert runs_in(store) == once


def test_a_given_plan_that_cannot_be_read_fails_its_file_and_no_review_is_lost(folder, store):
    before = runs_in(store)
    say(store, FIRST, GivenPlan("x.yaml", b"blocks: [10min @ fast]"))
    account = judged(folder, store).as_json()
    (failed,) = account["failed"]
    assert failed["source"] == "anna/a.fit"
    assert "x.yaml" in failed["reason"]
    assert runs_in(store) == before


def test_a_note_and_a_message_judge_nothing_again(folder, store, monkeypatch):
    with Store.open(str(store)) as kept:
        kept.set_note(FIRST, "Ask about the heel.")
    monkeypatch.setattr(batch_module, "each", lambda tasks, *_: iter(list(tasks)))
    assert counts(folder, store) == (0, 2)


def test_a_recording_of_which_nothing_was_decided_is_known_by_what_it_always_was(folder):
    found = next(iter(find([folder])))
    parts = (METHOD, "anna", "", "anna", PLAN_LINE)  # by its place, no sport, whose, the plan
    always = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    assert inputs_digest(BY_LINE, found, "anna", None) == always


@pytest.mark.parametrize("rules", [BY_LINE, Rules()], ids=["with --plan", "without"])
def test_a_run_that_was_kept_from_a_page_is_left_as_it_is_by_a_batch(tmp_path, folder, rules):
    store = tmp_path / "page.db"
    decided = Decided(Ruling(START_S), GivenPlan("", FASTER.encode()))
    with Store.open(str(store), create=True) as kept:
        keep_run(kept, RUNS[0], "dropped.fit", decided=decided, athlete="anna")
    before = runs_in(store)[FIRST]
    account = judged(folder, store, rules)
    assert account.count("unchanged") == 1
    assert runs_in(store)[FIRST] == before


def test_a_run_of_nobody_that_was_kept_is_its_folders_athletes_by_the_same_plan(tmp_path, folder):
    store = tmp_path / "page.db"
    with Store.open(str(store), create=True) as kept:
        keep_run(kept, RUNS[0], "a.fit", decided=Decided(plan=GivenPlan("", FASTER.encode())))
    judged(folder, store)
    run = runs_in(store)[FIRST]
    assert run.athlete == "anna"
    assert run.run.blocks[1].planned_s_per_km == pytest.approx(281.0)


def test_what_was_said_of_a_file_goes_on_with_the_one_that_counts_in_its_place(tmp_path):
    run = simulate(PLAN, KINDS[0], seed=3)
    folder, store = tmp_path / "in", tmp_path / "s.db"
    folder.mkdir()
    (folder / "a.gpx").write_bytes(write_gpx(run))
    judged(folder, store)
    (gpx,) = runs_in(store)
    with Store.open(str(store)) as kept:
        kept.set_note(gpx, "Ask about the heel.")
    (folder / "b.fit").write_bytes(write_fit(run))
    judged(folder, store)
    (fit,) = runs_in(store)
    with Store.open(str(store)) as kept:
        assert kept.said() == {fit: Said(note="Ask about the heel.")}
        assert kept.known([gpx])[gpx].outcome == "duplicate"
