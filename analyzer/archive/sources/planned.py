"""TrainingPeaks' ``workouts.csv``: what a coach planned, day by day, in prose."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.sources.disk import listing_of, nothing_seen
from analyzer.archive.sources.kinds import ARCHIVE, is_archive
from analyzer.archive.sources.names import person_key
from analyzer.archive.sources.opening import content_at
from analyzer.archive.sources.packed import listing_of_archive
from analyzer.archive.sources.remote import is_url, remote_listing
from analyzer.archive.sources.tables import read_table
from analyzer.archive.sources.trainingpeaks import TABLE, athlete_of
from analyzer.archive.sources.tree import Leaf
from analyzer.errors import ActivityError

if TYPE_CHECKING:
    from analyzer.archive.records import Found
    from analyzer.archive.sources.tree import Listing

TITLE, DESCRIPTION, DAY = "Title", "WorkoutDescription", "WorkoutDay"
LONGEST_TEXT = 20_000
"""Longest description [characters]; the reader of plans has its own limit."""


class PlannedWorkout(NamedTuple):
    """What was planned for a day, as the coach wrote it: not yet clean to be shown."""

    day: dt.date
    title: str
    description: str


class Planned(NamedTuple):
    """All workouts of a table, in its order; why there are none, or not all."""

    workouts: tuple[PlannedWorkout, ...] = ()
    why: str = ""


def planned_workouts(found: Found) -> Planned:
    """
    Return what TrainingPeaks says was planned for the athlete of a file.

    Parameters
    ----------
    found : Found
        A recording of a TrainingPeaks export, or the table itself. The table is looked for
        in the archive or folder of the file, then in archives of the same athlete beside
        it, then beside it; there it is taken only if no other athlete's export lies there.

    Returns
    -------
    Planned
        Empty with a reason where there is no table, several may be meant, or a column is
        missing.
    """
    if found.platform != "trainingpeaks" and not _is_table(found.member or found.path):
        return Planned(why="not of a TrainingPeaks export")
    table = _table_of(found)
    if isinstance(table, str):
        return Planned(why=table)
    if is_url(table.path):
        return _read(table, 0, 0)  # an object is written once; asking for its date costs a request
    try:
        status = Path(table.path).stat()
    except (OSError, ValueError):
        return Planned(why=f"{TABLE} is no longer there")
    return _read(table, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(table: Leaf, _changed_ns: int, _size: int) -> Planned:
    """Read a table once for all files of an export, and again when it has changed."""
    try:
        content = content_at(table.path, table.member, table.copy, TABLE)
    except ActivityError as error:
        return Planned(why=str(error))
    rows, why = read_table(content)
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    missing = [name for name in (TITLE, DESCRIPTION, DAY) if name.casefold() not in header]
    if missing:
        return Planned(why=f"{TABLE} has no column {', '.join(missing)}")
    at = [header.index(name.casefold()) for name in (DAY, TITLE, DESCRIPTION)]
    made = (_workout(row, *at) for row in rows[1:])
    return Planned(tuple(workout for workout in made if workout is not None), why)


def _workout(
    row: tuple[str, ...], day_at: int, title_at: int, description_at: int
) -> PlannedWorkout | None:
    """Read a row; None for one without a day, or without anything planned."""
    if len(row) <= max(day_at, title_at, description_at):
        return None
    text = row[day_at].strip()
    title, description = row[title_at].strip(), row[description_at].strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) or not (title or description):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return PlannedWorkout(day, title[:LONGEST_TEXT], description[:LONGEST_TEXT])


def _table_of(found: Found) -> Leaf | str:
    """Find the table of a file's athlete, or say why there is none."""
    if _is_table(found.member or found.path):
        return Leaf(TABLE, found.path, found.member, found.copy)
    inside = _table_in_archive(found.path) if found.member else None
    if inside is not None:
        return inside
    beside = _beside(found.path)
    same = _of_same_athlete(beside, found.hint.athlete)
    if len(same) > 1:
        return f"several exports of this athlete have a {TABLE}"
    return same[0] if same else _lying_beside(beside)


def _beside(path: str) -> Listing:
    """List the folder that a file or an archive lies in."""
    if is_url(path):
        return _far_away(path.rpartition("/")[0])
    return listing_of(str(Path(path).parent), nothing_seen())


@lru_cache(maxsize=64)
def _far_away(url: str) -> Listing:
    """List a folder once for all files in it: each listing is a request, or many."""
    return remote_listing(url)


def _lying_beside(beside: Listing) -> Leaf | str:
    """Return the table in a folder, unless it may be another athlete's; an unpacked export is."""
    table = beside.leaf(TABLE)
    if table is None:
        return f"no {TABLE} in or beside it"
    if athlete_of(beside.name) is None and len(_athletes_in(beside)) > 1:
        return f"{TABLE} lies beside the exports of several athletes"
    return table


def _of_same_athlete(beside: Listing, athlete: str | None) -> list[Leaf]:
    """Find tables in other exports of an athlete, which hold the plans and no recordings."""
    if athlete is None:
        return []
    tables: list[Leaf] = []
    for leaf in beside.leaves:
        name = athlete_of(leaf.name)
        if name and person_key(name) == person_key(athlete) and is_archive(leaf.name):
            table = _table_in_archive(leaf.path)
            tables += [] if table is None else [table]
    return tables


def _athletes_in(beside: Listing) -> set[tuple[str, ...]]:
    """Return whose exports lie in a folder."""
    exports = (*(leaf.name for leaf in beside.leaves), *(b.name for b in beside.branches))
    return {person_key(athlete) for name in exports if (athlete := athlete_of(name))}


@lru_cache(maxsize=64)
def _table_in_archive(path: str) -> Leaf | None:
    """Find the table in an archive, at its top or one folder down."""
    listing = listing_of_archive(Leaf(Path(path).name, path), Path(path).stem + ARCHIVE)
    folders = (listing, *(branch.looked_into() for branch in listing.branches))
    return next((leaf for each in folders if (leaf := each.leaf(TABLE))), None)


def _is_table(name: str) -> bool:
    """Whether this is the table itself."""
    return name.replace("\\", "/").rpartition("/")[2].lower() == TABLE
