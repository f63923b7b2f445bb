"""Lists whose unit or mark stands elsewhere: ``7-7-7``, ``2000-1000``, ``8x400: 2 in 96, ...``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.amounts import clock_of, length_of
from analyzer.plans.coach.step import Unclear

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token

JOINTS = ("dash", "slash", "plus", "comma", "sep")
LENGTHS = ("time", "distance")
HUNDREDS = re.compile(r"[1-9][0-9]{0,2}(?:00|50)")
"""Metres that need no unit."""

BETWEEN_TOTAL = ("colon", "comma", "prog", "filler", "word", "rep", "total", "at", "every", "note")
"""What may stand between a length and the numbers that add up to it."""

RUN_S_PER_KM = (150.0, 600.0)
"""What seconds for a distance may be, as a pace [s per km]."""


def kind_at(tokens: list[Token], at: int) -> str:
    """Return what a token is; nothing outside the text."""
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def in_metres(tokens: list[Token]) -> list[Token]:
    """Read ``2000-1600-1200`` and ``3000 2000 1000`` as metres, a plus between them."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end, numbers = _chain(tokens, at)
        is_list = len(numbers) > 1 and all(HUNDREDS.fullmatch(n.text) for n in numbers)
        if is_list and (kind_at(tokens, end) in ("at", "in", "colon", "open_bracket", "clock")):
            out += joined([n._replace(kind="distance", text=f"{n.text}m") for n in numbers])
            at = end
        else:
            out += tokens[at : max(end, at + 1)]
            at = max(end, at + 1)
    return out


def adding_up(tokens: list[Token]) -> list[Token]:
    """Give ``21 km: 7-7-7`` the unit of what they add up to, which is then not run on top."""
    out: list[Token] = []
    at = 0
    last: int | None = None
    while at < len(tokens):
        token = tokens[at]
        end, numbers = _chain(tokens, at)
        if len(numbers) > 1 and last is not None and _is_sum(numbers, out[last]):
            whole = out[last]
            unit = re.sub(r"^[\d.\s-]+", "", whole.text)
            del out[last]
            if kind_at(out, last) in ("colon", "comma"):
                del out[last]
            out += joined([n._replace(kind=whole.kind, text=f"{n.text}{unit}") for n in numbers])
            at, last = end, None
            continue
        if len(numbers) > 1:
            out += tokens[at:end]
            at, last = end, None
            continue
        if token.kind in LENGTHS:
            last = len(out) if kind_at(out, len(out) - 1) != "count" else None
        elif token.kind not in BETWEEN_TOTAL:
            last = None
        out.append(token)
        at += 1
    return out


def _chain(tokens: list[Token], at: int) -> tuple[int, list[Token]]:
    """Return the numbers that begin at a place, joined by one kind of mark, and where they end."""
    numbers: list[Token] = []
    joint = ""
    end = at
    while kind_at(tokens, end) == "number":
        numbers.append(tokens[end])
        end += 1
        mark = kind_at(tokens, end)
        is_next = kind_at(tokens, end + 1) == "number"
        if mark in JOINTS and is_next and joint in ("", mark):
            joint = mark
            end += 1
        elif not (mark == "number" and joint == ""):
            break
    return end, numbers


def _is_sum(numbers: list[Token], whole: Token) -> bool:
    """Whether numbers add up to the number of a length."""
    said = re.fullmatch(r"([\d.]+)[\s-]*[^\d\s]+", whole.text)
    return said is not None and abs(sum(float(n.text) for n in numbers) - float(said[1])) < 1e-6


def joined(tokens: list[Token]) -> list[Token]:
    """Return steps with a plus between them."""
    out: list[Token] = []
    for token in tokens:
        out += [token._replace(kind="plus", text="+")] if out else []
        out.append(token)
    return out


def dashed(tokens: list[Token]) -> list[Token]:
    """Read ``5'-4'-3'`` as one step after the other; two with a dash may be a range."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        around = [kind_at(tokens, i + k) for k in (-3, -2, -1, 1, 2, 3)]
        is_time = around[2] == around[3] and around[2] in LENGTHS
        goes_on = (around[0] == around[2] and around[1] == "dash") or (
            around[5] == around[3] and around[4] == "dash"
        )
        is_inside = token.kind == "dash" and is_time and goes_on
        out.append(token._replace(kind="plus", text="+") if is_inside else token)
    return out


def turns_of_repeats(tokens: list[Token]) -> list[Token]:
    """Read ``8x400: 2 in 96, 2 in 94, ...`` as eight paces, if they are as many as repeats."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        out.append(tokens[at])
        at += 1
        is_head = kind_at(tokens, at - 2) == "count" and kind_at(tokens, at - 1) in LENGTHS
        if not is_head or kind_at(tokens, at) not in ("colon", "comma", "open_bracket"):
            continue
        times = int(re.findall(r"\d+", tokens[at - 2].text)[0])
        end, paces = _turns(tokens, at + 1)
        if len(paces) > 1 and len(paces) == times:
            if kind_at(tokens, at) == "open_bracket" and kind_at(tokens, end) == "close_bracket":
                end += 1
            mark = tokens[at + 2]
            out.append(mark)
            for pace in paces:
                out += [pace, pace._replace(kind="comma", text=",")]
            del out[-1]
            at = end
    return out


def _turns(tokens: list[Token], at: int) -> tuple[int, list[Token]]:
    """Return a pace for each repeat of ``2 in 96, 2 in 94``, and where they end."""
    paces: list[Token] = []
    while (
        kind_at(tokens, at) == "number"
        and kind_at(tokens, at + 1) in ("at", "in")
        and kind_at(tokens, at + 2) in ("clock", "number", "time")
        and "." not in tokens[at].text
        and int(tokens[at].text) < 100
    ):
        paces += [tokens[at + 2]] * int(tokens[at].text)
        at += 3
        if kind_at(tokens, at) in JOINTS and kind_at(tokens, at + 1) == "number":
            at += 1
    return at, paces


def timed(tokens: list[Token]) -> list[Token]:
    """Read ``400m in 88``, ``@ 88s`` and ``5 km in 26 min`` as the time of that distance."""
    out: list[Token] = []
    metres = 0.0
    is_timed = False
    for i, token in enumerate(tokens):
        before = kind_at(tokens, i - 1)
        is_timed = is_timed and (before in JOINTS or token.kind in JOINTS)
        clock = ""
        if before in ("at", "in") and kind_at(tokens, i - 2) == "distance":
            metres = _metres(tokens[i - 2])
        if (before in ("at", "in") and kind_at(tokens, i - 2) == "distance") or is_timed:
            clock = _clock(token, metres, is_in=before == "in" or is_timed)
        if clock:
            if before == "at":
                out[-1] = out[-1]._replace(kind="in", text="in")
            token = token._replace(kind="clock", text=clock)
            is_timed = True
        out.append(token)
    return out


def _metres(token: Token) -> float:
    """Return a distance in metres; 0 where it cannot be read."""
    try:
        return length_of(token)[0].distance_m or 0.0
    except Unclear:
        return 0.0


def _clock(token: Token, metres: float, *, is_in: bool) -> str:
    """Write seconds or minutes as a clock, if somebody runs that far in them; else nothing."""
    said = re.fullmatch(r"(\d+(?:\.\d+)?)\s?(.*)", token.text)
    if token.kind not in ("number", "time") or said is None or not metres:
        return ""
    is_seconds = token.kind == "number" or said[2][:1].lower() in (
        "s",
        '"',
        "\u201d",
        "\u2033",
        "'",
    )
    is_seconds = is_seconds and said[2] not in ("'", "\u2019", "\u2032")
    seconds = float(said[1]) * (1 if is_seconds else 60)
    if not (is_in or is_seconds) or not RUN_S_PER_KM[0] <= seconds / metres * 1000:
        return ""
    if seconds / metres * 1000 > RUN_S_PER_KM[1] or seconds % 1:
        return ""
    return clock_of(seconds)


UNITS = {
    "miles": "mi",
    "mile": "mi",
    "km": "km",
    "kilometres": "km",
    "min": "min",
    "minutes": "min",
}
STEP_HEADS = (
    "",
    "comma",
    "newline",
    "full_stop",
    "slash",
    "sep",
    "plus",
    "dash",
    "colon",
    "bullet",
)
LETTER_M = re.compile(r"(\d{1,2}(?:\.\d)?)\s?m")
"""Nobody plans a run of 5 metres; where miles are spoken of, it is 5 miles."""


def in_said_unit(tokens: list[Token]) -> list[Token]:
    """Give bare numbers the unit that stands alone in brackets; ``5m`` are miles beside them."""
    letters = [t for t in tokens if t.kind == "distance" and LETTER_M.fullmatch(t.text)]
    is_mile = any(
        (t.kind == "per" and "mi" in t.text.lower()) or t.text.lower() == "miles" for t in tokens
    )
    if letters and is_mile and all(float(t.text.rstrip("m ")) <= MOST_MILES for t in letters):
        miles = set(letters)
        tokens = [t._replace(text=t.text.rstrip("m ") + "mi") if t in miles else t for t in tokens]
    at = next((i for i in range(len(tokens)) if _is_unit_alone(tokens, i)), None)
    if at is None:
        return tokens
    unit = UNITS[tokens[at + 1].text.lower()]
    kind = "time" if unit == "min" else "distance"
    return [
        t._replace(kind=kind, text=f"{t.text}{unit}")
        if t.kind == "number" and kind_at(tokens, i - 1) in STEP_HEADS
        else t
        for i, t in enumerate(tokens)
        if not at <= i <= at + 2
    ]


MOST_MILES = 30
"""More than this is not miles, whatever stands beside it."""


def _is_unit_alone(tokens: list[Token], at: int) -> bool:
    """Whether a bracket holds nothing but a unit."""
    kinds = [kind_at(tokens, at + i) for i in (0, 2)]
    is_bracket = kinds == ["open_bracket", "close_bracket"]
    return is_bracket and tokens[at + 1].text.lower() in UNITS
