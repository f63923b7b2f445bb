"""The runner's own clock: how far it is ahead of UTC, and who says so."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime

ZoneSource = Literal["watch", "file", "place", "machine"]
"""
Who says what the runner's clock showed, the surest first: the local time that a watch
wrote, the zone that stands in the times of a GPX or TCX, the usual zone of the first
position, the zone of the computer that makes the report.
"""

LEAST_OFFSET_S, MOST_OFFSET_S = -12 * 3600, 14 * 3600
"""No clock on earth is further behind or ahead of UTC [s]."""


class LocalZone(Struct, frozen=True):
    """
    How far the runner's clock was ahead of UTC when the run began.

    It holds for the whole run, whatever happens under way: daylight saving, or a
    flight. A number only, never the name of a place.

    Parameters
    ----------
    offset_s : int
        Ahead of UTC [s]; negative west of Greenwich.
    source : {'watch', 'file', 'place', 'machine'}
        Who says so.
    """

    offset_s: int
    source: ZoneSource

    def local(self, moment: datetime) -> datetime:
        """Return a moment as that clock showed it; as it is, where no calendar has that."""
        try:
            return moment.astimezone(timezone(timedelta(seconds=self.offset_s)))
        except OverflowError:
            return moment
