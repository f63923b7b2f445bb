"""A review without what tells who, when and with what: to show to anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.structs import replace

if TYPE_CHECKING:
    from datetime import datetime

    from analyzer.model.activity import RecordingWarning
    from analyzer.model.review import Review

RUN, PLAN = "run", "plan"
"""What stands in place of the names of files."""

LEAST_WORD = 3
"""Shorter words of a name are too common to tell anything [characters]."""

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

SEPARATOR = r"\s?[-./_]\s?"
NAMED = "|".join(month[:3] for month in MONTHS)
DATE = re.compile(
    rf"(?<!\d)\d{{4}}{SEPARATOR}\d{{1,2}}{SEPARATOR}\d{{1,2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}{SEPARATOR}\d{{1,2}}{SEPARATOR}(?:\d{{4}}|\d{{2}})(?!\d)"
    r"|(?:19|20)\d{2}[01]\d[0-3]\d"
    rf"|\b(?:{NAMED})[a-z]*\.?\s+\d"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:{NAMED})",
    re.IGNORECASE,
)
"""A date as people and files write it."""


def anonymous(review: Review) -> Review:
    """
    Return the review without date, time of day and zone, device, names and file names.

    What happened inside the run stays, with its elapsed times, and so do the
    runner's own words, which were given on purpose. A name of a plan or block,
    or a message, in which one of these turns up gives way to a plain one.

    Parameters
    ----------
    review : Review
        Not changed.
    """
    activity = review.activity
    secrets, day, stem = (
        _secrets(review),
        _days(activity.start_time, activity.start_time_local),
        activity.source.split(".", maxsplit=1)[0],
    )
    stem = stem if any(c.isdigit() for c in stem) and len(stem) >= LEAST_WORD else ""

    def kept(text: str, otherwise: str) -> str:
        is_telling = (
            DATE.search(text)
            or (day is not None and day.search(text))
            or secrets & set(_words(text))
            or (stem and stem in text)
        )
        return otherwise if is_telling else text

    def shown(warning: RecordingWarning) -> RecordingWarning:
        facts = dict(warning.facts)
        for fact, text in warning.facts.items():
            if isinstance(text, str):
                plain = RUN if text == activity.source else text
                if kept(plain, RUN) != plain:
                    return replace(warning, kind="hidden", facts={})
                facts[fact] = plain
        return replace(warning, facts=facts)

    return replace(
        review,
        track=None,
        activity=replace(
            activity,
            source=RUN,
            start_time=None,
            zone=None,
            device=None,
            warnings=tuple(shown(w) for w in activity.warnings),
        ),
        plan=replace(
            review.plan,
            name=kept(review.plan.name, "Planned session"),
            source=PLAN,
            notes=kept(review.plan.notes, ""),
            understood=kept(review.plan.understood, ""),
            doubts=tuple(d for d in review.plan.doubts if "words" not in dict(d.values)),
        ),
        blocks=tuple(replace(b, name=kept(b.name, f"block {b.index}")) for b in review.blocks),
        remarks=replace(review.remarks, name=None),
        alike=None,
    )


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return re.findall(r"\w+", text.lower())


COMMON = frozenset((
    "run", "running", "fit", "gpx", "tcx", "http", "www", "com", "plan", "yaml", "easy", "unknown",
    "watch", "pace", "sport", "sports", "app", "mobile", "the", "and", "with", "for",
))  # fmt: skip
"""Words that tell nothing, though a device is called so."""


def _days(*starts: datetime | None) -> re.Pattern[str] | None:
    """Find the day of the run, here and in UTC, without its year: ``10.3.``, ``03/10``."""
    ways = []
    for start in starts:
        if start is not None:
            day, month = f"0?{start.day}", f"0?{start.month}"
            ways += [rf"{day}{SEPARATOR}{month}", rf"{month}{SEPARATOR}{day}"]
    return re.compile(rf"(?<![\d:])(?:{'|'.join(ways)})(?![\d:])") if ways else None


def _secrets(review: Review) -> set[str]:
    """Return the words of device, athlete and file names."""
    activity = review.activity
    names = (activity.device or "", review.remarks.name or "")
    words = {w for text in names for w in _words(text) if len(w) >= LEAST_WORD}
    return words - COMMON
