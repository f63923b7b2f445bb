"""Tokens whose meaning is in their neighbours: bare metres, sets, parts in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach import listed, marks, shifted

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

JOINTS = ("dash", "slash", "plus", "comma")
"""What stands between numbers that share the unit of the last."""

PARTS = ("last", "first", "part")
LENGTHS = ("time", "distance")


def recast(tokens: list[Token]) -> list[Token]:
    """Give tokens the meaning that their neighbours say; one alone has none."""
    if len(tokens) < 2:
        return tokens
    for change in _PASSES:
        tokens = change(tokens)
    return tokens


def _with_units(tokens: list[Token]) -> list[Token]:
    """Give each number of ``3-2-1 km`` or ``20/10/10 min`` the unit of the last."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at
        while _is(tokens, end, ("number",)) and _is(tokens, end + 1, JOINTS):
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
    for i, token in enumerate(tokens):
        before = out[-1].kind if out else "start"
        is_metres = token.kind == "number" and listed.HUNDREDS.fullmatch(token.text)
        is_rest = before == "open_bracket" and _is(tokens, i + 1, ("rest", "easy"))
        if is_metres and (before in BEFORE_METRES or is_rest):
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
        if token.kind == "open_bracket" and _is(tokens, i + 1, ("apiece",)) and not is_open:
            is_open = _is(tokens, i + 2, LENGTHS)
            out += [] if is_open else [token]
            continue
        if token.kind == "apiece" and is_open and i and tokens[i - 1].kind == "open_bracket":
            out.append(token._replace(kind="every"))
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
    head = at - 1
    while head > 0 and tokens[head].kind in ("prog", "filler", "total"):
        head -= 1
    is_length = head >= 0 and tokens[head].kind in LENGTHS
    if not is_length or (head and tokens[head - 1].kind == "count"):
        return False
    end = at + 1
    while end < len(tokens) and tokens[end].kind not in ("close_bracket", "open_bracket"):
        end += 1
    inner = [t.kind for t in tokens[at + 1 : end]]
    is_closed = _is(tokens, end, ("close_bracket",))
    return (
        is_closed and sum(inner.count(k) for k in (*LENGTHS, "number")) > 1 and "count" not in inner
    )


def _told(tokens: list[Token]) -> list[Token]:
    """Leave as a word what no pass has found a meaning for."""
    return [t._replace(kind="word") if t.kind in ("quicken", "ordinal") else t for t in tokens]


def _abbreviated(tokens: list[Token]) -> list[Token]:
    """Take the full stop from ``insg. 7 km``."""
    return [
        t
        for i, t in enumerate(tokens)
        if not (
            t.kind == "full_stop"
            and i
            and tokens[i - 1].kind == "total"
            and tokens[i - 1].end == t.start
            and _is(tokens, i + 1, LENGTHS)
        )
    ]


def _placed(tokens: list[Token]) -> list[Token]:
    """Read ``hasta el km 6`` and ``/ km 5-8`` as places: no pace stands before the unit."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        before = out[-1].kind if out else ""
        is_place = token.kind == "per" and _is(tokens, i + 1, ("number",))
        if is_place and before not in ("clock", "paceword", "time"):
            out.append(token._replace(kind="filler", text=re.split(r"[\s/]", token.text)[-1]))
        else:
            out.append(token)
    return out


_PASSES = (
    _placed,
    _abbreviated,
    listed.in_said_unit,
    shifted.plain_words,
    shifted.both,
    shifted.counted_off,
    shifted.quickened,
    marks.from_start,
    marks.spans,
    listed.dashed,
    listed.in_metres,
    _in_metres,
    listed.turns_of_repeats,
    listed.timed,
    listed.adding_up,
    _with_units,
    _counted,
    _opened,
    _told,
)
"""What gives tokens their meaning, in this order."""
