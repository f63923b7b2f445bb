"""Button laps that fit the plan (method 2.1). Auto-laps are never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.segmenter.boundaries import boundaries, seconds_of

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Lap
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared

NEAR_S = 15.0
"""A press this far from where the plan expects it confirms a boundary [s]."""

EXACT_S = 5.0
"""A block run in full from a late press ends with a press this near [s]."""

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


class FittedLaps(Struct, frozen=True):
    """
    Boundaries moved to the presses that confirm them, and how many of the inner ones did.

    ``leftover`` counts the presses that confirm nothing, ``contradicting`` those of them
    that were made inside the plan.
    """

    edges_s: Floats
    matched: int
    inner: int
    leftover: int
    contradicting: int = 0

    @property
    def share(self) -> float:
        """Share of the inner boundaries that a press confirms."""
        return self.matched / self.inner if self.inner else 0.0

    @property
    def confidence(self) -> float:
        """The same, where each press that fits nothing speaks against those that do."""
        said = self.inner + self.contradicting
        return self.matched / said if said else 0.0


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
        fitted = _walk(plan, prepared, presses_s, start_s, off_s=DRIFT_S)
        if fitted.confidence < MIN_MATCHED:  # where many were pressed, some fit by chance
            fitted = _walk(plan, prepared, presses_s, start_s, off_s=NEAR_S)
        if must_fit and fitted.share < MIN_MATCHED:
            continue
        if start_s > 0 and fitted.edges_s[-1] > prepared.seconds + max(30.0, start_s / 2):
            continue
        last_matched = bool(np.any(np.abs(presses_s - fitted.edges_s[-1]) < 0.5))
        worth = fitted.matched + last_matched + (start_s > 0) - fitted.leftover
        if worth > best_worth:
            best, best_worth = fitted, worth
    return best


def walk_from(plan: Plan, prepared: Prepared, presses_s: Floats, start_s: float) -> FittedLaps:
    """Walk the plan from one start [timer s], below 0 before the recording, by presses near it."""
    return _walk(plan, prepared, presses_s, start_s, off_s=NEAR_S)


def _walk(
    plan: Plan, prepared: Prepared, presses_s: Floats, start_s: float, *, off_s: float
) -> FittedLaps:
    """
    Walk the plan from one start; a press near the expected boundary becomes it.

    So does one up to ``off_s`` late or early from which the following one fits exactly.
    """
    inner = sum(not block.is_open for block in plan.blocks[:-1])
    by_plan_s = boundaries(plan, start_s, prepared, presses_s)
    walk = _Walk(plan, prepared, presses_s, by_plan_s, off_s)
    edges_s, used, matched = [start_s], {start_s}, 0
    for k, block in enumerate(plan.blocks, start=1):
        length_s = seconds_of(block, edges_s[-1], prepared)
        if length_s is None:
            edges_s.append(max(float(walk.by_plan_s[k]), edges_s[-1]))
            used.add(edges_s[-1])
            continue
        expected_s = edges_s[-1] + length_s
        press_s = walk.press_near(k, expected_s, edges_s[-1])
        if press_s is None:
            press_s = walk.press_off(k, expected_s, edges_s[-1])
        if press_s is None:
            edges_s.append(expected_s)
            continue
        edges_s.append(press_s)
        used.add(press_s)
        matched += k < len(plan.blocks)
    unused = [p for p in presses_s.tolist() if p <= edges_s[-1] + 0.5 and p not in used]
    inside = sum(start_s < p < edges_s[-1] - NEAR_S for p in unused)
    return FittedLaps(np.asarray(edges_s), matched, inner, len(unused), inside)


class _Walk(Struct, frozen=True):
    """What a walk along the plan looks at: the presses, and where the plan alone has each edge."""

    plan: Plan
    prepared: Prepared
    presses_s: Floats
    by_plan_s: Floats
    off_s: float

    def press_near(self, k: int, expected_s: float, after_s: float) -> float | None:
        """Return the press nearest to where block ``k`` should end, if it confirms it."""
        return self._within(NEAR_S, k, expected_s, after_s)

    def press_off(self, k: int, expected_s: float, after_s: float) -> float | None:
        """
        Return a press that was made late or early, and from which the next one fits exactly.

        So it is where the runner ran the next block in full from the press on; else one
        late press would lose all that follow. Where the next press fits the clock, it
        was the press that was off, and the clock goes on.
        """
        press_s = self._within(self.off_s, k, expected_s, after_s)
        if press_s is None or k >= len(self.plan.blocks):
            return None
        following = self.plan.blocks[k]
        from_press_s = seconds_of(following, press_s, self.prepared)
        from_clock_s = seconds_of(following, expected_s, self.prepared)
        if from_press_s is None or from_clock_s is None:
            return None
        next_s, by_clock_s = press_s + from_press_s, expected_s + from_clock_s
        fits_press = self._within(EXACT_S, k + 1, next_s, press_s) is not None
        fits_clock = self._within(NEAR_S, k + 1, by_clock_s, expected_s) is not None
        return press_s if fits_press and not fits_clock else None

    def _within(self, near_s: float, k: int, expected_s: float, after_s: float) -> float | None:
        """Return the press nearest to a time, if it is that near, and near enough to the plan."""
        press_s = float(self.presses_s[np.argmin(np.abs(self.presses_s - expected_s))])
        is_near = abs(press_s - expected_s) <= near_s
        is_in_plan = abs(press_s - self.by_plan_s[k]) <= DRIFT_S
        return press_s if is_near and is_in_plan and press_s > after_s else None
