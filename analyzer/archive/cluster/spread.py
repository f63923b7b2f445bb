"""Many tasks over a cluster in chunks: each is told once, in order, whoever dies meanwhile."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from analyzer.archive.pool.lost import Lost
from analyzer.errors import ClusterError, ProgcheckError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from analyzer.archive.cluster.connect import Cluster

T = TypeVar("T")
R = TypeVar("R")

LOOK_S = 1.0
"""How often one looks whether anybody works while a chunk is waited for."""

AHEAD = 8
"""Chunks for each that works: one slow file holds up the telling, and nobody's work."""

Answer = list[Any] | ProgcheckError
"""What a worker makes of a chunk: a result a task, or what ends the batch."""


class Way(NamedTuple):
    """
    How chunks go out.

    Parameters
    ----------
    work : callable
        What a worker does with a chunk. It may be called again for one that was done, as
        its worker may die with the answer.
    size : int
        Tasks of a chunk.
    priority : int
        Chunks of the higher one are taken first.
    """

    work: Callable[[Sequence[Any]], Answer]
    size: int
    priority: int = 0


class _Sent(NamedTuple, Generic[T]):
    """A chunk that is on its way."""

    tasks: Sequence[T]
    future: Any


def spread(
    cluster: Cluster, tasks: Iterable[T], way: Way
) -> Generator[tuple[T, Any | Lost], None, None]:
    """
    Yield every task with its result, or with why it has none, in the order of the tasks.

    A worker that dies costs nothing: the scheduler gives its chunk to others. A chunk that
    takes several workers along is halved until the task that does it is found.

    Parameters
    ----------
    cluster : Cluster
        Where.
    tasks : iterable
        Pulled as they are needed, ahead of what is told.
    way : Way
        How.

    Raises
    ------
    ClusterError
        If scheduler or workers are gone.
    ProgcheckError
        What a worker answers in place of results.
    """
    chunks = iter(_in_chunks(tasks, way.size))
    waiting: deque[_Sent[T]] = deque()
    try:
        while True:
            most = max(AHEAD, AHEAD * cluster.look())
            for chunk in islice(chunks, most - len(waiting)):
                waiting.append(_send(cluster, chunk, way))
            if not waiting:
                return
            sent = waiting.popleft()
            answer = _answer(cluster, sent.future)
            # Before any result is told: while a chunk is asked for, the death of the worker that
            # has its answer lets another do it again, behind the back of whoever took the answer.
            sent.future.release()
            if answer is not None:
                yield from zip(sent.tasks, answer, strict=True)
            elif len(sent.tasks) == 1:
                yield sent.tasks[0], Lost("killed")
            else:
                waiting.extendleft(_send(cluster, half, way) for half in _halves(sent.tasks))
    finally:
        for sent in waiting:
            sent.future.release()  # what nobody waits for is not begun


def _in_chunks(tasks: Iterable[T], size: int) -> Iterable[list[T]]:
    """Take tasks together."""
    left = iter(tasks)
    while chunk := list(islice(left, size)):
        yield chunk


def _halves(tasks: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """Return the second half and the first, as a deque takes them on its left."""
    middle = len(tasks) // 2
    return tasks[middle:], tasks[:middle]


def _send(cluster: Cluster, chunk: Sequence[T], way: Way) -> _Sent[T]:
    """Send a chunk; not pure: what was done for another batch is not asked for again."""
    future = cluster.client.submit(way.work, chunk, pure=False, priority=way.priority)
    return _Sent(chunk, future)


def _answer(cluster: Cluster, future: Any) -> list[Any] | None:  # noqa: ANN401 - the library is not always there
    """Wait for a chunk; None if it took too many workers along."""
    from concurrent.futures import CancelledError

    from distributed.scheduler import KilledWorker

    while True:
        try:
            answer = future.result(timeout=LOOK_S)
        except TimeoutError:
            cluster.look()
            continue
        except KilledWorker:
            return None
        except CancelledError:
            raise cluster.gone() from None
        except Exception as error:
            problem = f"a worker cannot do its work ({type(error).__name__}: {error})"
            raise ClusterError(cluster.address, problem) from error
        if isinstance(answer, ProgcheckError):
            raise answer
        return list(answer)
