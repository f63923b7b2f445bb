"""Numbers and times as XML files should write them; anything else is unknown, never guessed."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)


def number(text: str | None) -> float:
    """Return a finite number in plain ASCII; NaN for anything else."""
    if text is None or len(text) > 40 or not _NUMBER.fullmatch(text.strip()):
        return math.nan
    value = float(text)
    return value if math.isfinite(value) else math.nan


def seconds(text: str | None) -> tuple[float, bool]:
    """
    Return a time as seconds since 1970 in UTC, and whether it named its zone.

    A time without a zone counts as UTC; NaN for anything that is no time.
    """
    match = _TIME.fullmatch((text or "").strip())
    if match is None:
        return math.nan, True
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    zone = match.group(8)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(zone))
        whole = moment.timestamp()
    except (ValueError, OverflowError):
        return math.nan, True
    fraction = float("0." + match.group(7)[1:]) if match.group(7) else 0.0
    return whole + fraction, zone is not None


def _zone(text: str | None) -> timezone:
    """Return the offset ``+02:00`` as a time zone."""
    if text in (None, "Z"):
        return UTC
    digits = str(text).replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-offset if digits[0] == "-" else offset)
