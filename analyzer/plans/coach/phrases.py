"""What stands behind a length: paces, efforts, comments, what is run in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.aims import number_of, read_aim, read_within
from analyzer.plans.coach.amounts import clock_s, length_of
from analyzer.plans.coach.cursor import ROLES, SEPARATORS
from analyzer.plans.coach.ends import is_over
from analyzer.plans.coach.quotes import add_unit, read_quotes, take_unit
from analyzer.plans.coach.recoveries import (
    RECOVERIES,
    is_off,
    is_short,
    leads_to_rest,
    recovery,
    refuse_count,
)
from analyzer.plans.coach.step import MAX_DEPTH, Unclear
from analyzer.plans.coach.tokens import Token
from analyzer.plans.draft import Length
from analyzer.plans.near import near_word
from analyzer.plans.paces import EFFORTS
from analyzer.units import KM_M, MILE_M, UNIT_M

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.plan import Role
    from analyzer.plans.coach.cursor import Cursor
    from analyzer.plans.coach.step import Step

ROLE_OF: dict[str, Role] = {
    "easy": "easy",
    "warmup": "easy",
    "cooldown": "cooldown",
    "rest": "rest",
    "steady": "steady",
}

OUT_OF_ORDER = "'{word}' turns the order round; write the steps in the order in which they are run"

KILOMETRES = (
    *("km", "mile", "k", "kilometre", "kilometer"),
    *("kilom\u00e8tre", "kil\u00f3metro", "chilometro"),
)

IGNORED = (
    "filler",
    "paceword",
    "about",
    "tilde",
    "colon",
    "rep",
    "newline",
    "each_after",
    "remark",
    "lasting",
)

BEHIND_AT = frozenset(
    {"about", "tilde", "bound", "under", "over", "aim", "note", "paceword", "filler", "at", *ROLES}
    | {"open_bracket", "effort:tempo"}
)
"""What may stand between ``@`` and a pace, or in place of one."""


def read_behind(cursor: Cursor, step: Step, text: str) -> None:
    """Take all that is said of a step, up to where the next one begins."""
    while _is_short_rest(cursor, step) or not is_over(cursor, step):
        token = cursor.peek()
        if _is_short_rest(cursor, step):
            step.recovery = recovery(cursor, step)
        elif cursor.is_pace() and not (cursor.starts_step() and token.kind != "clock"):
            _pace(cursor, step)
        elif token.kind == "rest" and (step.quotes or step.count > 1) and leads_to_rest(cursor):
            _between(cursor, step, text)
        elif token.kind in _READERS:
            _READERS[token.kind](cursor, step, text)
        else:
            _word(cursor.take(), step)


def _is_short_rest(cursor: Cursor, step: Step) -> bool:
    """Whether a recovery stands right behind repeats: ``3x8min @ 4:30 2min jog``."""
    is_said = cursor.peek(1).kind in ("rest", "easy") and cursor.peek(2).kind not in ("at", "colon")
    is_behind = step.count > 1 and step.recovery is None and bool(step.quotes or step.title)
    is_behind = is_behind and cursor.peek(-1).kind not in SEPARATORS
    return is_behind and is_said and is_short(cursor.peek())


def _pace(cursor: Cursor, step: Step) -> None:
    """Take paces; the seconds each one of several changes by may stand behind."""
    read_quotes(cursor, step)
    if step.count > 1 and is_off(cursor):
        _off(cursor, step, "")


def _word(token: Token, step: Step) -> None:
    """Take one word or mark."""
    if token.kind in ROLE_OF:
        step.role = step.role or ROLE_OF[token.kind]
        step.is_warmup = token.text if token.kind == "warmup" else step.is_warmup
        step.is_easy = step.is_easy or token.kind == "easy"
    elif token.kind == "order":
        raise Unclear(OUT_OF_ORDER.format(word=token.text), token)
    elif token.kind == "choice":
        msg = f"'{token.text}' leaves a choice open, or takes something back; "
        raise Unclear(msg + "write what is to be run, and only that", token)
    elif token.kind.startswith("effort:"):
        step.effort = token.kind[7:]
    elif token.kind in _SAYS:
        _SAYS[token.kind](step, token)
    elif token.kind == "number":
        msg = f"what is {token.text}? A length needs its unit, {token.text}min or {token.text}km; "
        raise Unclear(msg + "a pace is written 4:00", token, is_asked=False)
    elif token.kind == "word":
        step.unread.append(known_or_unread(token))
    elif token.kind not in IGNORED:
        msg = f"'{token.text}' cannot stand here; write for example 10min @ 4:00"
        raise Unclear(msg, token, is_asked=False)


def _take_turns(step: Step) -> None:
    """Note that the paces take turns; they follow."""
    step.is_alternating = step.is_awaited = True


def _ask_between(step: Step, token: Token) -> None:
    """Ask what a length ``between`` is run between, where no repeats are before it."""
    if step.count == 1 and not step.quotes:
        msg = f"'{token.text}' what? Write it where it is run, or 3x(10min @ 4:00, 2min easy)"
        raise Unclear(msg, token)


_SAYS: dict[str, Callable[[Step, Token], None]] = {
    "apiece": lambda step, _: setattr(step, "is_each", True),
    "alternate": lambda step, _: _take_turns(step),
    "each_after": _ask_between,
    "note": lambda step, token: step.notes.append(token.text),
}
"""Words that say one thing of a step."""


def known_or_unread(token: Token) -> Token:
    """Return a word that is not known; one that is nearly known is a slip."""
    near = near_word(token.text, EFFORTS) if len(token.text) > 3 else None
    if near is not None:
        msg = f"'{token.text}' is not known; did you mean '{near}'?"
        raise Unclear(msg, token, is_asked=False)
    return token


def _await(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``@``, ``at``, ``from`` or a colon: a pace follows."""
    token = cursor.take()
    if token.kind == "at":
        refuse_count(cursor, token)
    step.is_awaited = cursor.is_pace() or cursor.peek().kind in ("about", "tilde", "bound", "under")
    if token.text == "@" and not (cursor.is_pace() or cursor.peek().kind in BEHIND_AT):
        msg = "no pace after '@'; write for example @ 4:00/km"
        raise Unclear(msg, token, is_asked=False)
    step.is_from = step.is_from or token.kind == "from"
    step.is_to = step.is_to or (token.kind in ("to", "until") and cursor.is_pace())
    step.is_in = token.kind == "in"


def _bound(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``under`` or ``no faster than``: the next pace is a bound."""
    token = cursor.take()
    is_over = token.kind == "over" or token.text in (">=", "\u2265", ">")
    step.bound = "over" if is_over else "under"
    step.is_awaited = True
    while cursor.peek().kind in ("filler", "at", "about", "tilde"):
        cursor.take()
    if not cursor.is_pace() or step.quotes:
        msg = f"'{token.text}' what? Write <=4:00 for 4:00 or faster, >=4:00 for 4:00 or slower"
        raise Unclear(msg, token, is_asked=False)


def _progressive(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``progressive``."""
    cursor.take()
    step.is_progressive = True


def _every(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``every 2 km``, or by how much each repeat is faster."""
    token = cursor.take()
    while cursor.peek().kind in ("rep", "filler"):
        if cursor.peek().text.lower() in KILOMETRES:
            is_mile = cursor.peek().text.lower() == "mile"
            text = "1mi" if is_mile else "1km"
            step.every, _ = length_of(cursor.take()._replace(kind="distance", text=text))
            if cursor.change():
                _change(cursor, step, "")
            return
        cursor.take()
    if cursor.peek().kind == "time" and _is_change(cursor):
        amount = number_of(cursor.take())
        take_unit(cursor)
        step.off_s = -amount if cursor.take().kind == "faster" else amount
    elif is_off(cursor):
        step.off_s = -number_of(cursor.peek(1)) if cursor.take().kind == "dash" else 0.0
        cursor.take()
    elif cursor.peek().kind in ("time", "distance"):
        step.every, _ = length_of(cursor.take())
    elif cursor.peek().kind == "at" or cursor.is_pace():
        step.is_each = True
    else:
        step.unread.append(token)


def _change(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``10 s faster``, and every what."""
    if not cursor.change():
        msg = f"'{cursor.peek().text}' begins another step; put a comma before it"
        raise Unclear(msg, cursor.peek(), is_asked=False)
    amount = number_of(cursor.take())
    take_unit(cursor)
    step.off_s = -amount if cursor.take().kind == "faster" else amount
    if cursor.peek().kind == "per":
        unit = take_unit(cursor)
        step.every = Length(distance_m=UNIT_M[unit or "km"])


def _speedup(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``1 km/h faster``."""
    token = cursor.take()
    step.off_kmh = number_of(token) * (MILE_M / KM_M if "mph" in token.text.lower() else 1)


def _is_change(cursor: Cursor) -> bool:
    """Whether a time is followed by ``faster`` or ``slower``."""
    return any(cursor.peek(i).kind in ("faster", "slower") for i in (1, 2))


def _between(cursor: Cursor, step: Step, text: str) -> None:
    """Take ``with 2min jog``: what is run between repeats."""
    word = cursor.take()
    refuse_count(cursor, word)
    ahead = 0
    while cursor.peek(ahead).kind in ("filler", "colon", "full_stop", *ROLES):
        ahead += 1
    if cursor.peek(ahead).kind in RECOVERIES:
        for _ in range(ahead):
            cursor.take()
        step.recovery = recovery(cursor, step)


def _brackets(cursor: Cursor, step: Step, text: str) -> None:
    """Take a bracket: paces, a recovery, a tolerance, or a comment."""
    opening = cursor.take()
    step.depth += 1
    if step.depth > MAX_DEPTH:
        msg = "too many brackets in brackets; write it flat"
        raise Unclear(msg, opening, is_asked=False)
    size = 0
    while cursor.peek(size).kind not in ("end", "close_bracket"):
        size += 1
    inner = [cursor.peek(i) for i in range(size)]
    kinds = {t.kind for t in inner}
    if kinds & {*RECOVERIES} and kinds & {"rest", "easy"}:
        while cursor.peek().kind not in RECOVERIES:
            cursor.take()
        step.recovery = recovery(cursor, step)
    elif inner and _is_said_of_pace(cursor, step):
        read_behind(cursor, step, text)
    else:
        _comment(inner, step, text)
        for _ in inner:
            cursor.take()
    if cursor.peek().kind != "close_bracket":
        msg = "a bracket that is not closed, or more in it than one step; close it with )"
        raise Unclear(msg, opening, is_asked=False)
    step.depth -= 1
    cursor.take()


def _is_said_of_pace(cursor: Cursor, step: Step) -> bool:
    """Whether a bracket holds the pace, the tolerance or the aim of the step before it."""
    if cursor.peek().kind in ("within", "aim", "at", "under", "over", "bound"):
        return True
    if not cursor.is_pace():
        return False
    if not step.quotes:
        return True
    name = step.quotes[-1].texts[0]
    if len(step.quotes) == 1 and not name[0].isdigit() and cursor.peek().kind == "clock":
        step.quotes.clear()  # a name and what it is: MP (4:15)
        return True
    return False


def _comment(inner: list[Token], step: Step, text: str) -> None:
    """Keep a comment; one with numbers may have meant something."""
    if not inner:
        return
    said = text[inner[0].start : inner[-1].end]
    if len(inner) == 1 and inner[0].kind == "clock" and _is_whole_time(inner[0], step):
        return
    if len(inner) == 1 and inner[0].kind in ROLE_OF and step.role is None and not step.quotes:
        step.role = ROLE_OF[inner[0].kind]
    elif any(c.isdigit() for c in said):
        step.unread.append(Token("word", said, inner[0].start, inner[-1].end))
    else:
        step.notes.append(said)


def _is_whole_time(token: Token, step: Step) -> bool:
    """Whether a time is what the step takes at its pace: ``10km @ 4:30 (45:00)``."""
    pace = re.match(r"\d+:\d\d", step.quotes[-1].texts[0]) if step.quotes else None
    metres = step.length.distance_m
    if pace is None or metres is None:
        return False
    each = clock_s(pace[0])
    return any(abs(each * metres / m - clock_s(token.text)) <= 5 for m in UNIT_M.values())


def _unit(cursor: Cursor, step: Step, text: str) -> None:
    """Take a unit behind several paces."""
    add_unit(step, take_unit(cursor))


def _off(cursor: Cursor, step: Step, text: str) -> None:
    """Take the seconds by which several paces change."""
    mark = cursor.take()
    is_one = len(step.quotes) == 1 and step.quotes[0].shape == "single"
    if step.count == 1 or not is_one or cursor.peek().kind not in ("number", "time"):
        msg = "seconds change the pace of several blocks; write 3x10min @ 4:00 -10s"
        raise Unclear(msg, mark, is_asked=False)
    step.off_s = (-1 if mark.kind == "dash" else 1) * number_of(cursor.take())


_READERS = {
    "at": _await, "in": _await, "from": _await, "colon": _await, "to": _await, "until": _await,
    "first": _await, "under": _bound, "over": _bound, "bound": _bound, "greater": _bound,
    "speedup": _speedup, "prog": _progressive, "aim": read_aim, "every": _every, "with": _between,
    "within": read_within,
    "open_bracket": _brackets, "per": _unit, "time": _change, "dash": _off, "plus": _off,
}  # fmt: skip
"""What reads a token that is more than a word."""
