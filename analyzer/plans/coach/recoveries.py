"""What is run between repeats, and seconds that stand behind a pace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.amounts import length_of
from analyzer.plans.coach.cursor import ROLES
from analyzer.plans.coach.step import Unclear
from analyzer.plans.draft import Draft, DraftBlock
from analyzer.plans.paces import Pace
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.plans.coach.cursor import Cursor
    from analyzer.plans.coach.step import Step
    from analyzer.plans.coach.tokens import Token

RECOVERIES = ("time", "distance", "clock")
"""What says how long a recovery is; 1:30 and 1'30 do, too."""

SHORT_S, SHORT_M = 300.0, 800.0
"""Easy parts up to this may be the recovery of each repeat."""

LEAST_HOME_S, LEAST_HOME_M = 300.0, 1000.0
"""A rest behind everything that is this long is the way home."""


def refuse_count(cursor: Cursor, word: Token) -> None:
    """Ask where ``30min with 6x20s`` has its repeats: inside the 30 minutes, or behind them."""
    if cursor.peek().kind == "count":
        msg = f"'{word.text}': inside the length before it, or after it? Write a comma for after, "
        raise Unclear(msg + "the parts with their own lengths for inside", word)


def leads_to_rest(cursor: Cursor) -> bool:
    """Whether the length of a rest follows its word: ``rec 2'``, ``r=90"``."""
    ahead = 1
    while cursor.peek(ahead).kind in ("filler", "colon", "full_stop"):
        ahead += 1
    return cursor.peek(ahead).kind in RECOVERIES


def recovery(cursor: Cursor, step: Step) -> DraftBlock:
    """Take the length of a recovery and the words behind it."""
    length, _ = length_of(cursor.take())
    while cursor.peek().kind in ("filler", "each_after", "paceword", "rep", "rest", "easy"):
        cursor.take()
    return DraftBlock(Draft(length, Pace(None)), "rest", is_rest=True)


def is_off(cursor: Cursor) -> bool:
    """Whether seconds to add or take away stand next: ``-10``, ``-10s``."""
    amount = cursor.peek(1)
    is_seconds = amount.kind == "number" or (
        amount.kind == "time" and re.fullmatch(r"\d+\s?s\w*", amount.text) is not None
    )
    sign = cursor.peek()
    is_apart = cursor.peek(-1).end < sign.start or amount.kind == "time"
    is_sign = sign.kind in ("dash", "plus") and is_apart
    return is_sign and is_seconds and cursor.peek(2).kind not in ("count", *ROLES)


def is_short(*tokens: Token) -> bool:
    """Whether one of some tokens is a length as short as a recovery."""
    lengths = [length_of(t)[0] for t in tokens if t.kind in ("time", "distance")]
    return any(
        (n.duration_s is not None and n.duration_s <= SHORT_S)
        or (n.distance_m is not None and n.distance_m <= SHORT_M)
        for n in lengths
    )


def settle_ends(blocks: list[DraftBlock]) -> None:
    """
    Give the first and the last block of a plan a role that such a block can have.

    Nobody cools down first: "cool" is French for easy. A long rest behind everything is the
    way home, where it is the only one.
    """
    if len(blocks) < 2:
        return
    if blocks[0].role == "cooldown":
        blocks[0] = replace(blocks[0], role="easy")
    rests = [b for b in blocks if b.is_rest or b.role == "rest"]
    seconds, metres = blocks[-1].draft.length
    is_long = (seconds or 0.0) >= LEAST_HOME_S or (metres or 0.0) >= LEAST_HOME_M
    if len(rests) == 1 and rests[0] is blocks[-1] and is_long:
        blocks[-1] = replace(blocks[-1], role="cooldown", is_rest=False)
