"""The coach's message: the story for the runner, 700 characters at most, nothing cut in two."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.report.advice import first_to_mend, next_time
from analyzer.report.findings import evidence_text, finding_of
from analyzer.report.findings.finding import Subject
from analyzer.report.findings.words import gain_and_loss
from analyzer.report.headline import perhaps_text, why_unscored
from analyzer.report.language import after_colon, decimal, noted, say
from analyzer.report.measures import seconds_text
from analyzer.report.message_lines import (
    COST,
    DOUBT,
    GREETING,
    HELD,
    KIND,
    MORE,
    NEXT,
    SCORE,
    STOP,
    UNSURE,
    WORDS,
    Line,
    in_order,
    listed,
)
from analyzer.report.people import effort, feeling_text, name_text, note_text
from analyzer.report.story.story import story_of
from analyzer.report.view import score_words, unit_of
from analyzer.safe_text import clean_text
from analyzer.structs import replace
from analyzer.units import clock_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.alignment import NoteCode
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from analyzer.report.story.story import Story
    from analyzer.units import Unit

MOST = 700
"""Characters of a message; a phone shows that many without scrolling much."""

SHORT_NOTE = 110
"""Up to here a runner's own words are quoted; longer ones are only thanked for [characters]."""

PLAN_NAME = 60
"""Longest name of a plan in a message [characters]."""

LISTED = 8
"""More blocks than this are counted and not listed."""

DROPPED = (MORE, KIND, HELD, COST)
"""What is left out, one sentence after the other, until the rest fits."""

DROPPED_AT_LAST = (*DROPPED, UNSURE, WORDS, NEXT, DOUBT, GREETING)
"""What is left out where the findings are already as short as they get; the rest always stays."""

DOUBTS: dict[NoteCode, str] = {
    "START_DOUBTFUL": noted(
        "If you pressed start early, tell me when block 1 began; then this will read differently."
    ),
    "AMBIGUOUS_START": noted("It is not certain when block 1 began, so all of this may shift."),
    "STARTED_LATE": noted(
        "Did you start your watch late? If not, you cut block 1 short: tell me, all of this may "
        "shift."
    ),
    "PLAN_NOT_SEEN": noted("Your pace shows none of the plan's changes: was it this session?"),
}


def render_message(review: Review, units: Unit | None = None, *, of_recording: bool = True) -> str:
    """
    Return a message to the runner, in the second person and without jargon.

    It tells the same story as every other form. What does not fit is left out by
    whole sentences, the least important first; where even the findings do not
    fit they are listed by kind.

    Parameters
    ----------
    review : Review
        What to tell.
    units : {'km', 'mi'}, optional
        Left out: the plan's.
    of_recording : bool
        Whether it says what the recording would not show; a sheet has that for the coach.

    Returns
    -------
    str
        At most 700 characters, no line feed at the end.
    """
    unit = unit_of(review, units)
    story, subject = story_of(review, unit), Subject(review, unit)
    story = story if of_recording else replace(story, hidden=None)
    around = [
        *_opening(story, review),
        *_doubts(story),
        *_remarks(review),
        *_closing(story, subject),
    ]
    message = _fitted([*around, *_stood(story, LISTED), *in_order(story, subject)], DROPPED)
    if len(message) <= MOST:
        return message
    brief = [*around, *_stood(story, LISTED), *listed(story.events, LISTED)]
    message = _fitted(brief, DROPPED)
    if len(message) <= MOST:
        return message
    briefest = [*around, *_stood(story, 0), *listed(story.events, 0)]
    message = _fitted(briefest, DROPPED_AT_LAST)
    return message if len(message) <= MOST else _paragraphs(_opening(story, review))


def _fitted(lines: list[Line], dropped: Sequence[int]) -> str:
    """Leave out sentences, the last of the least important kind first, until the rest fits."""
    for about in dropped:
        while len(_paragraphs(lines)) > MOST:
            last = next((line for line in reversed(lines) if line.about == about), None)
            if last is None:
                break
            lines = [line for line in lines if line is not last]
    return _paragraphs(lines)


def _paragraphs(lines: Sequence[Line]) -> str:
    """Make paragraphs of sentences."""
    ordered = sorted(lines, key=lambda line: (line.paragraph, line.place))
    paragraphs = groupby(ordered, key=lambda line: line.paragraph)
    return "\n\n".join(" ".join(line.text for line in group) for _, group in paragraphs)


def _opening(story: Story, review: Review) -> list[Line]:
    """Greet, and say the score with its range and word."""
    name, plan = name_text(review), clean_text(review.plan.name, PLAN_NAME)
    lines = [Line(GREETING, 0, say("Hi {name},", name=name))] if name else []
    score = review.score
    subject = plan or say("Your run")
    subject += " –" if subject[-1].isdigit() else ":"  # "to 3:30: 97 of 100" is hard to read
    if story.unscored is not None or score.low is None or score.high is None:
        why = "" if story.unscored is None else why_unscored(story.unscored, review)
        text = say("{run} no score this time. {why}", run=subject, why=why)
        return [*lines, Line(SCORE, 1, text.strip())]
    text = say(
        "{run} {score} of 100 ({low} to {high}), {word}.",
        run=subject,
        score=score_words(review)[0],
        low=f"{round_half_up(score.low):.0f}",
        high=f"{round_half_up(score.high):.0f}",
        word=score_words(review)[1],
    )
    return [*lines, Line(SCORE, 1, text)]


def _remarks(review: Review) -> list[Line]:
    """Refer to what the runner said."""
    note, hard, felt = note_text(review), effort(review), feeling_text(review)
    parts = []
    if note and len(note) <= SHORT_NOTE:
        parts.append(say("You wrote: “{note}”", note=note) + ("" if note[-1] in ".!?…" else "."))
    elif note:
        parts.append(say("Thank you for your note."))
    if hard is not None:
        shown = decimal(round_half_up(hard))
        parts.append(say("You rated the effort {effort} of 10.", effort=shown))
    elif felt:
        parts.append(say("On your watch you noted that you felt {word}.", word=felt))
    return [Line(WORDS, 4, " ".join(parts))] if parts else []


def _doubts(story: Story) -> list[Line]:
    """Say it where every block may lie elsewhere, or the plan is not in the run at all."""
    return [Line(DOUBT, 2, say(DOUBTS[code])) for code in story.doubts]


def _closing(story: Story, subject: Subject) -> list[Line]:
    """Say what it cost, something kind, what comes next, and what nobody can tell."""
    lines = []
    cost = "" if story.unscored else gain_and_loss(story.cost)
    if cost:
        lines.append(Line(COST, 3, cost, 1))
    kind = _kind(story, subject)
    if kind:
        lines.append(Line(KIND, 5, kind))
    suggestion = next_time(subject.review, subject.unit)
    if suggestion:
        text = say("Next time: {advice}", advice=after_colon(suggestion))
        lines.append(Line(NEXT, 6, text))
    return [*lines, *_small_stops(story), *_unsure(story, subject)]


def _kind(story: Story, subject: Subject) -> str:
    """Say something kind that is true of this run; nothing if it may not be this session."""
    if story.unscored is not None or "PLAN_NOT_SEEN" in story.doubts:
        return ""
    clear_flags = [f for f in subject.review.flags if f.certainty == "clear"]
    if not clear_flags:
        held = subject.review.score.word == "held"
        return say("Small steps, taken patiently: that is the session.") if held else ""
    for group in first_to_mend(clear_flags):
        comfort = finding_of(group[0].code).comfort
        text = "" if comfort is None else comfort(group, subject)
        if text:
            return text
    return ""


def _stood(story: Story, most: int) -> list[Line]:
    """Tell the stops that broke the session, in one sentence, short where they are many."""
    if not story.stops:
        return []
    from analyzer.report.findings.stopped import stops_sentence  # only a run with stops needs it

    return [Line(STOP, 3, stops_sentence(story.stops, most), 2)]


def _small_stops(story: Story) -> list[Line]:
    """Tell the stops that cost nothing."""
    if not story.small_stops:
        return []
    stop = story.small_stops[0].span
    if len(story.small_stops) == 1:
        long, at = seconds_text(stop.duration_s), clock_text(stop.start_s)
        text = say("The {time} stop at {at} cost no points.", time=long, at=at)
    else:
        text = say("{count} short stops cost no points.", count=len(story.small_stops))
    return [Line(MORE, 7, text)]


def _unsure(story: Story, subject: Subject) -> list[Line]:
    """Say what is only possible as such, and what the recording cannot show."""
    if story.unscored is not None:
        return []
    is_clear = bool(story.events or story.stops)
    lines = []
    perhaps = (
        "" if story.undecided else perhaps_text(story, subject, _perhaps_block(story, subject))
    )
    if perhaps:
        # Where nothing is clear it belongs to the story; beside a clear fault it is a remark.
        lines.append(Line(MORE, 7, perhaps) if is_clear else Line(UNSURE, 3, perhaps, 3))
    if story.hidden is not None and story.hidden.value:
        about = MORE if is_clear else UNSURE
        lines.append(Line(about, 7, _hidden(story.hidden, subject)))
    return lines


def _hidden(flag: Flag, subject: Subject) -> str:
    """Say what would not show, as the findings say it."""
    return evidence_text(flag, subject)


def _perhaps_block(story: Story, subject: Subject) -> str | None:
    """Name the block of the possible finding by its number, as all of the message does."""
    if story.perhaps is None or not story.perhaps.blocks:
        return None
    if len(subject.review.blocks) == 1:
        return say("It")
    return say("Block {block}", block=story.perhaps.blocks[0].index)
