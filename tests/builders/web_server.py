"""A real ``progcheck serve`` in a process of its own, as browsers and programs meet it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STOPS_S = 120.0
"""Longest that a server may take to end once it was told to; it takes two."""


class Server(NamedTuple):
    """
    A server that runs.

    Parameters
    ----------
    address : str
        Its first line: with the token, as a person opens it.
    process : Popen
        The process itself.
    """

    address: str
    process: subprocess.Popen[str]

    @property
    def root(self) -> str:
        """``http://127.0.0.1:54321``."""
        return f"http://{urlsplit(self.address).netloc}"

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.address).port or 0

    @property
    def token(self) -> str:
        """The secret of this start."""
        return parse_qs(urlsplit(self.address).query)["token"][0]

    def client(self, timeout_s: float = 120.0) -> httpx.Client:
        """Return a program that holds the token."""
        held = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.root, headers=held, timeout=timeout_s)


@contextmanager
def serving(
    folder: Path,
    *options: str,
    env: dict[str, str] | None = None,
    first: Callable[[], None] | None = None,
) -> Iterator[Server]:
    """
    Run a server in a folder, and stop it as Ctrl-C does.

    Parameters
    ----------
    folder : Path
        Where it is started: the store is here unless an option says otherwise.
    *options : str
        After ``progcheck serve --no-open``.
    env : dict, optional
        What differs in its environment.
    first : callable, optional
        Called in the new process before the program.
    """
    process = started(folder, *options, env=env, first=first)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), stop(process)
        yield Server(address, process)
    finally:
        stop(process)


def started(
    folder: Path,
    *options: str,
    env: dict[str, str] | None = None,
    first: Callable[[], None] | None = None,
) -> subprocess.Popen[str]:
    """Start a server, whatever becomes of it."""
    return subprocess.Popen(
        [sys.executable, "-m", "analyzer", "serve", "--no-open", *options],
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=first,
    )


def stop(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Stop a server as Ctrl-C does; returns its exit code and what it had to complain of."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        _, complaints = process.communicate(timeout=STOPS_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, complaints
