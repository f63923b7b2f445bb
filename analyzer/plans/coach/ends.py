"""Where a step ends, and what goes on with it behind a comma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.plans.coach.amounts import LENGTHS
from analyzer.plans.coach.cursor import ROLES, SEPARATORS
from analyzer.plans.coach.recoveries import RECOVERIES, is_off, recovery
from analyzer.plans.coach.step import Unclear

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.plans.coach.cursor import Cursor
    from analyzer.plans.coach.step import Step


BEHIND_NUMBER = ("at", "in", "note", "aim", "effort:tempo", *ROLES)
"""What stands behind a number that is a part of the whole before it."""


def _is_first_part(cursor: Cursor) -> bool:
    """Whether ``first`` is a part of the length, and not the first of several blocks."""
    return cursor.peek(1).kind not in ("at", "rep") and not cursor.is_pace(1)


def _is_head(cursor: Cursor) -> bool:
    """Whether a colon is followed by the parts of the length before it."""
    is_number = cursor.peek(1).kind == "number" and (
        cursor.peek(2).kind in BEHIND_NUMBER or cursor.is_pace(2)
    )
    is_number = is_number or (cursor.peek(1).kind == "aim" and cursor.is_titled(1))
    return is_number or cursor.starts_step(1) or cursor.peek(1).kind in ("first", "part")


def _begins_part(cursor: Cursor) -> bool:
    """Whether ``with`` goes on to a last or a first part."""
    ahead = 1
    while cursor.peek(ahead).kind == "filler":
        ahead += 1
    return cursor.peek(ahead).kind in ("last", "first")


_ENDS: dict[str, Callable[[Cursor], bool]] = {
    "end": lambda _: True,
    "close_bracket": lambda _: True,
    "last": lambda _: True,
    "part": lambda _: True,
    "remainder": lambda _: True,
    "first": _is_first_part,
    "colon": _is_head,
    "with": _begins_part,
}
"""What may end a step, and whether it does."""


def _is_slip(cursor: Cursor, step: Step) -> bool:
    """Refuse lengths with a slash between them, where neither says what it is for."""
    said = step.quotes or step.role or step.aim or step.effort or step.notes
    if cursor.peek().kind == "slash" and not said:
        msg = "one or the other? Put a comma before it if another step begins here"
        raise Unclear(msg, cursor.peek(), is_asked=False)
    return False


def _takes_recovery(cursor: Cursor, step: Step) -> bool:
    """Take a recovery behind a comma that is said to be run between; whether there is one."""
    ahead = cursor.past_separators()
    is_several = step.count > 1 or len(step.quotes) > 1
    if step.recovery is not None or not is_several or not _is_between(cursor, ahead):
        return False
    for _ in range(ahead):
        cursor.take()
    while cursor.peek().kind in ("rest", "apiece", "every", "colon", "filler", "full_stop"):
        cursor.take()
    step.recovery = recovery(cursor, step)
    return True


def _goes_on(cursor: Cursor, step: Step) -> bool:
    """Whether a step goes on behind a comma; takes the comma if it does."""
    ahead = cursor.past_separators()
    while step.quotes and cursor.peek(ahead).kind in ("about", "tilde"):
        ahead += 1
    token = cursor.peek(ahead)
    is_expected = bool(step.quotes) or step.is_awaited or step.is_progressive
    is_more = cursor.is_pace(ahead) and is_expected
    is_more = is_more and not cursor.starts_step(ahead) and not cursor.is_pace_first(ahead)
    is_more = is_more and not cursor.is_titled(ahead)
    is_more = (
        is_more
        or token.kind in ("every", "speedup")
        or bool(cursor.change(ahead))
        or (token.kind == "from" and not step.quotes)
    )
    is_more = is_more or (token.kind == "first" and cursor.peek(ahead + 1).kind == "at")
    is_note = token.kind in ("note", "prog", "aim") and not cursor.is_titled(ahead)
    is_note = is_note and not _leads_to_length(cursor, ahead)
    is_note = is_note and (cursor.peek().kind in ("comma", "dash", "sep") or token.kind == "aim")
    if is_more or is_note:
        for _ in range(ahead):
            cursor.take()
    return is_more or is_note


def _is_between(cursor: Cursor, ahead: int) -> bool:
    """Whether a recovery follows that is said to be run between: ``90s jog between reps``."""
    if cursor.peek(ahead).kind == "rest" and cursor.peek(ahead + 1).kind in ("apiece", "every"):
        return cursor.peek(ahead + 2).kind in ("time", "distance")
    if cursor.peek(ahead).kind == "rest" and _is_last_said(cursor, ahead):
        return True
    if cursor.peek(ahead).kind not in ("time", "distance"):
        return False
    ahead += 1
    while cursor.peek(ahead).kind in ("filler", "rest", "easy"):
        ahead += 1
    return cursor.peek(ahead).kind == "each_after"


def _is_last_said(cursor: Cursor, ahead: int) -> bool:
    """Whether a rest with its length behind it, ``rec 2'``, is followed by nothing with a pace."""
    while cursor.peek(ahead).kind in ("rest", "colon", "filler", "full_stop"):
        ahead += 1
    if cursor.peek(ahead).kind not in RECOVERIES or cursor.peek(ahead + 1).kind in ("at", "colon"):
        return False
    return not cursor.has_behind(ahead)


def _leads_to_length(cursor: Cursor, ahead: int) -> bool:
    """Whether words lead to the length of a step of their own."""
    while cursor.peek(ahead).kind in ("note", "prog", "filler", "colon", *ROLES):
        ahead += 1
    return cursor.starts_step(ahead) or cursor.peek(ahead).kind in LENGTHS


def is_over(cursor: Cursor, step: Step) -> bool:
    """Whether the next token is no longer of this step."""
    while cursor.peek().kind == "total":
        cursor.take()
        step.is_total = True
    kind = cursor.peek().kind
    if kind in _ENDS:
        return _ENDS[kind](cursor)
    if kind == "dash" and is_off(cursor) and step.quotes:
        return False
    if kind in SEPARATORS and _takes_recovery(cursor, step):
        return is_over(cursor, step)
    if kind in SEPARATORS:
        return not _goes_on(cursor, step) and not _is_slip(cursor, step)
    return _begins_other_role(cursor, step) or _begins_another(cursor, step)


def _begins_other_role(cursor: Cursor, step: Step) -> bool:
    """Whether a warm-up or a cool-down with its length behind it begins without a mark."""
    is_said = bool(step.role or step.quotes or step.recovery)
    is_role = cursor.peek().kind in ("warmup", "cooldown") and is_said
    return is_role and cursor.peek(1).kind in ("time", "distance")


def _begins_another(cursor: Cursor, step: Step) -> bool:
    """Whether another step begins without a mark; refuses it where this one says nothing."""
    token = cursor.peek()
    if not cursor.starts_step() or (token.kind == "clock" and step.is_awaited):
        return False
    if step.aim and cursor.peek(-1).kind == "aim" and not (step.quotes or step.role):
        msg = f"'{cursor.peek(-1).text}': of {token.text}, or of the length before it? "
        raise Unclear(msg + "Put a comma where the step ends", cursor.peek(-1))
    if (step.is_alternating or step.is_progressive) and not step.quotes:
        return True
    if not (step.quotes or step.role or step.aim or step.effort or step.title or step.is_total):
        msg = f"'{token.text}' begins another step; put a comma before it, or give it its own line"
        raise Unclear(msg, token, is_asked=False)
    return True
