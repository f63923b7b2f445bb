"""One verdict from two readings of a run: only what holds in both is said for sure (method 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.alignment import AlignmentNote, Reading
from analyzer.model.findings import FLAG_OF_VERDICT, OF_THE_RECORDING, BlowUp, Stopped
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.model.alignment import Alignment
    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.model.prepared import Prepared
    from analyzer.model.review import Score
    from analyzer.scorer.score import Scored

UNSURE_START = 0.5
"""Below this probability of its start no reading has a word for its score."""

SAME_EVENT_S = 60.0
"""A collapse or a stop this near to one of the other reading is the same, in any block [s]."""


def settled(
    readings: Sequence[tuple[Alignment, Scored]], prepared: Prepared
) -> tuple[Alignment, Scored]:
    """
    Return the one reading of where block 1 began, or one of two as far as both bear it out.

    Of two the one with fewer faults is laid out, as its blocks are what is shown. Its
    score stands with a range over both, without a word where they differ in it; a
    finding that is clear in one of them only is possible. How sure the start is cannot
    be said then.

    Parameters
    ----------
    readings : sequence of (Alignment, Scored)
        One or two, as from `align`.
    prepared : Prepared
        For the elapsed clock.
    """
    if len(readings) == 1:
        return _doubted(*readings[0])
    alignment, shown = max(readings, key=lambda r: _or_least(r[1].score.overall))
    others = [scored for _, scored in readings if scored is not shown]
    notes = (*_other_notes(alignment), _note(readings, prepared))
    alignment = replace(alignment, confidence=None, notes=notes)
    flags = tuple(_as_sure_as_both(flag, others) for flag in shown.flags)
    blocks = tuple(_judged_by_both(block, others) for block in shown.blocks)
    score = _over_both(shown.score, [other.score for other in others])
    return alignment, replace(shown, score=score, flags=flags, blocks=blocks)


def _doubted(alignment: Alignment, scored: Scored) -> tuple[Alignment, Scored]:
    """
    Call nothing clear of a start that is not even likely, where no other one can be placed.

    What another start would show nobody knows, so the score has no word. Where the end of
    the recording rules the likelier start out, pace alone does not say how sure the start is.
    """
    sure = alignment.confidence
    if sure is None or sure >= UNSURE_START or alignment.basis not in ("clock", "fitted_start"):
        return alignment, scored
    if not alignment.is_ambiguous:
        return replace(alignment, confidence=None), scored
    nobody: tuple[Scored, ...] = (replace(scored, flags=(), blocks=()),)
    unsure = replace(
        scored,
        score=replace(scored.score, word=None),
        flags=tuple(_as_sure_as_both(flag, nobody) for flag in scored.flags),
        blocks=tuple(_judged_by_both(block, nobody) for block in scored.blocks),
    )
    return alignment, unsure


def _or_least(score: float | None) -> float:
    """Put no score below every other."""
    return -1.0 if score is None else score


def _other_notes(alignment: Alignment) -> Iterable[AlignmentNote]:
    """Return the notes of a reading but those of its start, which two starts replace."""
    return (n for n in alignment.notes if n.code not in ("LATER_START", "START_DOUBTFUL"))


def _note(readings: Sequence[tuple[Alignment, Scored]], prepared: Prepared) -> AlignmentNote:
    """Note both starts with their scores; the one before the recording has a note of its own."""
    starts_s = prepared.clock.elapsed_at(np.array([a.start_offset_s for a, _ in readings])).tolist()
    pairs = tuple(
        Reading(start_s, scored.score.overall)
        for start_s, (_, scored) in zip(starts_s, readings, strict=True)
    )
    earliest_s = min(starts_s)
    if earliest_s < 0:
        return AlignmentNote("STARTED_LATE", earliest_s, readings=pairs)
    return AlignmentNote("AMBIGUOUS_START", readings=pairs)


def _over_both(shown: Score, others: Sequence[Score]) -> Score:
    """Let the range of a score reach over both readings; keep the word if both have it."""
    lows = [s.low for s in (shown, *others) if s.low is not None]
    highs = [s.high for s in (shown, *others) if s.high is not None]
    is_shared = all(other.word == shown.word for other in others)
    return replace(
        shown,
        low=min(lows, default=None),
        high=max(highs, default=None),
        word=shown.word if is_shared else None,
    )


def _as_sure_as_both(flag: Flag, others: Sequence[Scored]) -> Flag:
    """Call a clear finding possible that is not clear in the other reading, too."""
    if flag.certainty != "clear" or flag.code in OF_THE_RECORDING:
        return flag
    is_in_both = all(any(_is_same(flag, found) for found in other.flags) for other in others)
    return flag if is_in_both else replace(flag, certainty="possible")


def _is_same(flag: Flag, other: Flag) -> bool:
    """Whether two clear findings of two readings tell the same of the runner."""
    if flag.code != other.code or other.certainty != "clear":
        return False
    at_s, other_s = _moment(flag), _moment(other)
    if at_s is not None and other_s is not None:
        return abs(at_s - other_s) <= SAME_EVENT_S
    return flag.block == other.block and type(flag.facts) is type(other.facts)


def _moment(flag: Flag) -> float | None:
    """Return when a collapse or the longest of the stops was [elapsed s]; None for the rest."""
    if isinstance(flag.facts, BlowUp):
        return flag.facts.at_s
    return flag.facts.longest_at_s if isinstance(flag.facts, Stopped) else None


def _judged_by_both(block: BlockResult, others: Sequence[Scored]) -> BlockResult:
    """Keep a verdict of too fast or too slow only where both readings have it."""
    if block.verdict not in FLAG_OF_VERDICT:
        return block
    same = [b.verdict == block.verdict for o in others for b in o.blocks if b.index == block.index]
    is_in_both = len(same) == len(others) and all(same)
    return block if is_in_both else replace(block, verdict="held")
