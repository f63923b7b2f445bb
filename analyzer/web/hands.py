"""Work that may take long, or end badly, is done by processes of its own; the server goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, Unpack

from anyio import BrokenWorkerProcess, CapacityLimiter, fail_after
from anyio.to_process import run_sync

from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")
Given = TypeVarTuple("Given")

TIMEOUT_S = 120.0
"""No recording that can be read takes this long."""

MEMORY_BYTES = 2 * 1024**3
"""No recording within the limits of the readers needs as much."""

LOOK_S = 1.0
"""How often a process looks whether its server still runs [s]."""


class Hands:
    """
    Processes that work for the server: as many as there are cores, and one at least for a wait.

    Parameters
    ----------
    count : int, optional
        How many at once. Left out: one for each core, but two at least, so that a run of a day
        keeps nobody waiting who dropped one of an hour.
    """

    def __init__(self, count: int | None = None) -> None:
        self.count = count or max(2, os.cpu_count() or 1)
        self._turns: CapacityLimiter | None = None
        self._all: CapacityLimiter | None = None

    async def do(self, work: Callable[[Unpack[Given]], Result], *given: *Given) -> Result:
        """
        Let a process do some work; what was given and what comes back travels pickled.

        Parameters
        ----------
        work : callable
            A function of a module.
        *given
            What it takes.

        Raises
        ------
        RefusedError
            If it takes longer than `TIMEOUT_S`, more memory than `MEMORY_BYTES`, or the process
            dies; the next work gets a fresh one.
        ProgcheckError
            Whatever the work raises.
        """
        if self._turns is None or self._all is None:  # they belong to the loop, which now runs
            self._turns, self._all = CapacityLimiter(self.count), CapacityLimiter(self.count)
        try:
            async with self._turns:
                with fail_after(TIMEOUT_S):  # whoever waits for a turn is not too slow
                    asked = (os.getpid(), work, *given)
                    return await run_sync(_done, *asked, cancellable=True, limiter=self._all)
        except TimeoutError:
            status, problem = HTTPStatus.GATEWAY_TIMEOUT, f"this took over {TIMEOUT_S:.0f} s"
            raise RefusedError(status, f"{problem} and was ended") from None
        except MemoryError:
            raise RefusedError(
                HTTPStatus.INSUFFICIENT_STORAGE, "this needs too much memory"
            ) from None
        except BrokenWorkerProcess:
            problem = "the process that worked on this died; try it again"
            raise RefusedError(HTTPStatus.BAD_GATEWAY, problem) from None

    async def warm_up(self) -> None:
        """Have a process ready before somebody needs it; where it dies, another one comes."""
        with suppress(RefusedError):
            await self.do(make_ready)


def make_ready() -> None:
    """Load what a review needs, so that nobody waits for it."""
    import analyzer.report.html
    import analyzer.review.pipeline  # noqa: F401 - loaded


def _done(server: int, work: Callable[[Unpack[Given]], Result], *given: *Given) -> Result:
    """Do some work in a process, which has its rules before its first."""
    _rules(server)
    return work(*given)


@cache
def _rules(server: int) -> None:
    """Set once what holds for a process: Ctrl-C is the server's, memory and life have an end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()


def _end_with(server: int) -> None:
    """Leave no orphan: one that is idle sees its pipe end, one that works does not."""
    while os.getppid() == server:
        time.sleep(LOOK_S)
    os._exit(1)
