"""The story in sentences to the runner, each with what it is about: some may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.findings import telling_of
from analyzer.report.findings.words import run_paces
from analyzer.report.headline import held_first, probable_blocks, undecided_text
from analyzer.report.language import capital, say, say_n
from analyzer.report.measures import joined, size_text
from analyzer.report.naming import all_blocks
from analyzer.report.placing import on_which_start
from analyzer.report.story.story import is_mostly_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.review import Review
    from analyzer.report.findings.finding import Subject
    from analyzer.report.story.events import Event
    from analyzer.report.story.story import Probable, Story, Undecided

GREETING, SCORE, DOUBT, FAULT, COST, STOP, UNSURE, WORDS, KIND, NEXT, HELD, MORE = range(12)
"""What sentences are about."""


class Line(Struct, frozen=True):
    """One sentence: what it is about, its paragraph, and its place in there."""

    about: int
    paragraph: int
    text: str
    place: int = 0


def in_order(story: Story, subject: Subject) -> list[Line]:
    """Tell the run in order of time."""
    if story.unscored is None and not story.events:
        return _nothing_clear(story, subject)
    happened = [
        Line(
            HELD if event.code == "HELD" else FAULT,
            3,
            telling_of(event.code).sentence(event, subject),
        )
        for event in story.events
    ]
    probable = () if story.probable is None else _nothing_clear(story, subject)
    return [*happened, *probable]


def _nothing_clear(story: Story, subject: Subject) -> list[Line]:
    """Tell of a run without a clear fault: that it was held, or what was probably wrong."""
    if story.undecided is not None:
        return [Line(FAULT, 3, _undecided(story.undecided, subject.review))]
    if story.probable is not None:
        return [Line(FAULT, 3, _probably(story.probable, subject.review))]
    return [Line(FAULT, 3, _all_held(story, subject))]


def _undecided(undecided: Undecided, review: Review) -> str:
    """Say what may have happened, and what was held before."""
    text, first = undecided_text(undecided), held_first(review)
    if first is None:
        return f"{capital(text)}."
    return capital(say("you held {blocks}; then {text}.", **first._asdict(), text=text))


def _all_held(story: Story, subject: Subject) -> str:
    """Say that all blocks were held, or mostly, and how far that is certain."""
    review = subject.review
    blocks = [b for b in review.blocks if b.verdict == "held"]
    paces = run_paces(blocks, subject.unit)
    facts = {**all_blocks(review)._asdict(), "paces": f"{paces} /{subject.unit}" if paces else ""}
    if story.stops:
        held = (
            say("You held the pace of {blocks} at {paces}", **facts)
            if paces
            else say("You held the pace of {blocks}", **facts)
        )
    elif is_mostly_held(review):
        held = (
            say("You mostly held {blocks} at {paces}", **facts)
            if paces
            else say("You mostly held {blocks}", **facts)
        )
    else:
        held = (
            say("You held {blocks} at {paces}", **facts)
            if paces
            else say("You held {blocks}", **facts)
        )
    condition = on_which_start(review)
    if condition:
        return say("{held}, {condition}.", held=held, condition=condition)
    if story.is_unsure:
        return say("{held}, as far as the recording shows.", held=held)
    return f"{held}."


def _probably(probable: Probable, review: Review) -> str:
    """Say to the runner what was probably wrong, where nothing is clear."""
    if probable.what == "no_steps":
        return say("You probably missed most of the steps up.")
    if probable.what == "astray":
        return say("You strayed from the plan in both directions.")
    size = "" if probable.size is None else size_text(probable.size)
    facts = {**probable_blocks(probable, review)._asdict(), "size": size}
    if probable.what == "too_fast":
        return (
            say("You probably ran {blocks} {size} too fast.", **facts)
            if size
            else say("You probably ran {blocks} too fast.", **facts)
        )
    return (
        say("You probably ran {blocks} {size} too slow.", **facts)
        if size
        else say("You probably ran {blocks} too slow.", **facts)
    )


def listed(events: Sequence[Event], most: int) -> list[Line]:
    """Tell what happened by kind alone: the blocks listed, or only counted where they are many."""
    lines = []
    for code in dict.fromkeys(event.code for event in events):
        blocks = sorted({b.index for e in events if e.code == code for b in e.blocks})
        what = say(telling_of(code).brief)
        text = f"{what}." if not blocks else say(
            "{what}: {blocks}.", what=what, blocks=_numbers(blocks, most)
        )  # fmt: skip
        lines.append(Line(HELD if code == "HELD" else FAULT, 3, text))
    return lines


def _numbers(blocks: Sequence[int], most: int) -> str:
    """List blocks by their numbers: ``blocks 2 to 5``; count them where they are many."""
    if len(blocks) > most:
        return say_n("{n} block", "{n} blocks", len(blocks))
    is_run = len(blocks) > 2 and blocks[-1] - blocks[0] == len(blocks) - 1
    numbers = (
        say("{first} to {last}", first=blocks[0], last=blocks[-1])
        if is_run
        else joined([str(b) for b in blocks])
    )
    return say_n("block {listed}", "blocks {listed}", len(blocks), listed=numbers)
