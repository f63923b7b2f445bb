"""A store that is open: the way to it, and its transactions, in a file or on a server."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzer.archive.store.failures import told
from analyzer.archive.store.migrate import is_ready, migrate, take_turn
from analyzer.archive.store.postgres import postgres_engine
from analyzer.archive.store.sqlite_file import WRITES, sqlite_engine
from analyzer.archive.store.target import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from sqlalchemy.engine import Connection, Engine

    from analyzer.archive.store.target import Target

WAIT_S = 30.0
"""How long one waits for another that writes [s]; a batch of results takes well under one."""


class OpenStore:
    """
    A store that is open; what can be asked of it and said to it is `Store`'s.

    Every failure is a `StoreError` of one line.

    Parameters
    ----------
    target : Target
        Where it is.
    engine : Engine
        The way to it.
    """

    def __init__(self, target: Target, engine: Engine) -> None:
        self._target = target
        self._engine = engine

    @classmethod
    def open(cls, target: str, *, create: bool = False, wait_s: float = WAIT_S) -> Self:
        """
        Open a store; an older one is brought to this version.

        Parameters
        ----------
        target : str
            A file, or ``postgresql://user:password@host/database``.
        create : bool
            Whether to make one where there is none.
        wait_s : float
            How long to wait for others that write, before it is called locked [s].

        Raises
        ------
        NoStoreError
            If there is none.
        StoreError
            If it cannot be used: damaged, locked, newer, out of reach.
        MissingExtraError
            For PostgreSQL, without psycopg.
        """
        place = target_of(target)
        with told(place.name):
            store = cls(place, engine_of(place, create=create, wait_s=wait_s))
            try:
                store._make_ready(create=create)
            except BaseException:
                store.close()
                raise
        return store

    def __enter__(self) -> Self:
        """Use it in a ``with``."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of file and server."""
        self._engine.dispose()

    @property
    def name(self) -> str:
        """What the store is called: the file's name, or the address without user and password."""
        return self._target.name

    @property
    def _is_file(self) -> bool:
        """Whether the store is a file."""
        return self._target.path is not None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Ask in one transaction: all answers are of one moment."""
        with told(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Write in one transaction: all of it, or nothing."""
        engine = self._engine.execution_options(**{WRITES: True})
        with told(self.name), engine.begin() as connection:
            yield connection

    def _make_ready(self, *, create: bool) -> None:
        """Make tables where there are none, and bring older ones to this version."""
        with self._engine.connect() as connection:
            if is_ready(connection, self.name, create=create):
                return
        with self._writing() as connection:
            take_turn(connection)
            if not is_ready(connection, self.name, create=create):  # another one was faster
                migrate(connection)


def engine_of(target: Target, *, create: bool, wait_s: float) -> Engine:
    """Return the way to a store."""
    if target.path is not None:
        return sqlite_engine(target.path, create=create, wait_s=wait_s)
    assert target.url is not None  # noqa: S101 - one of the two is always there
    return postgres_engine(target.url, wait_s)
