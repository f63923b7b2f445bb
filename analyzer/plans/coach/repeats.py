"""Repeats: ``3 x 10min``, ``3 x (10min, 2min easy)``, and what is run between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.model.plan import Doubt
from analyzer.plans.coach.amounts import length_of
from analyzer.plans.coach.cursor import ROLES
from analyzer.plans.coach.parts import Reps
from analyzer.plans.coach.phrases import ROLE_OF, read_behind
from analyzer.plans.coach.recoveries import is_short
from analyzer.plans.coach.step import MAX_DEPTH, Step, Unclear
from analyzer.plans.draft import MAX_BLOCKS, Draft, DraftBlock
from analyzer.plans.paces import Pace

if TYPE_CHECKING:
    from analyzer.plans.coach.reader import Reader
    from analyzer.plans.coach.tokens import Token


def repeat(reader: Reader, depth: int) -> list[DraftBlock]:
    """Read ``3 x 10min`` or ``3 x (10min, 2min easy)``."""
    token = reader.cursor.take()
    count = int(re.match(r"\d+", token.text)[0])  # type: ignore[index]
    if not 1 <= count <= MAX_BLOCKS:
        msg = f"{count} times is nothing to run, or over the limit; write 1 to {MAX_BLOCKS}"
        raise Unclear(msg, token, is_asked=False)
    while reader.cursor.peek().kind in ("filler", "rep", "comma", *ROLES):
        word = reader.cursor.take()
        reader.prefix += [word] if word.kind in ROLE_OF else []
    if reader.cursor.peek().kind == "open_bracket":
        return _group(reader, count, token, depth)
    if not (reader.cursor.starts_step() or reader.cursor.peek().kind == "clock"):
        msg = "what is repeated? Write 3x10min @ 4:00, or 3x(10min @ 4:00, 2min easy)"
        raise Unclear(msg, token, is_asked=False)
    at = reader.cursor.take()
    length, unit = length_of(at)
    reader.unit = unit or reader.unit
    step = reader.begin(at, length, unit, count)
    read_behind(reader.cursor, step, reader.text)
    made = reader.made(step)
    reader.reps = Reps(step, -1, -1)
    _doubt_rest_once(reader, count, step)
    return made


def _doubt_rest_once(reader: Reader, count: int, step: Step | None) -> None:
    """Ask about a rest that stands once behind several blocks."""
    ahead = reader.cursor.past_separators()
    first, second = reader.cursor.peek(ahead), reader.cursor.peek(ahead + 1)
    is_rest = "rest" in (first.kind, second.kind) or (
        "easy" in (first.kind, second.kind) and is_short(first, second)
    )
    is_rest = is_rest and bool({first.kind, second.kind} & {"time", "distance"})
    if count > 1 and is_rest and (step is None or step.recovery is None):
        rest = f"{first.text} {second.text}"
        reader.doubts.append(Doubt("REST_ONCE", (("rest", rest), ("count", str(count)))))


def _group(reader: Reader, count: int, token: Token, depth: int) -> list[DraftBlock]:
    """Read what is repeated in brackets."""
    opening = reader.cursor.take()
    if depth >= MAX_DEPTH:
        msg = "too many brackets in brackets; write it flat"
        raise Unclear(msg, opening, is_asked=False)
    inner = reader.sequence(depth + 1)
    if reader.cursor.peek().kind != "close_bracket":
        msg = "a bracket that is never closed; close it with )"
        raise Unclear(msg, opening, is_asked=False)
    reader.cursor.take()
    if not inner or len(inner) * count > MAX_BLOCKS:
        msg = f"nothing to repeat, or more than the limit of {MAX_BLOCKS} blocks; write fewer"
        raise Unclear(msg, token, is_asked=False)
    between = _rest_between(reader)
    if between is not None:
        return [*[*inner, between] * (count - 1), *inner]
    _doubt_rest_once(reader, count, None)
    return inner * count


def _rest_between(reader: Reader) -> DraftBlock | None:
    """Read ``, 4 min jog between sets`` behind a bracket; None where it is not said so."""
    cursor = reader.cursor
    ahead = cursor.past_separators()
    while cursor.peek(ahead).kind in ("with", "filler", "rest", "easy", "colon"):
        ahead += 1
    end = ahead + 1
    while cursor.peek(end).kind in ("filler", "from", "rest", "easy"):
        end += 1
    if cursor.peek(ahead).kind not in ("time", "distance"):
        return None
    is_with = cursor.peek(cursor.past_separators()).kind == "with"
    if cursor.peek(end).kind != "each_after" and not is_with:
        return None
    for _ in range(ahead):
        cursor.take()
    length, _ = length_of(cursor.take())
    for _ in range(end - ahead - (cursor.peek(end - ahead - 1).kind != "each_after")):
        cursor.take()
    return DraftBlock(Draft(length, Pace(None)), "rest", is_rest=True)
