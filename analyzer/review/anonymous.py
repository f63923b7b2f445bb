"""A review without what tells who, when and with what: to show to anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.model.hidden import PLAN, RUN, letters_of
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from analyzer.model.activity import RecordingWarning
    from analyzer.model.comparison import Compared, SideBySide
    from analyzer.model.review import Review

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


def anonymous(review: Review, names: Collection[str] = ()) -> Review:
    """
    Return the review without date, time of day and zone, device, names and file names.

    What happened inside the run stays, with its elapsed times, and so do the
    runner's own words, which were given on purpose. A name of a plan or block,
    or a message, in which one of these turns up gives way to a plain one.

    Parameters
    ----------
    review : Review
        Not changed.
    names : collection of str
        Of others, which must not turn up either: a plan may be called after one of a squad.
    """
    activity = review.activity
    secrets, day, stem = (
        _secrets(review, names),
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


def anonymous_side(side: SideBySide, names: Collection[str] = ()) -> SideBySide:
    """
    Return runs side by side without what tells who, when and with what.

    Each runner is called by a letter, in the order of the rows: ``Runner A``. Runs of one
    runner over several days are ``Run A``, ``Run B``, as their letters are no people.

    Parameters
    ----------
    side : SideBySide
        Not changed; its order stays.
    names : collection of str
        Of everybody who must not turn up, beside the runners themselves.
    """
    runners = [run.review.remarks.name for run in side.runs]
    others = {name for name in (*names, *runners) if name}
    shown = dict(zip((run.label for run in side.runs), _lettered(side.runs), strict=True))

    def hidden(run: Compared) -> Compared:
        return replace(run, label=shown[run.label], review=anonymous(run.review, others))

    runs = {run.label: hidden(run) for run in side.runs}
    change = side.change
    if change is not None:
        change = replace(change, first=runs[change.first.label], last=runs[change.last.label])
    return replace(side, runs=tuple(runs.values()), change=change)


def _lettered(runs: Sequence[Compared]) -> list[str]:
    """Return a label for each run; those of one runner among others are numbered."""
    names = [run.review.remarks.name for run in runs]
    starts = [run.review.activity.start_time_local for run in runs]
    if len(set(names)) == 1 and len({start and start.date() for start in starts}) > 1:
        return [f"Run {letters_of(i)}" for i in range(len(runs))]
    runners: list[str] = [name or f"\0{i}" for i, name in enumerate(names)]
    letters = {name: letters_of(i) for i, name in enumerate(dict.fromkeys(runners))}
    labels = []
    for i, name in enumerate(runners):
        number = f" ({runners[: i + 1].count(name)})" if runners.count(name) > 1 else ""
        labels.append(f"Runner {letters[name]}{number}")
    return labels


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


def _secrets(review: Review, names: Collection[str]) -> set[str]:
    """Return the words of the device and of everybody's name."""
    own = (review.activity.device, review.remarks.name)
    words = {w for text in (*own, *names) if text for w in _words(text) if len(w) >= LEAST_WORD}
    return words - COMMON
