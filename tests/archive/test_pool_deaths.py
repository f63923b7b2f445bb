"""A worker that dies costs the task that it holds, and no other."""

import functools
import itertools
import multiprocessing
import os
import random
import signal
import sys
import time

import pytest

from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from analyzer.archive.pool.lost import Lost
from tests.archive import works

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are deaths by signal")

LONG_S = 300
SHORT_S = 3
"""Much more than a harmless task takes, on a busy machine too."""

LITTLE_BYTES = 400 * 2**20
"""Enough for the interpreter, and soon full."""


def told_with(harm, workers, tasks=40):
    """Return what became of the bad task, once all others were found to be as they should."""
    told = list(each(range(tasks), functools.partial(works.harm, harm), workers))
    assert [task for task, _ in told] == list(range(tasks))
    assert [r for n, r in told if n != works.BAD] == [2 * n for n in range(tasks) if n != works.BAD]
    assert multiprocessing.active_children() == []
    return told[works.BAD][1]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("harm", "lost"),
    [
        ("be killed", Lost("killed", signal="SIGKILL")),
        ("segfault", Lost("killed", signal="SIGSEGV")),
        ("exit", Lost("killed", exit_code=3)),
        ("leave a child", Lost("killed", exit_code=3)),
    ],
)
def test_a_death_is_told_with_its_cause(harm, lost, jobs):
    """By signal or exit code, also where a process that was left behind holds the pipe."""
    assert told_with(harm, Workers(jobs, LONG_S)) == lost


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("harm", ["hang", "hang against sigterm", "hold the interpreter"])
def test_what_hangs_is_ended(harm, jobs):
    """Whatever it does against it."""
    assert told_with(harm, Workers(jobs, SHORT_S)) == Lost("timeout")


@pytest.mark.skipif(sys.platform != "linux", reason="kept by Linux alone")
@pytest.mark.parametrize(
    "harm", ["memory", pytest.param("memory bit by bit", marks=pytest.mark.slow)]
)
def test_too_much_memory_costs_its_task(harm):
    """The worker is replaced, as what is left of its memory is in pieces."""
    workers = Workers(2, LONG_S, memory_bytes=LITTLE_BYTES)
    assert told_with(harm, workers) == Lost("memory")


def test_many_deadly_tasks_in_a_row_are_each_told():
    """They are no reason to give up: each was held when it killed."""
    work = functools.partial(works.harm_often, "be killed", range(10, 20))
    told = list(each(range(30), work, Workers(2, LONG_S)))
    lost = [task for task, result in told if result == Lost("killed", signal="SIGKILL")]
    assert lost == list(range(10, 20))
    assert [task for task, _ in told] == list(range(30))


@pytest.mark.slow
def test_a_caller_who_is_long_away_blames_nobody():
    """What was answered in the meantime is not late."""
    told = each(range(20), works.double, Workers(2, SHORT_S))
    first = next(told)
    time.sleep(1.5 * SHORT_S)
    assert [first, *told] == [(n, 2 * n) for n in range(20)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_workers_killed_at_random_lose_what_they_held(seed, tmp_path):
    """Of 300 tasks and 20 kills: at most one a kill, none twice, none missing, none begun twice."""
    chance = random.Random(seed)
    log = tmp_path / "log"
    killed: list[int] = []
    told: list[tuple[int, object]] = []
    noted_bytes = 0
    log.touch()
    work = functools.partial(works.noted, str(log))
    tasks = itertools.takewhile(lambda n: n < 300 or len(killed) < 20, itertools.count())
    for task, result in each(tasks, work, Workers(3, LONG_S)):
        told.append((task, result))
        children = [one.pid for one in multiprocessing.active_children() if one.pid]
        children = [pid for pid in children if pid not in killed]
        # Something was begun since the last: who kills every start gets an error, and should.
        is_due = len(told) >= 10 * (len(killed) + 1) and log.stat().st_size > noted_bytes
        if is_due and children and len(killed) < 20:
            time.sleep(chance.uniform(0, 0.02))
            noted_bytes = log.stat().st_size
            victim = chance.choice(children)
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)
    begun = [line.split() for line in log.read_text().splitlines()]
    held = {int(pid): int(task) for pid, task in begun}
    lost = [task for task, result in told if isinstance(result, Lost)]
    assert len(killed) == 20
    assert [task for task, _ in told] == list(range(max(300, len(told))))
    assert {r for _, r in told if isinstance(r, Lost)} <= {Lost("killed", signal="SIGKILL")}
    assert len({task for _, task in begun}) == len(begun)
    # One that was taken, and whose worker died before it could note the beginning, is lost too.
    unnoted = set(range(len(told))) - {int(task) for _, task in begun}
    assert set(lost) <= {held.get(pid) for pid in killed} | unnoted
    assert 0 < len(lost) <= len(killed)
