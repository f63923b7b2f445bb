"""Tokens whose meaning is in their neighbours: bare metres, sets, parts in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token

BEFORE_METRES = (
    "start",
    "count",
    "comma",
    "newline",
    "full_stop",
    "plus",
    "sep",
    "bullet",
    "colon",
)
"""What stands before a distance without a unit: ``3x2000``."""

PARTS = ("last", "first", "part")
LENGTHS = ("time", "distance")


def recast(tokens: list[Token]) -> list[Token]:
    """Give tokens the meaning that their neighbours say; one alone has none."""
    if len(tokens) < 2:
        return tokens
    return _opened(_counted(_in_metres(_with_units(tokens))))


def _with_units(tokens: list[Token]) -> list[Token]:
    """Give each number of ``3-2-1 km`` or ``20/10/10 min`` the unit of the last."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at
        while _is(tokens, end, ("number",)) and _is(tokens, end + 1, ("dash", "slash", "plus")):
            end += 2
        if (
            end > at
            and _is(tokens, end, (*LENGTHS, "span"))
            and (end - at > 2 or tokens[end].kind == "span")
        ):
            out += _each_with_unit(tokens[at : end + 1])
            at = end + 1
        else:
            out += tokens[at : max(end, at + 1)]
            at = max(end, at + 1)
    return out


def _each_with_unit(chain: list[Token]) -> list[Token]:
    """Return numbers and the length behind them as lengths, with a plus between them."""
    last = chain[-1]
    unit = re.sub(r"^[\d.\s-]+|^\d+\s*\D\s*\d+\s*", "", last.text)
    is_distance = unit.lower().startswith(("k", "mi", "m")) and not unit.lower().startswith(
        ("min", "mn")
    )
    kind = last.kind if last.kind != "span" else "distance" if is_distance else "time"
    numbers = [t for t in chain[:-1] if t.kind == "number"]
    ends = [last._replace(text=f"{n}{unit}") for n in re.findall(r"\d+(?:\.\d+)?", last.text)]
    found: list[Token] = []
    for token in [*(t._replace(text=f"{t.text}{unit}") for t in numbers), *ends]:
        found += [token._replace(kind="plus", text="+")] if found else []
        found.append(token._replace(kind=kind))
    return found


def _in_metres(tokens: list[Token]) -> list[Token]:
    """Read 100, 400 or 2000 at the head of a step as metres; nobody runs as many minutes or km."""
    out: list[Token] = []
    for token in tokens:
        before = out[-1].kind if out else "start"
        is_metres = token.kind == "number" and re.fullmatch(r"[1-9][0-9]{0,2}(?:00|50)", token.text)
        if is_metres and before in BEFORE_METRES:
            token = token._replace(kind="distance", text=f"{token.text}m")
        out.append(token)
    return out


def _counted(tokens: list[Token]) -> list[Token]:
    """Read ``3 sets of 10 min`` as ``3 x 10 min``."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        out.append(token)
        at += 1
        if token.kind != "number" or "." in token.text or not _is(tokens, at, ("rep",)):
            continue
        ahead = at + 1
        while ahead < at + 3 and _is(tokens, ahead, ("filler", "at", "from")):
            ahead += 1
        if _is(tokens, ahead, LENGTHS):
            out[-1] = token._replace(kind="count")
            at = ahead
    return out


def _is(tokens: list[Token], at: int, kinds: tuple[str, ...]) -> bool:
    """Whether a token is of one of some kinds."""
    return at < len(tokens) and tokens[at].kind in kinds


def _opened(tokens: list[Token]) -> list[Token]:
    """Take the brackets from ``75 min (last 20 min @ 4:20)``: a part of the length before them."""
    out: list[Token] = []
    is_open = False
    for i, token in enumerate(tokens):
        if token.kind == "open_bracket" and not is_open and _holds_parts(tokens, i):
            is_open = True
            out.append(token._replace(kind="colon", text=":"))
            continue
        first = i + 1 + _is(tokens, i + 1, ("with", "filler"))
        if token.kind == "open_bracket" and _is(tokens, first, PARTS) and not is_open:
            is_open = True
            out.append(token._replace(kind="comma", text=","))
        elif token.kind == "close_bracket" and is_open:
            is_open = False
        else:
            is_open = is_open and token.kind != "open_bracket"
            out.append(token)
    return out


def _holds_parts(tokens: list[Token], at: int) -> bool:
    """Whether a bracket behind a length, not of repeats, holds what it is made of."""
    if at < 1 or tokens[at - 1].kind not in LENGTHS or (at > 1 and tokens[at - 2].kind == "count"):
        return False
    end = at + 1
    while end < len(tokens) and tokens[end].kind not in ("close_bracket", "open_bracket"):
        end += 1
    inner = [t.kind for t in tokens[at + 1 : end]]
    is_closed = _is(tokens, end, ("close_bracket",))
    return (
        is_closed and sum(inner.count(k) for k in (*LENGTHS, "number")) > 1 and "count" not in inner
    )
