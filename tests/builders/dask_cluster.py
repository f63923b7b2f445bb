"""A Dask cluster of our own: a scheduler and workers, each a process, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tests.builders.postgres_server import free_port
from tests.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTING_S, ENDING_S = 120, 30

ONE_DEATH = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
"""A task is given up after it has taken two workers along: else tests would start many."""


class DaskCluster(NamedTuple):
    """Where the scheduler is, and all of it as processes."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def dask_scheduler() -> Iterator[DaskCluster]:
    """Start a scheduler without workers."""
    place = ("--host", "127.0.0.1", "--port", str(port := free_port()), "--no-show")
    with _process("dask_scheduler", *place) as scheduler:
        _wait_for(port)
        yield DaskCluster(f"tcp://127.0.0.1:{port}", scheduler, ())


def _wait_for(port: int) -> None:
    """Wait until somebody listens, however busy the machine is."""
    until_s = time.monotonic() + STARTING_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
        except OSError:
            assert time.monotonic() < until_s, "the scheduler does not start"
            time.sleep(0.05)
        else:
            return


@contextmanager
def dask_cluster(workers: int = 2, *options: str) -> Iterator[DaskCluster]:
    """Start a scheduler and workers of one thread, which nobody starts again."""
    plain = options or ("--no-nanny",)
    with ExitStack() as running:
        alone = running.enter_context(dask_scheduler())
        started = tuple(
            running.enter_context(
                _process(
                    "dask_worker", alone.address, "--host", "127.0.0.1", "--nthreads", "1", *plain
                )
            )
            for _ in range(workers)
        )
        yield alone._replace(workers=started)


@contextmanager
def _process(program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of Dask's programs, and end it with all that it has started."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"],
        cwd=ROOT,
        env={**os.environ, **ONE_DEATH, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(ENDING_S)
