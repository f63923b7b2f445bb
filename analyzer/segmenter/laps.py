"""Button laps that fit the plan (method 2.1). Auto-laps are never blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analyzer.segmenter.boundaries import boundaries, seconds_of

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Lap
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared

NEAR_S = 15.0
"""A press this far from where the plan expects it confirms a boundary [s]."""

DRIFT_S = 60.0
"""Presses may move the clock this far in all, so that it does not follow the runner [s]."""

MIN_MATCHED = 0.75
"""Share of the inner boundaries that presses must confirm."""

AUTO_LENGTHS_M = (1000.0, 1609.344, 5000.0)
"""What watches cut automatically [m]."""

AUTO_NEAR = 0.015
"""How far an auto-lap may be off its length [ratio]."""

AUTO_SHARE = 0.70
"""Share of laps of one such length that shows auto-laps where the file names no trigger."""

AUTO_TRIGGERS = frozenset(
    {"distance", "time", "position_start", "position_lap", "position_waypoint", "position_marked"}
)
"""Triggers that no finger pressed."""


@dataclass(frozen=True, slots=True, eq=False)
class FittedLaps:
    """Boundaries moved to the presses that confirm them, and how many of the inner ones did."""

    edges_s: Floats
    matched: int
    inner: int
    leftover: int

    @property
    def share(self) -> float:
        """Share of the inner boundaries that a press confirms."""
        return self.matched / self.inner if self.inner else 0.0


def presses(laps: tuple[Lap, ...], prepared: Prepared) -> Floats:
    """
    Timer seconds at which a lap ended by the button, as far as the file can tell.

    Laps cut by the watch at a distance are left out one by one, as a press
    resets the distance of the next auto-lap. The end of the recording is not a press.
    """
    if len(laps) < 2:
        return np.empty(0)
    ends_s = prepared.clock.timer_at(np.array([lap.span.end_s for lap in laps[:-1]]))
    by_button = ~_is_auto(laps[:-1], prepared)
    inside = (ends_s > 1.0) & (ends_s < prepared.seconds - 1.0)
    return np.array(sorted(set(ends_s[by_button & inside].tolist())))  # np.unique loads numpy.ma


def _is_auto(
    laps: tuple[Lap, ...], prepared: Prepared
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark the laps that the watch cut by itself."""
    triggers = [lap.trigger for lap in laps]
    if any(t is not None for t in triggers):
        return np.array([t in AUTO_TRIGGERS for t in triggers], dtype=np.bool_)
    edges_s = np.arange(prepared.seconds + 1)
    starts_s = prepared.clock.timer_at(np.array([lap.span.start_s for lap in laps]))
    ends_s = prepared.clock.timer_at(np.array([lap.span.end_s for lap in laps]))
    run_m = np.interp(ends_s, edges_s, prepared.distance_m) - np.interp(
        starts_s, edges_s, prepared.distance_m
    )
    for length_m in AUTO_LENGTHS_M:
        near = np.abs(run_m - length_m) <= AUTO_NEAR * length_m
        if near.mean() >= AUTO_SHARE:
            return near
    return np.zeros(len(laps), dtype=np.bool_)


def fit_laps(
    plan: Plan, prepared: Prepared, presses_s: Floats, *, must_fit: bool = True
) -> FittedLaps | None:
    """
    Let the presses that the plan expects place its boundaries.

    Parameters
    ----------
    plan : Plan
        As it will be judged.
    prepared : Prepared
        The recording.
    presses_s : array
        From `presses`.
    must_fit : bool
        False takes the best start even if fewer than 75 % of the boundaries match.

    Returns
    -------
    FittedLaps or None
        None where the presses do not fit the plan. A later start than the
        recording's is not taken if it would leave the plan unfinished.
    """
    inner = sum(not block.is_open for block in plan.blocks[:-1])
    if not presses_s.size or not inner:
        return None
    best: FittedLaps | None = None
    best_worth = -np.inf
    for start_s in [0.0, *presses_s.tolist()]:
        fitted = _walk(plan, prepared, presses_s, start_s, inner)
        if must_fit and fitted.share < MIN_MATCHED:
            continue
        if start_s > 0 and fitted.edges_s[-1] > prepared.seconds + max(30.0, start_s / 2):
            continue
        last_matched = bool(np.any(np.abs(presses_s - fitted.edges_s[-1]) < 0.5))
        worth = fitted.matched + last_matched + (start_s > 0) - fitted.leftover
        if worth > best_worth:
            best, best_worth = fitted, worth
    return best


def _walk(
    plan: Plan, prepared: Prepared, presses_s: Floats, start_s: float, inner: int
) -> FittedLaps:
    """Walk the plan from one start; a press near the expected boundary becomes it."""
    by_plan_s = boundaries(plan, start_s, prepared, presses_s)
    edges_s, used, matched = [start_s], {start_s}, 0
    for k, block in enumerate(plan.blocks, start=1):
        length_s = seconds_of(block, edges_s[-1], prepared)
        if length_s is None:
            edges_s.append(max(float(by_plan_s[k]), edges_s[-1]))
            used.add(edges_s[-1])
            continue
        expected_s = edges_s[-1] + length_s
        press_s = float(presses_s[np.argmin(np.abs(presses_s - expected_s))])
        is_near = abs(press_s - expected_s) <= NEAR_S and abs(press_s - by_plan_s[k]) <= DRIFT_S
        if is_near and press_s > edges_s[-1]:
            edges_s.append(press_s)
            used.add(press_s)
            matched += k < len(plan.blocks)
        else:
            edges_s.append(expected_s)
    before_end = presses_s[presses_s <= edges_s[-1] + 0.5]
    leftover = sum(press not in used for press in before_end.tolist())
    return FittedLaps(np.asarray(edges_s), matched, inner, leftover)
