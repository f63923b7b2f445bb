"""Both alignments of a run: where the plan said the blocks are, and where pace really changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.alignment import AlignmentNote
from analyzer.segmenter.breaks import find_breaks, inside_blocks, plans_to_slow
from analyzer.segmenter.changes import NOT_SEEN, Case, changes_from, changes_of, with_executed
from analyzer.segmenter.clock import by_clock, by_laps, by_steps
from analyzer.segmenter.executed import Anchors
from analyzer.segmenter.laps import fit_laps, presses
from analyzer.segmenter.late_watch import is_shorter, late_by_pace, late_by_presses
from analyzer.segmenter.start import (
    AT_THE_START,
    SEEN,
    ClockStart,
    clock_starts,
    starts_around_zero,
)
from analyzer.segmenter.step_windows import step_windows
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Lap
    from analyzer.model.alignment import Alignment, Break
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.executed import Posterior

UNSURE_START = 0.5
"""Below this probability a note says that block 1 may have begun later."""

NOT_USED = AlignmentNote("PRESSES_NOT_USED")
"""Noted where the lap button was pressed and the clock places the blocks all the same."""


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
        cannot tell apart (method 2.2). Each with the breaks inside its blocks.
    """
    pressed_s = presses(laps, prepared)
    case = Case(plan, prepared, pressed_s, _breaks(plan, prepared, pressed_s))
    return tuple(_with_breaks(alignment, case.breaks) for alignment in _placed(case, laps))


def _breaks(plan: Plan, prepared: Prepared, pressed_s: Floats) -> tuple[Break, ...]:
    """Find what no block explains: walked or jogged in a plan that only ever speeds up."""
    if plans_to_slow(plan):
        return ()
    return find_breaks(prepared.effort_mps, prepared.is_moving & ~prepared.is_replaced, pressed_s)


def _with_breaks(alignment: Alignment, breaks: tuple[Break, ...]) -> Alignment:
    """Keep the breaks inside the blocks; none where the pace may follow another session's plan."""
    if NOT_SEEN in alignment.notes:
        return alignment  # what comes back again and again there is a recovery, not a break
    return replace(alignment, breaks=inside_blocks(breaks, alignment.placements))


def _placed(case: Case, laps: tuple[Lap, ...]) -> tuple[Alignment, ...]:
    """Lay the plan on the recording, breaks having no say in it."""
    plan, prepared, pressed_s = case.plan, case.prepared, case.pressed_s
    if plan.start_s is not None:
        return (_from_the_given_start(case, plan.start_s),)
    if plan.match == "auto":
        windows = step_windows(plan, laps, prepared)
        if windows is not None:
            return (_with_marks(by_steps(plan, windows, prepared), case, Anchors()),)
    if plan.match != "clock":
        fitted = fit_laps(plan, prepared, pressed_s, must_fit=plan.match != "laps")
        if fitted is not None:
            anchors = Anchors(pressed_s, pressed_s[np.isin(pressed_s, fitted.edges_s)])
            placed = _with_marks(by_laps(plan, fitted, prepared), case, anchors)
            return _beside_the_clock(placed, case)
    placed_by_clock = _by_the_clock(case)
    if plan.match == "clock" or not _are_many(pressed_s, plan):
        return placed_by_clock
    return tuple(replace(a, notes=(*a.notes, NOT_USED)) for a in placed_by_clock)


def _from_the_given_start(case: Case, given_s: float) -> Alignment:
    """Lay the plan down from where block 1 began [elapsed s]; before the recording below 0."""
    clock = case.prepared.clock
    at_s = float(clock.timer_at(np.array([given_s]))[0]) if given_s >= 0 else given_s
    start = ClockStart(at_s, "clock", 1.0)
    return with_executed(_by_clock(case, start), changes_from(case, at_s), case)


def _by_clock(case: Case, start: ClockStart, notes: tuple[AlignmentNote, ...] = ()) -> Alignment:
    """Lay the plan down from one start, block after block."""
    return by_clock(case.plan, case.prepared, case.pressed_s, start, notes)


def _are_many(pressed_s: Floats, plan: Plan) -> bool:
    """Whether there are presses for half of the changes: they may have been meant for them."""
    inner = sum(not block.is_open for block in plan.blocks[:-1])
    return inner > 0 and 2 * pressed_s.size >= inner


def _by_the_clock(case: Case) -> tuple[Alignment, ...]:
    """Lay the plan down from the start of the recording, or a later one that the pace shows."""
    posterior = changes_of(case, Anchors(case.pressed_s))
    late_s = _watch_late_s(case, posterior)
    if late_s is None:
        starts = clock_starts(case.plan, case.prepared, posterior)
    else:
        starts = starts_around_zero(late_s)
        posterior = changes_from(case, -late_s)
    placed = []
    for start in starts:
        notes: tuple[AlignmentNote, ...] = ()
        sure = start.confidence
        if start.basis == "fitted_start":
            notes = (_later_start(start, case.prepared),)
        elif len(starts) == 1 and sure is not None and sure < UNSURE_START:
            notes = (AlignmentNote("START_DOUBTFUL"),)
        placed.append(with_executed(_by_clock(case, start, notes), posterior, case))
    return tuple(placed)


def _watch_late_s(case: Case, posterior: Posterior | None) -> float | None:
    """
    Return by how much the watch may have been started late [timer s]; None: it was not.

    A run that ends before its plan is looked at once more with block 1 begun by the
    start of the recording: what is left of block 1 may be too short to be seen as one,
    so that a later start is found where the second block begins.
    """
    plan, prepared, pressed_s, _ = case
    late_s = late_by_presses(plan, prepared, pressed_s)
    if late_s is None:
        late_s = late_by_pace(plan, prepared, posterior, pressed_s)
    if late_s is None and is_shorter(plan, prepared, pressed_s):
        from_start = changes_of(case, Anchors(pressed_s, start_s=0.0))
        late_s = late_by_pace(plan, prepared, from_start, pressed_s)
    return late_s


def _later_start(start: ClockStart, prepared: Prepared) -> AlignmentNote:
    """Note that block 1 begins later, and when, on the elapsed clock."""
    elapsed_s = float(prepared.clock.elapsed_at(np.array([start.at_s]))[0])
    return AlignmentNote("LATER_START", elapsed_s, by="pace")


def _beside_the_clock(by_press: Alignment, case: Case) -> tuple[Alignment, ...]:
    """
    Keep presses that fit a later start, unless the pace speaks for the recording's.

    A runner who is two minutes early on five-minute blocks fits the presses one
    block late: then both readings stand. So they do where the watch may have been
    started a little late.
    """
    if case.plan.match == "laps":
        return (by_press,)
    if by_press.start_offset_s <= 0:
        return _with_a_late_watch(by_press, case)
    posterior = changes_of(case, Anchors())
    if posterior is None or posterior.p_plan < SEEN:
        return (by_press,)
    at_start = posterior.start_near(0.0)
    if at_start <= UNSURE_START:
        return (by_press,)
    start = AT_THE_START._replace(confidence=at_start, is_ambiguous=True)
    clock = with_executed(_by_clock(case, start), posterior, case)
    return clock, replace(by_press, is_ambiguous=True)


def _with_a_late_watch(by_press: Alignment, case: Case) -> tuple[Alignment, ...]:
    """Put a start before the recording beside presses of which only the first came early."""
    late_s = late_by_presses(case.plan, case.prepared, case.pressed_s)
    if late_s is None:
        return (by_press,)
    _, before = starts_around_zero(late_s)
    late = with_executed(_by_clock(case, before), changes_from(case, -late_s), case)
    return replace(by_press, is_ambiguous=True), late


def _with_marks(alignment: Alignment, case: Case, anchors: Anchors) -> Alignment:
    """Find the executed changes of a run whose blocks the file marks (method 3.4)."""
    lengths = tuple(_marked_s(alignment, i, case.plan) for i in range(len(case.plan.blocks)))
    anchors = replace(anchors, start_s=alignment.start_offset_s)
    case = case._replace(pressed_s=anchors.presses_s)
    return with_executed(alignment, changes_of(case, anchors, lengths), case)


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
