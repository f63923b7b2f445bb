"""The clock alignment: where the plan says the blocks are (method 2.3, 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.model.alignment import Alignment, AlignmentNote, Placement
from analyzer.segmenter.boundaries import boundaries, seconds_of

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.alignment import Status
    from analyzer.model.plan import Block, Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.laps import FittedLaps
    from analyzer.segmenter.start import ClockStart
    from analyzer.segmenter.step_windows import StepWindow

GUARD_S = 15.0
"""What is left out of the score on each side of an inner boundary [s]."""

MAX_GUARD_SHARE = 0.10
"""The guard takes no more than this of the block on each side."""

MIN_SEEN_S = 60.0
"""A window of which less was recorded (or half a short block) was not seen [s]."""

TRUNCATED_S = 30.0
"""A run that ends earlier than this before the end of the window is truncated [s] ..."""

TRUNCATED_SHARE = 0.05
"""... and earlier than this share of the planned duration."""

STEP_EDGE_S = 2.0
"""A step that ends this near to the end of the recording ends with it [s]."""


def by_clock(
    plan: Plan,
    prepared: Prepared,
    presses_s: Floats,
    start: ClockStart,
    notes: tuple[AlignmentNote, ...] = (),
) -> Alignment:
    """
    Lay the plan down from one start, block after block.

    Parameters
    ----------
    plan : Plan
        As it will be judged.
    prepared : Prepared
        The recording.
    presses_s : array
        Lap presses, which end open blocks.
    start : ClockStart
        Where block 1 begins, why, and how surely.
    notes : tuple of AlignmentNote
        What the reader must know of the start.
    """
    edges_s = boundaries(plan, start.at_s, prepared, presses_s)
    placements = _placements(plan, edges_s, prepared, start.guard_s)
    return Alignment(
        start.basis,
        start.confidence,
        start.at_s,
        placements,
        notes,
        is_ambiguous=start.is_ambiguous,
    )


def by_laps(plan: Plan, fitted: FittedLaps, prepared: Prepared) -> Alignment:
    """Let the presses that fit the plan place the boundaries (method 2.1)."""
    start_s = float(fitted.edges_s[0])
    notes: tuple[AlignmentNote, ...] = ()
    if start_s > 0:
        elapsed_s = float(prepared.clock.elapsed_at(np.array([start_s]))[0])
        notes = (AlignmentNote("LATER_START", elapsed_s, by="press"),)
    return Alignment(
        "laps", fitted.confidence, start_s, _placements(plan, fitted.edges_s, prepared), notes
    )


def by_steps(plan: Plan, windows: tuple[StepWindow, ...], prepared: Prepared) -> Alignment:
    """Take each block's window from the laps of its workout step."""
    frame = _Frame.of(plan, prepared)
    placements: list[Placement] = []
    cursor_s = next(w.start_s for w in windows if w.start_s is not None)
    start_s = cursor_s
    for block, window in zip(plan.blocks, windows, strict=True):
        if window.is_missed:
            placements.append(Placement(block.index, "missed", None, None, None, None))
            continue
        length_s = seconds_of(block, cursor_s, prepared) or 0.0
        begin_s, end_s = _step_window_s(window, cursor_s, length_s, prepared)
        placements.append(_placement(block, begin_s, end_s, frame))
        cursor_s = end_s
    return Alignment("workout_steps", 1.0, start_s, tuple(placements))


def _step_window_s(
    window: StepWindow, cursor_s: float, length_s: float, prepared: Prepared
) -> tuple[float, float]:
    """
    Start and end of one step [timer s], planned to last ``length_s``.

    Behind the last step the file shows, the plan goes on from ``cursor_s``; one that ends
    with the recording was cut short, and would have lasted as long as planned.
    """
    if window.start_s is None or window.end_s is None:
        return cursor_s, cursor_s + length_s
    if window.is_last and window.end_s >= prepared.seconds - STEP_EDGE_S:
        return window.start_s, max(window.end_s, window.start_s + length_s)
    return window.start_s, window.end_s


def _placements(
    plan: Plan, edges_s: Floats, prepared: Prepared, guard_s: float = GUARD_S
) -> tuple[Placement, ...]:
    """Turn K + 1 boundaries into placements."""
    frame = _Frame.of(plan, prepared)
    return tuple(
        _placement(block, float(a), float(b), frame, guard_s)
        for block, a, b in zip(plan.blocks, edges_s[:-1], edges_s[1:], strict=True)
    )


class _Frame(Struct, frozen=True):
    """How many blocks there are, and where recording and running end [timer s]."""

    blocks: int
    recorded_s: float
    run_end_s: float

    @classmethod
    def of(cls, plan: Plan, prepared: Prepared) -> _Frame:
        """Read the frame off plan and recording."""
        moving = np.flatnonzero(prepared.is_moving)
        run_end_s = float(moving[-1] + 1) if moving.size else 0.0
        return cls(len(plan.blocks), float(prepared.seconds), run_end_s)


def _placement(
    block: Block, start_s: float, end_s: float, frame: _Frame, guard_s: float = GUARD_S
) -> Placement:
    """Give one window its status and core (method 2.3, 2.4), as far as it was recorded."""
    planned_s = end_s - start_s
    unrecorded_s = max(0.0, -start_s)
    start_s += unrecorded_s
    status: Status = "run"
    seen_end_s = min(end_s, frame.recorded_s)
    early_s = max(TRUNCATED_S, TRUNCATED_SHARE * planned_s)
    if not block.is_open and frame.run_end_s < end_s - early_s:
        status, seen_end_s = "truncated", min(seen_end_s, frame.run_end_s)
    if planned_s <= 0 or seen_end_s - start_s < min(MIN_SEEN_S, planned_s / 2):
        return Placement(block.index, "not_seen", None, None, None, None, end_s)
    guard_s = min(guard_s, MAX_GUARD_SHARE * planned_s)
    is_first, is_last = block.index == 1, block.index == frame.blocks
    core_start_s = start_s if is_first or unrecorded_s else start_s + guard_s
    core_end_s = seen_end_s if is_last or status == "truncated" else end_s - guard_s
    core_end_s = max(core_start_s, min(core_end_s, seen_end_s))
    return Placement(
        block.index,
        status,
        start_s,
        seen_end_s,
        core_start_s,
        core_end_s,
        planned_end_s=end_s,
        unrecorded_s=unrecorded_s,
    )
