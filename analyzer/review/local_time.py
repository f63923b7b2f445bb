"""By which clock a run began: the file's own, else that of the place, else that of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from analyzer.model.local_time import LocalZone

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.activity import Activity, Records

FIRST_FIXES = 31
"""
Positions whose middle is where the run began. The very first one may be where the watch
was last switched on, an ocean away.
"""


def local_zone(activity: Activity) -> LocalZone | None:
    """
    Return how far the runner's clock was ahead of UTC when a run began, and who says so.

    Parameters
    ----------
    activity : Activity
        As read. Only where its file says nothing of the clock is the place looked up,
        offline, which takes about a tenth of a second once.

    Returns
    -------
    LocalZone or None
        None where the date is unknown, or so far away that no zone has rules for it.
    """
    start = activity.start_time
    if start is None or activity.zone is not None:
        return activity.zone
    return _zone_of_place(activity.records, start) or _zone_of_machine(start)


def run_day(activity: Activity) -> dt.date | None:
    """Return the day on which a run began, by the runner's own clock; None if it is unknown."""
    start, zone = activity.start_time, local_zone(activity)
    if start is None:
        return None
    return (start if zone is None else zone.local(start)).date()


def _zone_of_place(records: Records, start: dt.datetime) -> LocalZone | None:
    """Return the usual zone of the place where the run began; None without positions."""
    where = np.isfinite(records.latitude_deg) & np.isfinite(records.longitude_deg)
    fixes = np.flatnonzero(where)[:FIRST_FIXES]
    if not fixes.size:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # 5 ms

    import tzfpy  # 90 ms and 30 MB on its first call, for files without a local time only

    latitude, longitude = (
        float(np.sort(column[fixes])[fixes.size // 2])
        for column in (records.latitude_deg, records.longitude_deg)
    )
    try:
        rules = ZoneInfo(tzfpy.get_tz(longitude, latitude) or "no zone")
        return _zone(start.astimezone(rules), "place")
    except (ZoneInfoNotFoundError, OverflowError):
        return None  # no zone there, or this machine does not have its rules


def _zone_of_machine(start: dt.datetime) -> LocalZone | None:
    """Return the zone that this machine would have been in on that day."""
    try:
        return _zone(start.astimezone(), "machine")
    except (OverflowError, ValueError, OSError):
        return None  # the operating system has no such day


def _zone(local: dt.datetime, source: Literal["place", "machine"]) -> LocalZone | None:
    """Return the zone of a local time."""
    ahead = local.utcoffset()
    return None if ahead is None else LocalZone(round(ahead.total_seconds()), source)
