"""What ``--store`` names: a file, or a database of a server; and how it is called in messages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from analyzer.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

SCHEMES = ("postgresql", "postgres")
"""How the address of a database may begin."""


class Target(NamedTuple):
    """
    Where a store is; one of the two is None.

    Parameters
    ----------
    name : str
        What it is called: name of the file; address without user, password and options.
    path : Path or None
        The file.
    url : URL or None
        The address, with all that is needed to get in.
    """

    name: str
    path: Path | None = None
    url: URL | None = None


def target_of(text: str) -> Target:
    """
    Read what ``--store`` was given.

    Parameters
    ----------
    text : str
        A path, or ``postgresql://user:password@host/database``.

    Raises
    ------
    StoreError
        For an address that is none; it is not repeated, as there may be a password in it.
    """
    scheme, separator, _ = text.partition("://")
    if not separator:
        path = Path(text)
        return Target(path.name or text, path=path)
    if scheme not in SCHEMES:
        shown = f"{scheme}://…"
        problem = "a store is a file, or postgresql://user@host/database"
        raise StoreError(shown, problem)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or not url.database:
        shown = "postgresql://…"
        problem = "this is no address; write postgresql://user@host/database"
        raise StoreError(shown, problem) from None
    return Target(_name(url), url=url.set(drivername="postgresql+psycopg"))


def _name(url: URL) -> str:
    """Call a database by place and name alone."""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or ''}{port}/{url.database}"
