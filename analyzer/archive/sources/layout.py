"""What a platform's file has to say: how its layout is known, and what it tells of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.records import Hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.archive.records import Platform
    from analyzer.archive.sources.tree import Listing


class Told(NamedTuple):
    """
    What an export says of one file in it.

    Parameters
    ----------
    hint : Hint
        Whose it is, sport, title and day, as far as it says so.
    other : str
        Why it is no recording, though its name promises one; empty if it may be one.
    """

    hint: Hint = Hint()
    other: str = ""


class Reading(NamedTuple):
    """
    An export whose tables were read.

    Parameters
    ----------
    told : callable
        By the place of a file below the top of the export, ``/`` between the parts: what
        the export says of it, None where the file is not of this platform.
    shown : callable
        The name of a file or folder in it, without people.
    """

    told: Callable[[str], Told | None]
    shown: Callable[[str], str]


class Layout(NamedTuple):
    """
    A platform.

    Parameters
    ----------
    platform : Platform
        Its name.
    is_here : callable
        Whether a folder or archive is the top of an export, or holds files of the platform.
    read : callable
        Reads the tables of that folder.
    own_name : callable
        For the name of an export, without ``.zip``: how it is shown, without people. None
        for a name that the platform does not give.
    is_export : bool
        Whether all below the top is the platform's, so that no folder there is an athlete.
    """

    platform: Platform
    is_here: Callable[[Listing], bool]
    read: Callable[[Listing], Reading]
    own_name: Callable[[str], str | None]
    is_export: bool = True


def as_it_is(name: str) -> str:
    """Show a name without a change."""
    return name


def never(name: str) -> str | None:
    """No name is this platform's."""
    return None
