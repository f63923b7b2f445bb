"""MISSED_BLOCK: a block that the file shows was skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.review import Flag

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session


def missed_block(session: Session) -> list[Flag]:
    """Name the workout steps that were skipped: a later step was recorded, this one was not."""
    found = []
    for measured in session.blocks:
        block = measured.block
        if measured.placement.status != "missed":
            continue
        planned_s = block.expected_duration_s
        facts: dict[str, float | str] = {}
        if block.duration_s is not None:
            facts["planned_s"] = block.duration_s
        elif block.distance_m is not None:
            facts["planned_m"] = block.distance_m
        found.append(
            Flag("MISSED_BLOCK", block.index, "clear", planned_s, planned_s, planned_s, "s", facts)
        )
    return found
