"""Numbers and times as XML files should write them; anything else is unknown, never guessed."""

from __future__ import annotations

import math
import re
from datetime import datetime

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?", re.ASCII)


def number(text: str | None) -> float:
    """Return a finite number in plain ASCII; NaN for anything else."""
    if text is None or len(text) > 40 or not _NUMBER.fullmatch(text.strip()):
        return math.nan
    value = float(text)
    return value if -1e300 < value < 1e300 else math.nan


def seconds(text: str | None) -> tuple[float, bool]:
    """
    Return a time as seconds since 1970 in UTC, and whether it named its zone.

    A time without a zone counts as UTC; NaN for anything that is no time.
    """
    text = (text or "").strip()
    match = _TIME.fullmatch(text)
    if match is None:
        return math.nan, True
    has_zone = match[1] is not None
    try:
        moment = datetime.fromisoformat(text if has_zone else text + "Z")
        return moment.timestamp(), has_zone
    except (ValueError, OverflowError):
        return math.nan, True
