"""What the timer of the watch did: pauses, and records behind its last stop."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.activity import Pause, Span
from analyzer.parsers.fit.values import seconds
from analyzer.parsers.pauses import at_breaks, holes, running_step_s, stood_through, together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.model.activity import PausedBy
    from analyzer.parsers.device_clock import DeviceClock
    from analyzer.parsers.fit.part import Part
    from analyzer.parsers.samples import Samples

EVENT = 21
"""Global message number."""

NEAR_S = 3.0
"""A watch may write on for so long after a stop, and begin so long before a start [s]."""

GOES_ON_S = 10.0
"""What is recorded behind a hole for at least so long is the run going on [s]."""

TRIM_LOSS = 0.05
"""Records behind the last stop are left out only if they are fewer than this share."""


class TimerEvent(Struct, frozen=True):
    """The timer was started or stopped."""

    at_s: float
    is_start: bool
    by: PausedBy


def timer_events(part: Part, clock: DeviceClock) -> list[TimerEvent]:
    """Return the starts and stops of the timer in order of time, on the repaired clock."""
    found: list[TimerEvent] = []
    for message in part.of(EVENT):
        names = message.names
        if names.get("event") != "timer":
            continue
        kind = str(names.get("event_type"))
        if kind != "start" and not kind.startswith("stop"):
            continue
        by: PausedBy = "watch" if names.get("timer_trigger") == "auto" else "runner"
        since_s = found[-1].at_s if found else -math.inf
        at_s = clock.put_right(seconds(message.fields.get(253)), since_s)
        if math.isfinite(at_s):
            found.append(TimerEvent(at_s, kind == "start", by))
    return sorted(found, key=lambda e: e.at_s)


class Timer(Struct, frozen=True):
    """
    What the events say of the timer.

    Parameters
    ----------
    pauses : tuple of Pause
        On the elapsed clock, in order.
    stopped_at_s : float or None
        When it was stopped for good, on the clock of the records; None if it was not.
    """

    pauses: tuple[Pause, ...] = ()
    stopped_at_s: float | None = None
    is_exact: bool = True
    """Each pause has its stop and its start."""


def timer_of(samples: Samples, events: list[TimerEvent]) -> Timer:
    """
    Follow the timer through its starts and stops.

    From a stop to the next start it stood. A file may have lost one of the two, as
    those that were written anew by another program: a stop with a hole behind it, after
    which the run goes on, lasts to the end of the hole; a start at the end of a hole
    ends a pause that began with it. A stop that nothing follows is the end; one behind
    which the records go on as before was none.

    Parameters
    ----------
    samples : Samples
        In order.
    events : list of TimerEvent
        In order of time.
    """
    follow = _Following(samples)
    for event in events:
        follow.take(event)
    follow.resume_before(math.inf)
    stopped = follow.stopped
    stopped_at_s = None if stopped is None else stopped.at_s
    has_stops = any(not event.is_start for event in events)
    return Timer(tuple(follow.pauses), stopped_at_s, follow.is_exact and has_stops)


class _Following:
    """The timer as it was followed so far; times on the clock of the records."""

    def __init__(self, samples: Samples) -> None:
        self.first_s, self.last_s = float(samples.time_s[0]), float(samples.time_s[-1])
        self.holes = holes(samples)
        self.ran_s = running_step_s(samples)
        self.pauses: list[Pause] = []
        self.stopped: TimerEvent | None = None
        self.is_exact = True

    def take(self, event: TimerEvent) -> None:
        """Take the next event."""
        if event.is_start:
            self._start(event)
            return
        self.resume_before(event.at_s)
        if self.stopped is None:
            self.stopped = event

    def _start(self, event: TimerEvent) -> None:
        """End the pause; where no stop began one, it began with the hole before the start."""
        if self.stopped is not None:
            self._pause(self.stopped.at_s, event.at_s, self.stopped.by)
            self.stopped = None
            return
        for hole in self.holes:
            start_s, end_s = hole.start_s + self.first_s, hole.end_s + self.first_s
            if start_s + self.ran_s < event.at_s <= end_s + NEAR_S:
                at_s = min(event.at_s, end_s)
                self.is_exact = False
                self._pause(at_s - min(at_s - start_s, hole.stood_s(self.ran_s)), at_s, event.by)

    def resume_before(self, at_s: float) -> None:
        """Let a timer that was stopped run on behind the hole that follows, if the run does."""
        if self.stopped is None:
            return
        stop_s = self.stopped.at_s
        for hole in self.holes:
            start_s, end_s = hole.start_s + self.first_s, hole.end_s + self.first_s
            is_next = start_s <= stop_s + NEAR_S and stop_s < end_s
            if is_next and min(at_s, self.last_s) - end_s >= GOES_ON_S:
                self.is_exact = False
                stood_s = min(end_s - stop_s, hole.stood_s(self.ran_s))
                self._pause(stop_s, stop_s + stood_s, self.stopped.by)
                self.stopped = None
                return

    def _pause(self, start_s: float, end_s: float, by: PausedBy) -> None:
        """Add a pause, as far as it lies in the recording and behind those before it."""
        earliest_s = self.pauses[-1].span.end_s if self.pauses else 0.0
        start_s = max(min(max(start_s, self.first_s), self.last_s) - self.first_s, earliest_s)
        end_s = min(max(end_s, self.first_s), self.last_s) - self.first_s
        if end_s > start_s:
            self.pauses.append(Pause(Span(start_s, end_s), by))


def without_trailing(samples: Samples, timer: Timer) -> Samples:
    """Leave out what was recorded after the timer was stopped for good."""
    if timer.stopped_at_s is None:
        return samples
    inside = samples.time_s <= timer.stopped_at_s + 1.0
    lost = 1 - inside.mean()
    return samples.take(inside) if 0 < lost < TRIM_LOSS and inside.sum() > 1 else samples


def timer_pauses(
    samples: Samples, timer: Timer, events: list[TimerEvent], parts_at_s: Iterable[float]
) -> tuple[Pause, ...]:
    """
    Return the pauses the events tell; without a stop among them, what the holes show.

    Parameters
    ----------
    samples : Samples
        In order.
    timer : Timer
        From `timer_of`.
    events : list of TimerEvent
        What it was made of.
    parts_at_s : iterable of float
        When the files of a chain begin: between two of them the timer stood.
    """
    between = at_breaks(samples, parts_at_s)
    if any(not e.is_start for e in events):
        return together(timer.pauses, between)
    return together(timer.pauses, between, stood_through(samples))
