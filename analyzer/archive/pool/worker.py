"""What runs in a worker: take a task, do it, answer, until the parent is gone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from analyzer.archive.pool.lost import of_error
from analyzer.archive.pool.messages import (
    ERROR,
    MEMORY,
    NOT_STARTED,
    READY,
    RESULT,
    TAKEN,
    packed,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection


def serve(pipe: Connection, terms: bytes, memory_bytes: int | None) -> None:
    """
    Be a worker.

    Parameters
    ----------
    pipe : Connection
        The only way to the parent, and back.
    terms : bytes
        The work and what to call first, pickled here rather than by `multiprocessing`, so
        that whatever fails on the way in is reported instead of printed.
    memory_bytes : int or None
        Most address space.
    """
    _end_with_the_parent()
    _leave_signals_to_the_parent()
    with suppress(EOFError, OSError):  # the parent is gone
        try:
            _limit_memory(memory_bytes)
            work, start = pickle.loads(terms)  # noqa: S301 - from our own parent
            if start is not None:
                start()
        except BaseException as error:  # noqa: BLE001 - the parent says it in one line
            lost = of_error(error)
            why = f"{lost.error}: {lost.text}".encode(errors="replace")
            pipe.send_bytes(packed(NOT_STARTED, False, why))
            return
        try:
            pipe.send_bytes(packed(READY, False))
            _work_off(pipe, work)
        except MemoryError:  # not in the work, but in bringing its result on the way
            pipe.send_bytes(packed(MEMORY, False))


def _work_off(pipe: Connection, work: Callable[[object], object]) -> None:
    """Do tasks until memory runs short; raises EOFError where there will be no more."""
    task: bytes | None = None
    while True:
        if task is None:
            task = pipe.recv_bytes()
            pipe.send_bytes(packed(TAKEN, False))
        kind, answer = _answer(work, task)
        if kind == MEMORY:  # what is left of the heap is in pieces: a fresh worker goes on
            pipe.send_bytes(packed(kind, False))
            return
        # Taken before the answer leaves, so that the parent always knows what is held.
        task = pipe.recv_bytes() if pipe.poll() else None
        pipe.send_bytes(packed(kind, task is not None, answer))


def _answer(work: Callable[[object], object], task: bytes) -> tuple[bytes, bytes]:
    """Do one task: what became of it, and the pickled result or exception."""
    try:
        return RESULT, pickle.dumps(work(pickle.loads(task)), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except MemoryError:
        return MEMORY, b""
    except BaseException as error:  # noqa: BLE001 - also sys.exit: it ends the task, no worker
        return ERROR, pickle.dumps(tuple(of_error(error)))


def _leave_signals_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":  # the parent kept both back until they are answered like this
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def _limit_memory(memory_bytes: int | None) -> None:
    """Let what goes over raise MemoryError; Windows has no such limit, macOS keeps none."""
    if memory_bytes is None or sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end_with_the_parent() -> None:
    """
    Leave no orphan, whatever ends the parent and whatever is being done here.

    A thread waits for the parent's end. It gets no turn while C code holds the interpreter,
    as a regular expression does that never ends; on Linux the kernel then ends the process:
    SIGIO, asked for the pipe that closes with the parent.
    """
    parent = parent_process()
    if parent is None:
        return
    threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()
    if sys.platform == "linux":
        import fcntl

        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)


def _watch(sentinel: int) -> None:
    """Wait for the end of the parent, and follow."""
    wait([sentinel])
    os._exit(1)
