"""TRUNCATED: the run ended before the plan did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, Truncated
from analyzer.scorer.flags.rule import certainty

if TYPE_CHECKING:
    from analyzer.model.alignment import Placement
    from analyzer.scorer.flags.rule import Session

EDGE_S = 2.0
"""How well the end of the running is known [s]."""


def truncated(session: Session) -> list[Flag]:
    """
    Name the block in which the run ended, or the first one not begun.

    Clear unless the start of block 1 was fitted or has two readings. Blocks behind it are not named
    again, and an open block cannot be cut short.
    """
    for measured in session.blocks:
        block, placement = measured.block, measured.placement
        if placement.status not in ("truncated", "not_seen") or block.is_open:
            continue
        if placement.status == "not_seen" and _is_before(placement, session):
            continue
        planned_s = block.expected_duration_s
        run_s = measured.timer_s
        missing_s = None if planned_s is None else max(0.0, planned_s - run_s)
        alignment = session.alignment
        is_sure = (
            alignment.basis != "fitted_start"
            and not alignment.is_ambiguous
            and not _may_be_guessed_away(session, missing_s)
        )
        sure = certainty(is_point=True, is_interval=is_sure)
        if sure is None:
            continue
        evidence = Truncated(run_s=run_s, planned_s=planned_s)
        low = None if missing_s is None else max(0.0, missing_s - EDGE_S)
        high = None if missing_s is None else missing_s + EDGE_S
        return [Flag("TRUNCATED", block.index, sure, missing_s, low, high, "s", evidence)]
    return []


def _is_before(placement: Placement, session: Session) -> bool:
    """Whether a block without a second of its own was over before the recording began."""
    return (placement.planned_end_s or 0.0) < session.prepared.seconds - EDGE_S


def _may_be_guessed_away(session: Session, missing_s: float | None) -> bool:
    """Whether the metres a plan by distance is short of may have been run without positions."""
    guessed_s, _ = session.prepared.guessed(0, session.prepared.seconds)
    is_by_distance = any(b.duration_s is None and b.distance_m for b in session.plan.blocks)
    return is_by_distance and missing_s is not None and missing_s <= guessed_s
