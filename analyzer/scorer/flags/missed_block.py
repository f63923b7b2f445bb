"""MISSED_BLOCK: a block that was left out, by the file or by the pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.model.findings import Flag, MissedBlock
from analyzer.scorer.flags.rule import certainty

if TYPE_CHECKING:
    from analyzer.model.plan import Block
    from analyzer.scorer.flags.rule import Session

LIKELY = 0.5
"""Probability that a block was left out, for *possible*."""

WHICH = 0.7
"""From this probability on the block is named."""


def missed_block(session: Session) -> list[Flag]:
    """
    Name the blocks that were left out.

    A workout step that was skipped on the watch is clear. Without steps the executed
    alignment tells *that* a block is missing better than *which*: clear where it placed the
    others so (sum of the probabilities 0.6 to 1.4, and no collapse that explains the run as
    well), possible from 0.5 on. No block is named unless it is that one with 0.7.
    """
    if session.alignment.basis == "workout_steps":
        missed = [m.block for m in session.blocks if m.placement.status == "missed"]
        return [_skipped(block) for block in missed if not _is_last_recovery(session, block)]
    by_pace = _by_pace(session)
    return [] if by_pace is None else [by_pace]


def _is_last_recovery(session: Session, block: Block) -> bool:
    """
    Whether it is the last recovery of a repeat.

    Some watches go from the last repeat straight on, and give it no lap. Recoveries often have
    no role in the file: one is what has no pace and was run after the repeats before.
    """
    alike = [m for m in session.blocks if _is_like(m.block, block) and m.block is not block]
    if block.target is not None or any(m.block.index > block.index for m in alike):
        return False
    return block.role == "rest" or any(m.placement.status == "run" for m in alike)


def _is_like(one: Block, other: Block) -> bool:
    """Whether two blocks are the same step of a repeat."""
    return (one.name, one.role, one.duration_s, one.distance_m) == (
        other.name, other.role, other.duration_s, other.distance_m,
    )  # fmt: skip


def _by_pace(session: Session) -> Flag | None:
    """Weigh whether any block was left out, and name it where one is likely enough."""
    chances = session.alignment.skip_probabilities
    total = sum(chances)
    is_placed = any(m.placement.status == "missed" for m in session.blocks)
    sure = certainty(is_point=is_placed or total >= LIKELY, is_interval=is_placed)
    if sure is None:
        return None
    which = int(np.argmax(chances))
    block = session.blocks[which].block if chances[which] >= WHICH else None
    index, size_s = (None, None) if block is None else (block.index, block.expected_duration_s)
    if size_s is None:
        size_s = _usual_length_s(session)
    likely = session.blocks[which].block.index if is_placed and block is None else None
    evidence = MissedBlock(by="pace", probability=min(total, 1.0), likely_block=likely)
    return Flag("MISSED_BLOCK", index, sure, size_s, None, None, "s", evidence)


def _usual_length_s(session: Session) -> float | None:
    """Median of the planned lengths [s]; None if no block has one."""
    lengths = [m.block.expected_duration_s for m in session.blocks if m.block.expected_duration_s]
    return median(np.array(lengths)) if lengths else None


def _skipped(block: Block) -> Flag:
    """Name a step that was skipped on the watch."""
    planned_s = block.expected_duration_s
    evidence = MissedBlock(
        by="file",
        planned_s=block.duration_s,
        planned_m=block.distance_m if block.duration_s is None else None,
    )
    size = (planned_s, planned_s, planned_s)
    return Flag("MISSED_BLOCK", block.index, "clear", *size, "s", evidence)
