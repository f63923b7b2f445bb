"""HealthFit: a folder of ``YYYY-MM-DD-HHMMSS-Type-HealthFit.fit`` from an Apple Watch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.archive.records import Hint
from analyzer.archive.sources.layout import Layout, Reading, Told, as_it_is, never
from analyzer.archive.sources.sport_words import sport_word
from analyzer.archive.sources.time_words import day_in

if TYPE_CHECKING:
    from analyzer.archive.sources.tree import Listing

_FILE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)-\d{6}-(?P<type>.+)-HealthFit\.(?:fit|gpx|tcx)(?:\.gz)?",
    re.IGNORECASE,
)


def is_here(listing: Listing) -> bool:
    """Known by the names of files; others may lie beside them."""
    return any(_FILE.fullmatch(leaf.name) for leaf in listing.leaves)


def read(listing: Listing) -> Reading:
    """Nothing is read."""
    return Reading(told, as_it_is)


def told(place: str) -> Told | None:
    """Return day and sport, as the name of the file has them."""
    ours = _FILE.fullmatch(place.rpartition("/")[2])
    if ours is None:
        return None
    return Told(Hint(sport=sport_word(ours["type"]), day=day_in(ours["day"])))


HEALTHFIT = Layout("healthfit", is_here, read, never, is_export=False)
