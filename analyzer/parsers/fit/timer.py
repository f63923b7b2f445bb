"""What the timer of the watch did: pauses, and records behind its last stop."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from analyzer.model.activity import Pause, Span
from analyzer.parsers.fit.values import seconds
from analyzer.parsers.records import gap_pauses
from analyzer.parsers.steps_between import moved_between

if TYPE_CHECKING:
    from analyzer.model.activity import PausedBy
    from analyzer.parsers.fit.part import Part
    from analyzer.parsers.samples import Samples

EVENT = 21
"""Global message number."""

TRIM_LOSS = 0.05
"""Records behind the last stop are left out only if they are fewer than this share."""


class TimerEvent(NamedTuple):
    """The timer was started or stopped."""

    at_s: float
    is_start: bool
    by: PausedBy


def timer_events(part: Part) -> list[TimerEvent]:
    """Return the starts and stops of the timer in order of time."""
    found = []
    for message in part.of(EVENT):
        names = message.names
        if names.get("event") != "timer":
            continue
        kind = str(names.get("event_type"))
        if kind != "start" and not kind.startswith("stop"):
            continue
        by: PausedBy = "watch" if names.get("timer_trigger") == "auto" else "runner"
        at_s = seconds(message.fields.get(253))
        if math.isfinite(at_s):
            found.append(TimerEvent(at_s, kind == "start", by))
    return sorted(found, key=lambda e: e.at_s)


def without_trailing(samples: Samples, events: list[TimerEvent]) -> Samples:
    """Leave out what was recorded after the timer was stopped for good."""
    if not events or events[-1].is_start:
        return samples
    last_stop = next(
        e for i, e in enumerate(events) if all(not later.is_start for later in events[i:])
    )
    inside = samples.time_s <= last_stop.at_s + 1.0
    lost = 1 - inside.mean()
    return samples.take(inside) if 0 < lost < TRIM_LOSS and inside.sum() > 1 else samples


def timer_pauses(samples: Samples, events: list[TimerEvent]) -> tuple[Pause, ...]:
    """Return pauses from each stop to the next start; without events by the gap rule."""
    if not any(not e.is_start for e in events):
        return gap_pauses(samples, moved_between(samples))
    first_s, last_s = float(samples.time_s[0]), float(samples.time_s[-1])
    pauses: list[Pause] = []
    stopped: TimerEvent | None = None
    for event in events:
        if event.is_start and stopped is not None:
            start_s = min(max(stopped.at_s, first_s), last_s) - first_s
            end_s = min(max(event.at_s, first_s), last_s) - first_s
            if end_s > start_s:
                pauses.append(Pause(Span(start_s, end_s), stopped.by))
            stopped = None
        elif not event.is_start and stopped is None:
            stopped = event
    return tuple(pauses)
