"""A block that the pace shows to be left out: the others moved to where they were run (2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from analyzer.model.alignment import Placement
from analyzer.segmenter.clock import by_clock, by_laps
from analyzer.segmenter.laps import fit_laps
from analyzer.segmenter.start import ClockStart
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.alignment import Alignment
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared

SURE, TWO = 0.6, 1.4
"""
From this probability on that any block was left out the others are moved, up to this sum: that
would be two blocks, and the run is more likely another story.
"""

COLLAPSE = 0.3
"""From this probability of a collapse on they stay: the run may be explained by that."""


def without_left_out(
    alignment: Alignment, plan: Plan, prepared: Prepared, pressed_s: Floats
) -> Alignment:
    """
    Place the blocks of a run again that left one out.

    The blocks behind it were begun earlier by its length. Judged by the clock of the whole
    plan each of them would be held against the pace of another one.

    Parameters
    ----------
    alignment : Alignment
        As the clock or the presses place the whole plan, with its probabilities.
    plan : Plan
        As it will be judged.
    prepared : Prepared
        The recording.
    pressed_s : array
        Lap presses [timer s].

    Returns
    -------
    Alignment
        The same where no block is surely missing, a collapse may explain the run instead, two
        starts are possible, or the file itself says which steps were run.
    """
    if alignment.is_ambiguous or alignment.basis == "workout_steps":
        return alignment
    chances = alignment.skip_probabilities
    if not SURE <= sum(chances) < TWO or sum(alignment.left_probabilities) >= COLLAPSE:
        return alignment
    missing = plan.blocks[chances.index(max(chances))]
    shorter = replace(plan, blocks=tuple(b for b in plan.blocks if b is not missing))
    placed = _placed(alignment, shorter, prepared, pressed_s)
    left_out = Placement(missing.index, "missed", None, None, None, None)
    placements = sorted((*placed.placements, left_out), key=lambda p: p.block)
    return replace(
        alignment, basis=placed.basis, confidence=placed.confidence, placements=tuple(placements)
    )


def _placed(
    alignment: Alignment, shorter: Plan, prepared: Prepared, pressed_s: Floats
) -> Alignment:
    """Place what is left of a plan as the whole was placed: by presses, or from its start."""
    if alignment.basis == "laps":
        fitted = fit_laps(shorter, prepared, pressed_s)
        if fitted is not None:
            return by_laps(shorter, fitted, prepared)
    basis: Literal["clock", "fitted_start"] = (
        "fitted_start" if alignment.basis == "fitted_start" else "clock"
    )
    start = ClockStart(alignment.start_offset_s, basis, alignment.confidence)
    return by_clock(shorter, prepared, pressed_s, start)
