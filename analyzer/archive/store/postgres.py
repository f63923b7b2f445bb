"""A store of a team: how PostgreSQL is reached; psycopg is needed for that alone."""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event

from analyzer.errors import MissingExtraError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Engine

CONNECT_S = 10
"""How long the server may take to answer at all, whatever else is waited for [s]."""

CREATING = 7_017_017
"""Number of the lock under which one program at a time makes or migrates tables."""


def postgres_engine(url: URL, wait_s: float) -> Engine:
    """
    Return the way to a store on a server; nothing is sent yet.

    Parameters
    ----------
    url : URL
        Where it is.
    wait_s : float
        How long to wait for a row that another holds, and for an answer at all [s].

    Raises
    ------
    MissingExtraError
        Without psycopg.
    """
    if find_spec("psycopg") is None:
        extra, needed_for = "postgres", "a store in PostgreSQL"
        raise MissingExtraError(extra, needed_for)
    connect_s = math.ceil(min(CONNECT_S, wait_s))
    arguments = {} if "connect_timeout" in url.query else {"connect_timeout": connect_s}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)

    def settle(connection: Any, record: object) -> None:  # noqa: ANN401 - psycopg's
        """Say once for a connection how long it waits for others."""
        del record
        connection.execute(f"SET lock_timeout = '{wait_s * 1000:.0f}ms'")
        connection.commit()

    event.listen(engine, "connect", settle)
    return engine
