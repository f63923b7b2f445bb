"""The sentence at the top: the story in order of time, cause before effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.findings import finding_of, telling_of
from analyzer.report.findings.finding import Subject
from analyzer.report.findings.words import gain_and_loss
from analyzer.report.language import capital, noted, say
from analyzer.report.measures import size_text
from analyzer.report.naming import (
    Named,
    all_blocks,
    it_or_them,
    most_blocks,
    neighbours,
    the_block,
    where_in,
)
from analyzer.report.overruling import doubt_of_the_start
from analyzer.report.placing import on_which_start
from analyzer.report.story.story import START_DOUBTS, is_mostly_held, story_of
from analyzer.report.view import unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.findings import Flag
    from analyzer.model.review import Review, Word
    from analyzer.report.story.events import Event
    from analyzer.report.story.story import Probable, Story, Undecided, Unscored
    from analyzer.units import Unit

TWO_READINGS = noted("It is not certain when block 1 began.")
FAR: Word = "not the planned session"

NOT_SEEN = noted("The pace shows none of the plan's changes: was it this session?")
WATCH = noted("The watch was started late, or block 1 was cut short; the recording looks the same.")
"""What a report opens with where the placing of all blocks is doubtful."""

UNSURE = noted("No single fault is certain: the recording is too coarse for the plan's steps.")
"""What is said about a run far from its plan in which no finding is clear."""

WHY_UNSCORED: dict[Unscored, str] = {
    "other_sport": noted("Nothing is judged: the sport is {sport}, not running."),
    "other_speed": noted("Nothing is judged: most of this was ridden or driven, not run."),
    "no_pace": noted("Nothing to score: the plan gives no pace."),
    "no_block_run": noted("Nothing to score: no block of the plan was run."),
    "little_measured": noted("Nothing could be scored: too little was measured."),
    "little_run": noted("Nothing could be scored: too little of the plan was run."),
    "too_short": noted(
        "Nothing could be scored: the blocks are too short for a watch to know their pace."
    ),
    "slopes": noted("Nothing could be scored: slopes hide the pace."),
    "inexact": noted("Nothing could be scored: the distance is too inexact."),
}


def headline(review: Review, units: Unit | None = None) -> tuple[str, str]:
    """
    Tell the run in one honest sentence, and what it cost in a second one.

    In order of time, cause before effect; clear findings first, possible ones
    only where nothing is clear. A stop is always named, as the session is meant
    to be continuous. Where the start of block 1 is doubtful, that is said too:
    then every block may lie elsewhere.

    Returns
    -------
    sentence : str
        "Held the first two blocks, forced the third 14 s/km too fast, and blew
        up in the last."
    follow_up : str
        "That gained 38 s; what followed lost 57 s."; may be empty.
    """
    unit = unit_of(review, units)
    subject, story = Subject(review, unit), story_of(review, unit)
    first, second = _first_sentences(story, subject)
    before = doubt_of_the_start() if "START_DOUBTFUL" in story.doubts else ""
    after = say(TWO_READINGS) if "AMBIGUOUS_START" in story.doubts else ""
    after = say(WATCH) if "STARTED_LATE" in story.doubts else after
    if _is_another_session(story, review):
        first, second = say(NOT_SEEN), f"{first} {second}".strip()
    return first, " ".join(part for part in (before, second, after) if part)


def _is_another_session(story: Story, review: Review) -> bool:
    """Whether a run is far from a plan that its pace does not show, though it came to a change."""
    begun = [b for b in review.blocks if b.status in ("run", "truncated")]
    is_far = review.score.word == FAR and len(begun) > 1
    return is_far and "PLAN_NOT_SEEN" in story.doubts


def _first_sentences(story: Story, subject: Subject) -> tuple[str, str]:
    """Return the sentence and what follows it, but for doubts about the start."""
    review = subject.review
    happened = _clauses(story, subject)
    stood = _stood(story.stops, review)
    if story.unscored is not None:
        if not happened:
            return why_unscored(story.unscored, review), f"{capital(stood)}." if stood else ""
        return why_unscored(story.unscored, review), _joined(happened, stood)
    if happened:
        after = gain_and_loss(story.cost)
        if story.probable is not None:
            unsure = say(UNSURE)
            after = f"{_probably(story.probable, review)} {unsure}"
        return _joined(happened, stood), after
    return _nothing_clear(story, subject, stood)


def _nothing_clear(story: Story, subject: Subject, stood: str) -> tuple[str, str]:
    """Return both sentences of a run in which nothing but standing is clear."""
    review = subject.review
    if story.undecided is not None:
        return _undecided(story.undecided, review), ""
    if story.probable is not None:
        is_by_the_start = any(code in START_DOUBTS for code in story.doubts)
        return _probably(story.probable, review), "" if is_by_the_start else say(UNSURE)
    held = _all_held(story, review)
    if stood:
        return say("{held}, but {stood}.", held=held, stood=stood), ""
    return f"{held}.", perhaps_text(story, subject)


def why_unscored(reason: Unscored, review: Review) -> str:
    """Say why there is no score."""
    sport = (review.activity.sport or "").replace("_", " ")
    return say(WHY_UNSCORED[reason], sport=sport)


def _all_held(story: Story, review: Review) -> str:
    """Say that all blocks were held, or mostly, and how certain that is; without a full stop."""
    named = all_blocks(review)._asdict()
    if story.stops:
        held = say("held the pace of {blocks}", **named)
    elif is_mostly_held(review):
        held = say("mostly held {blocks}", **named)
    else:
        held = say("held {blocks}", **named)
    condition = on_which_start(review)
    if condition:
        held = say("{held}, {condition}", held=held, condition=condition)
    elif story.is_unsure:
        held = say("{held}, as far as the recording shows", held=held)
    return capital(held)


def _undecided(undecided: Undecided, review: Review) -> str:
    """Say what may have happened, and what was held before."""
    text, first = undecided_text(undecided), held_first(review)
    if first is None:
        return f"{capital(text)}."
    return capital(say("held {blocks}; then {text}.", **first._asdict(), text=text))


def held_first(review: Review) -> Named | None:
    """Name the blocks that were held before anything else happened; None if there are none."""
    count = 0
    while count < len(review.blocks) and review.blocks[count].verdict == "held":
        count += 1
    if count in (0, len(review.blocks)):
        return None
    return neighbours(review, 1, count, with_noun=True)


def undecided_text(undecided: Undecided) -> str:
    """Say what may have happened, and that it is not known."""
    if undecided == "either":
        return say("a block was left out, or the pace collapsed: the recording fits both")
    return say("a block may have been left out, but the recording cannot say for sure")


def _probably(probable: Probable, review: Review) -> str:
    """Say what was probably wrong."""
    if probable.what == "no_steps":
        return say("Probably missed most of the steps up.")
    if probable.what == "astray":
        return say("Strayed from the plan in both directions.")
    named = probable_blocks(probable, review)
    size = "" if probable.size is None else size_text(probable.size)
    facts = {**named._asdict(), "size": size}
    if probable.what == "too_fast":
        return (
            say("Probably ran {blocks} {size} too fast.", **facts)
            if size
            else say("Probably ran {blocks} too fast.", **facts)
        )
    return (
        say("Probably ran {blocks} {size} too slow.", **facts)
        if size
        else say("Probably ran {blocks} too slow.", **facts)
    )


def probable_blocks(probable: Probable, review: Review) -> Named:
    """Name the blocks that were probably off."""
    return all_blocks(review) if probable.is_all else most_blocks()


def _stood(stops: Sequence[Flag], review: Review) -> str:
    """Say where the runner stood: ``stood 54 s in the third block and 18 s in the fourth``."""
    if not stops:
        return ""
    from analyzer.report.findings.stopped import standing_text  # only a run with stops needs it

    listed = ""
    for i, flag in enumerate(stops):
        where = where_in(review, flag.block or 0, with_noun=i == 0)
        place = say("{time} {where}", time=standing_text(flag), where=where)
        if i == 0:
            listed = place
        elif i < len(stops) - 1:
            listed = say("{places}, {place}", places=listed, place=place)
        else:
            listed = say("{places} and {place}", places=listed, place=place)
    return say("stopped for {places}", places=listed)


class _Clause(Struct, frozen=True):
    """One part of the sentence; ``is_good`` where it tells of blocks that were held."""

    text: str
    is_good: bool


def _clauses(story: Story, subject: Subject) -> list[_Clause]:
    """Say each event in a clause, the first one with the word "block"."""
    clauses: list[_Clause] = []
    before: Event | None = None
    for event in story.events:
        named = Named("", "")
        if event.blocks:
            is_same = before is not None and before.blocks == event.blocks
            named = (
                it_or_them(len(event.blocks))
                if is_same
                else neighbours(
                    subject.review,
                    event.blocks[0].index,
                    event.blocks[-1].index,
                    with_noun=before is None or not before.blocks,
                )
            )
        text = telling_of(event.code).clause(event, named, subject)
        clauses.append(_Clause(text, event.code == "HELD"))
        before = event
    return clauses


def _joined(clauses: list[_Clause], stood: str) -> str:
    """Join clauses to one sentence in order of time; standing comes last, whenever it was."""
    opening, *following = clauses
    text = opening.text
    for clause in following[:-1]:
        text = say("{clauses}, {clause}", clauses=text, clause=clause.text)
    if following:
        facts = {"clauses": text, "clause": following[-1].text}
        if following[-1].is_good:
            text = say("{clauses}, then {clause}", **facts)
        elif len(clauses) == 2 and opening.is_good:
            text = say("{clauses}, but {clause}", **facts)
        elif stood:  # the last "and" is its own
            text = say("{clauses}, {clause}", **facts)
        else:
            text = say("{clauses}, and {clause}", **facts)
    if stood:
        text = say("{clauses}, and {clause}", clauses=text, clause=stood)
    return f"{capital(text)}."


def perhaps_text(story: Story, subject: Subject, block: str | None = None) -> str:
    """
    Word the most telling of the possible findings as such; empty if there is none.

    Parameters
    ----------
    story : Story
        With its ``perhaps``.
    subject : Subject
        The review.
    block : str, optional
        What to call its block; left out: ``The third block``.
    """
    event = story.perhaps
    if event is None or event.flag is None:
        return ""
    flag = event.flag
    named = block or ("" if flag.block is None else the_block(subject.review, flag.block))
    words = finding_of(flag.code).perhaps(flag)
    perhaps = say(words, block=named)
    return say("{perhaps}; the recording cannot say for sure.", perhaps=perhaps)
