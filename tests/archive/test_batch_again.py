"""A batch that is run again: what was reviewed stays right, whatever was moved or left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from analyzer.archive import batch as batch_module
from analyzer.archive.batch import Batch
from analyzer.archive.rules import Rules
from analyzer.archive.sources.find import find
from analyzer.archive.sources.opening import open_found
from analyzer.archive.store.store import Store
from analyzer.errors import StoreError
from tests.archive.batches import BY_LINE, judged
from tests.builders.exports import KINDS, PLAN, PLAN_LINE, activities
from tests.builders.simulate import simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.archive.records import Result
    from analyzer.archive.store.records import StoredRun

pytestmark = pytest.mark.slow  # each makes several batches, with workers of their own

SQUAD = "athletes:\n  anna: {files: ['anna*']}\n  ben: {files: ['ben*']}\n"
FASTER = PLAN_LINE.replace("4:40", "4:41")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


def runs_in(store: Path) -> list[StoredRun]:
    with Store.open(str(store)) as kept:
        return list(kept.runs())


def put(folder: Path, name: str, number: int = 0) -> Path:
    """Lay a run into a folder; each number is of another day."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(activities(number + 1, every_other_sport=0)[number].content)
    return path


def test_a_store_in_the_folder_that_it_is_about_is_no_failed_recording(folder):
    put(folder, "anna/a.fit")
    store = folder / "squad.sqlite"
    with Store.open(str(store), create=True) as open_elsewhere:
        open_elsewhere.info()
        judged(folder, store)
        there = len(list(folder.rglob("*.*")))
        account = judged(folder, store).as_json()
    assert there > 2  # the log of the store beside it
    assert account["found"] == there
    assert account["failed"] == []
    assert {each["code"] for each in account["skipped"]} == {"other_file"}


@pytest.mark.parametrize("name", ["Makefile", "squad", "notes.17"])
@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(90), b"words\n"])
def test_what_is_no_recording_by_name_and_content_is_passed_over(folder, store, name, content):
    (folder / name).write_bytes(content)
    assert [e["code"] for e in judged(folder, store).as_json()["skipped"]] == ["other_file"]


def test_a_recording_without_an_ending_is_reviewed(folder, store):
    put(folder, "3F2A")
    assert judged(folder, store).count("reviewed") == 1


@pytest.mark.parametrize(
    "rules",
    [
        Rules(),
        BY_LINE._replace(since=dt.date(2027, 1, 1)),
        Rules(FASTER, since=dt.date(2027, 1, 1)),
    ],
    ids=["no plan", "a later first day", "a later first day and another plan"],
)
def test_a_review_stays_where_the_next_call_has_no_plan_for_it_or_another_first_day(
    folder, store, rules
):
    put(folder, "anna/a.fit")
    judged(folder, store)
    before = runs_in(store)
    account = judged(folder, store, rules).as_json()
    assert len(account["skipped"]) == 1
    assert runs_in(store) == before
    assert judged(folder, store).count("unchanged") == 1


def test_another_plan_takes_the_place_of_the_one_before(folder, store):
    put(folder, "anna/a.fit")
    judged(folder, store)
    assert judged(folder, store, Rules(FASTER)).count("reviewed") == 1
    (run,) = runs_in(store)
    assert run.run.blocks[1].planned_s_per_km == 281.0


def test_a_file_that_vanishes_while_it_is_its_turn_is_judged_when_it_is_back(
    folder, store, monkeypatch
):
    path = put(folder, "anna/a.fit")
    content = path.read_bytes()

    def gone_after_it_was_opened(found):
        try:
            return open_found(found)
        finally:
            path.unlink()

    with monkeypatch.context() as patched:
        patched.setattr(batch_module, "open_found", gone_after_it_was_opened)
        account = judged(folder, store).as_json()
    assert [each["reason"] for each in account["failed"]] == ["no longer there: look for it again"]
    path.write_bytes(content)
    assert judged(folder, store).count("reviewed") == 1


def test_a_file_that_grows_between_two_looks_is_kept_as_what_was_judged(folder, store, monkeypatch):
    path = put(folder, "anna/a.fit")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    def finished_after_it_was_opened(found):
        try:
            return open_found(found)
        finally:
            path.write_bytes(whole)

    with monkeypatch.context() as patched:
        patched.setattr(batch_module, "open_found", finished_after_it_was_opened)
        assert judged(folder, store).count("reviewed") == 1
    assert judged(folder, store).count("unchanged") == 1
    assert len(runs_in(store)) == 1


@pytest.mark.parametrize("share", [0.4, 0.7, 0.99])
def test_half_a_file_that_was_judged_gives_way_to_the_whole_one(folder, store, share):
    path = put(folder, "anna/a.fit")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    judged(folder, store)
    path.write_bytes(whole)
    assert judged(folder, store).count("reviewed") == 1
    (run,) = runs_in(store)
    assert not run.is_recovered


def test_a_run_stays_when_another_one_is_laid_in_its_file(folder, store):
    put(folder, "anna/latest.fit", 0)
    judged(folder, store)
    put(folder, "anna/latest.fit", 1)
    judged(folder, store)
    assert len(runs_in(store)) == 2


def test_a_run_that_is_renamed_to_another_athletes_is_theirs(folder, store):
    squad = folder.parent / "athletes.yaml"
    squad.write_text(SQUAD)
    rules = BY_LINE._replace(athletes=str(squad))
    path = put(folder, "anna 1.fit")
    judged(folder, store, rules)
    path.rename(folder / "ben 1.fit")
    judged(folder, store, rules)
    assert [run.athlete for run in runs_in(store)] == ["ben"]


def test_a_run_that_is_moved_between_athletes_of_a_group_is_the_others(folder, store):
    squad = folder.parent / "athletes.yaml"
    squad.write_text("athletes:\n  anna: {}\n  ben: {}\n")
    rules = BY_LINE._replace(athletes=str(squad))
    path = put(folder, "women/anna/a.fit")
    judged(folder, store, rules)
    assert [run.athlete for run in runs_in(store)] == ["anna"]
    (folder / "women" / "ben").mkdir()
    path.rename(folder / "women" / "ben" / "a.fit")
    judged(folder, store, rules)
    assert [run.athlete for run in runs_in(store)] == ["ben"]


def test_an_athletes_folder_given_by_itself_takes_no_run_from_its_athlete(folder, store):
    put(folder, "anna/a.fit")
    judged(folder, store)
    assert judged(folder / "anna", store).count("unchanged") == 1
    judged(folder / "anna", store, Rules(FASTER))
    assert [run.athlete for run in runs_in(store)] == ["anna"]


def test_a_recording_in_the_folders_of_two_athletes_is_asked_about(folder, store):
    put(folder, "anna/a.fit")
    put(folder, "ben/a.fit")
    account = judged(folder, store).as_json()
    assert (account["found"], account["reviewed"], len(account["duplicates"])) == (2, 1, 1)
    (asked,) = account["asked"]
    assert asked["source"] == "ben/a.fit"
    assert "'anna' or 'ben'" in asked["question"]


def test_what_could_not_be_read_is_tried_again_by_another_progcheck(folder, store, monkeypatch):
    put(folder, "anna/a.fit").write_bytes(b"\x0e\x10nothing of use" * 20)
    judged(folder, store)
    told: list[str] = []

    def watched(tasks, work, workers):
        told.extend(task.found.label for task in tasks)
        return iter(())

    monkeypatch.setattr(batch_module, "each", watched)
    judged(folder, store)
    assert told == []
    monkeypatch.setattr("analyzer.archive.earlier.READER", "progcheck of tomorrow")
    judged(folder, store)
    assert told == ["anna/a.fit"]


def test_results_that_could_not_be_saved_are_tried_once_more_before_the_batch_ends(
    folder, store, monkeypatch
):
    put(folder, "anna/a.fit")
    save = Store.save
    refused: list[list[Result]] = []

    def refuses_once(self, results, **more):
        made = list(results)
        if made and not refused:
            refused.append(made)
            raise StoreError("s.db", "is locked")  # noqa: EM101
        save(self, made, **more)

    monkeypatch.setattr(Store, "save", refuses_once)
    monkeypatch.setattr(batch_module, "WAIT_S", 0.0)  # each result is kept at once
    with pytest.raises(StoreError):
        judged(folder, store)
    assert len(runs_in(store)) == len(refused) == 1


def test_the_same_run_mended_in_its_place_is_judged_anew_in_any_format(folder, store):
    for kind in (KINDS[0], KINDS[1]):
        (folder / "a.gpx").write_bytes(write_gpx(simulate(PLAN, kind, seed=3)))
        assert judged(folder, store).count("reviewed") == 1
    assert len(runs_in(store)) == 1
    (folder / "b.fit").write_bytes(write_fit(simulate(PLAN, KINDS[1], seed=3)))
    assert judged(folder, store).count("reviewed") == 1
    assert [run.label for run in runs_in(store)] == ["b.fit"]


def test_the_squad_may_grow_and_only_those_whose_paces_changed_are_judged_again(folder, store):
    squad = folder.parent / "athletes.yaml"
    plan = "5min easy, 4min @ threshold, 4:30, 4:20"
    paces = "  {}: {{paces: {{easy: '5:30', threshold: '{}'}}}}\n"
    rules = Rules(plan=plan, athletes=str(squad))
    for number, name in enumerate(("anna", "ben", "eve")):
        put(folder, f"{name}/a.fit", number)

    def reviewed_with(**thresholds: str) -> int:
        squad.write_text(
            "athletes:\n" + "".join(paces.format(*each) for each in thresholds.items())
        )
        return judged(folder, store, rules).count("reviewed")

    assert reviewed_with(anna="4:40", ben="4:40") == 2
    assert reviewed_with(anna="4:40", ben="4:45") == 1
    assert reviewed_with(anna="4:40", ben="4:45", eve="4:30") == 1
    assert reviewed_with(eve="4:30", anna="4:40", ben="4:45") == 0


def test_a_watch_that_is_entered_for_somebody_decides_where_the_place_says_nothing(folder, store):
    squad = folder.parent / "athletes.yaml"
    rules = BY_LINE._replace(athletes=str(squad))
    (folder / "a.fit").write_bytes(write_fit(simulate(PLAN, KINDS[0], seed=3)))
    squad.write_text("athletes:\n  anna: {}\n")
    assert len(judged(folder, store, rules).as_json()["asked"]) == 1
    device = runs_in(store)[0].run.device
    squad.write_text(f"athletes:\n  anna: {{devices: ['{device}']}}\n")
    assert judged(folder, store, rules).as_json()["asked"] == []
    assert [run.athlete for run in runs_in(store)] == ["anna"]


def test_halves_that_two_batches_judged_at_once_both_give_way_to_the_whole_file(folder, store):
    path = put(folder, "anna/a.fit")
    whole = path.read_bytes()
    found = list(find([folder]))
    with Store.open(str(store), create=True) as kept:
        both = [Batch(found, BY_LINE, kept, lambda result, done, total: None) for _ in range(2)]
        for batch, share in zip(both, (0.4, 0.7), strict=True):
            path.write_bytes(whole[: int(len(whole) * share)])
            batch.run(1)
    assert len(runs_in(store)) == 2  # neither knew of the other
    path.write_bytes(whole)
    judged(folder, store)
    (run,) = runs_in(store)
    assert not run.is_recovered
