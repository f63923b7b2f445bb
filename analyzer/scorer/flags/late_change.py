"""LATE_CHANGE: a step up that came late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag
from analyzer.scorer.flags.changes import CLEAR_SHIFT_S, LEAST_SHIFT_S, steps_up
from analyzer.scorer.flags.rule import certainty

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session


def late_change(session: Session) -> list[Flag]:
    """
    Find blocks that were begun late.

    Point rule: 30 s late or more, with a confidence of 0.5 or more; clear if the
    whole interval is over 10 s late. Where it cannot be told from a recording
    that was started early, that is said once, without a block.
    """
    flags = []
    for step in steps_up(session):
        sure = certainty(
            is_point=step.executed.shift_s >= LEAST_SHIFT_S,
            is_interval=step.executed.shift_low_s > CLEAR_SHIFT_S and step.is_sure(session),
        )
        if sure is not None:
            index, evidence = step.after.block.index, step.evidence(session)
            flags.append(Flag("LATE_CHANGE", index, sure, *step.shift_s, "s", evidence))
    if flags and session.alignment.is_ambiguous:
        largest_s = max(flag.value or 0.0 for flag in flags)
        return [Flag("LATE_CHANGE", None, "cannot_tell", largest_s, None, None, "s")]
    return flags
