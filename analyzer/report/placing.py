"""Notes on the placing of the blocks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import noted, say
from analyzer.units import clock_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.alignment import AlignmentNote, NoteCode, Reading

WORDS: dict[NoteCode, str] = {
    "LATER_START": noted(
        "block 1 starts at {time}, where the pace begins to fit the plan; "
        "--start 0:00 takes the start of the recording instead"
    ),
    "START_DOUBTFUL": noted(
        "the pace fits a later start of block 1 better than the start of the recording; "
        "if the recording began early, say when block 1 began with --start"
    ),
    "AMBIGUOUS_START": noted(
        "the pace does not show when block 1 began: {readings}; the higher counts, "
        "--start settles it"
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
        "blocks; --match laps goes by the button all the same"
    ),
}

BY_A_PRESS = noted("block 1 starts at {time}, where the lap button was pressed")


def note_of_placing(note: AlignmentNote) -> str:
    """Say something a reader must know about where the blocks lie; no capital, no full stop."""
    words = BY_A_PRESS if note.by == "press" else WORDS[note.code]
    time = "" if note.start_s is None else clock_text(note.start_s)
    return say(words, time=time, readings=_readings(note.readings))


def _readings(readings: tuple[Reading, ...]) -> str:
    """Say what each start of block 1 would give: ``96 with block 1 from 0:00 and ...``."""
    if not readings:
        return ""
    scores = [
        say(
            "{score} with block 1 from {time}",
            score=say("no score") if r.score is None else f"{round_half_up(r.score):.0f}",
            time=clock_text(r.start_s),
        )
        for r in readings
    ]
    if len(scores) == 1:
        return scores[0]
    return say("{first} and {second}", first=", ".join(scores[:-1]), second=scores[-1])
