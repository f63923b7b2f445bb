"""The executed alignment of a run, and how it stands beside the clock's (method 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.model.alignment import AlignmentNote, Executed
from analyzer.segmenter.bins import lay_bins
from analyzer.segmenter.boundaries import boundaries, seconds_of
from analyzer.segmenter.executed import Anchors, find_changes
from analyzer.segmenter.expected import expected_blocks
from analyzer.segmenter.grid import bins_to_join
from analyzer.segmenter.left_out import without_left_out
from analyzer.segmenter.start import SEEN
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.alignment import Alignment, Break
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.executed import Boundary, Posterior

NOT_SEEN = AlignmentNote("PLAN_NOT_SEEN")
"""Noted where the run is as well explained without the plan."""

TOO_LARGE = AlignmentNote("CHANGES_NOT_SOUGHT")
"""Noted where the plan is too long for blocks as short as its own to be sought."""

LEAST_S = 120.0
"""Shorter recordings have no shape to recognise [s]."""

OFF_BY_PRESS_S = 20.0
"""A press this far from where its block was due was not made at the watch's beep [s]."""


class Case(NamedTuple):
    """
    What the placing of a run rests on.

    Parameters
    ----------
    plan : Plan
        As it will be judged.
    prepared : Prepared
        The recording.
    pressed_s : array
        Lap presses [timer s].
    breaks : tuple of Break
        What was walked or jogged: it says nothing of where the blocks are.
    """

    plan: Plan
    prepared: Prepared
    pressed_s: Floats
    breaks: tuple[Break, ...] = ()


def changes_of(
    case: Case, anchors: Anchors, lengths_s: tuple[float | None, ...] | None = None
) -> Posterior | None:
    """
    Find where the runner changed pace; None where there is no shape to find, or too much of it.

    Parameters
    ----------
    case : Case
        The run.
    anchors : Anchors
        What marks its changes.
    lengths_s : tuple of float or None, optional
        Length of each block as something marks it; left out: as planned.
    """
    plan, prepared = case.plan, case.prepared
    blocks = expected_blocks(plan, lengths_s or _open_lengths(case, anchors))
    is_alone = len(blocks) <= 1 and anchors.start_s is None
    if not blocks or is_alone or not any(b.target for b in plan.blocks):
        return None
    step = bins_to_join(blocks, prepared.seconds)
    if prepared.seconds < LEAST_S or step is None:
        return None
    return find_changes(lay_bins(prepared, case.breaks), blocks, anchors, step)


def changes_from(case: Case, start_s: float) -> Posterior | None:
    """Find the changes of a run whose block 1 is known to begin at a timer second."""
    anchors = Anchors(case.pressed_s, start_s=max(start_s, 0.0))
    return changes_of(case, anchors, None if start_s >= 0 else _recorded_lengths(case, start_s))


def _recorded_lengths(case: Case, start_s: float) -> tuple[float | None, ...]:
    """Length of the blocks begun before the recording, as recorded: 0 is none; else None."""
    edges_s = boundaries(case.plan, start_s, case.prepared, case.pressed_s)
    return tuple(
        (max(end_s, 0.0) if begin_s < 0 else max(end_s - begin_s, 1.0) if block.is_open else None)
        for block, begin_s, end_s in zip(
            case.plan.blocks, edges_s[:-1].tolist(), edges_s[1:].tolist(), strict=True
        )
    )


def _open_lengths(case: Case, anchors: Anchors) -> tuple[float | None, ...]:
    """Length of each open block as the clock has it; None for the others."""
    edges_s = boundaries(case.plan, anchors.start_s or 0.0, case.prepared, anchors.presses_s)
    pairs = zip(case.plan.blocks, np.diff(edges_s).tolist(), strict=True)
    return tuple(max(length, 1.0) if block.is_open else None for block, length in pairs)


def with_executed(alignment: Alignment, posterior: Posterior | None, case: Case) -> Alignment:
    """
    Put the executed starts beside the placements they belong to.

    Parameters
    ----------
    alignment : Alignment
        As clock, presses or steps place the blocks.
    posterior : Posterior or None
        From `changes_of`.
    case : Case
        The run.

    Returns
    -------
    Alignment
        With what the pace says of each block; placed anew where it shows that one was left
        out; with a note where it says nothing.
    """
    plan, prepared = case.plan, case.prepared
    if posterior is None:
        blocks = expected_blocks(plan, (None,) * len(plan.blocks))
        is_large = bins_to_join(blocks, prepared.seconds) is None
        return replace(alignment, notes=(*alignment.notes, TOO_LARGE)) if is_large else alignment
    if posterior.p_plan < SEEN:
        # Walked rests are not running, and what is between them then looks like any run: a plan
        # with rests is not called unseen, only its changes are left out. One that never changes
        # the pace has none to be seen.
        has_rests = any(b.role == "rest" for b in plan.blocks)
        has_changes = len({b.target for b in plan.blocks}) > 1
        doubts = (NOT_SEEN,) if has_changes and not has_rests else ()
        return replace(alignment, notes=(*alignment.notes, *doubts))
    skipped = dict(zip(posterior.blocks, posterior.skipped, strict=True))
    left = dict(zip(posterior.blocks, posterior.left, strict=True))
    alignment = replace(
        alignment,
        skip_probabilities=tuple(skipped.get(p.block, 0.0) for p in alignment.placements),
        left_probabilities=tuple(left.get(p.block, 0.0) for p in alignment.placements),
    )
    alignment = without_left_out(alignment, plan, prepared, case.pressed_s)
    starts: dict[int, Boundary | None] = dict(zip(posterior.blocks, posterior.starts, strict=True))
    starts[posterior.blocks[-1] + 1] = posterior.end  # where an open cool-down begins
    executed = tuple(
        _executed(at_s, starts.get(p.block), prepared) if p.status in ("run", "truncated") else None
        for p, at_s in zip(alignment.placements, _due_s(alignment, plan, prepared), strict=True)
    )
    return replace(alignment, executed=executed)


def _due_s(alignment: Alignment, plan: Plan, prepared: Prepared) -> list[float | None]:
    """
    Timer second at which each block was due.

    Where it was placed; but where a press placed it long before or after the block before it
    was to end, it was due then: who presses and changes a minute early is a minute early.
    """
    due: list[float | None] = [p.start_s for p in alignment.placements]
    if alignment.basis != "laps":
        return due
    for i, (block, before) in enumerate(zip(plan.blocks, alignment.placements, strict=False), 1):
        is_doubtful = i == 1 and alignment.start_offset_s > 0  # pressed for whatever reason
        if i == len(due) or before.start_s is None or before.status != "run" or is_doubtful:
            continue
        length_s = seconds_of(block, before.start_s, prepared)
        at_s = due[i]
        if length_s is not None and at_s is not None:
            planned_s = before.start_s + length_s
            due[i] = planned_s if abs(planned_s - at_s) > OFF_BY_PRESS_S else at_s
    return due


def _executed(
    clock_s: float | None, boundary: Boundary | None, prepared: Prepared
) -> Executed | None:
    """Bring one boundary to the elapsed clock; the shift stays on the timer's."""
    if boundary is None or clock_s is None:
        return None
    places = np.array([boundary.at_s, boundary.low_s, boundary.high_s])
    at_s, low_s, high_s = prepared.clock.elapsed_at(places).tolist()
    return Executed(
        start_s=at_s,
        start_low_s=low_s,
        start_high_s=high_s,
        confidence=boundary.confidence,
        shift_s=boundary.at_s - clock_s,
        shift_low_s=boundary.low_s - clock_s,
        shift_high_s=boundary.high_s - clock_s,
    )
