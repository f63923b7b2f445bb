"""Strava: ``export_<id>.zip`` with ``activities.csv``, whose headers are in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.archive.records import Hint
from analyzer.archive.sources.layout import Layout, Reading, Told, as_it_is
from analyzer.archive.sources.opening import content_at
from analyzer.archive.sources.sport_words import sport_word
from analyzer.archive.sources.tables import read_table
from analyzer.archive.sources.time_words import day_in
from analyzer.errors import ActivityError
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.archive.sources.tree import Listing

TABLE, FOLDER, ROUTES = "activities.csv", "activities", "routes/"

DATE_COLUMN, TITLE_COLUMN, SPORT_COLUMN = 1, 2, 3
"""Where they have always stood; dates and sports move to another column if their values do."""

SAMPLE = 200
"""Rows by whose values a column is known."""

_FILE = re.compile(r"activities/[^/]+\.\w+", re.IGNORECASE)
_EXPORT = re.compile(r"export_\d+.*", re.IGNORECASE)

Row = tuple[str, ...]


def own_name(name: str) -> str | None:
    """Show the export by its number, which is no name."""
    return name if _EXPORT.fullmatch(name) else None


def is_here(listing: Listing) -> bool:
    """Known by its table beside its folder."""
    return listing.leaf(TABLE) is not None and listing.branch(FOLDER) is not None


def read(listing: Listing) -> Reading:
    """Read sport, title and day of each activity from the table."""
    hints = _hints(listing)

    def told(place: str) -> Told:
        if place.lower().startswith(ROUTES):
            return Told(other="a route, not a recording")
        return Told(hints.get(place.lower(), Hint()))

    return Reading(told, as_it_is)


def _hints(listing: Listing) -> dict[str, Hint]:
    """Return what the table says, by the place of each file; nothing if it cannot be read."""
    leaf = listing.leaf(TABLE)
    if leaf is None or leaf.skipped:
        return {}
    try:
        content = content_at(leaf.path, leaf.member, leaf.copy, TABLE)
    except ActivityError:
        return {}  # a table that is damaged takes hints away, no run
    rows = read_table(content).rows[1:]
    at = _column(rows, lambda cell: _FILE.match(cell) is not None)
    if at is None:
        return {}
    day_at = _column(rows, lambda cell: day_in(cell) is not None, DATE_COLUMN)
    sport_at = _column(rows, lambda cell: sport_word(cell) is not None, SPORT_COLUMN)
    return {
        row[at].lower(): Hint(
            sport=sport_word(_cell(row, sport_at)),
            title=clean_text(_cell(row, TITLE_COLUMN)) or None,
            day=day_in(_cell(row, day_at)),
        )
        for row in rows
        if len(row) > at and row[at]
    }


def _column(
    rows: tuple[Row, ...], is_of: Callable[[str], bool], usual: int | None = None
) -> int | None:
    """Return the column with most values of a kind; among equals the usual one, or the first."""
    sample = rows[:SAMPLE]
    width = max((len(row) for row in sample), default=0)
    counts = [sum(is_of(_cell(row, i)) for row in sample) for i in range(width)]
    most = max(counts, default=0)
    if not most:
        return None
    is_usual = usual is not None and usual < width and counts[usual] == most
    return usual if is_usual else counts.index(most)


def _cell(row: Row, at: int | None) -> str:
    """Return a cell; empty where the row is shorter."""
    return row[at] if at is not None and at < len(row) else ""


STRAVA = Layout("strava", is_here, read, own_name)
