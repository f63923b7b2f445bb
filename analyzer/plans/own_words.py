"""A step's note that says the block in the plan's own words, as our workouts carry it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.errors import PlanError
from analyzer.plans.document import read_document
from analyzer.plans.paces import PaceContext
from analyzer.plans.yaml_plan import draft_blocks
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.plan import Target
    from analyzer.plans.draft import DraftBlock
    from analyzer.units import Unit

SEPARATOR = " | "
"""Stands between the block's words and the coach's."""

SAME_LENGTH = 0.01
"""Lengths of a step and its words: seconds or metres."""

SAME_PACE = 0.001
"""A pace in words lies within the step's range, give or take this much [ratio]."""


def own_words(notes: str, step: DraftBlock) -> tuple[DraftBlock, Unit | None] | None:
    """
    Read the block from a step's note.

    A watch can say a range of speeds and no more; the note says which pace was meant, and
    how far off still counts as held. Where somebody changed the step on the way, the note no
    longer agrees with it, and the step counts.

    Parameters
    ----------
    notes : str
        As stored: ``10min @ 4:00/km | stay tall``.
    step : DraftBlock
        What the step itself says.

    Returns
    -------
    (DraftBlock, unit or None) or None
        None where the note is somebody's note and nothing more.
    """
    words, _, coach = notes.partition(SEPARATOR)
    if not words or not (words[0].isdigit() or words.startswith(("{", "open", "half", "marathon"))):
        return None
    try:
        node, problems = read_document(f"- {words}", "")
        blocks = draft_blocks(node, PaceContext("km", {}), problems)
    except PlanError:
        return None
    if problems.collected or len(blocks) != 1 or not _agrees(blocks[0], step):
        return None
    named = replace(blocks[0].draft, name=blocks[0].draft.name or step.draft.name)
    unit: Unit | None = "mi" if "/mi" in words else "km" if "/km" in words else None
    return replace(blocks[0], draft=named, notes=coach), unit


def _agrees(words: DraftBlock, step: DraftBlock) -> bool:
    """Whether words and step have one length, and the pace of the words lies in the step's."""
    said, stored = words.draft.length, step.draft.length
    for a, b in ((said.duration_s, stored.duration_s), (said.distance_m, stored.distance_m)):
        if (a is None) != (b is None):
            return False
        if a is not None and b is not None and abs(a - b) > SAME_LENGTH:
            return False
    return _within(words.draft.pace.target, step.draft.pace.target)


def _within(said: Target | None, stored: Target | None) -> bool:
    """Whether a target lies in what the step stored of it."""
    if said is None or stored is None:
        return said is None and stored is None
    slow, fast = stored.slow_mps or stored.speed_mps, stored.fast_mps or stored.speed_mps
    return slow * (1 - SAME_PACE) <= said.speed_mps <= fast * math.exp(SAME_PACE)
