"""Do the same with each of many tasks, in several processes; the room's only entrance."""

from __future__ import annotations

import atexit
import pickle
from typing import TYPE_CHECKING, TypeVar

from analyzer.archive.pool.crew import Crew
from analyzer.archive.pool.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from analyzer.archive.pool.hand import Workers
    from analyzer.archive.pool.lost import Lost

T = TypeVar("T")
R = TypeVar("R")


def each(
    tasks: Iterable[T],
    work: Callable[[T], R],
    workers: Workers,
) -> Generator[tuple[T, R | Lost], None, None]:
    """
    Yield every task with its result, or with why it has none, in the order of the tasks.

    Each task is told exactly once. A worker that is killed, hangs, or runs out of memory costs
    the task that it holds and no other; a fresh worker goes on. One job is done in a worker
    too, so that a crash cannot take the caller with it, and 1 or 20 give the same.

    Tasks are pulled as they are needed, and at most `line.AHEAD_TASKS` before the first
    without a result. Whoever stops listening, by ``break``, by Ctrl-C or by an exception,
    ends all workers at once.

    Parameters
    ----------
    tasks : iterable
        What to do; each must be picklable. What it raises passes through.
    work : callable
        What to do with a task. It travels to the workers, and so must be importable there.
        It may be called twice for a task whose worker the pool itself ended for another.
    workers : Workers
        How many, and what each may take.

    Yields
    ------
    tuple
        The task itself, and its result or `Lost`.

    Raises
    ------
    ValueError
        If there is no worker or no time.
    WorkersError
        If workers end one after the other before they take a task.
    """
    if workers.jobs < 1 or not workers.timeout_s > 0:
        msg = f"at least one worker and some time are needed, not {workers}"
        raise ValueError(msg)
    line: Line[T, R] = Line(tasks)
    return _each(line, Crew(pickle.dumps((work, workers.start)), workers, line))


def _each(line: Line[T, R], crew: Crew[T, R]) -> Generator[tuple[T, R | Lost], None, None]:
    """Listen, supply and tell by turns, so that nobody waits while the caller is busy."""
    # A caller who keeps this half told to the end of the program would wait for the workers there.
    atexit.register(crew.end)
    try:
        while not line.is_over():
            crew.listen(is_pressed=line.can_tell())
            crew.supply()
            if line.can_tell():
                yield line.tell()
    finally:
        atexit.unregister(crew.end)
        crew.end()
