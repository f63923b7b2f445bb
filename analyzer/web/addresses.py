"""Addresses of the server's pages, as links have them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    import datetime as dt


def run_address(content: str) -> str:
    """Return where a run that is kept is shown."""
    return f"/runs/{content}"


def athlete_address(name: str) -> str:
    """Return where an athlete is shown; a name may hold whatever a folder may be called."""
    return with_query("/athlete", name=name)


def days_address(path: str, first: dt.date | None, last: dt.date | None) -> str:
    """Return a page of some days; None is open on that side."""
    return with_query(path, since=_day(first), until=_day(last))


def with_query(path: str, **query: str) -> str:
    """Return an address with a query."""
    return f"{path}?{urlencode(query, errors='replace')}" if query else path


def _day(day: dt.date | None) -> str:
    """Return a day as addresses have it."""
    return "" if day is None else day.isoformat()
