"""A watch started late: every change, and the end, come early by one and the same time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.segmenter.boundaries import boundaries
from analyzer.segmenter.laps import MIN_MATCHED, walk_from
from analyzer.segmenter.start import SEEN

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.executed import Boundary, Posterior

LEAST_LATE_S = 20.0
"""A watch started less late than this moves nothing that is reported [s]."""

LEAST_RECORDED_S = 60.0
"""So much of block 1 must have been recorded [s]: what is not there cannot be cut short."""

LEAST_CONFIDENCE = 0.5
"""A change less probable than this says nothing of the start."""

AGREES_S = 15.0
"""A change or an end this near to the common shift agrees with it [s]."""

AGREES_AT_MOST_S = 30.0
"""No 90 % interval is so wide that a change further off than this agrees [s]."""

LAST_S = 120.0
"""So much of the last block is held against what comes after it [s]."""

CHANGE_S = 10.0
"""Legs and watch take so long to show a cool-down [s]."""

AFTER_S = (20.0, 60.0)
"""Least and most that is looked at of what comes after it: as much as the watch was late [s]."""

COOL_DOWN = -0.08
"""Running this much slower after the last block is a cool-down, in ln v."""

STEPS = 4
"""
By distance the time lost shrinks with the pace, so the shift is found in steps: each
leaves less than half of the error. Where time decides, the first one is exact.
"""


class _Change(Struct, frozen=True):
    """A boundary of the plan, counted from 0 at the start of block 1, and where it was run."""

    edge: int
    found: Boundary


def is_shorter(plan: Plan, prepared: Prepared, presses_s: Floats) -> bool:
    """Whether the running ends before the plan would, counted from the start of the recording."""
    end_s = float(boundaries(plan, 0.0, prepared, presses_s)[-1])
    return not plan.blocks[-1].is_open and _run_end_s(prepared) <= end_s - LEAST_LATE_S


def late_by_pace(
    plan: Plan, prepared: Prepared, posterior: Posterior | None, presses_s: Floats
) -> float | None:
    """
    Find by how much the watch may have been started after block 1 was begun.

    Then every change and the end of the last block come early by that time. A runner
    who takes every block early by the same time runs the last one for longer, and its
    end is on time: that is no late watch. One who cut block 1 short and then ran every
    block for its exact length makes the very same recording.

    Parameters
    ----------
    plan : Plan
        As it will be judged.
    prepared : Prepared
        The recording.
    posterior : Posterior or None
        From the executed alignment; None where it could not be made.
    presses_s : array
        Timer seconds of lap presses, which end open blocks.

    Returns
    -------
    float or None
        Timer seconds, above 0; None where changes and end do not agree on one.
    """
    changes = () if posterior is None else _changes(plan, posterior)
    if posterior is None or not changes:
        return None
    late_s = 0.0
    for _ in range(STEPS):
        edges_s = boundaries(plan, -late_s, prepared, presses_s)
        late_s += median(np.array([edges_s[c.edge] - c.found.at_s for c in changes]))
    edges_s = boundaries(plan, -late_s, prepared, presses_s)
    if not all(_agrees(c.found, float(edges_s[c.edge])) for c in changes):
        return None
    end_s = float(edges_s[posterior.blocks[-1]])
    return late_s if _is_late(late_s, float(edges_s[1]), end_s, prepared) else None


def late_by_presses(plan: Plan, prepared: Prepared, presses_s: Floats) -> float | None:
    """
    Find the same from the lap button: presses that fit the plan from a start before the recording.

    Returns
    -------
    float or None
        Timer seconds, above 0, by the press that ended block 1; None where they do not fit.
    """
    for press_s in presses_s.tolist():
        late_s = 0.0
        for _ in range(STEPS):
            late_s += float(boundaries(plan, -late_s, prepared, presses_s)[1]) - press_s
        if late_s < LEAST_LATE_S:
            return None
        fitted = walk_from(plan, prepared, presses_s, -late_s)
        end_s = float(fitted.edges_s[-1])
        if fitted.confidence >= MIN_MATCHED and _is_late(late_s, press_s, end_s, prepared):
            return late_s
    return None


def _is_late(late_s: float, recorded_s: float, end_s: float, prepared: Prepared) -> bool:
    """Whether a shift is worth a word, leaves some of block 1, and is that of the end as well."""
    is_usable = late_s >= LEAST_LATE_S and recorded_s >= LEAST_RECORDED_S
    return is_usable and _ends(end_s, late_s, prepared)


def _ends(end_s: float, late_s: float, prepared: Prepared) -> bool:
    """
    Whether the running ends at a timer second, or goes over to a cool-down there.

    Who was early at every change would run on at the same pace for as long as that.
    """
    run_end_s = _run_end_s(prepared)
    if run_end_s <= end_s + AGREES_S:
        return run_end_s >= end_s - AGREES_S
    cut = int(end_s)
    last = _speeds(prepared, slice(max(0, cut - int(LAST_S)), cut))
    seen_s = min(max(late_s, AFTER_S[0]), AFTER_S[1])
    after = _speeds(prepared, slice(cut + int(CHANGE_S), cut + int(CHANGE_S + seen_s)))
    return not after.size or (
        last.size > 0 and math.log(max(median(after), 0.1) / median(last)) <= COOL_DOWN
    )


def _run_end_s(prepared: Prepared) -> float:
    """Return where the running ends [timer s]."""
    moving = np.flatnonzero(prepared.is_moving)
    return float(moving[-1] + 1) if moving.size else 0.0


def _speeds(prepared: Prepared, cut: slice) -> Floats:
    """Return the speeds of the moving seconds of a cut [m/s]."""
    moving: Floats = prepared.speed_mps[cut][prepared.is_moving[cut]]
    return moving


def _changes(plan: Plan, posterior: Posterior) -> tuple[_Change, ...]:
    """Return the sure inner changes; none where few are, or a block may have been left out."""
    blocks = posterior.blocks
    is_whole = blocks[0] == plan.blocks[0].index and max(posterior.skipped) < LEAST_CONFIDENCE
    if not is_whole or posterior.p_plan < SEEN:
        return ()
    sure = tuple(
        _Change(block - 1, found)
        for block, found in zip(blocks[1:], posterior.starts[1:], strict=True)
        if found is not None and found.confidence >= LEAST_CONFIDENCE
    )
    return sure if 2 * len(sure) >= len(blocks) - 1 else ()


def _agrees(found: Boundary, edge_s: float) -> bool:
    """Whether a change lies where the plan has it, as nearly as it is known."""
    off_s = abs(found.at_s - edge_s)
    is_within = found.low_s <= edge_s <= found.high_s
    return off_s <= AGREES_S or (is_within and off_s <= AGREES_AT_MOST_S)
