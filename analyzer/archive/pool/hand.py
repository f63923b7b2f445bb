"""One worker as its parent sees it: start it, give it tasks, hear it, end it."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.pool.messages import SMALL_BYTES, unpacked
from analyzer.archive.pool.worker import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analyzer.archive.pool.messages import Message

ONE_THREAD = dict.fromkeys(
    (
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)
"""Workers share the processors; threads of their own below numpy would fight for them."""

STARTING_S = 120.0
"""Longest start of a worker: imports from a slow disk, shared with many."""

ENDING_S = 10.0
"""How long a killed process may take to end. One that hangs in the kernel is left to it."""


class Workers(NamedTuple):
    """
    What holds for all workers of a call.

    Parameters
    ----------
    jobs : int
        How many, at least 1.
    timeout_s : float
        Longest time for a task, from when a worker takes it [s].
    memory_bytes : int or None
        Most address space of each, libraries included [bytes]; None is no limit. Only Linux
        keeps it.
    start : callable or None
        Called in each before its first task.
    """

    jobs: int
    timeout_s: float
    memory_bytes: int | None = None
    start: Callable[[], None] | None = None


class Job(NamedTuple):
    """A task by its number in the order of tasks, as it goes down the pipe."""

    number: int
    packed: bytes


class Hand:
    """
    A worker.

    Attributes
    ----------
    given : deque of Job
        What it was given and has not answered, in order.
    holds_first : bool
        Whether it has taken the first of them.
    busy_s : float
        How long it has been at what it does, as far as somebody looked [s].
    """

    def __init__(self, terms: bytes, memory_bytes: int | None) -> None:
        self.given: deque[Job] = deque()
        self.is_ready = False
        self.holds_first = False
        self.busy_s = 0.0
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=serve, args=(theirs, terms, memory_bytes), daemon=True
        )
        try:
            with _in_an_environment_of_one_thread():
                self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()  # so that the pipe ends with the worker

    def can_take(self, job: Job) -> bool:
        """Tell whether the job can be sent without waiting for the worker to read it."""
        if len(job.packed) <= SMALL_BYTES:
            return len(self.given) < 2  # one in hand, one waiting
        return self.is_ready and not self.given

    def give(self, job: Job) -> None:
        """Send a job down. If the worker has died, that is heard where it is listened to."""
        if self.is_idle():
            self.busy_s = 0.0
        self.given.append(job)
        try:
            self.pipe.send_bytes(job.packed)
        except OSError:
            return

    def hear(self) -> Message | None:
        """Return the next message, or None if the worker has died."""
        try:
            return unpacked(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return None

    def has_spoken(self) -> bool:
        """Tell whether there is something to hear, its death included."""
        try:
            return self.pipe.poll()
        except OSError:  # Windows says so of a broken pipe
            return True

    def begins(self, holds_first: bool) -> None:
        """Note that the worker begins something else, and whether that is its first job."""
        self.holds_first = holds_first
        self.busy_s = 0.0

    def is_idle(self) -> bool:
        """Tell whether it waits for a job."""
        return self.is_ready and not self.given

    def is_late(self, timeout_s: float) -> bool:
        """Tell whether it is at one thing for too long."""
        most_s = timeout_s if self.is_ready else STARTING_S
        return not self.is_idle() and self.busy_s > most_s

    def end(self, patience_s: float) -> int | None:
        """End the process, at once or if it does not by itself; its exit code, below 0 a signal."""
        if patience_s:
            self.process.join(patience_s)
        self.process.kill()
        self.process.join(ENDING_S)
        return self.process.exitcode

    def close(self) -> None:
        """Give back what the parent has of it."""
        self.pipe.close()
        if self.process.exitcode is not None:
            self.process.close()


@contextmanager
def _in_an_environment_of_one_thread() -> Iterator[None]:
    """Lend the environment to a process that starts: numpy reads it when it is loaded."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
