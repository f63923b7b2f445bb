"""Folders on disk: each file once, in an order that stays, and no loop is walked."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from analyzer.archive.sources.tree import Branch, Leaf, Listing

OUT = "a link that leads out of the folder"

Identity = tuple[int, int]
"""Device and number of a file or folder, whatever names lead to it."""


class Seen(NamedTuple):
    """
    What was found already.

    Parameters
    ----------
    folders : set
        All folders that were listed.
    files : set
        Files that were named or linked to; others have one name.
    above : set
        The folders that hold a named one: a link to them is a loop.
    bounds : tuple of str
        Folders, all links followed, that no link may lead out of; none: links lead anywhere.
    """

    folders: set[Identity]
    files: set[Identity]
    above: set[Identity]
    bounds: tuple[str, ...] = ()


def nothing_seen(bounds: tuple[str, ...] = ()) -> Seen:
    """Begin."""
    return Seen(set(), set(), set(), bounds)


def is_within(path: str, bounds: tuple[str, ...]) -> bool:
    """Whether a path, all links followed, is one of some folders or lies in one."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(bound) for bound in bounds)


def listing_of(path: str, seen: Seen) -> Listing:
    """
    List a folder.

    Parameters
    ----------
    path : str
        The folder.
    seen : Seen
        What was found before is left out, and what is found now is noted.

    Returns
    -------
    Listing
        Links are followed, as people link folders of their athletes; one that leads to
        what was found already adds nothing.
    """
    name = Path(path).name
    try:
        status = os.stat(path)  # noqa: PTH116 - a path that may be no text
        identity = (status.st_dev, status.st_ino)
        if identity in seen.folders:
            return Listing(name)
        seen.folders.add(identity)
        with os.scandir(path) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        return Listing(name, why=f"the folder cannot be read ({_reason(error)})")
    astray = tuple(
        Leaf(e.name, e.path, skipped="unreadable", why=OUT) for e in ordered if _is_astray(e, seen)
    )
    ordered = [e for e in ordered if not _is_astray(e, seen)]
    branches = tuple(
        _branch(e.name, e.path, seen) for e in ordered if _is_folder(e) and not _is_loop(e, seen)
    )
    leaves = tuple(
        _leaf(entry)
        for entry in ordered
        if not _is_folder(entry) and _is_new(entry, identity[0], seen)
    )
    return Listing(name, branches, (*leaves, *astray))


def named(path: str, seen: Seen) -> Branch | Leaf | None:
    """Return what somebody named: a folder or a file; None if it was found already."""
    name = Path(path).name or path
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        why = "no such file or folder" if missing else f"it cannot be opened ({_reason(error)})"
        return Leaf(name, path, skipped="unreadable", why=why)
    if stat.S_ISDIR(status.st_mode):
        _note_above(path, seen)
        return _branch(Path(os.path.realpath(path)).name, path, seen)
    if not _is_first(path, (status.st_dev, status.st_ino), seen):
        return None
    return _plain(name, path, status.st_mode)


def _branch(name: str, path: str, seen: Seen) -> Branch:
    """Make a folder that is listed when it is its turn."""
    return Branch(
        name,
        path,
        lambda: listing_of(path, seen),
        lambda: listing_of(path, nothing_seen(seen.bounds)),
    )


def _is_astray(entry: os.DirEntry[str], seen: Seen) -> bool:
    """Whether an entry is a link that leads where nobody may look."""
    return bool(seen.bounds) and entry.is_symlink() and not is_within(entry.path, seen.bounds)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a link to one."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_loop(entry: os.DirEntry[str], seen: Seen) -> bool:
    """Whether a folder is a link to one that holds what was named."""
    if not entry.is_symlink():
        return False
    try:
        status = entry.stat()
    except OSError:
        return False  # gone meanwhile, which is said when it is listed
    return (status.st_dev, status.st_ino) in seen.above


def _note_above(path: str, seen: Seen) -> None:
    """Note the folders that hold a named one."""
    for parent in Path(os.path.realpath(path)).parents:
        try:
            status = parent.stat()
        except OSError:
            continue
        seen.above.add((status.st_dev, status.st_ino))


def _is_new(entry: os.DirEntry[str], device: int, seen: Seen) -> bool:
    """Whether a file was not found by another name; only links and named files can have been."""
    if entry.is_symlink():
        try:
            status = entry.stat()
        except OSError:
            return True  # leads nowhere, which is said
        return _is_first(entry.path, (status.st_dev, status.st_ino), seen)
    return not seen.files or (device, entry.inode()) not in seen.files


def _is_first(path: str, identity: Identity, seen: Seen) -> bool:
    """Note a file that was named or linked to; False if it, or the folder it is in, was found."""
    try:
        home = os.stat(os.path.dirname(os.path.realpath(path)))  # noqa: PTH116, PTH120
    except OSError:
        return True
    if identity in seen.files or (home.st_dev, home.st_ino) in seen.folders:
        return False
    seen.files.add(identity)
    return True


def _leaf(entry: os.DirEntry[str]) -> Leaf:
    """Make a file; pipes and the like are never opened, as one may wait for ever."""
    try:
        if entry.is_file():
            return Leaf(entry.name, entry.path)
        return _plain(entry.name, entry.path, entry.stat().st_mode)
    except OSError:
        why = "a link that leads nowhere"
        return Leaf(entry.name, entry.path, skipped="unreadable", why=why)


def _plain(name: str, path: str, mode: int) -> Leaf:
    """Make a file, if it is one."""
    if stat.S_ISREG(mode):
        return Leaf(name, path)
    return Leaf(name, path, skipped="other_file", why="not a plain file")


def _reason(error: Exception) -> str:
    """Say why the system refused."""
    return getattr(error, "strerror", None) or "not a name that a file can have"
