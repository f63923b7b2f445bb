"""Every task comes back once, in order, with what its worker made of it."""

import functools
import itertools
import multiprocessing
import os
import tracemalloc

import pytest

from analyzer.archive.pool import line as lines
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from analyzer.errors import WorkersError
from tests.archive import works

LONG_S = 300


def workers(jobs=2, **more):
    return Workers(jobs, LONG_S, **more)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_tasks(jobs):
    """However many workers there are."""
    told = list(each(range(500), works.double, workers(jobs)))
    assert told == [(number, 2 * number) for number in range(500)]


def test_no_tasks_start_no_worker():
    """Nothing to do takes no time."""
    assert list(each([], works.double, workers())) == []


@pytest.mark.parametrize(("jobs", "timeout_s"), [(0, 1), (1, 0), (1, float("nan"))])
def test_without_workers_or_time_there_is_no_pool(jobs, timeout_s):
    """The caller hears of it at once, not with the first result."""
    with pytest.raises(ValueError, match="at least one worker"):
        each([1], works.double, Workers(jobs, timeout_s))


@pytest.mark.parametrize(
    ("harm", "error", "text"),
    [
        ("raise", "LookupError", "as it is told"),
        ("sys.exit", "SystemExit", "3"),
        ("unpicklable", None, None),
        ("unarrivable", "ValueError", None),
    ],
)
def test_an_error_costs_its_task(harm, error, text):
    """It is told with class and text; the worker goes on."""
    told = dict(each(range(20), functools.partial(works.harm, harm), workers()))
    lost = told.pop(works.BAD)
    assert told == {n: 2 * n for n in range(20) if n != works.BAD}
    assert lost.kind == "error"
    assert lost.error == (error or lost.error)
    assert text is None or lost.text == text


def test_a_task_that_cannot_travel_is_told_like_one_that_fails():
    """Here a function without a name, between two that can."""
    tasks = [1, lambda: None, 3]
    (_, one), (_, lost), (_, three) = each(tasks, works.double, workers())
    assert (one, lost.kind, three) == (2, "error", 6)


def test_only_tasks_that_cannot_travel_are_told_too():
    """Though nobody has anything to do."""
    told = list(each([lambda: None] * 3, works.double, workers()))
    assert [lost.kind for _, lost in told] == ["error"] * 3


def test_large_tasks_and_results_do_not_wait_for_each_other():
    """Both are larger than what a pipe takes before it is read."""
    tasks = [bytes([n]) * 2**21 for n in range(12)]
    assert all(task == result for task, result in each(tasks, works.echo, workers()))


def test_a_worker_starts_with_what_it_is_told_and_one_thread_for_numpy():
    """The environment of the caller stays as it was."""
    before = dict(os.environ)
    assert all(ok for _, ok in each(range(20), works.started, workers(start=works.start)))
    assert {one for _, one in each(range(4), works.environment, workers())} == {"1"}
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("start", "why"), [(works.fail_to_start, "no such library"), (works.die_at_start, "code 9")]
)
def test_workers_that_cannot_start_end_it_with_one_line(start, why, capfd):
    """They are not started for ever, and print nothing themselves."""
    with pytest.raises(WorkersError, match=why):
        list(each(range(20), works.double, workers(start=start)))
    assert capfd.readouterr().err == ""
    assert multiprocessing.active_children() == []


def test_who_stops_listening_ends_the_workers():
    """Also in the middle of endless tasks."""
    told = each(itertools.count(), works.double, workers())
    assert list(itertools.islice(told, 100)) == [(n, 2 * n) for n in range(100)]
    told.close()
    assert multiprocessing.active_children() == []


def test_an_error_of_the_tasks_passes_through():
    """And ends the workers."""

    def tasks():
        yield from range(50)
        msg = "the folder is gone"
        raise FileNotFoundError(msg)

    with pytest.raises(FileNotFoundError, match="the folder is gone"):
        list(each(tasks(), works.double, workers()))
    assert multiprocessing.active_children() == []


def test_results_behind_a_slow_task_have_a_bound(monkeypatch):
    """The others go on for a while, and then wait for it."""
    monkeypatch.setattr(lines, "AHEAD_TASKS", 50)
    pulled: list[int] = []

    def tasks():
        for number in range(400):
            pulled.append(number)
            yield number

    told = each(tasks(), works.slow_first, workers())
    assert next(told) == (0, 0)
    assert len(pulled) <= 51
    assert [n for n, _ in told] == list(range(1, 400))


def test_results_behind_a_slow_task_have_a_bound_in_bytes(monkeypatch):
    """A megabyte each, of which few may wait."""
    line: lines.Line[int, object] = lines.Line(range(100))
    monkeypatch.setattr(lines, "AHEAD_BYTES", 3 * 2**20)
    jobs = []
    while (job := line.next()) is not None:
        jobs.append(job)
        if job.number:
            line.answer(job.number, bytes(2**20))
    assert [job.number for job in jobs] == [0, 1, 2, 3]


@pytest.mark.slow
def test_a_hundred_thousand_tasks_take_no_memory():
    """They are pulled as they are needed, and let go when they are told."""
    told = each((f"{n:0999d}" for n in range(100_000)), len, workers())
    for _ in range(1000):
        next(told)
    tracemalloc.start()
    try:
        rest = sum(result == 999 for _, result in told)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rest == 99_000
    assert most_bytes < 8 * 2**20  # as a list they would be 100 MB
