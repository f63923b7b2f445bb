"""Notes on the placing of the blocks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import noted, say
from analyzer.report.overruling import way_out
from analyzer.units import clock_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.alignment import AlignmentNote, NoteCode, Reading
    from analyzer.model.review import Review

WORDS: dict[NoteCode, str] = {
    "LATER_START": noted("block 1 starts at {time}, where the pace begins to fit the plan; {way}"),
    "START_DOUBTFUL": noted(
        "the pace fits a later start of block 1 better than the start of the recording; {way}"
    ),
    "AMBIGUOUS_START": noted(
        "the pace does not show when block 1 began: {readings}; the range of the score covers "
        "both, and only what holds in both is called clear. {way}"
    ),
    "STARTED_LATE": noted(
        "every change and the end come about {late} early: the watch was started that late, or "
        "block 1 was cut short, which makes the same recording: {readings}; the range of the "
        "score covers both, and only what holds in both is called clear. {way}"
    ),
    "PLAN_NOT_SEEN": noted(
        "the pace shows none of the plan's changes, so nothing is said about when they were "
        "made; if that is a surprise, check whether it is the right plan"
    ),
    "CHANGES_NOT_SOUGHT": noted(
        "plan and recording together are too long to look for where the pace was really changed"
    ),
    "PRESSES_NOT_USED": noted(
        "the lap button was pressed, but not where the plan changes, so the clock places the "
        "blocks; {way}"
    ),
}

BY_A_PRESS = noted("block 1 starts at {time}, where the lap button was pressed")


def note_of_placing(note: AlignmentNote) -> str:
    """Say something a reader must know about where the blocks lie; no capital, no full stop."""
    words = BY_A_PRESS if note.by == "press" else WORDS[note.code]
    time = "" if note.start_s is None else clock_text(note.start_s)
    late = late_text(note)
    latest_s = max((r.start_s for r in note.readings), default=0.0)
    return say(
        words,
        time=time,
        late=late,
        readings=_readings(note.readings),
        way=way_out(note.code, late=late, start=clock_text(latest_s)),
    )


def late_text(note: AlignmentNote) -> str:
    """Return by how much a watch may have been started late: ``3:00``; ``0:00`` for the rest."""
    return clock_text(max(0.0, -(note.start_s or 0.0)))


def on_which_start(review: Review) -> str:
    """
    Say by which start what is told was held, where another would have another word for the score.

    ``if the watch was started late``; empty where no start makes a difference.
    """
    readings = [reading for note in review.alignment.notes for reading in note.readings]
    if not readings or review.score.word is not None:
        return ""
    # The one that has most points is told, see `analyzer.review.readings`.
    told_s = max(readings, key=lambda reading: reading.score or 0.0).start_s
    if told_s < 0:
        return say("if the watch was started late")
    if told_s == 0:
        return say("if block 1 began with the recording")
    return say("if block 1 began at {time}", time=clock_text(told_s))


def _readings(readings: tuple[Reading, ...]) -> str:
    """Say what each start of block 1 would give: ``96 with block 1 from 0:00 and ...``."""
    if not readings:
        return ""
    scores = [_reading(r) for r in readings]
    if len(scores) == 1:
        return scores[0]
    return say("{first} and {second}", first=", ".join(scores[:-1]), second=scores[-1])


def _reading(reading: Reading) -> str:
    """Say what one start of block 1 would give."""
    score = say("no score") if reading.score is None else f"{round_half_up(reading.score):.0f}"
    if reading.start_s < 0:
        time = clock_text(-reading.start_s)
        return say("{score} with block 1 begun {time} before the recording", score=score, time=time)
    time = clock_text(reading.start_s)
    return say("{score} with block 1 from {time}", score=score, time=time)
