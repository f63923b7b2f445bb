"""The same batch on a real cluster of processes, into a real PostgreSQL: the same result."""

from __future__ import annotations

import shutil
import signal
import time
import uuid
from functools import partial
from typing import TYPE_CHECKING

import pytest

from analyzer.archive.batch import Batch, Task
from analyzer.archive.cluster import batch as cluster_batch
from analyzer.archive.cluster import chunk, connect
from analyzer.archive.cluster.batch import (
    ClusterBatch,
    as_workers_see,
    batch_on,
    rules_as_workers_see,
)
from analyzer.archive.cluster.chunk import Job, judge_chunk
from analyzer.archive.cluster.connect import connected, versions
from analyzer.archive.cluster.spread import Way, spread
from analyzer.archive.judge import content_key
from analyzer.archive.pool.lost import Lost
from analyzer.archive.rules import Rules
from analyzer.archive.said import Ruling
from analyzer.archive.sources.find import find
from analyzer.archive.sources.opening import open_found
from analyzer.archive.store.packed import unpack
from analyzer.archive.store.store import Store
from analyzer.cli import main
from analyzer.errors import ClusterError
from tests.archive import works
from tests.archive.batches import BY_LINE
from tests.builders.dask_cluster import dask_cluster, dask_scheduler
from tests.builders.exports import KINDS, PLAN, squad_exports
from tests.builders.postgres_server import free_port, new_database, programs, server
from tests.builders.simulate import simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from analyzer.archive.account import Account
    from analyzer.archive.batch import Tell
    from analyzer.archive.records import Found
    from tests.builders.dask_cluster import DaskCluster

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with server() as address:
        yield address


@pytest.fixture
def url(postgres: str) -> str:
    return new_database(postgres, f"b{uuid.uuid4().hex}")


@pytest.fixture(scope="module")
def dask() -> Iterator[DaskCluster]:
    with dask_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Found], Rules]:
    """Write a squad's exports, some runs in several files, one file twice, and a damaged one."""
    made = squad_exports(tmp_path_factory.mktemp("squad"), count=10, athletes=5)
    again = made.folder / "again"
    again.mkdir()
    for seed in (1, 2):
        once = simulate(PLAN, KINDS[0], seed=40 + seed)
        (again / f"{seed}-a.gpx").write_bytes(write_gpx(once))
        (again / f"{seed}-b.fit").write_bytes(write_fit(once))
        (again / f"{seed}-c.tcx").write_bytes(write_tcx(once))
        shutil.copy(again / f"{seed}-b.fit", again / f"{seed}-copy.fit")
    (again / "junk.fit").write_bytes(b"\x0e\x10nothing of use" * 20)
    rules = BY_LINE._replace(athletes=str(made.athletes_file))
    return list(find([made.folder])), rules


@pytest.fixture(scope="module")
def locally(squad, tmp_path_factory):
    """Judge the squad on this machine: the account, and all that the store has."""
    path = str(tmp_path_factory.mktemp("local") / "s.db")
    with Store.open(path, create=True) as store:
        found, rules = squad
        account = Batch(found, rules, store, silent).run(2)
        return account.as_json(), content(store)


def silent(result, done, total):
    del result, done, total


def content(store: Store) -> tuple[object, ...]:
    """Return all that a store has: runs with their reviews, and what became of each file."""
    runs = sorted(store.runs(), key=lambda stored: stored.label)
    kept = store.known([stored.content for stored in runs])
    return runs, sorted(kept.values()), store.info().outcomes, store.athletes()


def comes_to(look: Callable[[], int], value: int) -> bool:
    """Wait until what another thread does is seen."""
    end = time.monotonic() + works.A_WHILE_S
    while look() != value and time.monotonic() < end:
        time.sleep(0.01)
    return look() == value


def on(dask: DaskCluster, url: str, squad, tell: Tell = silent) -> Account:
    found, rules = squad
    with Store.open(url, create=True) as store:
        return batch_on(dask.address, url, found, rules, store, tell)


def kept_in(url: str) -> tuple[object, ...]:
    with Store.open(url) as store:
        assert store.check() == []
        return content(store)


def test_account_and_store_are_those_of_a_local_batch(dask, url, squad, locally, monkeypatch):
    monkeypatch.setattr(cluster_batch, "FILES", 7)
    told: list[str] = []
    account = on(dask, url, squad, lambda result, done, total: told.append(result.label))
    assert account.as_json() == locally[0]
    assert account.count("duplicate") == 6
    assert kept_in(url) == locally[1]
    assert set(told) == {found.label for found in squad[0]}
    again = on(dask, url, squad).as_json()
    assert (again["reviewed"], again["unchanged"]) == (0, locally[0]["reviewed"])
    assert kept_in(url) == locally[1]


def test_what_was_decided_goes_with_the_task_and_is_done_once(dask, url, squad, locally):
    """A worker asks no store for it; the others stay as they were."""
    on(dask, url, squad)
    with Store.open(url) as store:
        ruled = next(run.content for run in store.runs())
        store.set_ruling(ruled, Ruling(45.0))
    others = locally[0]["reviewed"] - 1
    account = on(dask, url, squad)
    assert (account.count("reviewed"), account.count("unchanged")) == (1, others)
    with Store.open(url) as store:
        (stored,) = store.runs(contents=[ruled])
    assert unpack(stored.run.packed).blocks[0].start_s == 45.0
    again = on(dask, url, squad)
    assert (again.count("reviewed"), again.count("unchanged")) == (0, others + 1)


def test_a_worker_that_is_killed_changes_nothing(url, squad, locally, monkeypatch):
    monkeypatch.setattr(cluster_batch, "FILES", 5)
    with dask_cluster() as dask:

        def tell(result, done, total):
            if result.run is not None:
                dask.workers[0].kill()

        account = on(dask, url, squad, tell)
        assert dask.workers[0].poll() is not None
    assert account.as_json() == locally[0]
    assert kept_in(url) == locally[1]


def test_a_chunk_that_is_done_once_more_undoes_nothing(dask, url, squad, locally):
    """Its worker died after the batch had taken the answer: what was a duplicate stays one."""
    on(dask, url, squad)
    found, rules = as_workers_see(squad[0]), rules_as_workers_see(squad[1])
    by_content = {content_key(open_found(f)): f for f in reversed(found) if not f.skipped}
    tasks = [Task(0, one, content) for content, one in by_content.items()]
    with connected(dask.address) as cluster:
        chunk_again = cluster.client.submit(judge_chunk, Job(rules, url, versions()), tasks)
        assert len(chunk_again.result()) == len(tasks)
    assert kept_in(url) == locally[1]


def test_an_answer_that_is_taken_is_asked_for_no_more(dask):
    """Else the death of the worker that has it lets another do the chunk again."""
    with connected(dask.address) as cluster:
        told = spread(cluster, range(3), Way(works.double_each_or_die, 1))
        for left in (2, 1, 0):
            next(told)
            assert comes_to(lambda: len(cluster.client.futures), left)


def test_what_an_ended_batch_left_double_is_mended_by_the_next(
    dask, url, squad, locally, monkeypatch
):
    """Killed after workers have saved, and before duplicates were."""
    monkeypatch.setattr(ClusterBatch, "_save", lambda self, results: None)
    on(dask, url, squad)
    monkeypatch.undo()
    with Store.open(url) as store:
        assert store.info().runs == len(locally[1][0]) + 4
    on(dask, url, squad)
    assert kept_in(url) == locally[1]


@pytest.fixture
def with_a_bad_one(tmp_path: Path) -> list[Found]:
    run_of = write_fit(simulate(PLAN, KINDS[0], seed=5))
    for name in ("a.fit", works.BAD_LABEL, "c.fit"):
        (tmp_path / name).write_bytes(run_of + name.encode())
    return as_workers_see(find([tmp_path]))


@pytest.mark.parametrize(
    ("harm", "kind"), [("be killed", "killed"), ("hang", "timeout"), ("memory", "memory")]
)
def test_a_file_that_does_harm_is_named_and_the_others_are_done(
    dask, url, with_a_bad_one, harm, kind
):
    judging = partial(works.pass_over_or, harm)
    with Store.open(url, create=True) as store, connected(dask.address) as cluster:
        job = Job(Rules(), url, versions(), judging=judging, timeout_s=8.0)
        account = ClusterBatch(with_a_bad_one, Rules(), store, silent).run_on(cluster, job)
        assert store.info().outcomes == {"failed": 1, "skipped": 2}
    (failed,) = account.as_json()["failed"]
    assert (failed["source"], failed["code"]) == (works.BAD_LABEL, kind)
    assert all(worker.poll() is None for worker in dask.workers)


@pytest.fixture(scope="module")
def nannies() -> Iterator[DaskCluster]:
    """Workers that are started again where they die."""
    with dask_cluster(2, "--nanny") as cluster:
        yield cluster


def test_a_chunk_that_takes_workers_along_is_halved_until_its_task_is_found(nannies):
    with connected(nannies.address) as cluster:
        done = list(spread(cluster, range(10), Way(works.double_each_or_die, 5)))
    assert done == [(n, Lost("killed") if n == works.BAD else 2 * n) for n in range(10)]


def test_workers_with_a_nanny_judge_too(nannies, url, with_a_bad_one):
    """A nanny makes daemons, which Python lets have no children of their own."""
    account = on(nannies, url, (with_a_bad_one, BY_LINE))
    assert account.count("recovered") + account.count("reviewed") >= 1
    assert account.count("failed") == 0


def test_a_scheduler_that_ends_in_the_middle_is_one_line(url, squad, monkeypatch):
    monkeypatch.setattr(cluster_batch, "FILES", 4)
    monkeypatch.setattr(connect, "ANSWER_S", 3.0)
    with dask_cluster() as dask:

        def tell(result, done, total):
            if result.run is not None:
                dask.scheduler.kill()

        with pytest.raises(ClusterError, match="the scheduler is gone"):
            on(dask, url, squad, tell)
    with Store.open(url) as store:
        assert store.check() == []


def test_a_cluster_without_workers_is_one_line():
    with (
        dask_scheduler() as dask,
        pytest.raises(ClusterError, match="no worker"),
        connected(dask.address, patience_s=0.5),
    ):
        pass


def test_a_store_in_a_file_is_refused_before_anything_else(tmp_path, capsys):
    """Exit code and line of an unusable store; no store is made."""
    store = tmp_path / "s.db"
    options = ["--cluster", "tcp://127.0.0.1:1", "--store", str(store)]
    assert main(["batch", str(tmp_path), *options]) == 74
    assert "s.db: workers on other machines cannot share a file" in capsys.readouterr().err
    assert not store.exists()


def test_a_scheduler_out_of_reach_is_one_line_of_the_command(tmp_path, url, monkeypatch, capsys):
    monkeypatch.setattr(connect, "CONNECT_S", 1.0)
    address = f"tcp://127.0.0.1:{free_port()}"
    assert main(["batch", str(tmp_path), "--cluster", address, "--store", url]) == 71
    (line,) = capsys.readouterr().err.splitlines()
    assert f"{address}: the scheduler cannot be reached" in line


def test_workers_of_another_version_are_refused():
    theirs = versions()._replace(method="0")
    answer = chunk.judge_chunk(Job(Rules(), "nowhere", theirs), [])
    assert isinstance(answer, ClusterError)
    assert "install the same everywhere" in str(answer)


def test_workers_that_do_not_see_the_athletes_file_say_so():
    job = Job(Rules(), "nowhere", versions(), ("/no/such/athletes.yaml",))
    answer = chunk.judge_chunk(job, [])
    assert "it does not see /no/such/athletes.yaml" in str(answer)


def test_the_address_of_the_store_is_in_no_log():
    """Dask writes the arguments of what fails into its logs."""
    assert "s3cret" not in repr(Job(Rules(), "postgresql://u:s3cret@h/d", versions()))


def test_ctrl_c_does_not_wait_for_what_hangs(dask):
    """Nor for anything that is pending. The last test here: the worker hangs on."""
    with connected(dask.address) as cluster:
        tasks = iter([0, works.BAD])
        hanging = spread(cluster, tasks, Way(works.hang_for_a_while, 1))
        assert next(hanging) == (0, 0)
        started = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        before = signal.signal(signal.SIGALRM, signal.default_int_handler)
        try:
            with pytest.raises(KeyboardInterrupt):
                next(hanging)
        finally:
            signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < works.A_WHILE_S
