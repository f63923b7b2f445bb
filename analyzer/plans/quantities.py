"""Durations, distances and paces as people write them; what could be misread is refused."""

from __future__ import annotations

import re

from analyzer.units import KM_M, MILE_M, Unit

MAX_DURATION_S = 24 * 3600.0
MAX_DISTANCE_M = 300_000.0
"""Longest session."""

FASTEST_S_PER_KM, SLOWEST_S_PER_KM = 100.0, 1200.0
"""Paces outside 1:40 to 20:00 per km are slips of the pen."""

LEAST_METRES = 100.0
"""Fewer "metres" were meant as minutes."""

NAMED_M = {
    "half marathon": 21_097.5,
    "half-marathon": 21_097.5,
    "half": 21_097.5,
    "marathon": 42_195.0,
}

PACE_DIGITS = r"[0-9]{1,2}:[0-9][0-9](?:\.[0-9]{1,6})?"
"""A pace in minutes and seconds; a watch's metres per second may need decimals."""

LONGEST = 200
"""Longest text of one length or pace [characters]."""

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_BLANKS = "\u00a0\u2007\u2009\u202f\t\r\n"
_PLAIN = str.maketrans(_DASHES + _BLANKS, "-" * len(_DASHES) + " " * len(_BLANKS))

_CLOCK = re.compile(r"\d{1,3}(:\d{1,2}){1,2}", re.ASCII)
_HOURS_AND = re.compile(r"(\d{1,3})\s*h\s*(\d{1,2})", re.ASCII)
_PARTS = re.compile(
    r"(?:(?P<h>\d{1,3}(?:\.\d+)?)\s*(?:h|hr|hrs|hour|hours))?\s*"
    r"(?:(?P<m>\d{1,4}(?:\.\d+)?)\s*(?:min|mins|minute|minutes))?\s*"
    r"(?:(?P<s>\d{1,5}(?:\.\d+)?)\s*(?:s|sec|secs|second|seconds))?",
    re.ASCII,
)
_DISTANCE = re.compile(
    r"(\d{1,6}(?:\.\d+)?)\s*(km|kilometres?|kilometers?|m|mtr|metres?|meters?|mi|miles?)",
    re.ASCII | re.IGNORECASE,
)
_PACE = re.compile(r"(\d{1,2}):(\d{1,2})(\.\d{1,6})?\s*(?:/\s*([^\s\d/-]+))?", re.ASCII)
_KMH = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(km/h|kmh|kph|mph)", re.ASCII | re.IGNORECASE)


def plain(text: str) -> str:
    """Write every dash as a hyphen and every blank as a space; none around the text."""
    return text.translate(_PLAIN).strip()


class UnreadableError(ValueError):
    """A quantity that cannot be read; says what to write instead."""


def duration_s(text: str) -> float | None:
    """
    Read ``10min``, ``90s``, ``1h30``, ``10:00`` or ``1:30:00`` as seconds.

    Returns None if the text is no duration at all; raises UnreadableError if it
    is one that cannot be.
    """
    stripped = _short(text).lower()
    if _CLOCK.fullmatch(stripped):
        return _checked_duration(text, _clock_s(text, stripped))
    short = _HOURS_AND.fullmatch(stripped)
    if short:
        if int(short[2]) >= 60:
            hours, minutes = divmod(60 * int(short[1]) + int(short[2]), 60)
            msg = f"'{text}' has 60 minutes or more after its hours; write {hours}h{minutes:02d}"
            raise UnreadableError(msg)
        return _checked_duration(text, 3600.0 * int(short[1]) + 60.0 * int(short[2]))
    match = _PARTS.fullmatch(stripped)
    if not match or not stripped:
        return None
    seconds = 3600 * float(match["h"] or 0) + 60 * float(match["m"] or 0) + float(match["s"] or 0)
    return _checked_duration(text, seconds)


def _clock_s(text: str, stripped: str) -> float:
    """Return ``10:00`` or ``1:30:00`` in seconds."""
    parts = [int(part) for part in stripped.split(":")]
    if any(part >= 60 for part in parts[1:]):
        msg = f"'{text}' has a part of 60 or more; write 10:00 or 1:30:00"
        raise UnreadableError(msg)
    seconds = 0.0
    for part in parts:
        seconds = 60 * seconds + part
    return seconds


def _checked_duration(text: str, seconds: float) -> float:
    """Refuse nothing and more than a day."""
    if seconds <= 0:
        msg = f"'{text}' is zero; write 10min"
        raise UnreadableError(msg)
    if seconds > MAX_DURATION_S:
        msg = f"'{text}' is over the limit of 24 h; write a shorter time"
        raise UnreadableError(msg)
    return seconds


def distance_m(text: str) -> float | None:
    """
    Read ``400m``, ``2km``, ``1mi``, ``half`` or ``marathon`` as metres.

    Returns None if the text is no distance; raises UnreadableError for ``10m``
    and ``5 k``, which may be meant otherwise.
    """
    stripped = _short(text).lower()
    if stripped in NAMED_M:
        return NAMED_M[stripped]
    short = re.fullmatch(r"(\d+(?:\.\d+)?)\s*k", stripped, re.ASCII)
    if short:
        msg = f"'{text}' is not a distance; write {short[1]}km"
        raise UnreadableError(msg)
    match = _DISTANCE.fullmatch(stripped)
    if not match:
        return None
    number, unit = float(match[1]), match[2]
    metres = number * (KM_M if unit.startswith("k") else MILE_M if unit.startswith("mi") else 1.0)
    metres = round(metres, 6) if unit.startswith("k") else metres  # 16.03 km are 16,030 m
    if metres <= 0:
        msg = f"'{text}' is zero; write 2km"
        raise UnreadableError(msg)
    if unit == "m" and number < LEAST_METRES:
        msg = f"{match[1]}m is {match[1]} metres; write {match[1]}min for minutes"
        raise UnreadableError(msg)
    if metres > MAX_DISTANCE_M:
        msg = f"'{text}' is over the limit of 300 km; write a shorter distance"
        raise UnreadableError(msg)
    return metres


def pace_s_per_km(text: str, unit: Unit) -> float | None:
    """
    Read ``4:00``, ``4:00.5/km``, ``6:26/mi`` or ``15 km/h`` as seconds per km.

    Parameters
    ----------
    text : str
        One pace.
    unit : {'km', 'mi'}
        How a bare pace is meant.

    Returns
    -------
    float or None
        None if the text is no pace; UnreadableError if it is one that cannot be.
    """
    stripped = _short(text)
    speed = _KMH.fullmatch(stripped)
    if speed:
        return _pace_of_speed(text, float(speed[1]), speed[2])
    match = _PACE.fullmatch(stripped)
    if not match:
        return None
    if int(match[2]) >= 60 or len(match[2]) != 2:
        msg = f"'{text}' is not a pace: the seconds go from 00 to 59"
        raise UnreadableError(msg)
    name = (match[4] or unit).lower()
    if name not in ("km", "mi", "mile", "k"):
        msg = f"'/{match[4]}' is not a unit of pace; write 4:00/km or 6:26/mi"
        raise UnreadableError(msg)
    metres = MILE_M if name.startswith("mi") else KM_M
    seconds = 60 * int(match[1]) + float(match[2] + (match[3] or ""))
    return checked_pace(text, seconds * KM_M / metres)


def _pace_of_speed(text: str, speed: float, unit: str) -> float:
    """Return a speed in km/h or mph as seconds per km."""
    if speed <= 0:
        msg = f"'{text}' is not a speed; write 15 km/h"
        raise UnreadableError(msg)
    metres = MILE_M if unit.lower() == "mph" else KM_M
    return checked_pace(text, 3600 * KM_M / (speed * metres))


def checked_pace(text: str, pace: float) -> float:
    """Refuse paces nobody runs."""
    if not FASTEST_S_PER_KM <= pace <= SLOWEST_S_PER_KM:
        msg = f"'{text}' is outside what can be run, 1:40/km to 20:00/km; check the digits"
        raise UnreadableError(msg)
    return pace


def _short(text: str) -> str:
    """Return a text in plain letters; one that no quantity is as long as, as nothing."""
    return plain(text) if len(text) <= LONGEST else ""


def seconds_off(text: str) -> tuple[float, Unit | None] | None:
    """Read ``10s``, ``+5s`` or ``-10s/mi``: signed seconds, and the unit if one is named."""
    match = re.fullmatch(
        r"([+-]?)\s*(\d{1,3}(?:\.\d{1,6})?)\s*(?:s|secs?|seconds?)(?:\s*/\s*(km|mi))?",
        _short(text).lower(),
        re.ASCII,
    )
    if match is None:
        return None
    unit: Unit | None = None if match[3] is None else "mi" if match[3] == "mi" else "km"
    return float(match[2]) * (-1 if match[1] == "-" else 1), unit


def percent(text: str) -> float | None:
    """Read ``2%`` or ``2.5 %``; None for other text."""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,20})?)\s*%", _short(text), re.ASCII)
    return float(match[1]) if match else None
