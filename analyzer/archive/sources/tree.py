"""Folders on disk and in archives seen alike: names first, contents only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.archive.records import Reason

MAX_DEPTH = 64
"""Folders inside folders."""


class Leaf(NamedTuple):
    """
    A file in a folder.

    Parameters
    ----------
    name : str
        The last part of its name.
    path, member, copy
        As in `Found`.
    depth : int
        How many archives it is in.
    skipped : Reason or None
        Why it cannot be opened, where its folder says so already.
    why : str
        The same in words.
    """

    name: str
    path: str
    member: str = ""
    copy: int = 0
    depth: int = 0
    skipped: Reason | None = None
    why: str = ""


class Branch(NamedTuple):
    """
    A folder, of which nothing was read yet.

    Parameters
    ----------
    name : str
        The last part of its name.
    path : str
        The folder, or the archive that it is in.
    listed : callable
        Says what lies in it, once: a second time all of it was found already.
    looked_into : callable
        The same without finding anything.
    """

    name: str
    path: str
    listed: Callable[[], Listing]
    looked_into: Callable[[], Listing]


class Listing(NamedTuple):
    """
    What lies in a folder.

    Parameters
    ----------
    name : str
        What the folder or the archive is called.
    branches : tuple of Branch
        Folders, in the order of their names.
    leaves : tuple of Leaf
        Files, in the order of their names.
    is_archive : bool
        Whether this is the outermost folder of an archive.
    why : str
        Why it cannot be looked into.
    """

    name: str
    branches: tuple[Branch, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    is_archive: bool = False
    why: str = ""

    def branch(self, name: str) -> Branch | None:
        """Return a folder by its name, upper and lower case alike."""
        return next((b for b in self.branches if b.name.lower() == name.lower()), None)

    def leaf(self, name: str) -> Leaf | None:
        """Return a file by its name, upper and lower case alike."""
        return next((f for f in self.leaves if f.name.lower() == name.lower()), None)
