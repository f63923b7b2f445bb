"""A review for an assistant: every number of the report, and how sure each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.beside import alike_text
from analyzer.report.brief.lines import Line, named, row
from analyzer.report.findings import certainty_text, evidence_text, flag_title
from analyzer.report.findings.finding import Subject
from analyzer.report.headline import headline
from analyzer.report.language import capital, say
from analyzer.report.markdown import HEADINGS
from analyzer.report.measures import seconds_text
from analyzer.report.people import body_text, remark_lines
from analyzer.report.rests_on import rests_on_parts
from analyzer.report.story.story import block_at, small_stops
from analyzer.report.view import block_row, ordered_flags, score_words, title, unit_of
from analyzer.units import clock_text

if TYPE_CHECKING:
    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from analyzer.units import Unit

CLEAR, OFF, WHERE, HELD, UNSURE, RESTS = 1, 2, 3, 4, 5, 6
"""What is told first: clear findings, blocks that were off, where the blocks lie and what to do,
the other blocks, what is only possible, and what all of it rests on."""

MOST_FIRST = 8
"""So many clear findings come before the blocks."""

MOST_TOGETHER = 12
"""So few blocks stand on one page, whatever became of them."""


def brief_review(review: Review, units: Unit | None = None) -> list[Line]:
    """
    Return a review as lines, in the order of every report.

    Parameters
    ----------
    review : Review
        What to report.
    units : {'km', 'mi'}, optional
        Left out: the plan's.
    """
    unit = unit_of(review, units)
    story = " ".join(part for part in headline(review, unit) if part)
    is_short = len(review.blocks) <= MOST_TOGETHER
    return [
        Line(title(review, unit), "title", 0),
        Line(story, rank=0),
        Line(_score(review), rank=0),
        Line(_head(unit), "head", 0),
        *(_block(block, unit, is_short=is_short) for block in review.blocks),
        *_findings(review, unit),
        *_stops(review),
        *_advice(review, unit),
        *(Line(text, rank=UNSURE) for text in _said(review) if text),
        *_rests_on(review, unit),
    ]


def _score(review: Review) -> str:
    """Return score, word and range: ``38 of 100, not the planned session (29 to 52, ...)``."""
    score, word, sure = score_words(review)
    most = say("of 100")
    return f"{score} {most}, {word} ({sure})" if sure else capital(word)


def _head(unit: Unit) -> str:
    """Return the names of the columns."""
    block, planned, run, *others = (say(name) for name in HEADINGS)
    return row([block, f"{planned} /{unit}", f"{run} /{unit}", *others])


def _block(block: BlockResult, unit: Unit, *, is_short: bool) -> Line:
    """Return a block's row; among many, one that was off is more telling."""
    words = block_row(block, unit)
    text = row(
        [
            named(words.index, words.name),
            words.planned,
            f"{words.run} {words.error}".strip(),
            words.off,
            words.in_band,
            words.heart_rate,
            words.verdict,
        ]
    )
    is_off = block.verdict in ("too_fast", "too_slow") or block.status != "run"
    return Line(text, "block", OFF if is_off or is_short else HELD)


def _findings(review: Review, unit: Unit) -> list[Line]:
    """Return the findings; of very many clear ones the later may wait."""
    subject, lines = Subject(review, unit), []
    for place, flag in enumerate(ordered_flags(review)):
        rank = UNSURE if flag.certainty != "clear" else CLEAR if place < MOST_FIRST else HELD
        lines.append(Line(_finding(flag, subject), "finding", rank))
    return lines


def _finding(flag: Flag, subject: Subject) -> str:
    """Return a finding, how sure it is, and what shows it."""
    return f"{flag_title(flag)} ({certainty_text(flag)}). {evidence_text(flag, subject)}"


def _advice(review: Review, unit: Unit) -> list[Line]:
    """Return the suggestion for the next time, if there is one."""
    advice, label = next_time(review, unit), say("Next time")
    return [Line(f"{label}: {advice}", rank=CLEAR)] if advice else []


def _stops(review: Review) -> list[Line]:
    """Return the stops that cost nothing."""
    return [
        Line(
            say(
                "Stopped for {time} at {at}, block {block}. Costs no points.",
                time=seconds_text(stop.span.duration_s),
                at=clock_text(stop.span.start_s),
                block=block_at(review, stop.span.start_s),
            ),
            rank=UNSURE,
        )
        for stop in small_stops(review)
    ]


def _said(review: Review) -> list[str]:
    """Return what the body did, what the runner said, and the run most like this one."""
    return [body_text(review), *remark_lines(review), alike_text(review)]


def _rests_on(review: Review, unit: Unit) -> list[Line]:
    """Return what the review rests on, a line a matter; where the blocks lie comes first."""
    parts = rests_on_parts(review, unit)
    where = say("Where the blocks lie")
    return [
        Line(f"{heading}: {' '.join(lines)}", rank=WHERE if heading == where else RESTS)
        for heading, lines in parts
    ]
