"""The time zone that stands in the times of a GPX or TCX: ``2026-03-09T18:00:00-08:00``."""

from __future__ import annotations

import re

from msgspec import Struct, field

from analyzer.model.local_time import LEAST_OFFSET_S, MOST_OFFSET_S, LocalZone

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)\s*\Z", re.ASCII)


class WrittenZones(Struct):
    """
    Collects the zones of times in the order of the file; each is kept where it changes.

    ``Z``, ``+00:00`` and no zone at all say nothing of the runner's clock: programs
    write them wherever they are.
    """

    changes: list[tuple[float, int]] = field(default_factory=list)
    """Time [s since 1970, UTC] from which on a zone stands in the file, and the zone [s]."""

    def note(self, at_s: float, text: str) -> None:
        """Take the zone of one sound time as it stood in the file."""
        offset_s = _offset_s(text)
        if not self.changes or self.changes[-1][1] != offset_s:
            self.changes.append((at_s, offset_s))

    def at(self, start_s: float) -> LocalZone | None:
        """Return the zone in which a run began; None where its times name none."""
        if not self.changes:
            return None
        ordered = sorted(self.changes)
        begun = [offset_s for at_s, offset_s in ordered if at_s <= start_s]
        offset_s = begun[-1] if begun else ordered[0][1]
        return LocalZone(offset_s, "file") if offset_s else None


def _offset_s(text: str) -> int:
    """Return how far the zone in a time is ahead of UTC [s]; 0 for none, or one nobody has."""
    if text.endswith("Z"):
        return 0
    match = _OFFSET.search(text)
    if match is None:
        return 0
    minutes = 60 * int(match[2]) + int(match[3])
    offset_s = 60 * (minutes if match[1] == "+" else -minutes)
    return offset_s if LEAST_OFFSET_S <= offset_s <= MOST_OFFSET_S else 0
