"""What became of a task that has no result."""

from __future__ import annotations

import signal
from typing import Literal, NamedTuple


class Lost(NamedTuple):
    """
    A task without a result, and why.

    Parameters
    ----------
    kind : {"killed", "timeout", "memory", "error"}
        The process ended while it held the task, did not answer in time, went over its
        memory, or the work raised an exception that it did not catch.
    signal : str
        For ``killed``: the signal's name (``SIGKILL``, also from a system short of memory);
        empty if the process ended by itself.
    exit_code : int or None
        For ``killed``: what it ended with, if it ended by itself.
    error : str
        For ``error``: the class of the exception.
    text : str
        For ``error``: its text. It may name files and hold what stands in them.
    """

    kind: Literal["killed", "timeout", "memory", "error"]
    signal: str = ""
    exit_code: int | None = None
    error: str = ""
    text: str = ""


def of_error(error: BaseException) -> Lost:
    """Tell an exception; its text as far as it has one that can be told."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - a __str__ that fails must not take the worker with it
        text = ""
    return Lost("error", error=type(error).__name__, text=text)


def of_exit(exit_code: int | None) -> Lost:
    """Tell the end of a process, as `multiprocessing` has it: below 0 is a signal."""
    if exit_code is None or exit_code >= 0:
        return Lost("killed", exit_code=exit_code)
    try:
        return Lost("killed", signal=signal.Signals(-exit_code).name)
    except ValueError:  # real-time signals have numbers only
        return Lost("killed", signal=f"signal {-exit_code}")
