"""What goes wrong in a database, in one line each: what it is, and what to do about it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from analyzer.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

DAMAGED = "is damaged: take a copy made earlier, or judge the runs again into a new store"
LOCKED = "is locked by another program: try again when that has finished"
NO_STORE = "is no progcheck store"
NOTHING_YET = "there is no store in this database yet: 'progcheck batch' makes one"
READ_ONLY = "cannot be written: check the rights of the file and of its folder"
FULL = "the disk is full: nothing of this was saved"

OF_SQLITE = {
    "SQLITE_NOTADB": NO_STORE,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_PROTOCOL": LOCKED,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_PERM": READ_ONLY,
    "SQLITE_CANTOPEN": "cannot be opened: check the folder and its rights",
    "SQLITE_FULL": FULL,
    "SQLITE_TOOBIG": "a row is larger than the database can hold",
    "SQLITE_IOERR": "cannot be read or written: check the disk",
}
"""How a failure is called by SQLite, or how its name begins."""

OF_POSTGRES = {
    "28": "user or password is refused",
    "3D": "there is no such database",
    "08": "cannot be reached: check address and network",
    "57P": "the server is shutting down: try again later",
    "53100": "the disk of the server is full: nothing of this was saved",
    "53": "the server has no room for this: try again later",
    "42501": "this user may not do that there",
    "25006": "cannot be written: the server is read-only",
    "55P03": LOCKED,
    "23503": "others wrote at the same time: try again",
    "40": "others wrote at the same time: try again",
    "XX001": DAMAGED,
    "XX002": DAMAGED,
    "42": "is damaged, or has tables of another program",
}
"""SQLSTATE of a failure, or how it begins."""

AT_THE_DOOR = {
    "password": "28",
    "authentication": "28",
    "pg_hba.conf": "28",
    'role "': "28",
    'database "': "3D",
}
"""Words of a server that lets nobody in, which says so without a code."""


@contextmanager
def told(store: str) -> Iterator[None]:
    """
    Turn failures of a database into one line; its own words are not repeated.

    They may hold values of rows, and the address with its password.

    Parameters
    ----------
    store : str
        What the store is called.

    Raises
    ------
    StoreError
        In place of any error of the database or of the disk.
    """
    try:
        yield
    except DBAPIError as error:
        raise StoreError(store, problem_of(error.orig)) from None
    except (sqlite3.Error, OSError) as error:
        raise StoreError(store, problem_of(error)) from None
    except (SQLAlchemyError, ValueError) as error:  # a value that its column cannot hold
        raise StoreError(store, DAMAGED) from error


def problem_of(error: BaseException | None) -> str:
    """Say what is wrong, and what to do."""
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", None) or "SQLITE_CORRUPT"
        found = _longest(OF_SQLITE, name)
        return found or f"cannot be used ({name})"
    if isinstance(error, OSError):
        return f"cannot be used ({error.strerror or type(error).__name__})"
    state = getattr(error, "sqlstate", None)
    if state is None and type(error).__name__ != "OperationalError":  # the driver's own
        return f"cannot be used ({type(error).__name__})"
    state = state or _state_at_the_door(str(error))
    return _longest(OF_POSTGRES, state) or f"cannot be used (SQLSTATE {state})"


def _longest(problems: dict[str, str], name: str) -> str | None:
    """Return the problem under the longest key that a name begins with."""
    keys = [key for key in problems if name.startswith(key)]
    return problems[max(keys, key=len)] if keys else None


def _state_at_the_door(words: str) -> str:
    """Guess the code that a server did not send; it cannot be reached where it said nothing."""
    if "FATAL" not in words and "password" not in words:
        return "08"
    return next((state for word, state in AT_THE_DOOR.items() if word in words), "08")
