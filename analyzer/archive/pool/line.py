"""The line of tasks: pulled one by one, given out, and brought back into their order."""

from __future__ import annotations

import heapq
import pickle
from typing import TYPE_CHECKING, Generic, TypeVar

from analyzer.archive.pool.hand import Job
from analyzer.archive.pool.lost import Lost, of_error

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
R = TypeVar("R")

AHEAD_TASKS = 4096
AHEAD_BYTES = 64 * 2**20
"""
How far tasks are pulled ahead of the first without a result, and how much the results behind
it may take. A file of a second in twenty milliseconds a file lets the others do fifty; one
that hangs for a minute, three thousand.
"""


class Line(Generic[T, R]):
    """Tasks between the one who has them and the one who wants their results in order."""

    def __init__(self, tasks: Iterable[T]) -> None:
        self._tasks = iter(tasks)
        self._is_pulled = False
        self._pulled = 0
        self._told = 0
        self._open: dict[int, T] = {}
        self._back: list[Job] = []
        self._answers: dict[int, bytes | Lost] = {}
        self._answers_bytes = 0

    def next(self) -> Job | None:
        """Return the earliest job that nobody has, or None if there is none for now."""
        if self._back:
            return heapq.heappop(self._back)
        while not self._is_pulled and self._has_room():
            try:
                task = next(self._tasks)
            except StopIteration:
                self._is_pulled = True
                break
            number = self._pulled
            self._pulled += 1
            self._open[number] = task
            try:
                return Job(number, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
            except Exception as error:  # noqa: BLE001 - a task that cannot travel is told like one that fails
                self.answer(number, of_error(error))
        return None

    def take_back(self, jobs: Iterable[Job]) -> None:
        """Put jobs back that nobody has begun; they are the next to be given out."""
        for job in jobs:
            heapq.heappush(self._back, job)

    def answer(self, number: int, answer: bytes | Lost) -> None:
        """Keep what became of a job: its pickled result, or why there is none."""
        self._answers[number] = answer
        self._answers_bytes += len(answer) if isinstance(answer, bytes) else 0

    def can_tell(self) -> bool:
        """Tell whether the earliest task that was not told has its answer."""
        return self._told in self._answers

    def tell(self) -> tuple[T, R | Lost]:
        """Return that task, and what became of it."""
        number = self._told
        self._told += 1
        task, answer = self._open.pop(number), self._answers.pop(number)
        if isinstance(answer, Lost):
            return task, answer
        self._answers_bytes -= len(answer)
        try:
            result: R = pickle.loads(answer)  # noqa: S301 - from our own worker
        except Exception as error:  # noqa: BLE001 - one that cannot arrive is like one that fails
            return task, of_error(error)
        return task, result

    def is_over(self) -> bool:
        """Tell whether all tasks were pulled and told."""
        return self._is_pulled and not self._open

    def _has_room(self) -> bool:
        ahead = self._pulled - self._told
        return ahead == 0 or (ahead < AHEAD_TASKS and self._answers_bytes < AHEAD_BYTES)
