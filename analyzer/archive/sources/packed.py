"""What an archive holds, as folders and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.archive.sources.archives import INSIDE, Member, is_too_deep, members_of
from analyzer.archive.sources.tree import MAX_DEPTH, Branch, Leaf, Listing
from analyzer.errors import ActivityError


class _Archive(NamedTuple):
    """Where an archive is: on disk, in another one, and how many archives deep its files are."""

    path: str
    inside: str
    depth: int


@dataclass(slots=True)
class _Folder:
    """A folder of an archive while its members are sorted into folders."""

    folders: dict[str, _Folder] = field(default_factory=dict)
    files: list[tuple[str, Member]] = field(default_factory=list)


def listing_of_archive(leaf: Leaf, label: str) -> Listing:
    """
    List an archive.

    Parameters
    ----------
    leaf : Leaf
        The archive: a file on disk, or in another archive.
    label : str
        What it is called in messages.

    Returns
    -------
    Listing
        With the reason if it cannot be looked into.
    """
    depth = leaf.depth + 1
    if is_too_deep(depth):
        why = "archives inside archives inside archives; unpack the outer one"
        return Listing(leaf.name, is_archive=True, why=why)
    if leaf.copy:
        why = "a second archive of the same name in one archive; unpack it"
        return Listing(leaf.name, is_archive=True, why=why)
    top = _Folder()
    try:
        for member in members_of(leaf.path, leaf.member, label):
            _put(top, member)
    except ActivityError as error:
        hint = f": {error.hint}" if error.hint else ""
        return Listing(leaf.name, is_archive=True, why=f"{error.problem}{hint}")
    inside = f"{leaf.member}{INSIDE}" if leaf.member else ""
    return _listing(_Archive(leaf.path, inside, depth), leaf.name, top, is_archive=True)


def _put(top: _Folder, member: Member) -> None:
    """Sort a member into its folder; names that lead out of the archive stay in it."""
    parts = [p for p in member.name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    folders, name = parts[:-1], parts[-1] if parts else "file"
    if len(folders) >= MAX_DEPTH:
        folders = folders[: MAX_DEPTH - 1]
    here = top
    for folder in folders:
        here = here.folders.setdefault(folder, _Folder())
    here.files.append((name, member))


def _listing(archive: _Archive, name: str, folder: _Folder, *, is_archive: bool = False) -> Listing:
    """List one folder of an archive, in the order of the names."""
    ordered = sorted(folder.files, key=lambda f: (f[0], f[1].name, f[1].copy))
    leaves = tuple(_leaf(archive, part, member) for part, member in ordered)
    branches = tuple(_branch(archive, *each) for each in sorted(folder.folders.items()))
    return Listing(name, branches, leaves, is_archive)


def _leaf(archive: _Archive, part: str, member: Member) -> Leaf:
    """Make a file of an archive."""
    return Leaf(
        part,
        archive.path,
        archive.inside + member.name,
        member.copy,
        archive.depth,
        "unreadable" if member.why else None,
        member.why,
    )


def _branch(archive: _Archive, name: str, folder: _Folder) -> Branch:
    """Make a folder of an archive."""

    def listed() -> Listing:
        return _listing(archive, name, folder)

    return Branch(name, archive.path, listed, listed)
