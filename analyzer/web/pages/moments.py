"""When something was done, by the clock of this machine."""

from __future__ import annotations

import datetime as dt


def moment_text(at_utc: dt.datetime, now: dt.datetime | None = None) -> str:
    """
    Return a moment as people say it: ``12:04`` today, else ``29 November 2026, 12:04``.

    Parameters
    ----------
    at_utc : datetime
        The moment, with its zone.
    now : datetime, optional
        What is now, with its zone. Left out: it is asked.
    """
    at = at_utc.astimezone()
    today = (now or dt.datetime.now(dt.UTC)).astimezone().date()
    time = f"{at:%H:%M}"
    return time if at.date() == today else f"{at.day} {at:%B} {at.year}, {time}"
