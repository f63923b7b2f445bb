"""A store of a team: how PostgreSQL is reached; psycopg is needed for that alone."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event

from analyzer.errors import MissingExtraError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Engine

WAIT_S = 30
"""How long one waits for a row that another holds [s]."""

CONNECT_S = 10
"""How long the server may take to answer at all [s]."""

CREATING = 7_017_017
"""Number of the lock under which one program at a time makes or migrates tables."""


def postgres_engine(url: URL) -> Engine:
    """
    Return the way to a store on a server; nothing is sent yet.

    Raises
    ------
    MissingExtraError
        Without psycopg.
    """
    if find_spec("psycopg") is None:
        extra, needed_for = "postgres", "a store in PostgreSQL"
        raise MissingExtraError(extra, needed_for)
    arguments = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_S}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    return engine


def _settle(connection: Any, record: object) -> None:  # noqa: ANN401 - psycopg is not always there
    """Say once for a connection how long it waits for others."""
    del record
    connection.execute(f"SET lock_timeout = '{WAIT_S}s'")
    connection.commit()
