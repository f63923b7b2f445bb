"""A PostgreSQL of our own: on loopback, in a folder that is thrown away, with a password."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PASSWORD = "s3cret-word"  # noqa: S105 - of a server that lives as long as a test
USER = "postgres"


def programs() -> Path | None:
    """Return the folder with ``initdb`` and ``pg_ctl``, of the latest version; None without."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


def as_somebody() -> list[str]:
    """Return what stands before a command that root may not run."""
    if os.getuid() != 0:
        return []
    person = pwd.getpwnam(USER)
    return ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]


class Postgres(NamedTuple):
    """
    A server of ours, which can be stopped and started again where it was.

    Parameters
    ----------
    folder : Path
        All that is its own.
    port : int
        Where it listens.
    """

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Return its address without a database."""
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Have it answer."""
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 "
        settings += f"-c unix_socket_directories={self.folder}"
        log = self.folder / "log"
        call("pg_ctl", "-D", self.folder / "data", "-w", "-o", settings, "-l", log, "start")

    def stop(self) -> None:
        """Have it go away at once, whoever is connected."""
        call("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")


@contextmanager
def server():
    """Start one, hand over its address without a database, and stop it."""
    with running() as postgres:
        yield postgres.address


@contextmanager
def running():
    """Start one, hand it over, and stop it; whoever stops it meanwhile starts it again."""
    folder = Path(tempfile.mkdtemp(prefix="progcheck-postgres-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER)
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        how = ("-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}", "-N")
        call("initdb", "-D", folder / "data", *how)
        postgres = Postgres(folder, free_port())
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def call(program: str, *arguments: object) -> None:
    """Run one of its programs; where it fails, with its words."""
    folder = programs()
    assert folder is not None
    done = subprocess.run(
        [*as_somebody(), str(folder / program), *map(str, arguments)],
        cwd="/", check=False, timeout=120,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"{program} failed with {done.returncode}"


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_database(address: str, name: str) -> str:
    """Make an empty database, and return its address."""
    import psycopg

    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address}/{name}"
