"""Ctrl-C in a command that goes on for long: heard once, and never lost."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextmanager
def long_work() -> Iterator[Callable[[], None]]:
    """
    Do what takes minutes or weeks.

    Python drops a Ctrl-C that falls into the moment in which it clears something away, and
    prints a traceback of it. Here it is remembered, and heard at the next look. Memory is
    cleared of rings too, which a short command saves itself.

    Yields
    ------
    callable
        The look: KeyboardInterrupt if Ctrl-C was pressed.
    """
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        """Remember it, and interrupt as ever."""
        del frame
        pressed.append(number)
        raise KeyboardInterrupt

    def look() -> None:
        """Interrupt if that was lost."""
        if pressed:
            raise KeyboardInterrupt

    is_ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    hook, was_clearing = sys.unraisablehook, gc.isenabled()
    logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())
    sys.unraisablehook = _without_interrupts
    gc.enable()
    if is_ours:  # else whoever started us wants it ignored
        signal.signal(signal.SIGINT, note)
    try:
        yield look
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = hook
        if not was_clearing:
            gc.disable()


def _without_interrupts(lost: sys.UnraisableHookArgs) -> None:
    """Print what Python could not raise, but for a Ctrl-C, which is remembered."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
