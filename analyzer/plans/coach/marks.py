"""Places along the way: ``until km 5``, ``20'-40'``, ``km 15`` behind ``km 11-14``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from analyzer.plans.coach.listed import kind_at

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token

HEADS = ("", "comma", "newline", "full_stop", "slash", "sep", "bullet", "rest", "remainder")
"""What stands before a place that ends a step."""

KILOMETRES = ("km", "k", "kilometre", "kilometer", "kilom\u00e8tre", "kil\u00f3metro", "chilometro")
MILES = ("mile", "mi", "meile", "milla", "miglio")
MINUTES = ("minute", "min", "minuto")


class Mark(NamedTuple):
    """A place that ends a step: its number, its unit, and the tokens that say it."""

    value: float
    unit: str
    start: int
    end: int


def from_start(tokens: list[Token]) -> list[Token]:
    """Read ``until km 5 ..., until km 9 ...`` as the lengths between them, if they grow."""
    marks = [m for i in range(len(tokens)) if (m := _mark(tokens, i)) is not None]
    grows = all(a.value < b.value for a, b in pairwise(marks))
    is_first = bool(marks) and not any(
        t.kind in ("time", "distance", "clock", "span") for t in tokens[: marks[0].start]
    )
    if len(marks) < 2 or not grows or not is_first or len({m.unit for m in marks}) > 1:
        return tokens
    out: list[Token] = []
    at, before = 0, 0.0
    for mark in marks:
        out += tokens[at : mark.start]
        if out and out[-1].kind in ("rest", "remainder"):
            del out[-1]
        kind = "time" if mark.unit == "min" else "distance"
        text = f"{mark.value - before:g}{mark.unit}"
        out.append(tokens[mark.start]._replace(kind=kind, text=text))
        at, before = mark.end, mark.value
    return out + tokens[at:]


def _mark(tokens: list[Token], at: int) -> Mark | None:
    """Return the place that a word like ``until`` leads to, at the head of a step."""
    if kind_at(tokens, at) not in ("until", "to") or kind_at(tokens, at - 1) not in HEADS:
        return None
    unit, end = "", at + 1
    while kind_at(tokens, end) == "filler" and end < at + 6:
        unit = unit or _unit(tokens[end].text)
        end += 1
    if kind_at(tokens, end) in ("time", "distance"):
        said = re.fullmatch(r"([\d.]+)[\s-]*([^\d\s]+)", tokens[end].text)
        unit = _unit(said[2]) if said else ""
        return Mark(float(said[1]), unit, at, end + 1) if said and unit else None
    if kind_at(tokens, end) != "number":
        return None
    value = float(tokens[end].text)
    end += 1
    if not unit and kind_at(tokens, end) in ("filler", "word"):
        unit = _unit(tokens[end].text)
        end += 1
    return Mark(value, unit, at, end) if unit else None


def _unit(said: str) -> str:
    """Return km, mi or min for its word; nothing for another one."""
    word = said.lower().rstrip("s.")
    if word in KILOMETRES:
        return "km"
    if word in MILES:
        return "mi"
    return "min" if word in (*MINUTES, "'", "\u2019", "\u2032", "mn") else ""


def spans(tokens: list[Token]) -> list[Token]:
    """Read ``20'-40'`` and a single ``km 15`` that go on where a span before them ends."""
    out: list[Token] = []
    last: float | None = 0.0
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "span":
            last = float(re.findall(r"\d+", token.text)[-1])
        ends = _minutes(tokens, at)
        if ends is not None and ends[0] == last and ends[1] > ends[0]:
            out.append(token._replace(kind="span", text=f"{ends[0]:.0f}-{ends[1]:.0f}min"))
            last, at = ends[1], at + 3
            continue
        unit = _unit(token.text) if token.kind in ("filler", "word") else ""
        is_next = last and unit in ("km", "mi") and kind_at(tokens, at + 1) == "number"
        if is_next and float(tokens[at + 1].text) == (last or 0.0) + 1:
            out.append(
                token._replace(
                    kind="span", text=f"{unit} {tokens[at + 1].text}-{tokens[at + 1].text}"
                )
            )
            last, at = (last or 0.0) + 1, at + 2
            continue
        out.append(token)
        at += 1
    return out


def _minutes(tokens: list[Token], at: int) -> tuple[float, float] | None:
    """Return both minutes of ``20'-40'``."""
    if [kind_at(tokens, at + i) for i in range(3)] != ["time", "dash", "time"]:
        return None
    said = [
        re.fullmatch(r"(\d+)\s?(?:min|mn|['\u2019\u2032])", tokens[at + i].text) for i in (0, 2)
    ]
    return (float(said[0][1]), float(said[1][1])) if said[0] and said[1] else None
