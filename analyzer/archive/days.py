"""Days of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt


class Days(NamedTuple):
    """The first and the last day, both included; None: open on that side."""

    first: dt.date | None = None
    last: dt.date | None = None
