"""The way to a Dask cluster: opened, looked over, and closed; every failure is one line."""

from __future__ import annotations

import logging
import platform
import time
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from analyzer.errors import ClusterError, MissingExtraError
from analyzer.scorer.method import METHOD
from analyzer.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_S = 10.0
"""How long it may take to reach the scheduler [s]."""

ANSWER_S = 30.0
"""How long a scheduler that was reached may be too busy to answer [s]."""

PATIENCE_S = 60.0
"""How long there may be no worker at all: machines are replaced, and restart [s]."""


class Versions(NamedTuple):
    """What has to be the same on both sides, by the name that a person knows it by."""

    progcheck: str
    method: str
    python: str
    distributed: str


class Cluster:
    """
    A cluster that was reached.

    Parameters
    ----------
    client : distributed.Client
        The way to it.
    address : str
        What it is called in messages.
    patience_s : float
        How long there may be no worker [s].
    """

    def __init__(self, client: Any, address: str, patience_s: float) -> None:  # noqa: ANN401 - the library is not always there
        self.client, self.address, self._patience_s = client, address, patience_s
        self._worked_s = time.monotonic()

    def look(self) -> int:
        """
        Look whether anybody works, and return how many files may be judged at once.

        Raises
        ------
        ClusterError
            If the scheduler does not answer, or there was no worker for too long.
        """
        try:
            threads = self.client.sync(self.client.scheduler.ncores, callback_timeout=ANSWER_S)
        except (OSError, RuntimeError) as error:
            raise self.gone() from error
        now_s = time.monotonic()
        if threads:
            self._worked_s = now_s
        elif now_s - self._worked_s > self._patience_s:
            problem = f"no worker for {self._patience_s:.0f} s: start some, and run this again"
            raise ClusterError(self.address, problem)
        return sum(threads.values())

    def gone(self) -> ClusterError:
        """Say that the scheduler does not answer any more."""
        problem = "the scheduler is gone: start it, and run this again"
        return ClusterError(self.address, problem)


def versions() -> Versions:
    """Return the versions of this process."""
    from importlib.metadata import version

    python = ".".join(platform.python_version_tuple()[:2])
    return Versions(__version__, METHOD, python, version("distributed"))


def difference(theirs: Versions) -> str:
    """Say which versions of a worker are not ours; empty where all are."""
    pairs = zip(Versions._fields, versions(), theirs, strict=True)
    return ", ".join(f"{name} {their}, not {own}" for name, own, their in pairs if own != their)


@contextmanager
def connected(address: str, patience_s: float = PATIENCE_S) -> Iterator[Cluster]:
    """
    Reach a cluster, with at least one worker like us, and let go of it at the end.

    Leaving takes back all that was not begun.

    Parameters
    ----------
    address : str
        ``tcp://host:port`` of the scheduler.
    patience_s : float
        How long to wait for a worker [s].

    Raises
    ------
    ClusterError
        If it cannot be reached, nobody works there, or workers are of other versions.
    MissingExtraError
        Without distributed.
    """
    if find_spec("distributed") is None:
        extra, needed_for = "cluster", "a batch on a cluster"
        raise MissingExtraError(extra, needed_for)
    client = _client(address)
    try:
        cluster = Cluster(client, address, patience_s)
        while not cluster.look():
            time.sleep(0.2)
        _check_versions(cluster)
        yield cluster
    finally:
        client.close(timeout=CONNECT_S)


def _client(address: str) -> Any:  # noqa: ANN401 - the library is not always there
    """Connect to a scheduler; what the library would print is said in one line instead."""
    from distributed import Client

    make: Any = Client  # its own types are not all told
    for name in ("distributed", "distributed.client", "distributed.comm", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions, which are looked at below
            return make(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        problem = "the scheduler cannot be reached; an address is tcp://host:8786"
        raise ClusterError(address, problem) from error


def _check_versions(cluster: Cluster) -> None:
    """Refuse workers that would judge in another way, or that cannot judge at all."""
    told = cluster.client.run(versions, on_error="return")
    for worker, theirs in sorted(told.items()):
        if not isinstance(theirs, Versions):
            problem = f"worker {worker} cannot use progcheck: install {__version__} there"
            raise ClusterError(cluster.address, problem)
        wrong = difference(theirs)
        if wrong:
            problem = f"worker {worker} has {wrong}: install the same everywhere"
            raise ClusterError(cluster.address, problem)
