"""Lengths as intervals.icu text has them: ``10m`` are minutes, ``400mtr`` metres."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.draft import Length
from analyzer.plans.quantities import MAX_DURATION_S, UnreadableError, distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTHS = "write 10m (minutes), 90s, 1h30m, 400mtr, 2km or 1mi"

MOST_MINUTES = 100
"""From here on ``m`` was as likely meant as metres: 400m are 6 h 40 min in this text."""

YARD_M = 0.9144

TRACK_M = {"100m": 100.0, "250m": 250.0, "400m": 400.0, "500m": 500.0, "100y": 100 * YARD_M}
"""Units of pace beside km and mile [m]."""

_TIME = re.compile(
    r"(?:(?P<h>\d{1,3})h)?(?:(?P<m>\d{1,4})(?:m|['\u2019\u2032]))?"
    r"(?:(?P<s>\d{1,5})(?:s|''|[\"\u201d\u2033]))?",
    re.ASCII | re.IGNORECASE,
)
_SHORT_HOURS = re.compile(r"(?P<h>\d{1,3})h(?P<m>\d{1,2})(?P<s>)", re.ASCII | re.IGNORECASE)
_SHORT_MINUTES = re.compile(
    r"(?:(?P<h>\d{1,3})h)?(?P<m>\d{1,4})(?:m|['\u2019\u2032])(?P<s>\d{1,2})",
    re.ASCII | re.IGNORECASE,
)
_FAR = r"(?:km|mi|miles?|mtr|met(?:er|re)s?|yds?|yrds?|yards?)"
_DISTANCE = re.compile(rf"\d{{1,6}}(?:\.\d{{1,6}})?(?:{_FAR}|y)", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?", re.ASCII)
_UNIT_OF_DISTANCE = re.compile(_FAR, re.ASCII | re.IGNORECASE)


def length_at(words: Sequence[str], i: int) -> int:
    """Return how many words from ``i`` on are a length: 0, 1 (``10m``) or 2 (``2 km``)."""
    text = words[i]
    if text[:1] not in "0123456789":  # most words by far
        return 0
    if _NUMBER.fullmatch(text):
        return 2 if i + 1 < len(words) and _UNIT_OF_DISTANCE.fullmatch(words[i + 1]) else 0
    patterns = (_TIME, _SHORT_MINUTES, _SHORT_HOURS, _DISTANCE)
    return 1 if any(pattern.fullmatch(text) for pattern in patterns) else 0


def has_length(words: Sequence[str]) -> bool:
    """Whether any of the words is a length."""
    return any(length_at(words, i) for i in range(len(words)))


def read_interval_length(text: str) -> Length:
    """
    Read ``10m`` (ten minutes), ``1h30m``, ``5m30``, ``5'30"``, ``400mtr``, ``2km``, ``1mi``.

    Parameters
    ----------
    text : str
        For which `length_at` found a length.

    Raises
    ------
    UnreadableError
        With what to write: nothing at all, more than 24 h or 300 km, or 100 and
        more of ``m``, which may be metres.
    """
    match = _TIME.fullmatch(text) or _SHORT_MINUTES.fullmatch(text) or _SHORT_HOURS.fullmatch(text)
    if match is None:
        return Length(distance_m=_metres(text))
    hours, minutes, seconds = (int(match[part] or 0) for part in "hms")
    if minutes >= MOST_MINUTES:
        time = f"{hours + minutes // 60}h{minutes % 60}m"
        msg = (
            f"'{text}' is {minutes} minutes here; "
            f"write {time} for the time or {minutes}mtr for metres"
        )
        raise UnreadableError(msg)
    total = 3600.0 * hours + 60.0 * minutes + seconds
    if total <= 0:
        msg = f"'{text}' is zero; write 10m"
        raise UnreadableError(msg)
    if total > MAX_DURATION_S:
        msg = f"'{text}' is over the limit of 24 h"
        raise UnreadableError(msg)
    return Length(duration_s=total)


def _metres(text: str) -> float:
    """Read a distance; yards are for the pool, but a track may have them too."""
    yards = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?)y[a-z]*", text, re.ASCII | re.IGNORECASE)
    metres = distance_m(f"{float(yards[1]) * YARD_M:.6f}metres" if yards else text)
    if metres is None:
        msg = f"'{text}' is not a distance; write 400mtr, 2km or 1mi"
        raise UnreadableError(msg)
    return metres
