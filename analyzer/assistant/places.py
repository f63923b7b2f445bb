"""Which file is meant by a name, and that it lies in a folder that was named at start."""

from __future__ import annotations

import os
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.archive.sources.disk import is_within
from analyzer.archive.sources.find import find
from analyzer.archive.sources.kinds import is_hidden
from analyzer.archive.sources.labels import joined, shown_part, unique_parts
from analyzer.errors import PlaceError
from analyzer.plans.near import near_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.archive.records import Found

MAX_NAME = 1000
"""Longest name that is looked up [characters]."""

OUTSIDE = "outside the folders that were named at start; list_files says what lies in them"
HIDDEN = "a hidden file, which is not read"
MISSING = "no such file; list_files says what there is"


class Place(Struct, frozen=True):
    """
    A file that was found in one of the folders.

    Parameters
    ----------
    label : str
        What it is called in answers: the name of its folder, and its place in there.
    found : Found
        As a batch finds it, its path with all links followed.
    """

    label: str
    found: Found

    @property
    def is_in_archive(self) -> bool:
        """Whether it is a part of a zip."""
        return bool(self.found.member)

    @property
    def is_closed(self) -> bool:
        """
        Whether it is never opened.

        Pipes and devices may wait for ever, links lead away, and what is hidden holds
        keys and passwords where a whole home was named.
        """
        is_refused = self.found.skipped in ("unreadable", "unfinished")
        return is_refused or self.found.why == "not a plain file" or self.is_hidden

    @property
    def is_hidden(self) -> bool:
        """Whether the file, or a folder on the way to it, is one that systems do not show."""
        return any(is_hidden(part) for part in self.label.split("/")[1:])


class Places:
    """
    The files of some folders, by the names that answers give them, or by their paths.

    Parameters
    ----------
    folders : sequence of str
        As they were named at start. No link is followed out of them.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self.bounds = tuple(dict.fromkeys(os.path.realpath(folder) for folder in folders))
        names = (shown_part(Path(b).name or "files", is_folder=True) for b in self.bounds)
        self.names = tuple(unique_parts(names))

    @cached_property
    def every(self) -> list[Place]:
        """Return all files, also those that are neither recordings nor plans."""
        alone = self.names[0] if len(self.bounds) == 1 else ""
        return [
            Place(joined(alone, found.label), found._replace(path=os.path.realpath(found.path)))
            for found in find(self.bounds, bounds=self.bounds)
        ]

    def one(self, name: str) -> Place:
        """
        Return the file that is meant.

        Parameters
        ----------
        name : str
            As answers give it, or a path: from one of the folders, or a whole one.

        Raises
        ------
        PlaceError
            If it lies elsewhere, is not there, is no plain file, or is several.
        """
        every = self.every
        for called in (self._called, _called_alone):
            meant = [place for place in every if name in called(place)]
            if len(meant) == 1:
                return self._plain(name, meant[0])
        path = self.path(name)
        there = [place for place in every if place.found.path == path]
        if len(there) == 1 and not there[0].is_in_archive:
            return self._plain(name, there[0])
        if there:
            return _of_archive(name, there)
        raise PlaceError(name, self._why_not(path, every, name))

    def path(self, name: str) -> str:
        """
        Return the path that a name leads to, all links followed, whether or not it is there.

        Raises
        ------
        PlaceError
            If it leads out of the folders; in the same words whether or not it is there.
        """
        if not name or len(name) > MAX_NAME or not name.isprintable():
            raise PlaceError(name, "not a name that a file can have")
        candidates = self._candidates(name)
        for path in candidates:
            if is_within(path, self.bounds) and os.path.lexists(path):
                return os.path.realpath(path)
        if not is_within(candidates[0], self.bounds):
            raise PlaceError(name, OUTSIDE)
        return os.path.realpath(candidates[0])

    def has(self, path: str) -> bool:
        """Whether a path, all links followed, lies in one of the folders."""
        return is_within(path, self.bounds)

    def _called(self, place: Place) -> tuple[str, ...]:
        """Return the names of a file: with its folder's, and without where there is one folder."""
        if len(self.bounds) > 1:
            return (place.label,)
        return (place.label, place.found.label)

    def _candidates(self, name: str) -> list[str]:
        """Return the paths that may be meant, the most likely first."""
        path = os.path.expanduser(name)  # noqa: PTH111 - '~nobody' is a name like any other
        if Path(path).is_absolute():
            return [path]
        first, _, rest = path.replace(os.sep, "/").partition("/")
        pairs = zip(self.names, self.bounds, strict=True)
        named = [f"{bound}/{rest}" for shown, bound in pairs if first == shown]
        return [*named, *(f"{bound}/{path}" for bound in self.bounds)]

    def _plain(self, name: str, place: Place) -> Place:
        """Return a file that may be opened; PlaceError for another."""
        if place.is_closed:
            raise PlaceError(name, HIDDEN if place.is_hidden else place.found.why)
        return place

    def _why_not(self, path: str, every: Sequence[Place], name: str) -> str:
        """Say why nothing is found at a path in the folders."""
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - a path that may be no text
        except (OSError, ValueError):
            meant = _meant(name, every)
            return f"no such file; did you mean '{meant}'?" if meant else MISSING
        if stat.S_ISDIR(mode):
            return "a folder, not a file; list_files says what lies in it"
        return "not a file that can be read"


def _called_alone(place: Place) -> tuple[str, ...]:
    """Return the name of a file without its folders, which does where no other has it."""
    return (place.label.rpartition("/")[2],)


def _meant(name: str, every: Sequence[Place]) -> str | None:
    """Return the file that was meant by a misspelt name."""
    labels = {place.label.rpartition("/")[2].lower(): place.label for place in every}
    near = near_word(name.rpartition("/")[2], labels)
    return None if near is None else labels[near]


def _of_archive(name: str, members: Sequence[Place]) -> Place:
    """Return the one recording of an archive; PlaceError where there are several."""
    recordings = [place for place in members if place.found.skipped is None]
    if len(recordings) == 1:
        return recordings[0]
    if not recordings:
        raise PlaceError(name, members[0].found.why or "no recording is in it")
    folder = recordings[0].label.rpartition("/")[0]
    count = len(recordings)
    raise PlaceError(name, f"{count} recordings are in it; list_files of '{folder}' names them")
