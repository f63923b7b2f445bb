"""Signals held back for a moment: nobody stops where a worker runs that nobody knows of."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS = (signal.SIGINT, signal.SIGTERM)
"""What ends a program, and can be held back."""


@contextmanager
def held_back_signals() -> Iterator[None]:
    """
    Hold back Ctrl-C and SIGTERM for a moment: they are answered after it.

    A worker that is started inherits that they are blocked, so that it prints no traceback
    before it can ignore Ctrl-C. Windows has no such thing.
    """
    if sys.platform == "win32":
        yield
        return
    # It lets the signals through again when it is started, so not in the middle of a start.
    resource_tracker.ensure_running()
    with _answered_later():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _answered_later() -> Iterator[None]:
    """
    Note what comes, and answer it afterwards.

    To block a signal is not enough: it then goes to another thread, as numpy has them below,
    and Python answers it in the main one all the same. Other threads answer none.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = {number: signal.getsignal(number) for number in ENDS}
    heard: list[int] = []

    def note(number: int, _: object) -> None:
        heard.append(number)

    try:
        for number, answer in usual.items():
            if answer not in (None, signal.SIG_IGN):  # None is not Python's to put back
                signal.signal(number, note)
        yield
    finally:
        for number, answer in usual.items():
            if answer is not None:
                signal.signal(number, answer)
        for came in dict.fromkeys(heard):
            signal.raise_signal(came)
