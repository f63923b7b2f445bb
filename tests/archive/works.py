"""What the workers of the tests do; they import it by its name."""

from __future__ import annotations

import ctypes
import functools
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.batch import judge_task
from analyzer.archive.records import Result

if TYPE_CHECKING:
    from collections.abc import Callable

BAD = 7
"""The task that goes wrong."""

FOREVER_S = 3600


def double(number):
    return 2 * number


def _harmless_but(harm, number):
    """Do harm for the bad task; else a moment of work."""
    return harm() if number == BAD else double(number)


def _hang():
    time.sleep(FOREVER_S)


def _hang_against_sigterm():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(FOREVER_S)


def hold_the_interpreter():
    """Never let another thread of this process have a turn."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def _be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


def _leave_a_child_and_die():
    """End while a process of one's own still holds the pipe to the parent."""
    if os.fork() == 0:
        time.sleep(8)
        os._exit(0)
    os._exit(3)


def _fill_the_memory():
    return len(bytearray(2**40))


def _fill_the_memory_bit_by_bit():
    kept = []
    while True:
        kept.append(bytearray(2**24))


def _raise():
    msg = "as it is told"
    raise LookupError(msg)


class Unarrivable:
    """Packs, but does not unpack."""

    def __reduce__(self):
        """Become something that cannot be made."""
        return int, ("none",)


HARMS: dict[str, Callable[[], object]] = {
    "hang": _hang,
    "hang against sigterm": _hang_against_sigterm,
    "hold the interpreter": hold_the_interpreter,
    "be killed": _be_killed,
    "segfault": functools.partial(ctypes.string_at, 0),
    "exit": functools.partial(os._exit, 3),
    "leave a child": _leave_a_child_and_die,
    "memory": _fill_the_memory,
    "memory bit by bit": _fill_the_memory_bit_by_bit,
    "raise": _raise,
    "sys.exit": functools.partial(sys.exit, 3),
    "unpicklable": lambda: lambda: None,
    "unarrivable": Unarrivable,
}


def harm(name, number):
    return _harmless_but(HARMS[name], number)


def harm_often(name, numbers, number):
    return HARMS[name]() if number in numbers else double(number)


def noted(log, number):
    """Work for a few milliseconds, and note the beginning in a file that all workers share."""
    with Path(log).open("a") as file:
        file.write(f"{os.getpid()} {number}\n")
    time.sleep(0.005)
    return number


def slow_first(number):
    time.sleep(1.5 if number == 0 else 0)
    return number


def echo(task):
    return task


def environment(_):
    return os.environ["OPENBLAS_NUM_THREADS"]


STARTED: list[int] = []


def start():
    STARTED.append(os.getpid())


def started(_):
    return [os.getpid()] == STARTED


def fail_to_start():
    msg = "no such library"
    raise ImportError(msg)


def die_at_start():
    os._exit(9)


def tell_and_hang(folder, number):
    """Leave a file with one's own number, then hang."""
    path = Path(folder) / str(os.getpid())
    path.with_suffix(".new").write_text("")
    path.with_suffix(".new").rename(path)
    (hold_the_interpreter if number % 2 else _hang)()


def take_a_second(folder, number):
    """Say that it has begun, then work for a good second."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(1.2)
    return number


BAD_LABEL = "bad.fit"
"""The file that goes wrong on a cluster."""


def judge_or(harm, rules, task):
    """Judge a file, but do harm for the bad one."""
    return HARMS[harm]() if task.found.label.endswith(BAD_LABEL) else judge_task(rules, task)


def pass_over_or(harm, rules, task):
    """Pass over a file at once, but do harm for the bad one."""
    del rules
    if task.found.label.endswith(BAD_LABEL):
        return HARMS[harm]()
    return Result(task.content, task.found.label, "skipped", "other_file", "as it is told")


def double_each_or_die(numbers):
    """Double numbers on a worker of a cluster; the bad one takes the worker along."""
    if BAD in numbers:
        _be_killed()
    return [double(number) for number in numbers]


A_WHILE_S = 120.0
"""Longer than any test waits for one thing."""


def hang_for_a_while(numbers):
    """Give numbers back at once; with the bad one after a while."""
    time.sleep(A_WHILE_S if BAD in numbers else 0)
    return list(numbers)
