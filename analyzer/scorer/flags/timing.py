"""Changes of pace made early or late: the timing form of GREEDY, and LATE_CHANGE (method 9)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.model.findings import Change, Flag
from analyzer.scorer.flags.rule import certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.alignment import Executed
    from analyzer.model.findings import Certainty
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

LEAST_SHIFT_S = 30.0
"""A change this far from the clock is worth telling [s]."""

CLEAR_SHIFT_S = 10.0
"""It is clear where its whole 90 % interval lies further from the clock than this [s]."""

LEAST_CONFIDENCE = 0.5
"""A change less sure than this is not told."""

CHANGE_S = 15.0
"""A change of pace made early is left out from this long before it [s]."""

RUNNING = ("easy", "progression", "steady")
"""Roles between which a change of pace is a step of the session."""


def early_changes(session: Session) -> list[Flag]:
    """
    Find blocks that were cut short for the next, faster one: GREEDY by timing.

    Point rule: the next block was begun 30 s early or more, with a confidence of
    0.5 or more; clear if the whole interval is over 10 s early.
    """
    found = []
    for block, following, executed in _steps_up(session):
        sure = certainty(
            is_point=executed.shift_s <= -LEAST_SHIFT_S,
            is_interval=executed.shift_high_s < -CLEAR_SHIFT_S,
        )
        if sure is not None:
            found.append(_flag(session, "GREEDY", (block, following), executed, sure))
    return found


def late_changes(session: Session) -> list[Flag]:
    """
    Find steps up that came late: LATE_CHANGE of the block begun late.

    Point rule: 30 s late or more, with a confidence of 0.5 or more; clear if the
    whole interval is over 10 s late. Where it cannot be told from a recording
    that was started early, that is said once, without a block.
    """
    found = []
    for block, following, executed in _steps_up(session):
        sure = certainty(
            is_point=executed.shift_s >= LEAST_SHIFT_S,
            is_interval=executed.shift_low_s > CLEAR_SHIFT_S,
        )
        if sure is not None:
            found.append(_flag(session, "LATE_CHANGE", (block, following), executed, sure))
    if found and session.alignment.is_ambiguous:
        largest = max(found, key=lambda f: f.value or 0.0)
        return [Flag("LATE_CHANGE", None, "cannot_tell", largest.value, None, None, "s")]
    return found


def own_start(session: Session, measured: Measured) -> int:
    """Return from which second of its core on a block was run at its own pace."""
    executed = session.alignment.executed_of(measured.block.index)
    if executed is None or executed.confidence < LEAST_CONFIDENCE or executed.shift_s <= 0:
        return 0
    start_s = (measured.placement.start_s or 0.0) + executed.shift_s + CHANGE_S
    return max(0, min(measured.core.seconds, int(start_s) - measured.core.first))


def own_seconds(session: Session, measured: Measured) -> int:
    """
    Return up to which second of its core a block was run at its own pace.

    Where the next block was begun early its pace is not this one's.
    """
    following = session.alignment.executed_of(measured.block.index + 1)
    seconds = measured.core.seconds
    if following is None or following.confidence < LEAST_CONFIDENCE:
        return seconds
    if following.shift_s > -LEAST_SHIFT_S:
        return seconds
    end_s = measured.placement.end_s or 0.0
    return max(0, min(seconds, int(end_s + following.shift_s - CHANGE_S) - measured.core.first))


def _steps_up(session: Session) -> Iterator[tuple[Measured, Measured, Executed]]:
    """Go over the steps to a faster block whose change was found surely enough."""
    for block, following in pairwise(session.blocks):
        executed = session.alignment.executed_of(following.block.index)
        if executed is None or executed.confidence < LEAST_CONFIDENCE:
            continue
        if block.block.role not in RUNNING or following.block.role not in RUNNING:
            continue
        planned, goal = block.planned_mps, following.planned_mps
        if goal is None or (planned is not None and goal <= planned):
            continue
        lengths_s = [
            m.block.expected_duration_s or abs(executed.shift_s) for m in (block, following)
        ]
        if abs(executed.shift_s) <= min(lengths_s):  # further off is another block's place
            yield block, following, executed


def _flag(
    session: Session,
    code: str,
    blocks: tuple[Measured, Measured],
    executed: Executed,
    sure: Certainty,
) -> Flag:
    """Put the evidence together."""
    block, following = blocks
    clock_s = following.placement.start_s
    evidence = Change(
        changed_at_s=executed.start_s,
        confidence=executed.confidence,
        next_block=following.block.index,
        planned_at_s=None if clock_s is None else session.elapsed_s(clock_s),
    )
    size = (executed.shift_s, executed.shift_low_s, executed.shift_high_s)
    if code == "GREEDY":
        return Flag("GREEDY", block.block.index, sure, *size, "s", evidence)
    return Flag("LATE_CHANGE", following.block.index, sure, *size, "s", evidence)
