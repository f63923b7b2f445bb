"""The timer of a watch: its pauses, who made them, and what was recorded behind its last stop."""

from datetime import UTC, datetime

import pytest

from analyzer.parsers.device_clock import DeviceClock
from analyzer.parsers.fit.part import Message, Part
from analyzer.parsers.fit.timer import (
    EVENT,
    TimerEvent,
    timer_events,
    timer_of,
    timer_pauses,
    without_trailing,
)
from analyzer.parsers.samples import samples_of

EPOCH = datetime.fromtimestamp(0, UTC)


def event(at_s, kind, trigger="manual", name="timer"):
    """Make a message as a watch writes it, at a second of 1970."""
    names = {"event": name, "event_type": kind, "timer_trigger": trigger}
    return Message(EVENT, {253: datetime.fromtimestamp(at_s, UTC)}, names)


def run_of(count, **columns):
    """Make so many seconds of samples, from second 100 on."""
    return samples_of([100.0 + i for i in range(count)], columns)


def stop(at_s, by="runner"):
    """Stop the timer."""
    return TimerEvent(at_s, is_start=False, by=by)


def start(at_s):
    """Start the timer."""
    return TimerEvent(at_s, is_start=True, by="runner")


def pauses(samples, *events):
    """Return pauses as (start, end, by)."""
    made = timer_pauses(samples, timer_of(samples, list(events)), list(events), ())
    return [(p.span.start_s, p.span.end_s, p.by) for p in made]


def test_events_come_in_order_of_time_and_say_who():
    """Only those of the timer; any kind of stop is one; "auto" is the watch."""
    messages = [
        event(30, "stop_all", "auto"),
        event(10, "start"),
        event(20, "stop", name="workout"),
        event(40, "marker"),
        event(20, "stop_disable_all"),
    ]
    assert timer_events(Part(messages={EVENT: messages}), DeviceClock()) == [
        start(10),
        stop(20),
        stop(30, "watch"),
    ]


def test_an_event_without_a_time_is_none():
    """It cannot be laid anywhere."""
    message = Message(EVENT, {}, {"event": "timer", "event_type": "start"})
    assert timer_events(Part(messages={EVENT: [message]}), DeviceClock()) == []


def test_a_pause_is_from_a_stop_to_the_next_start():
    """On the elapsed clock, which begins with the first record at 100; a second stop is no news."""
    samples = run_of(60)
    assert pauses(samples, start(100), stop(120, "watch"), stop(125), start(130)) == [
        (20, 30, "watch")
    ]


def test_a_pause_lies_within_the_records():
    """Stopped before the first record; a stop without a start is the end, not a pause."""
    samples = run_of(60)
    assert pauses(samples, stop(90), start(110), stop(150)) == [(0, 10, "runner")]
    assert pauses(samples, stop(300), start(400)) == []


def test_without_any_stop_holes_in_the_records_are_pauses():
    """A hole of 30 s in which nobody moved."""
    samples = samples_of([0, 1, 31, 32], {"distance_m": [0, 4, 5, 9]})
    assert pauses(samples, start(0)) == [(2, 31, "gap")]  # the first second of it was run


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ([start(100), stop(197)], 99),  # 100 to 198: a second of grace behind the stop
        ([start(100), stop(197), stop(199)], 99),  # from the first of the last stops on
        ([start(100), stop(150)], 100),  # half of the run behind the last stop: not believed
        ([start(100), stop(190), start(195)], 100),  # started again
        ([], 100),
    ],
)
def test_what_was_recorded_behind_the_last_stop_is_left_out_if_it_is_little(events, left):
    """Less than a twentieth of 100 records."""
    samples = run_of(100)
    assert len(without_trailing(samples, timer_of(samples, events))) == left
