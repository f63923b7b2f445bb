"""Which version a store is of, and how an older one, or none, becomes one of this."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from analyzer.archive.store.failures import NO_STORE, NOTHING_YET
from analyzer.archive.store.postgres import CREATING
from analyzer.errors import NoStoreError, StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

VERSIONS = ("0001", "0002")
"""Every version a store may have had, the latest last: the names of the migrations."""

VERSION_TABLE = "progcheck_version"
"""Says which version a store is of; alembic's own name might be another program's."""

MIGRATIONS = Path(__file__).parent / "migrations"
"""Where alembic finds them."""


def version_of(connection: Connection) -> str | None:
    """Return the version of a store; None where there is no store."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return None if found is None else str(found)


def is_ready(connection: Connection, store: str, *, create: bool) -> bool:
    """
    Whether a store is of this version; False for an older one that has to be migrated.

    Parameters
    ----------
    connection : Connection
        To the store.
    store : str
        What it is called.
    create : bool
        Whether an empty database may become a store.

    Raises
    ------
    StoreError
        For a newer version, for the file of another program, for an empty one.
    NoStoreError
        For a server's database without a store.
    """
    version = version_of(connection)
    if version is None:
        is_file = connection.dialect.name == "sqlite"
        if is_file and (not create or _has_tables(connection)):
            raise StoreError(store, NO_STORE)
        if not create:
            raise NoStoreError(store, NOTHING_YET)
        return False
    if version not in VERSIONS:
        problem = "was written by a newer progcheck: pip install --upgrade progcheck"
        raise StoreError(store, problem)
    return version == VERSIONS[-1]


def _has_tables(connection: Connection) -> bool:
    """Whether somebody else's tables are there; a server's database may be shared, a file not."""
    return bool(inspect(connection).get_table_names())


def migrate(connection: Connection, to: str = VERSIONS[-1]) -> None:
    """
    Bring a store to a version, in the transaction of its connection.

    Parameters
    ----------
    connection : Connection
        One that writes.
    to : str
        One of `VERSIONS`.
    """
    from alembic import command  # only where there is something to do
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


def take_turn(connection: Connection) -> None:
    """Let no other program make tables meanwhile; an SQLite file is locked as it is."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CREATING})
