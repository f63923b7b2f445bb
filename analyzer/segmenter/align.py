"""Both alignments of a run: where the plan said the blocks are, and where pace really changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.alignment import AlignmentNote, Executed
from analyzer.segmenter.bins import BIN_S, lay_bins
from analyzer.segmenter.boundaries import boundaries, seconds_of
from analyzer.segmenter.breaks import find_breaks, plans_to_slow
from analyzer.segmenter.clock import by_clock, by_laps, by_steps
from analyzer.segmenter.executed import Anchors, find_changes
from analyzer.segmenter.expected import expected_blocks
from analyzer.segmenter.laps import fit_laps, presses
from analyzer.segmenter.late_watch import is_shorter, late_by_pace, late_by_presses
from analyzer.segmenter.left_out import without_left_out
from analyzer.segmenter.start import (
    AT_THE_START,
    SEEN,
    ClockStart,
    clock_starts,
    starts_around_zero,
)
from analyzer.segmenter.step_windows import step_windows

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Lap
    from analyzer.model.alignment import Alignment
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.breaks import Break
    from analyzer.segmenter.executed import Boundary, Posterior
    from analyzer.segmenter.expected import Expected

UNSURE_START = 0.5
"""Below this probability a note says that block 1 may have begun later."""

NOT_SEEN = AlignmentNote("PLAN_NOT_SEEN")
"""Noted where the run is as well explained without the plan."""

TOO_LARGE = AlignmentNote("CHANGES_NOT_SOUGHT")
"""Noted where the executed alignment was not made for its size."""

NOT_USED = AlignmentNote("PRESSES_NOT_USED")
"""Noted where the lap button was pressed and the clock places the blocks all the same."""

LEAST_S = 120.0
"""Shorter recordings have no shape to recognise [s]."""

OFF_BY_PRESS_S = 20.0
"""A press this far from where its block was due was not made at the watch's beep [s]."""

MOST_CELLS = 12_000_000
"""Larger questions (starts times lengths, over all blocks) are not asked: memory stays bounded."""


def align(plan: Plan, laps: tuple[Lap, ...], prepared: Prepared) -> tuple[Alignment, ...]:
    """
    Lay the plan on the recording: workout steps, else laps that fit, else the clock.

    Parameters
    ----------
    plan : Plan
        ``start_s`` fixes the start of block 1, ``match`` limits what may place blocks.
    laps : tuple of Lap
        As recorded.
    prepared : Prepared
        The recording on its timer grid.

    Returns
    -------
    tuple of Alignment
        One, each with a placement and an executed start for every block of the
        plan; two where the start of block 1 has two readings that the recording
        cannot tell apart (method 2.2).
    """
    pressed_s = presses(laps, prepared)
    if plan.start_s is not None:
        return (_from_the_given_start(plan, plan.start_s, prepared, pressed_s),)
    if plan.match == "auto":
        windows = step_windows(plan, laps, prepared)
        if windows is not None:
            return (_with_marks(by_steps(plan, windows, prepared), plan, prepared, Anchors()),)
    if plan.match != "clock":
        fitted = fit_laps(plan, prepared, pressed_s, must_fit=plan.match != "laps")
        if fitted is not None:
            anchors = Anchors(pressed_s, pressed_s[np.isin(pressed_s, fitted.edges_s)])
            placed = _with_marks(by_laps(plan, fitted, prepared), plan, prepared, anchors)
            return _beside_the_clock(placed, plan, prepared, pressed_s)
    placed_by_clock = _by_the_clock(plan, prepared, pressed_s)
    if plan.match == "clock" or not _are_many(pressed_s, plan):
        return placed_by_clock
    return tuple(a._replace(notes=(*a.notes, NOT_USED)) for a in placed_by_clock)


def _from_the_given_start(
    plan: Plan, given_s: float, prepared: Prepared, pressed_s: Floats
) -> Alignment:
    """Lay the plan down from where block 1 began [elapsed s]; before the recording below 0."""
    at_s = float(prepared.clock.timer_at(np.array([given_s]))[0]) if given_s >= 0 else given_s
    from_start = by_clock(plan, prepared, pressed_s, ClockStart(at_s, "clock", 1.0))
    posterior = _changes_from(plan, prepared, at_s, pressed_s)
    return _with_executed(from_start, posterior, plan, prepared, pressed_s)


def _changes_from(
    plan: Plan, prepared: Prepared, start_s: float, pressed_s: Floats
) -> Posterior | None:
    """Find the changes of a run whose block 1 is known to begin at a timer second."""
    anchors = Anchors(pressed_s, start_s=max(start_s, 0.0))
    lengths_s = None if start_s >= 0 else _recorded_lengths(plan, start_s, prepared, pressed_s)
    return _changes(plan, prepared, anchors, lengths_s)


def _recorded_lengths(
    plan: Plan, start_s: float, prepared: Prepared, pressed_s: Floats
) -> tuple[float | None, ...]:
    """Length of the blocks begun before the recording, as recorded: 0 is none; else None."""
    edges_s = boundaries(plan, start_s, prepared, pressed_s)
    return tuple(
        (max(end_s, 0.0) if begin_s < 0 else max(end_s - begin_s, 1.0) if block.is_open else None)
        for block, begin_s, end_s in zip(
            plan.blocks, edges_s[:-1].tolist(), edges_s[1:].tolist(), strict=True
        )
    )


def _are_many(pressed_s: Floats, plan: Plan) -> bool:
    """Whether there are presses for half of the changes: they may have been meant for them."""
    inner = sum(not block.is_open for block in plan.blocks[:-1])
    return inner > 0 and 2 * pressed_s.size >= inner


def _by_the_clock(plan: Plan, prepared: Prepared, pressed_s: Floats) -> tuple[Alignment, ...]:
    """Lay the plan down from the start of the recording, or a later one that the pace shows."""
    posterior = _changes(plan, prepared, Anchors(pressed_s))
    late_s = _watch_late_s(plan, prepared, posterior, pressed_s)
    if late_s is None:
        starts = clock_starts(plan, prepared, posterior)
    else:
        starts = starts_around_zero(late_s)
        posterior = _changes_from(plan, prepared, -late_s, pressed_s)
    placed = []
    for start in starts:
        notes: tuple[AlignmentNote, ...] = ()
        sure = start.confidence
        if start.basis == "fitted_start":
            notes = (_later_start(start, prepared),)
        elif len(starts) == 1 and sure is not None and sure < UNSURE_START:
            notes = (AlignmentNote("START_DOUBTFUL"),)
        alignment = by_clock(plan, prepared, pressed_s, start, notes)
        placed.append(_with_executed(alignment, posterior, plan, prepared, pressed_s))
    return tuple(placed)


def _watch_late_s(
    plan: Plan, prepared: Prepared, posterior: Posterior | None, pressed_s: Floats
) -> float | None:
    """
    Return by how much the watch may have been started late [timer s]; None: it was not.

    A run that ends before its plan is looked at once more with block 1 begun by the
    start of the recording: what is left of block 1 may be too short to be seen as one,
    so that a later start is found where the second block begins.
    """
    late_s = late_by_presses(plan, prepared, pressed_s)
    if late_s is None:
        late_s = late_by_pace(plan, prepared, posterior, pressed_s)
    if late_s is None and is_shorter(plan, prepared, pressed_s):
        from_start = _changes(plan, prepared, Anchors(pressed_s, start_s=0.0))
        late_s = late_by_pace(plan, prepared, from_start, pressed_s)
    return late_s


def _later_start(start: ClockStart, prepared: Prepared) -> AlignmentNote:
    """Note that block 1 begins later, and when, on the elapsed clock."""
    elapsed_s = float(prepared.clock.elapsed_at(np.array([start.at_s]))[0])
    return AlignmentNote("LATER_START", elapsed_s, by="pace")


def _beside_the_clock(
    by_press: Alignment, plan: Plan, prepared: Prepared, pressed_s: Floats
) -> tuple[Alignment, ...]:
    """
    Keep presses that fit a later start, unless the pace speaks for the recording's.

    A runner who is two minutes early on five-minute blocks fits the presses one
    block late: then both readings stand. So they do where the watch may have been
    started a little late.
    """
    if plan.match == "laps":
        return (by_press,)
    if by_press.start_offset_s <= 0:
        return _with_a_late_watch(by_press, plan, prepared, pressed_s)
    posterior = _changes(plan, prepared, Anchors())
    if posterior is None or posterior.p_plan < SEEN:
        return (by_press,)
    at_start = posterior.start_near(0.0)
    if at_start <= UNSURE_START:
        return (by_press,)
    start = AT_THE_START._replace(confidence=at_start, is_ambiguous=True)
    clock = by_clock(plan, prepared, pressed_s, start)
    beside = _with_executed(clock, posterior, plan, prepared, pressed_s)
    return beside, by_press._replace(is_ambiguous=True)


def _with_a_late_watch(
    by_press: Alignment, plan: Plan, prepared: Prepared, pressed_s: Floats
) -> tuple[Alignment, ...]:
    """Put a start before the recording beside presses of which only the first came early."""
    late_s = late_by_presses(plan, prepared, pressed_s)
    if late_s is None:
        return (by_press,)
    _, before = starts_around_zero(late_s)
    late = by_clock(plan, prepared, pressed_s, before)
    posterior = _changes_from(plan, prepared, -late_s, pressed_s)
    return by_press._replace(is_ambiguous=True), _with_executed(
        late, posterior, plan, prepared, pressed_s
    )


def _with_marks(
    alignment: Alignment, plan: Plan, prepared: Prepared, anchors: Anchors
) -> Alignment:
    """Find the executed changes of a run whose blocks the file marks (method 3.4)."""
    lengths = tuple(_marked_s(alignment, i, plan) for i in range(len(plan.blocks)))
    anchors = replace(anchors, start_s=alignment.start_offset_s)
    return _with_executed(
        alignment, _changes(plan, prepared, anchors, lengths), plan, prepared, anchors.presses_s
    )


def _marked_s(alignment: Alignment, i: int, plan: Plan) -> float | None:
    """Length of a block as the file marks it; None where only the plan has one."""
    placed = alignment.placements[i]
    if placed.status == "missed":
        return 0.0
    if placed.start_s is None or placed.planned_end_s is None:
        return None
    if alignment.basis == "laps" and not plan.blocks[i].is_open:
        return None
    return placed.planned_end_s - placed.start_s


def _changes(
    plan: Plan,
    prepared: Prepared,
    anchors: Anchors,
    lengths_s: tuple[float | None, ...] | None = None,
) -> Posterior | None:
    """Run the executed alignment; None where there is no shape to find, or too much of it."""
    blocks = expected_blocks(plan, lengths_s or _open_lengths(plan, prepared, anchors))
    is_alone = len(blocks) <= 1 and anchors.start_s is None
    if not blocks or is_alone or not any(b.target for b in plan.blocks):
        return None
    if prepared.seconds < LEAST_S or _is_too_large(blocks, prepared):
        return None
    return find_changes(lay_bins(prepared, _breaks(plan, prepared, anchors)), blocks, anchors)


def _breaks(plan: Plan, prepared: Prepared, anchors: Anchors) -> tuple[Break, ...]:
    """Find what no block explains: walked or jogged in a plan that only ever speeds up."""
    if plans_to_slow(plan):
        return ()
    return find_breaks(prepared.effort_mps, prepared.is_moving, anchors.presses_s)


def _is_too_large(blocks: tuple[Expected, ...], prepared: Prepared) -> bool:
    """Whether there are more starts and lengths to weigh than memory should hold."""
    return prepared.seconds / BIN_S * sum(b.seconds / BIN_S for b in blocks) > MOST_CELLS


def _open_lengths(plan: Plan, prepared: Prepared, anchors: Anchors) -> tuple[float | None, ...]:
    """Length of each open block as the clock has it; None for the others."""
    edges_s = boundaries(plan, anchors.start_s or 0.0, prepared, anchors.presses_s)
    pairs = zip(plan.blocks, np.diff(edges_s).tolist(), strict=True)
    return tuple(max(length, 1.0) if block.is_open else None for block, length in pairs)


def _with_executed(
    alignment: Alignment,
    posterior: Posterior | None,
    plan: Plan,
    prepared: Prepared,
    pressed_s: Floats,
) -> Alignment:
    """Put the executed starts beside the placements they belong to."""
    if posterior is None:
        is_large = _is_too_large(expected_blocks(plan, (None,) * len(plan.blocks)), prepared)
        return alignment._replace(notes=(*alignment.notes, TOO_LARGE)) if is_large else alignment
    if posterior.p_plan < SEEN:
        # Walked rests are not running, and what is between them then looks like any run: a plan
        # with rests is not called unseen, only its changes are left out.
        has_rests = any(b.role == "rest" for b in plan.blocks)
        return alignment._replace(notes=alignment.notes + (() if has_rests else (NOT_SEEN,)))
    skipped = dict(zip(posterior.blocks, posterior.skipped, strict=True))
    left = dict(zip(posterior.blocks, posterior.left, strict=True))
    alignment = alignment._replace(
        skip_probabilities=tuple(skipped.get(p.block, 0.0) for p in alignment.placements),
        left_probabilities=tuple(left.get(p.block, 0.0) for p in alignment.placements),
    )
    alignment = without_left_out(alignment, plan, prepared, pressed_s)
    starts: dict[int, Boundary | None] = dict(zip(posterior.blocks, posterior.starts, strict=True))
    starts[posterior.blocks[-1] + 1] = posterior.end  # where an open cool-down begins
    due_s = _due_s(alignment, plan, prepared)
    executed = tuple(
        _executed(at_s, starts.get(p.block), prepared) if p.status in ("run", "truncated") else None
        for p, at_s in zip(alignment.placements, due_s, strict=True)
    )
    return alignment._replace(executed=executed)


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
