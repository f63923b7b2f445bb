"""TrainingPeaks: ``WorkoutFileExport-<Last>-<First>-<from>-<to>.zip``, one athlete each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.archive.records import Hint
from analyzer.archive.sources.kinds import split_ending
from analyzer.archive.sources.layout import Layout, Reading, Told
from analyzer.archive.sources.names import words_of

if TYPE_CHECKING:
    from analyzer.archive.sources.tree import Listing

_EXPORT = re.compile(r"(?P<what>Workout(?:File)?Export|MetricsExport)(?P<rest>-.*)", re.DOTALL)
_NAMES = re.compile(
    r"-(?P<names>.+?)-(?P<first>\d{4}-\d\d-\d\d)-(?P<last>\d{4}-\d\d-\d\d)(?!\d).*", re.DOTALL
)
_MEMBER = re.compile(r"(?P<shown>tp-\d+(?:\.[\dTZ-]+)?)\..*", re.IGNORECASE | re.DOTALL)
TABLE = "workouts.csv"
"""What the export calls its table of planned workouts."""

_SHORT = 3
"""A shorter part of a name may stand in any word [letters]."""


def own_name(name: str) -> str | None:
    """Show what was exported and from when to when, without whose it is."""
    export = _EXPORT.match(name)
    if export is None:
        return None
    dated = _NAMES.match(export["rest"])
    return f"{export['what']} {dated['first']} {dated['last']}" if dated else export["what"]


def athlete_of(name: str) -> str | None:
    """
    Return whose export it is, the first name in front.

    Where a name has more than two parts nobody can tell where the first name begins; the
    last part is taken for it, and names are compared without their order.
    """
    export = _EXPORT.match(name)
    dated = _NAMES.match(export["rest"]) if export else None
    parts = [p for p in re.split(r"[-\s]+", dated["names"]) if p] if dated else []
    return " ".join([parts[-1], "-".join(parts[:-1])]).strip() if parts else None


def is_whole(listing: Listing) -> bool:
    """Whether it has the name of an export; files of several may lie in any other folder."""
    return _EXPORT.match(listing.name) is not None


def is_here(listing: Listing) -> bool:
    """Known by its own name, or by files that only TrainingPeaks names so."""
    return is_whole(listing) or any(_is_ours(leaf.name) for leaf in listing.leaves)


def read(listing: Listing) -> Reading:
    """Nothing is read: the names say it all."""
    athlete = athlete_of(listing.name)
    is_export = is_whole(listing)
    people = words_of(athlete or "")

    def told(place: str) -> Told | None:
        name = place.rpartition("/")[2]
        if not is_export and not _is_ours(name):
            return None
        other = "what was planned, not a recording" if name.lower() == TABLE else ""
        return Told(Hint(athlete=athlete), other=other)

    return Reading(told, lambda name: shown(name, people))


def shown(name: str, people: tuple[str, ...]) -> str:
    """Show a file by its number and time: the token behind them is the watch's, or a name."""
    stem, ending = split_ending(name)
    ours = _MEMBER.fullmatch(name) if _is_ours(name) else None
    if ours:
        return ours["shown"] + ending.lower()
    pieces = re.split(r"([\W_]+)", stem)
    kept = [piece for piece in pieces if not _is_of(piece, people)]
    return "".join(kept) + ending


def _is_ours(name: str) -> bool:
    """Whether a file is called as TrainingPeaks calls recordings."""
    return re.match(r"tp-\d+\.", name, re.IGNORECASE) is not None


def _is_of(piece: str, people: tuple[str, ...]) -> bool:
    """Whether a part of a name is of the athlete's."""
    said = "".join(words_of(piece))
    return any(said == word or (len(word) >= _SHORT and word in said) for word in people)


TRAININGPEAKS = Layout("trainingpeaks", is_here, read, own_name, is_whole)
