"""Tokens whose meaning is in their neighbours: bare metres, sets, parts in brackets, paces by minutes."""

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
    """Give tokens the meaning that their neighbours say."""
    return _opened(_counted(_in_metres(tokens)))


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
