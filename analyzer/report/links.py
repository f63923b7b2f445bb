"""Where the parts of a page lead, on a page that is not alone; a file or a sheet leads nowhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.review import Review


class Links(NamedTuple):
    """
    Addresses of what a page names.

    Parameters
    ----------
    athlete : callable
        Returns the address of an athlete's page, by name.
    run : callable
        Returns the address of a run's page; of a run that has none, nothing.
    """

    athlete: Callable[[str], str]
    run: Callable[[Review], str]


def _nowhere(_: object) -> str:
    """Lead nowhere."""
    return ""


NOWHERE = Links(_nowhere, _nowhere)
"""A page that is alone."""


def linked(markup: str, address: str) -> str:
    """Return finished markup as a link to an address; as it is where there is none."""
    return f'<a href="{escape(address)}">{markup}</a>' if address and markup else markup
