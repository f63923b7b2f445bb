"""Lengths and paces of a coach's tokens, in the words of the exact form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.step import Unclear
from analyzer.plans.draft import Length
from analyzer.plans.quantities import NAMED_M, UnreadableError, distance_m, duration_s
from analyzer.units import KM_M, MILE_M

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token
    from analyzer.units import Unit

LENGTHS = ("time", "distance", "length:half", "length:marathon", "open")
MINUTE_S = 60.0

_SECONDS = re.compile(r"['\u2019\u2032]{2}$|[\"\u201d\u2033]$|(?<=\d)\s?s", re.IGNORECASE)


def length_of(token: Token) -> tuple[Length, Unit | None]:
    """Return the length a token says, and km or mi for a distance."""
    if token.kind not in (*LENGTHS, "clock"):
        msg = f"'{token.text}' is not one length; write 10min, 90s, 2km or 1mi here"
        raise Unclear(msg, token, is_asked=False)
    try:
        if token.kind == "open":
            return Length(), None
        if token.kind.startswith("length:"):
            return Length(distance_m=NAMED_M[token.kind[7:]]), "km"
        if token.kind == "clock":
            return Length(duration_s=duration_s(clock_text(token.text))), None
        if token.kind == "time":
            return Length(duration_s=_time_s(token)), None
        return _distance(token)
    except UnreadableError as error:
        raise Unclear(str(error), token, is_asked=False) from None


def _time_s(token: Token) -> float | None:
    """Read a time in any language: its numbers, and what stands behind them."""
    numbers = re.findall(r"\d+(?:\.\d+)?", token.text)
    behind = re.sub(r"[\d.\s-]", " ", token.text).split()
    first = behind[0].lower() if behind else "min"
    if first[0] in "hso" and not first.startswith(("se", "sec")) and first != "s":
        unit = "h"
    elif first[0] == "s" or first in (
        "''",
        "\u2019\u2019",
        "\u2032\u2032",
        '"',
        "\u201d",
        "\u2033",
    ):
        unit = "s"
    else:
        unit = "min"
    text = f"{numbers[0]}{unit}"
    if len(numbers) > 1:
        text = f"{numbers[0]}h{numbers[1]}" if unit == "h" else f"{numbers[0]}min {numbers[1]}s"
    return duration_s(text)


def _distance(token: Token) -> tuple[Length, Unit]:
    """Read a distance in any language."""
    match = re.match(r"([\d.]+)[\s-]*([^\d\s-]+)", token.text)
    number, unit = (match[1], match[2]) if match else ("", "")
    if unit == "M" or unit.lower()[:3] in ("mi", "mil", "mei", "mig"):
        return Length(distance_m=distance_m(f"{number}mi")), "mi"
    if unit.lower()[0] in "kcb":
        return Length(distance_m=distance_m(f"{number}km")), "km"
    return Length(distance_m=distance_m(f"{number}{unit if len(unit) == 1 else 'metres'}")), "km"


def clock_text(text: str) -> str:
    """Write ``4'00"`` and ``4.00`` as ``4:00``."""
    numbers = re.findall(r"\d+", text)
    if ":" in text:
        return text
    return ":".join(numbers[:2]) if len(numbers) > 1 else f"{numbers[0]}:00"


def clock_s(text: str) -> float:
    """Return ``13:30`` in seconds."""
    seconds = 0.0
    for part in clock_text(text).split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def of_unit(number: float, like: Length, unit: Unit | None) -> Length:
    """Return a number without a unit as a length like another one: ``last 3`` of ten miles."""
    if like.duration_s is not None:
        return Length(duration_s=number * MINUTE_S)
    return Length(distance_m=number * (MILE_M if unit == "mi" else KM_M))


def less(whole: Length, part: Length) -> Length | None:
    """Return what is left of a length; None where nothing is, or they are not alike."""
    if whole.duration_s is not None and part.duration_s is not None:
        left = whole.duration_s - part.duration_s
        return Length(duration_s=left) if left >= 0 else None
    if whole.distance_m is not None and part.distance_m is not None:
        left = round(whole.distance_m - part.distance_m, 6)
        return Length(distance_m=left) if left >= 0 else None
    return None


def is_nothing(length: Length) -> bool:
    """Whether nothing is left of a length."""
    return (length.duration_s or length.distance_m or 0.0) <= 1e-6


def ratio(whole: Length, part: Length) -> float | None:
    """Return how often one length is in another; None where they are not alike."""
    if whole.duration_s is not None and part.duration_s is not None:
        return whole.duration_s / part.duration_s
    if whole.distance_m is not None and part.distance_m is not None:
        return whole.distance_m / part.distance_m
    return None


def shared(whole: Length, count: int) -> Length:
    """Return one of several equal parts of a length."""
    return Length(
        None if whole.duration_s is None else whole.duration_s / count,
        None if whole.distance_m is None else whole.distance_m / count,
    )


def clock_of(seconds: float) -> str:
    """Write whole seconds as ``m:ss``."""
    return f"{seconds // 60:.0f}:{seconds % 60:02.0f}"
