"""Where the timer stood: holes between records, breaks in a track, and the device's own timer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.model.activity import Pause, RecordingWarning, Span
from analyzer.parsers.steps_between import moved_between, way_between
from analyzer.units import clock_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.model.activity import PausedBy
    from analyzer.parsers.samples import Samples

HOLE_S = 5.0
HOLE_STEPS = 3.0
"""A hole is longer than 5 s, and than three usual steps from record to record."""

STOOD_S = 15.0
STOOD_MPS = 0.5
"""A hole of at least 15 s, crossed slower than 0.5 m/s, is a pause."""

LOST_S = 60.0
LOST_SHARE = 0.15
"""A break of up to a minute, crossed within 15 % of the runner's own speed, lost only positions."""

LONGEST_STEP_S = 5.0
"""Who records more seldom writes a record when the timer is stopped [s]."""

NEAREST = 5
"""So many records from a hole a place still says where it began or ended."""

AROUND_S = 60.0
"""What shows the runner's own speed on either side of a hole [s]."""

AGREE_S = 5.0
AGREE_PER_PAUSE_S = 1.0
"""Two timers agree within 5 s and a second for each pause."""


class Hole(Struct, frozen=True):
    """
    A stretch of the elapsed clock without a record [s].

    ``moved_m`` is how far it is from one end to the other; NaN is unknown.
    """

    start_s: float
    end_s: float
    moved_m: float

    @property
    def length_s(self) -> float:
        """How long nothing was recorded [s]."""
        return self.end_s - self.start_s

    def stood_s(self, step_s: float) -> float:
        """How long the timer stood, if it ran for one step of records in the hole [s]."""
        return self.length_s - step_s

    def pause(self, by: PausedBy, length_s: float | None = None) -> Pause:
        """Return the pause that this hole is, or as much of it as the timer stood."""
        length_s = self.length_s if length_s is None else min(length_s, self.length_s)
        return Pause(Span(self.end_s - length_s, self.end_s), by)


def usual_step_s(samples: Samples) -> float:
    """How long it usually is from one record to the next [s]; at least a second."""
    return max(median(np.diff(samples.time_s)), 1.0)


def running_step_s(samples: Samples) -> float:
    """
    How long the timer ran in a hole that is a pause [s]: a usual step, of 5 s at most.

    Half a step from the last record to the stop, and half a one from the start to the next.
    """
    return min(usual_step_s(samples), LONGEST_STEP_S)


def holes(samples: Samples) -> list[Hole]:
    """Return the holes of ordered samples, in order."""
    elapsed_s = samples.time_s - samples.time_s[0]
    steps_s = np.diff(elapsed_s)
    is_hole = (steps_s >= STOOD_S) | (steps_s > max(HOLE_S, HOLE_STEPS * usual_step_s(samples)))
    return [
        Hole(float(elapsed_s[i]), float(elapsed_s[i + 1]), _moved_across(samples, i))
        for i in np.flatnonzero(is_hole).tolist()
    ]


def _moved_across(samples: Samples, i: int) -> float:
    """Metres across the hole behind a sample, from the known places nearest to it; else NaN."""
    near = samples.take(np.arange(max(i - NEAREST + 1, 0), min(i + 1 + NEAREST, len(samples))))
    has_place = np.isfinite(near.latitude_deg) & np.isfinite(near.longitude_deg)
    is_before = near.time_s <= samples.time_s[i]
    for has_value in (has_place, np.isfinite(near.distance_m)):
        before, after = (
            np.flatnonzero(has_value & is_before),
            np.flatnonzero(has_value & ~is_before),
        )
        if before.size and after.size:
            return float(moved_between(near.take(np.array([before[-1], after[0]])))[0])
    return math.nan


def stood_through(samples: Samples) -> tuple[Pause, ...]:
    """Return the holes that were stood through, as far as the places at their ends show."""
    ran_s = running_step_s(samples)
    return tuple(
        hole.pause("gap", hole.stood_s(ran_s))
        for hole in holes(samples)
        if hole.length_s >= STOOD_S and hole.moved_m < STOOD_MPS * hole.length_s
    )


def at_breaks(samples: Samples, resumed_at_s: Iterable[float]) -> tuple[Pause, ...]:
    """
    Return the holes at which the file begins a new part: the runner stopped the timer.

    What was moved meanwhile, on foot or on a ferry, does not matter. Only a short hole
    that was crossed at the runner's own speed is none: there the positions were lost.

    Parameters
    ----------
    samples : Samples
        In order.
    resumed_at_s : iterable of float
        Times of the first records of the parts, on the clock of the samples [s].
    """
    first_s = float(samples.time_s[0])
    resumed_s = np.array(sorted(at_s - first_s for at_s in resumed_at_s))
    ran_s = running_step_s(samples)
    pauses = []
    for hole in holes(samples):
        i = int(np.searchsorted(resumed_s, hole.start_s, side="right"))
        is_break = i < resumed_s.size and resumed_s[i] <= hole.end_s + ran_s
        if is_break and not _was_run_through(hole, samples):
            pauses.append(hole.pause("runner", hole.stood_s(ran_s)))
    return tuple(pauses)


def _was_run_through(hole: Hole, samples: Samples) -> bool:
    """Whether a short hole was crossed at the speed of the minutes around it."""
    if hole.length_s > LOST_S or not np.isfinite(hole.moved_m):
        return False
    elapsed_s = samples.time_s - samples.time_s[0]
    before = (elapsed_s >= hole.start_s - AROUND_S) & (elapsed_s <= hole.start_s)
    after = (elapsed_s >= hole.end_s) & (elapsed_s <= hole.end_s + AROUND_S)
    ways = [way_between(samples.take(side)) for side in (before, after)]
    spans_s = [float(np.ptp(elapsed_s[side])) for side in (before, after)]
    if sum(spans_s) <= 0:
        return False
    own_mps = sum(ways) / sum(spans_s)
    return abs(hole.moved_m / hole.length_s - own_mps) <= LOST_SHARE * own_mps


def together(*kinds: tuple[Pause, ...]) -> tuple[Pause, ...]:
    """Put pauses in order; where two overlap, that of the kind named first stays."""
    kept: list[Pause] = []
    for pauses in kinds:
        kept += [p for p in pauses if not any(_overlap(p, other) for other in kept)]
    return tuple(sorted(kept, key=lambda p: p.span.start_s))


def _overlap(one: Pause, other: Pause) -> bool:
    """Whether two pauses share any time."""
    return one.span.start_s < other.span.end_s and other.span.start_s < one.span.end_s


def by_own_timer(
    samples: Samples,
    pauses: tuple[Pause, ...],
    said_s: float | None,
    *,
    are_exact: bool,
) -> tuple[tuple[Pause, ...], tuple[RecordingWarning, ...]]:
    """
    Hold pauses against the timer of the device itself.

    Where its timer ran for less, and a hole (or all of them together) is as long as
    what is missing, that hole is a pause. What cannot be explained is told.

    Parameters
    ----------
    samples : Samples
        In order.
    pauses : tuple of Pause
        As found, on the elapsed clock.
    said_s : float or None
        How long the device says its timer ran; what cannot be is not believed [s].
    are_exact : bool
        The file says when the timer was stopped and started. Else it ran in each hole
        for as long as makes its sum right, if that is a step or less.
    """
    elapsed_s = float(samples.time_s[-1] - samples.time_s[0])
    timer_s = elapsed_s - sum(p.span.duration_s for p in pauses)
    near_s = AGREE_S + AGREE_PER_PAUSE_S * len(pauses)
    steps_s = np.diff(samples.time_s)
    covered_s = float(steps_s[steps_s <= 2 * usual_step_s(samples)].sum())
    if said_s is None or not covered_s / 2 <= said_s <= elapsed_s + near_s:
        return pauses, ()
    missing_s = timer_s - said_s
    if pauses and not are_exact and abs(missing_s) <= usual_step_s(samples) * len(pauses):
        return _longer(pauses, missing_s / len(pauses)), ()
    if abs(missing_s) <= near_s:
        return pauses, ()
    facts = {"said": clock_text(said_s), "recorded": clock_text(timer_s)}
    explaining = _explaining(holes(samples), pauses, missing_s, usual_step_s(samples))
    if not explaining:
        return pauses, (RecordingWarning("TIMER_DISAGREES", "unexplained", facts),)
    warning = RecordingWarning("TIMER_DISAGREES", "explained", {**facts, "count": len(explaining)})
    return together(pauses, explaining), (warning,)


def _longer(pauses: tuple[Pause, ...], by_s: float) -> tuple[Pause, ...]:
    """Let each pause begin so much earlier, as far as the one before has ended."""
    longer: list[Pause] = []
    for pause in pauses:
        earliest_s = longer[-1].span.end_s if longer else 0.0
        start_s = min(max(pause.span.start_s - by_s, earliest_s), pause.span.end_s)
        longer.append(Pause(Span(start_s, pause.span.end_s), pause.by))
    return tuple(longer)


def _explaining(
    candidates: list[Hole], pauses: tuple[Pause, ...], missing_s: float, step_s: float
) -> tuple[Pause, ...]:
    """
    Return the holes that are as long together as what the timer is short of, as pauses.

    At either end of each hole the timer may have run for a step of records.
    """
    free = [h for h in candidates if not any(_overlap(h.pause("gap"), p) for p in pauses)]
    for group in (free, *([hole] for hole in free)):
        slack_s = AGREE_S + AGREE_PER_PAUSE_S * len(group)
        over_all_s = sum(h.length_s for h in group) - missing_s
        if group and -slack_s <= over_all_s <= slack_s + 2 * step_s * len(group):
            over_s = max(over_all_s, 0.0) / len(group)
            return tuple(h.pause("gap", h.length_s - over_s) for h in group)
    return ()
