"""How whoever reads can overrule where the blocks are: by options, or by what a page has for it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal

from analyzer.report.language import noted, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from analyzer.model.alignment import NoteCode

Hand = Literal["options", "fields", "another page"]
"""What a reader has at hand: a command line, fields beside the report, or a page elsewhere."""

_HAND: ContextVar[Hand] = ContextVar("hand", default="options")

ELSEWHERE = noted("drop its file on the review page to say otherwise")

WAYS: Mapping[Hand, Mapping[NoteCode, str]] = {
    "options": {
        "LATER_START": noted("--start 0:00 takes the start of the recording instead"),
        "START_DOUBTFUL": noted(
            "if the recording began early, say when block 1 began with --start"
        ),
        "AMBIGUOUS_START": noted(
            "Did the recording begin before block 1? --start {start} settles it"
        ),
        "STARTED_LATE": noted(
            "Was the watch started late? Yes is --start -{late}, no is --start 0:00"
        ),
        "PRESSES_NOT_USED": noted("--match laps goes by the button all the same"),
    },
    "fields": {
        "LATER_START": noted("say 0:00 below to take the start of the recording instead"),
        "START_DOUBTFUL": noted("if the recording began early, say below when block 1 began"),
        "AMBIGUOUS_START": noted("Did the recording begin before block 1? Choose above"),
        "STARTED_LATE": noted("Was the watch started late? Choose above"),
        "PRESSES_NOT_USED": noted("choose the lap button below to go by it all the same"),
    },
    "another page": {
        "LATER_START": ELSEWHERE,
        "START_DOUBTFUL": ELSEWHERE,
        "AMBIGUOUS_START": noted("Drop its file on the review page to settle it"),
        "STARTED_LATE": noted("Drop its file on the review page to settle it"),
        "PRESSES_NOT_USED": ELSEWHERE,
    },
}
"""What settles a note, by what is at hand; notes that nothing settles are not here."""

PLACED: Mapping[Hand, str] = {
    "options": noted("{basis} (confidence {confidence}); --match and --start overrule it."),
    "fields": noted("{basis} (confidence {confidence}); you can overrule it below."),
    "another page": noted("{basis} (confidence {confidence})."),
}

DOUBT: Mapping[Hand, str] = {
    "options": noted(
        "The recording may have begun before block 1: say when with --start, or this may be wrong."
    ),
    "fields": noted(
        "The recording may have begun before block 1: say when below, or this may be wrong."
    ),
    "another page": noted(
        "The recording may have begun before block 1; if it did, this may be wrong."
    ),
}
"""What a report opens with where block 1 may have begun later, and nobody knows when."""


@contextmanager
def at_hand(hand: Hand) -> Iterator[None]:
    """Make reports for a reader who has this at hand; left out, the options of a command line."""
    token = _HAND.set(hand)
    try:
        yield
    finally:
        _HAND.reset(token)


def way_out(code: NoteCode, **facts: str) -> str:
    """Say what settles a note; empty where nothing does."""
    words = WAYS[_HAND.get()].get(code)
    return say(words, **facts) if words else ""


def placed_by(basis: str, confidence: str) -> str:
    """Say what placed the blocks, how surely, and what overrules it."""
    return say(PLACED[_HAND.get()], basis=basis, confidence=confidence)


def doubt_of_the_start() -> str:
    """Say that block 1 may have begun later, and what to do about it."""
    return say(DOUBT[_HAND.get()])
