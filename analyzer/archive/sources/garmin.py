"""
Garmin's account export: an archive of archives, files called ``<e-mail>_<id>.fit``.

Most of its FIT files are no activities but days of steps and sleep; only their content tells.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

from analyzer.archive.records import Hint
from analyzer.archive.sources.layout import Layout, Reading, Told
from analyzer.archive.sources.opening import content_at
from analyzer.archive.sources.sport_words import sport_word
from analyzer.errors import ActivityError
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.archive.sources.tree import Listing

TOP, FITNESS = "DI_CONNECT", "DI-Connect-Fitness"
SUMMARIES = "_summarizedactivities.json"
LIST = "summarizedActivitiesExport"

_UPLOADED = re.compile(r"UploadedFiles_\d+-_Part\d+", re.IGNORECASE)
_ID = re.compile(r"(?:^|_)(\d+)\.(?:fit|gpx|tcx)(?:\.gz)?$", re.IGNORECASE)
_ADDRESS = re.compile(r"[^/]*@[^/]*?_(?=\d+\.)|[^/]*%40[^/]*?_(?=\d+\.)")


def own_name(name: str) -> str | None:
    """Show the parts of the export as they are called; the outer archive has no fixed name."""
    return name if _UPLOADED.fullmatch(name) or name.upper() == TOP else None


def is_here(listing: Listing) -> bool:
    """Known by its folder ``DI_CONNECT``, or a part of it that somebody took out."""
    name = listing.name.removesuffix(".zip")
    return (
        listing.branch(TOP) is not None
        or listing.branch(FITNESS) is not None
        or _UPLOADED.fullmatch(name) is not None
    )


def read(listing: Listing) -> Reading:
    """Read what the summaries say of each activity by its number."""
    hints = dict(_hints(listing))

    def told(place: str) -> Told:
        number = _ID.search(place)
        return Told(hints.get(number[1], Hint()) if number else Hint())

    return Reading(told, shown)


def shown(name: str) -> str:
    """Show a file by its number."""
    return _ADDRESS.sub("", name)


def _hints(listing: Listing) -> Iterator[tuple[str, Hint]]:
    """Give number and hint of every activity in the summaries that can be read."""
    top = listing.branch(TOP)
    fitness = (top.looked_into() if top else listing).branch(FITNESS)
    for leaf in fitness.looked_into().leaves if fitness else ():
        if not leaf.name.lower().endswith(SUMMARIES) or leaf.skipped:
            continue
        try:
            content = content_at(leaf.path, leaf.member, leaf.copy, "")
            yield from _in_summary(json.loads(content))
        except (ActivityError, ValueError, RecursionError):
            continue  # a table that is damaged takes a hint away, no run


def _in_summary(data: object) -> Iterator[tuple[str, Hint]]:
    """Give number and hint of the activities of one file."""
    for part in data if isinstance(data, list) else [data]:
        listed = part.get(LIST) if isinstance(part, dict) else None
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and isinstance(each.get("activityId"), int):
                yield str(each["activityId"]), _hint(each)


def _hint(activity: dict[str, object]) -> Hint:
    """Say what the summary of one activity says."""
    sport, title = activity.get("activityType"), activity.get("name")
    return Hint(
        sport=sport_word(sport) if isinstance(sport, str) else None,
        title=(clean_text(title) or None) if isinstance(title, str) else None,
        day=_day(activity.get("startTimeLocal")),
    )


def _day(milliseconds: object) -> dt.date | None:
    """Return the day of milliseconds since 1970 on the runner's clock."""
    if not isinstance(milliseconds, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


GARMIN = Layout("garmin", is_here, read, own_name)
