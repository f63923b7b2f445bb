"""What the workout steps recorded in the laps prove (method 2, rank 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.segmenter.boundaries import seconds_of

if TYPE_CHECKING:
    from analyzer.model.activity import Lap
    from analyzer.model.plan import Block, Plan
    from analyzer.model.prepared import Prepared

SAME_LENGTH = 0.02
"""Laps of one step reach its planned length when they come this near [ratio]."""

SLIVER_S = 60.0
"""A step of less (or half its planned time) with a later step behind it was skipped [s]."""


class StepWindow(Struct, frozen=True):
    """
    What the laps show of one block, on the timer clock.

    ``start_s`` is None where the block has no lap of its own. ``is_last`` marks
    the last step the file shows.
    """

    start_s: float | None
    end_s: float | None
    is_missed: bool = False
    is_last: bool = False


def step_windows(
    plan: Plan, laps: tuple[Lap, ...], prepared: Prepared
) -> tuple[StepWindow, ...] | None:
    """
    Give each block the laps that carry its workout step.

    Parameters
    ----------
    plan : Plan
        With ``step_index`` on its blocks.
    laps : tuple of Lap
        As recorded; auto-laps and presses may split a step.
    prepared : Prepared
        For the timer clock.

    Returns
    -------
    tuple of StepWindow or None
        One for each block, in order; None if no lap points at a step of the plan.
    """
    steps = {block.step_index for block in plan.blocks} - {None}
    groups = _groups([lap for lap in laps if lap.step_index in steps], prepared)
    recorded: dict[int, tuple[float, float]] = {}
    position = 0
    for step, pieces in groups:
        remaining = pieces
        while remaining:
            place = _next_place(plan.blocks, step, position)
            if place is None:
                break
            count = _pieces_of(plan.blocks, place, remaining, prepared)
            recorded[place] = (remaining[0][0], remaining[count - 1][1])
            remaining = remaining[count:]
            position = place + 1
    return _windows(plan.blocks, recorded) if recorded else None


def _groups(laps: list[Lap], prepared: Prepared) -> list[tuple[int, list[tuple[float, float]]]]:
    """Collect consecutive laps of one step as (step, [(timer start, timer end), ..])."""
    groups: list[tuple[int, list[tuple[float, float]]]] = []
    for lap in laps:
        ends = prepared.clock.timer_at(np.array([lap.span.start_s, lap.span.end_s]))
        piece = (float(ends[0]), float(ends[1]))
        if lap.step_index is None:
            continue
        if groups and groups[-1][0] == lap.step_index:
            groups[-1][1].append(piece)
        else:
            groups.append((lap.step_index, [piece]))
    return groups


def _next_place(blocks: tuple[Block, ...], step: int, position: int) -> int | None:
    """Return the first place from ``position`` on whose block came from ``step``."""
    places = (i for i in range(position, len(blocks)) if blocks[i].step_index == step)
    return next(places, None)


def _pieces_of(
    blocks: tuple[Block, ...], place: int, pieces: list[tuple[float, float]], prepared: Prepared
) -> int:
    """Count the laps of a block: all of its step, or what fills one repetition of it."""
    is_repeated = blocks[place + 1 : place + 2] and (
        blocks[place + 1].step_index == blocks[place].step_index
    )
    if not is_repeated:
        return len(pieces)
    start_s = pieces[0][0]
    length_s = seconds_of(blocks[place], start_s, prepared)
    if length_s is None:
        return 1
    for i, (_, end_s) in enumerate(pieces, start=1):
        if end_s - start_s >= (1 - SAME_LENGTH) * length_s:
            return i
    return len(pieces)


def _windows(
    blocks: tuple[Block, ...], recorded: dict[int, tuple[float, float]]
) -> tuple[StepWindow, ...]:
    """Name what was skipped: no lap, or a sliver, with a later step behind it."""
    last = max(recorded)
    windows: list[StepWindow] = []
    for i, block in enumerate(blocks):
        window = recorded.get(i)
        planned_s = block.expected_duration_s
        sliver_s = min(SLIVER_S, planned_s / 2) if planned_s else 0.0
        if window is not None and (i == last or window[1] - window[0] >= sliver_s):
            windows.append(StepWindow(*window, is_last=i == last))
        else:
            windows.append(StepWindow(None, None, is_missed=i < last))
    return tuple(windows)
