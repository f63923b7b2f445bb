"""A store in one file: how SQLite is opened, so that several processes can write to it."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool

from analyzer.errors import NoStoreError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

RETRY_S = 0.05
"""How long to wait where SQLite itself does not [s]."""

LOG_BYTES = 16 * 2**20
"""What the log beside the file is cut back to, once it is written into it."""

WRITES = "writes"
"""Option of a connection that will write: it takes its turn at the start, not in the middle."""


def sqlite_engine(path: Path, *, create: bool, wait_s: float) -> Engine:
    """
    Return the way to a store in a file.

    Parameters
    ----------
    path : Path
        Where it is.
    create : bool
        Whether there may be none yet.
    wait_s : float
        How long to wait for others that write [s].

    Raises
    ------
    NoStoreError
        If there is none.
    StoreError
        If it is a folder, or its folder is not there.
    """
    if path.is_dir():
        problem = "is a folder: name a file in it"
        raise StoreError(path.name or str(path), problem)
    if not create and not path.exists():
        problem = "there is no such store: check the name and the folder"
        raise NoStoreError(path.name, problem)
    if not path.parent.is_dir():
        problem = "there is no such folder"
        raise StoreError(path.name, problem)
    opener = _opener(path, create=create, wait_s=wait_s)
    engine = create_engine("sqlite://", creator=opener, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _opener(path: Path, *, create: bool, wait_s: float) -> Callable[[], sqlite3.Connection]:
    """Return what opens a connection; a file that is none yet is made only where it may be."""
    address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=wait_s, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # what was said to be saved is saved
            connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
            if create:
                _share(connection, wait_s)
        except BaseException:
            connection.close()
            raise
        return connection

    return opened


def _share(connection: sqlite3.Connection, wait_s: float) -> None:
    """
    Let one write while others read (WAL); it stays so.

    The change itself does not wait for its turn as all else does, so it is tried again.
    """
    last_s = time.monotonic() + wait_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
            if not is_busy or time.monotonic() > last_s:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes takes its turn now, so that it is never refused one."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def clear_away(engine: Engine) -> bool:
    """
    Write the file anew without what was deleted, and empty the log beside it.

    Returns
    -------
    bool
        Whether it is done: another program that reads holds the old pages.
    """
    connection: Any = engine.raw_connection()
    try:
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return not busy


def faults(connection: Connection) -> list[str]:
    """Return what SQLite itself finds wrong with its file, and rows that belong to nothing."""
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
    found = [f"the file: {line}" for line in told if line != "ok"]
    lost = len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())
    return [*found, f"{lost} rows belong to nothing"] if lost else found
