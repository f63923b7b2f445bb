"""A batch: every file is found, judged once, kept and accounted for, whatever happens."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from analyzer.archive import batch as batch_module
from analyzer.archive.rules import Rules
from analyzer.archive.store.store import Store
from tests.archive.batches import BY_LINE, exported, judged
from tests.builders.exports import KINDS, PLAN, PLAN_LINE, squad_exports
from tests.builders.simulate import simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx

if TYPE_CHECKING:
    from tests.builders.exports import SquadExports

SUMS = ("reviewed", "unchanged", "recovered")
LISTS = ("duplicates", "skipped", "failed")


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> SquadExports:
    return squad_exports(tmp_path_factory.mktemp("squad"), count=40, athletes=5)


@pytest.fixture(scope="module")
def rules(squad: SquadExports) -> Rules:
    return BY_LINE._replace(athletes=str(squad.athletes_file))


def runs_of(squad: SquadExports) -> int:
    """Return how many runs there are in truth."""
    return sum(f.activity is not None and f.activity.sport == "running" for f in squad.files)


def a_run(seed: int = 1) -> bytes:
    return write_fit(simulate(PLAN, KINDS[0], seed=seed))


def test_the_account_of_a_squads_exports_is_the_truth(squad, rules, tmp_path):
    account = judged(squad.folder, tmp_path / "s.db", rules).as_json()
    assert account["found"] == len(squad.files)
    assert account["reviewed"] == runs_of(squad)
    assert account["failed"] == account["duplicates"] == account["asked"] == []
    rides = sum(f.activity is not None and f.activity.sport == "cycling" for f in squad.files)
    assert sum(each["code"] == "other_sport" for each in account["skipped"]) == rides
    assert account["found"] == sum(account[k] for k in SUMS) + sum(len(account[k]) for k in LISTS)


def test_every_run_is_kept_under_the_name_of_the_athletes_file(squad, rules, tmp_path):
    judged(squad.folder, tmp_path / "s.db", rules)
    with Store.open(str(tmp_path / "s.db")) as store:
        kept = {athlete.name: athlete.runs for athlete in store.athletes()}
    truth = {
        person.key: sum(
            f.athlete == person.key and f.activity is not None and f.activity.sport == "running"
            for f in squad.files
        )
        for person in squad.people
    }
    assert kept == truth


def test_one_and_two_workers_give_the_same_bytes(squad, rules, tmp_path):
    accounts = [
        judged(squad.folder, tmp_path / f"{jobs}.db", rules, jobs=jobs).as_json() for jobs in (1, 2)
    ]
    assert accounts[0] == accounts[1]
    assert exported(tmp_path / "1.db") == exported(tmp_path / "2.db")


def test_a_second_run_opens_no_recording(squad, rules, tmp_path, monkeypatch):
    first = judged(squad.folder, tmp_path / "s.db", rules).as_json()

    def no_worker(tasks, work, workers):
        assert list(tasks) == []
        return iter(())

    monkeypatch.setattr(batch_module, "each", no_worker)
    second = judged(squad.folder, tmp_path / "s.db", rules).as_json()
    assert second["unchanged"] == first["reviewed"]
    assert second["reviewed"] == 0
    assert {k: first[k] for k in LISTS} == {k: second[k] for k in LISTS}


def test_one_run_in_three_formats_counts_once_and_the_fit_file_is_kept(tmp_path):
    run = simulate(PLAN, KINDS[0], seed=3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.gpx").write_bytes(write_gpx(run))
    (tmp_path / "in" / "b.fit").write_bytes(write_fit(run))
    (tmp_path / "in" / "c.tcx").write_bytes(write_tcx(run))
    account = judged(tmp_path / "in", tmp_path / "s.db").as_json()
    assert account["reviewed"] == 1
    assert account["duplicates"] == [
        {"source": "a.gpx", "same_as": "b.fit"},
        {"source": "c.tcx", "same_as": "b.fit"},
    ]


def test_another_copy_of_a_run_that_is_kept_already_is_known_the_next_day(tmp_path):
    run = simulate(PLAN, KINDS[0], seed=3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.fit").write_bytes(write_fit(run))
    judged(tmp_path / "in", tmp_path / "s.db")
    (tmp_path / "in" / "z.gpx").write_bytes(write_gpx(run))
    account = judged(tmp_path / "in", tmp_path / "s.db").as_json()
    assert (account["unchanged"], account["reviewed"]) == (1, 0)
    assert account["duplicates"] == [{"source": "z.gpx", "same_as": "b.fit"}]


def test_the_same_bytes_twice_are_one_run(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.fit", "b.fit"):
        (tmp_path / "in" / name).write_bytes(a_run())
    account = judged(tmp_path / "in", tmp_path / "s.db").as_json()
    assert account["duplicates"] == [{"source": "b.fit", "same_as": "a.fit"}]


def test_what_is_damaged_is_judged_as_far_as_it_goes_or_named(tmp_path):
    (tmp_path / "in").mkdir()
    whole = a_run()
    (tmp_path / "in" / "cut.fit").write_bytes(whole[: len(whole) * 9 // 10])
    (tmp_path / "in" / "junk.fit").write_bytes(b"\x0e\x10nothing of use" * 20)
    account = judged(tmp_path / "in", tmp_path / "s.db").as_json()
    assert account["recovered"] == 1
    assert [each["source"] for each in account["failed"]] == ["junk.fit"]


def test_a_plan_for_another_day_changes_nothing_and_one_for_the_day_judges_again(tmp_path):
    run = simulate(PLAN, KINDS[0], seed=3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.fit").write_bytes(write_fit(run))
    plans = tmp_path / "plans"
    plans.mkdir()
    rules = Rules(plans=str(plans))
    blocks = "blocks: [5min easy @ 5:30, '3x4min @ 4:40, 4:30, 4:20']\n"
    (plans / "2026-03-06 session.yaml").write_text(blocks)
    assert judged(tmp_path / "in", tmp_path / "s.db", rules).count("reviewed") == 1
    (plans / "2026-05-20 other.yaml").write_text(blocks)
    assert judged(tmp_path / "in", tmp_path / "s.db", rules).count("unchanged") == 1
    (plans / "2026-03-06 session.yaml").write_text(blocks.replace("4:40", "4:45"))
    assert judged(tmp_path / "in", tmp_path / "s.db", rules).count("reviewed") == 1


def test_each_athlete_is_judged_by_paces_of_their_own(tmp_path):
    for name in ("anna", "ben", "eve"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "run.fit").write_bytes(a_run(seed=ord(name[0])))
    squad = tmp_path / "athletes.yaml"
    squad.write_text(
        "athletes:\n  anna: {paces: {easy: '5:30', threshold: '4:30'}}\n"
        "  ben: {paces: {easy: '5:30', threshold: '4:00'}}\n"
    )
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "athlete: anna\nblocks: [5min @ easy, '3x4min @ threshold + 10s, threshold, "
        "threshold - 10s']\n"
    )
    rules = Rules(plan=str(plan), athletes=str(squad))
    account = judged(tmp_path / "in", tmp_path / "s.db", rules).as_json()
    with Store.open(str(tmp_path / "s.db")) as store:
        asked = {r.athlete: r.run.blocks[1].planned_s_per_km for r in store.runs()}
    assert asked == pytest.approx({"anna": 280.0, "ben": 250.0})  # threshold + 10 s
    (failed,) = account["failed"]
    assert failed["code"] == "whose"
    assert "eve" in failed["reason"]  # nobody of the file, and never taken for anna


def test_runs_before_a_day_are_passed_over_and_taken_up_when_asked_for(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.fit").write_bytes(a_run())
    late = BY_LINE._replace(since=dt.date(2026, 4, 1))
    account = judged(tmp_path / "in", tmp_path / "s.db", late).as_json()
    assert [each["code"] for each in account["skipped"]] == ["before"]
    assert judged(tmp_path / "in", tmp_path / "s.db", late).as_json() == account
    assert judged(tmp_path / "in", tmp_path / "s.db").count("reviewed") == 1


def command(squad, rules, store):
    return [
        sys.executable, "-m", "analyzer", "batch", str(squad.folder), "--plan", PLAN_LINE,
        "--athletes", str(rules.athletes), "--store", str(store), "--jobs", "2", "--json",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_batch_killed_at_any_moment_goes_on_where_it_stopped(squad, rules, tmp_path):
    judged(squad.folder, tmp_path / "whole.db", rules)
    store, chance = tmp_path / "s.db", random.Random(0)
    for _ in range(6):
        process = subprocess.Popen(
            command(squad, rules, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 4.0))  # whenever: what must hold does not depend on it
        process.send_signal(signal.SIGKILL)
        process.wait()
        if store.exists():
            with Store.open(str(store), create=True) as kept:
                assert kept.check() == []
    done = subprocess.run(command(squad, rules, store), capture_output=True, check=True)
    assert b"Traceback" not in done.stderr
    assert exported(store) == exported(tmp_path / "whole.db")


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_at_most_its_file_and_the_next_run_takes_it_up(
    squad, rules, tmp_path
):
    store = tmp_path / "s.db"
    process = subprocess.Popen(
        command(squad, rules, store), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    killed = 0
    with process:
        for told, _ in enumerate(process.stderr):
            workers = children(process.pid)
            if told % 8 == 7 and killed < 4 and workers:
                os.kill(workers[killed % len(workers)], signal.SIGKILL)
                killed += 1
        out = process.stdout.read() if process.stdout is not None else b""
    assert killed
    assert process.returncode in (0, 5)
    failed = json.loads(out)["failed"]
    assert {each["code"] for each in failed} <= {"killed"}
    assert len(failed) <= killed
    done = subprocess.run(command(squad, rules, store), capture_output=True, check=True)
    account = json.loads(done.stdout)
    assert account["reviewed"] + account["unchanged"] == runs_of(squad)


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that judge files."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123
            started = [int(word) for word in file.read().split()]
    except OSError:
        return []
    return [each for each in started if b"spawn_main" in command_line(each)]


def command_line(pid: int) -> bytes:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""


def test_ctrl_c_ends_a_batch_in_one_line_and_keeps_what_is_done(squad, rules, tmp_path):
    store = tmp_path / "s.db"
    process = subprocess.Popen(
        command(squad, rules, store),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    told: list[bytes] = []
    while b" held" not in (told[-1] if told else b"") and b" session" not in b"".join(told):
        line = process.stderr.readline()
        if not line:
            break
        told.append(line)
    os.killpg(process.pid, signal.SIGINT)
    _, rest = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in rest
    with Store.open(str(store)) as kept:
        assert kept.check() == []
        assert kept.info().runs > 0  # what was told is kept


def test_an_athletes_folder_given_by_itself_is_found_too(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.fit").write_bytes(a_run())
    shutil.copytree(tmp_path / "in", tmp_path / "again")
    assert judged(tmp_path / "again", tmp_path / "s.db").count("reviewed") == 1
