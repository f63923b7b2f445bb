"""Both alignments of a run: where the plan said the blocks are, and where pace really changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.alignment import AlignmentNote, Executed
from analyzer.segmenter.bins import BIN_S, lay_bins
from analyzer.segmenter.boundaries import boundaries
from analyzer.segmenter.breaks import find_breaks, inside_blocks, plans_to_slow
from analyzer.segmenter.clock import by_clock, by_laps, by_steps
from analyzer.segmenter.executed import Anchors, find_changes
from analyzer.segmenter.expected import expected_blocks
from analyzer.segmenter.laps import fit_laps, presses
from analyzer.segmenter.start import AT_THE_START, SEEN, ClockStart, clock_starts
from analyzer.segmenter.step_windows import step_windows

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Lap
    from analyzer.model.alignment import Alignment, Break
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
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
        cannot tell apart (method 2.2). Each with the breaks inside its blocks.
    """
    pressed_s = presses(laps, prepared)
    breaks = _breaks(plan, prepared, pressed_s)
    return tuple(
        _with_breaks(alignment, breaks)
        for alignment in _placed(plan, laps, prepared, pressed_s, breaks)
    )


def _with_breaks(alignment: Alignment, breaks: tuple[Break, ...]) -> Alignment:
    """Keep the breaks inside the blocks; none where the pace may follow another session's plan."""
    if NOT_SEEN in alignment.notes:
        return alignment  # what comes back again and again there is a recovery, not a break
    return replace(alignment, breaks=inside_blocks(breaks, alignment.placements))


def _placed(
    plan: Plan,
    laps: tuple[Lap, ...],
    prepared: Prepared,
    pressed_s: Floats,
    breaks: tuple[Break, ...],
) -> tuple[Alignment, ...]:
    """Lay the plan on the recording, breaks having no say in it."""
    if plan.start_s is not None:
        start_s = float(prepared.clock.timer_at(np.array([plan.start_s]))[0])
        from_start = by_clock(plan, prepared, pressed_s, ClockStart(start_s, "clock", 1.0))
        posterior = _changes(plan, prepared, Anchors(pressed_s, start_s=start_s), breaks)
        return (_with_executed(from_start, posterior, plan, prepared),)
    if plan.match == "auto":
        windows = step_windows(plan, laps, prepared)
        if windows is not None:
            by_step = by_steps(plan, windows, prepared)
            return (_with_marks(by_step, plan, prepared, Anchors(), breaks),)
    if plan.match != "clock":
        fitted = fit_laps(plan, prepared, pressed_s, must_fit=plan.match != "laps")
        if fitted is not None:
            anchors = Anchors(pressed_s, pressed_s[np.isin(pressed_s, fitted.edges_s)])
            placed = _with_marks(by_laps(plan, fitted, prepared), plan, prepared, anchors, breaks)
            return _beside_the_clock(placed, plan, prepared, pressed_s, breaks)
    placed_by_clock = _by_the_clock(plan, prepared, pressed_s, breaks)
    if plan.match == "clock" or not _are_many(pressed_s, plan):
        return placed_by_clock
    return tuple(replace(a, notes=(*a.notes, NOT_USED)) for a in placed_by_clock)


def _are_many(pressed_s: Floats, plan: Plan) -> bool:
    """Whether there are presses for half of the changes: they may have been meant for them."""
    inner = sum(not block.is_open for block in plan.blocks[:-1])
    return inner > 0 and 2 * pressed_s.size >= inner


def _by_the_clock(
    plan: Plan, prepared: Prepared, pressed_s: Floats, breaks: tuple[Break, ...]
) -> tuple[Alignment, ...]:
    """Lay the plan down from the start of the recording, or a later one that the pace shows."""
    posterior = _changes(plan, prepared, Anchors(pressed_s), breaks)
    starts = clock_starts(plan, prepared, posterior)
    placed = []
    for start in starts:
        notes: tuple[AlignmentNote, ...] = ()
        sure = start.confidence
        if start.basis == "fitted_start":
            notes = (_later_start(start, prepared),)
        elif len(starts) == 1 and sure is not None and sure < UNSURE_START:
            notes = (AlignmentNote("START_DOUBTFUL"),)
        alignment = by_clock(plan, prepared, pressed_s, start, notes)
        placed.append(_with_executed(alignment, posterior, plan, prepared))
    return tuple(placed)


def _later_start(start: ClockStart, prepared: Prepared) -> AlignmentNote:
    """Note that block 1 begins later, and when, on the elapsed clock."""
    elapsed_s = float(prepared.clock.elapsed_at(np.array([start.at_s]))[0])
    return AlignmentNote("LATER_START", elapsed_s, by="pace")


def _beside_the_clock(
    by_press: Alignment,
    plan: Plan,
    prepared: Prepared,
    pressed_s: Floats,
    breaks: tuple[Break, ...],
) -> tuple[Alignment, ...]:
    """
    Keep presses that fit a later start, unless the pace speaks for the recording's.

    A runner who is two minutes early on five-minute blocks fits the presses one
    block late: then both readings stand.
    """
    if by_press.start_offset_s <= 0 or plan.match == "laps":
        return (by_press,)
    posterior = _changes(plan, prepared, Anchors(), breaks)
    if posterior is None or posterior.p_plan < SEEN:
        return (by_press,)
    at_start = posterior.start_near(0.0)
    if at_start <= UNSURE_START:
        return (by_press,)
    start = replace(AT_THE_START, confidence=at_start, is_ambiguous=True)
    clock = by_clock(plan, prepared, pressed_s, start)
    return _with_executed(clock, posterior, plan, prepared), replace(by_press, is_ambiguous=True)


def _with_marks(
    alignment: Alignment,
    plan: Plan,
    prepared: Prepared,
    anchors: Anchors,
    breaks: tuple[Break, ...],
) -> Alignment:
    """Find the executed changes of a run whose blocks the file marks (method 3.4)."""
    lengths = tuple(
        0.0
        if p.status == "missed"
        else None
        if p.start_s is None or p.planned_end_s is None
        else p.planned_end_s - p.start_s
        for p in alignment.placements
    )
    anchors = replace(anchors, start_s=alignment.start_offset_s)
    posterior = _changes(plan, prepared, anchors, breaks, lengths)
    return _with_executed(alignment, posterior, plan, prepared)


def _changes(
    plan: Plan,
    prepared: Prepared,
    anchors: Anchors,
    breaks: tuple[Break, ...],
    lengths_s: tuple[float | None, ...] | None = None,
) -> Posterior | None:
    """Run the executed alignment; None where there is no shape to find, or too much of it."""
    blocks = expected_blocks(plan, lengths_s or _open_lengths(plan, prepared, anchors))
    is_alone = len(blocks) <= 1 and anchors.start_s is None
    if not blocks or is_alone or not any(b.target for b in plan.blocks):
        return None
    if prepared.seconds < LEAST_S or _is_too_large(blocks, prepared):
        return None
    return find_changes(lay_bins(prepared, breaks), blocks, anchors)


def _breaks(plan: Plan, prepared: Prepared, pressed_s: Floats) -> tuple[Break, ...]:
    """Find what no block explains: walked or jogged in a plan that only ever speeds up."""
    if plans_to_slow(plan):
        return ()
    return find_breaks(prepared.effort_mps, prepared.is_moving & ~prepared.is_replaced, pressed_s)


def _is_too_large(blocks: tuple[Expected, ...], prepared: Prepared) -> bool:
    """Whether there are more starts and lengths to weigh than memory should hold."""
    return prepared.seconds / BIN_S * sum(b.seconds / BIN_S for b in blocks) > MOST_CELLS


def _open_lengths(plan: Plan, prepared: Prepared, anchors: Anchors) -> tuple[float | None, ...]:
    """Length of each open block as the clock has it; None for the others."""
    edges_s = boundaries(plan, anchors.start_s or 0.0, prepared, anchors.presses_s)
    pairs = zip(plan.blocks, np.diff(edges_s).tolist(), strict=True)
    return tuple(max(length, 1.0) if block.is_open else None for block, length in pairs)


def _with_executed(
    alignment: Alignment, posterior: Posterior | None, plan: Plan, prepared: Prepared
) -> Alignment:
    """Put the executed starts beside the placements they belong to."""
    if posterior is None:
        is_large = _is_too_large(expected_blocks(plan, (None,) * len(plan.blocks)), prepared)
        return replace(alignment, notes=(*alignment.notes, TOO_LARGE)) if is_large else alignment
    if posterior.p_plan < SEEN:
        # Walked rests are not running, and what is between them then looks like any run: a plan
        # with rests is not called unseen, only its changes are left out.
        has_rests = any(b.role == "rest" for b in plan.blocks)
        return replace(alignment, notes=alignment.notes + (() if has_rests else (NOT_SEEN,)))
    starts: dict[int, Boundary | None] = dict(zip(posterior.blocks, posterior.starts, strict=True))
    starts[posterior.blocks[-1] + 1] = posterior.end  # where an open cool-down begins
    executed = tuple(
        _executed(p.start_s, starts.get(p.block), prepared)
        if p.status in ("run", "truncated")
        else None
        for p in alignment.placements
    )
    skipped = dict(zip(posterior.blocks, posterior.skipped, strict=True))
    return replace(
        alignment,
        executed=executed,
        skip_probabilities=tuple(skipped.get(p.block, 0.0) for p in alignment.placements),
    )


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
