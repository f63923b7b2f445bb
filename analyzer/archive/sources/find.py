"""
Every file below what was named, once, in an order that stays, and none dropped.

What cannot be looked into is a `Found` too: an unreadable folder, a damaged or encrypted
archive, a name that leads nowhere are ``skipped="unreadable"`` with the reason in words.
An archive counts by its members, and as one file if it has none.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.records import Found, Hint, Platform
from analyzer.archive.sources.disk import named, nothing_seen
from analyzer.archive.sources.kinds import (
    Kind,
    is_archive,
    kind_of,
    kind_of_folder,
    without_archive,
)
from analyzer.archive.sources.labels import joined, shown_part, unique_parts, without_email
from analyzer.archive.sources.layout import Reading, Told, as_it_is
from analyzer.archive.sources.layouts import layout_of, own_name
from analyzer.archive.sources.packed import listing_of_archive
from analyzer.archive.sources.remote import is_url, named_remote
from analyzer.archive.sources.time_words import names_a_time
from analyzer.archive.sources.tree import MAX_DEPTH, Branch, Leaf, Listing
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

GRACE = dt.timedelta(days=1)
"""Tables count days in UTC: so near to the first day only the recording itself tells."""

PLAIN = Reading(lambda place: None, as_it_is)
"""A folder that people made says nothing of its files."""


class _Here(NamedTuple):
    """
    What the folders around a file say.

    Parameters
    ----------
    label : str
        What the folder is called.
    platform : Platform
        Whose layout it is in.
    reading : Reading
        What the export says.
    place : str
        Where the folder is below the top of the export.
    athlete : str or None
        The folder that may be called after an athlete.
    is_above_athletes : bool
        Whether a folder in this one may be.
    kind : Kind
        Why nothing in it need be opened.
    depth : int
        How many folders it is below what was named.
    wrapped : str
        What an archive is called, as one folder in it may be: packing a folder makes that.
    """

    label: str = ""
    platform: Platform = "folder"
    reading: Reading = PLAIN
    place: str = ""
    athlete: str | None = None
    is_above_athletes: bool = True
    kind: Kind = Kind()
    depth: int = 0
    wrapped: str = ""


def find(
    paths: Iterable[str | Path], *, since: dt.date | None = None, bounds: tuple[str, ...] = ()
) -> Iterator[Found]:
    """
    Find every file below folders, archives and files.

    No content is read but the tables of exports and the lists of members of archives.

    Parameters
    ----------
    paths : iterable of str or Path
        Folders with all that is in them, archives, single files, and URLs of such. One that
        is reached by several ways is found once, by the first.
    since : date, optional
        What by its place is clearly older is skipped as ``before``.
    bounds : tuple of str
        Real paths of folders: a link that leads out of them is skipped, and not followed. Left
        out: links lead anywhere.

    Yields
    ------
    Found
        Labels differ from each other. With several paths each label begins with the name
        of the folder that was given. An athlete's folder is the first one below a given
        folder that is not called after a time (``2026``, ``March``, ``KW 12``) or by a
        platform; a given folder that holds no folders is an athlete's if several were given.
    """
    seen = nothing_seen(bounds)
    given = [os.fspath(path) for path in paths]
    ways = (named_remote(path) if is_url(path) else named(path, seen) for path in given)
    named_ones = [each for each in ways if each is not None]
    labels = unique_parts(_shown(each, PLAIN) for each in named_ones)
    is_one = len(given) == 1
    for each, label in zip(named_ones, labels, strict=True):
        if isinstance(each, Leaf):
            below = _in_file(each, _Here(label=label))
        else:
            below = _in_given(each, "" if is_one else label, is_one=is_one)
        yield from (_unless_before(found, since) for found in below)


def _in_given(branch: Branch, label: str, *, is_one: bool) -> Iterator[Found]:
    """Find what lies in a folder that was named."""
    listing = branch.listed()
    is_athlete = not is_one and all(kind_of_folder(b.name).skipped for b in listing.branches)
    here = _Here(label=label)
    if is_athlete:
        here = _of_athlete(here, branch.name)
    yield from _in_listing(listing, here, Leaf(branch.name, branch.path))


def _in_listing(listing: Listing, here: _Here, itself: Leaf) -> Iterator[Found]:
    """Find what lies in a folder or an archive, by name."""
    if listing.why:
        refused = itself._replace(skipped="unreadable", why=listing.why)
        named_so = _in_export(listing, here)  # whose it is its name may say all the same
        told = named_so.reading.told("") or Told()
        hint = Hint(athlete=told.hint.athlete or here.athlete)
        yield _found(refused, named_so, here.label or shown_part(listing.name), hint)
        return
    if listing.is_archive and not listing.branches and not listing.leaves:
        empty = itself._replace(skipped="other_file", why="an archive with nothing in it")
        yield _found(empty, here, here.label, Hint(athlete=here.athlete))
        return
    here = _in_export(listing, here)
    children: list[Branch | Leaf] = [*listing.branches, *listing.leaves]
    children.sort(key=lambda child: child.name)
    parts = unique_parts(_shown(child, here.reading) for child in children)
    for child, part in zip(children, parts, strict=True):
        below = here._replace(label=joined(here.label, part), place=joined(here.place, child.name))
        if isinstance(child, Leaf):
            yield from _in_file(child, below)
        else:
            yield from _in_folder(child, below)


def _in_export(listing: Listing, here: _Here) -> _Here:
    """Note the platform that laid out a folder, if this is the top of its export."""
    layout = None if here.kind.skipped else layout_of(listing)
    if layout is None:
        return here
    is_whole = layout.is_whole(listing)
    if layout.platform == here.platform and not is_whole:
        return here  # a part of an export, whose tables lie further up
    return here._replace(
        platform=layout.platform,
        reading=layout.read(listing),
        place="",
        is_above_athletes=here.is_above_athletes and not is_whole,
    )


def _in_folder(branch: Branch, here: _Here) -> Iterator[Found]:
    """Find what lies in a folder below another."""
    itself = Leaf(branch.name, branch.path)
    if here.depth >= MAX_DEPTH:
        why = f"folders inside folders, over the limit of {MAX_DEPTH}"
        refused = itself._replace(skipped="unreadable", why=why)
        yield _found(refused, here, here.label, Hint(athlete=here.athlete))
        return
    kind = here.kind if here.kind.skipped else kind_of_folder(branch.name)
    below = here._replace(kind=kind, depth=here.depth + 1, wrapped="")
    if here.is_above_athletes and branch.name != here.wrapped and not kind.skipped:
        below = _of_athlete(below, branch.name)
    yield from _in_listing(branch.listed(), below, itself)


def _of_athlete(here: _Here, name: str) -> _Here:
    """Take the name of a folder for an athlete's, unless it is a time or a platform's."""
    athlete = clean_text(without_email(name))
    if not athlete or names_a_time(name) or own_name(name) is not None:
        return here
    return here._replace(athlete=athlete, is_above_athletes=False)


def _in_file(leaf: Leaf, here: _Here) -> Iterator[Found]:
    """Give a file, or what lies in an archive that it is."""
    kind = Kind(leaf.skipped, leaf.why) if leaf.skipped else here.kind
    kind = kind if kind.skipped else kind_of(leaf.name)
    if kind.skipped or not is_archive(leaf.name):
        told = here.reading.told(here.place)
        other = Kind("other_file", told.other) if told and told.other else Kind()
        kind = other if other.skipped and not leaf.skipped else kind
        hint = told.hint if told else Hint()
        hint = hint._replace(athlete=hint.athlete or here.athlete)
        platform = here.platform if told else "folder"
        named_so = leaf._replace(skipped=kind.skipped, why=kind.why)
        yield _found(named_so, here._replace(platform=platform), here.label, hint)
        return
    below = here._replace(wrapped=without_archive(leaf.name), depth=here.depth + 1)
    yield from _in_listing(listing_of_archive(leaf, here.label), below, leaf)


def _found(leaf: Leaf, here: _Here, label: str, hint: Hint) -> Found:
    """Make the record of a file."""
    return Found(
        label, leaf.path, leaf.member, here.platform, hint, leaf.skipped, leaf.why, leaf.copy
    )


def _unless_before(found: Found, since: dt.date | None) -> Found:
    """Skip what is clearly older than the first day."""
    day = found.hint.day
    if since is None or day is None or found.skipped or day >= since - GRACE:
        return found
    return found._replace(skipped="before", why=f"of {day}, before {since}")


def _shown(child: Branch | Leaf, reading: Reading) -> str:
    """Return how a file, folder or archive is shown; an archive is shown as a folder."""
    is_zip = isinstance(child, Leaf) and is_archive(child.name) and not child.skipped
    name = without_archive(child.name) if is_zip else child.name
    exported = own_name(name)
    is_folder = is_zip or isinstance(child, Branch)
    return shown_part(reading.shown(name) if exported is None else exported, is_folder=is_folder)
