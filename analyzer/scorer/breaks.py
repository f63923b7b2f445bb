"""Breaks in the blocks: left out of how a block was run, and told and weighed once (method 9)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.prepare.stops import centred_mean
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Bools
    from analyzer.model.alignment import Break
    from analyzer.model.prepared import Prepared, Stop
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


SMOOTH_S = 5
"""Ends of a break are read off speed smoothed over this [s]."""

LEAST_SHARE = 0.1
"""Nobody walks at a smaller share of the pace around it."""


class MeasuredBreak(Struct, frozen=True):
    """
    One break as measured.

    Parameters
    ----------
    at_s, until_s : float
        Where it lies, on the elapsed clock.
    seconds : float
        Timer time of it: from half-way down to half-way up again.
    stood_s : float
        Seconds of it stood with the timer running.
    lost_s : float
        What it took longer than running as planned, slowing down and speeding up included.
    speed_mps : float
        Median speed of what was not stood.
    """

    at_s: float
    until_s: float
    seconds: float
    stood_s: float
    lost_s: float
    speed_mps: float

    @property
    def is_a_stop(self) -> bool:
        """Whether most of it was stood: then it is told as a stop, walked at its ends."""
        return 2 * self.stood_s > self.seconds

    def holds(self, stop: Stop) -> bool:
        """Whether a stop of the body lies in it, so that both are one event."""
        middle_s = (stop.span.start_s + stop.span.end_s) / 2
        return stop.by == "body" and self.at_s <= middle_s < self.until_s


def without_breaks(prepared: Prepared, breaks: tuple[Break, ...]) -> Prepared:
    """
    Return a recording in which the seconds of breaks are not running, like those of standing.

    Time, distance and stops stay what they are.
    """
    if not breaks:
        return prepared
    return replace(prepared, is_moving=prepared.is_moving & ~_in_breaks(prepared, breaks))


def _in_breaks(prepared: Prepared, breaks: tuple[Break, ...]) -> Bools:
    """Seconds of the timer clock that lie in a break."""
    inside = np.zeros(prepared.seconds, dtype=bool)
    for stretch in breaks:
        inside[stretch.start_s : stretch.end_s] = True
    return inside


def block_breaks(session: Session, measured: Measured) -> tuple[MeasuredBreak, ...]:
    """Return the breaks of a block; one on a boundary belongs to where most of it was."""
    start_s, end_s = measured.placement.start_s, measured.placement.end_s
    if start_s is None or end_s is None:
        return ()
    planned_mps = measured.planned_mps or measured.core.mean_speed_mps
    return tuple(
        _measured(session, stretch, planned_mps)
        for stretch in session.alignment.breaks
        if start_s <= (stretch.start_s + stretch.end_s) / 2 < end_s
    )


def _measured(session: Session, stretch: Break, planned_mps: float | None) -> MeasuredBreak:
    """Measure one break; without a pace to hold it against it loses nothing."""
    prepared, cut = session.prepared, slice(stretch.start_s, stretch.end_s)
    first, last = _half_way(prepared, stretch)
    run_m = float(prepared.effort_mps[cut].sum())
    behind_s = stretch.end_s - stretch.start_s - run_m / (planned_mps or math.inf)
    return MeasuredBreak(
        at_s=session.elapsed_s(first),
        until_s=session.elapsed_s(last, after_pause=False),
        seconds=float(last - first),
        stood_s=float(prepared.is_standing[cut].sum()),
        lost_s=max(0.0, behind_s) if planned_mps else 0.0,
        speed_mps=_speed_mps(prepared, stretch),
    )


def _speed_mps(prepared: Prepared, stretch: Break) -> float:
    """Median speed of a break without what was stood in it; 0 if nobody knows."""
    cut = slice(stretch.start_s, stretch.end_s)
    is_gone = ~prepared.is_standing[cut] & ~prepared.is_replaced[cut]
    return median(prepared.speed_mps[cut][is_gone]) if is_gone.any() else 0.0


def _half_way(prepared: Prepared, stretch: Break) -> tuple[int, int]:
    """Timer seconds between which a break is nearer to its own speed than to that around it."""
    cut = slice(stretch.start_s, stretch.end_s)
    half_mps = _speed_mps(prepared, stretch) * (1 + 1 / max(stretch.share, LEAST_SHARE)) / 2
    below = np.flatnonzero(centred_mean(prepared.speed_mps[cut], SMOOTH_S) < half_mps)
    if not below.size:
        return stretch.start_s, stretch.end_s
    return stretch.start_s + int(below[0]), stretch.start_s + int(below[-1]) + 1


def broken_off(session: Session, measured: Measured) -> tuple[float, float]:
    """Seconds and metres of breaks in the window of a block, without what was stood in them."""
    prepared, seconds, metres = session.prepared, 0.0, 0.0
    start_s, end_s = measured.placement.start_s or 0.0, measured.placement.end_s or 0.0
    for stretch in session.alignment.breaks:
        first, last = _half_way(prepared, stretch)
        cut = slice(max(first, math.ceil(start_s)), min(last, math.floor(end_s)))
        inside = ~prepared.is_standing[cut]
        seconds += float(inside.sum())
        metres += float(prepared.speed_mps[cut][inside].sum())
    return seconds, metres
