"""The report for a terminal: 80 columns, light or dark, with colour or without, or in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.beside import alike_text
from analyzer.report.block_table import block_table
from analyzer.report.findings import certainty_text, evidence_text, flag_sign, flag_title
from analyzer.report.findings.finding import Subject
from analyzer.report.heading import Headings, unnamed
from analyzer.report.headline import headline
from analyzer.report.language import capital, say
from analyzer.report.measures import seconds_text
from analyzer.report.people import body_text, note_text
from analyzer.report.rests_on import rests_on
from analyzer.report.sparkline import sparkline
from analyzer.report.story.story import block_at, small_stops
from analyzer.report.styled import BOLD, DIM, FAST, SLOW, Line, cells, cut
from analyzer.report.view import ordered_flags, score_words, title, unit_of
from analyzer.units import clock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from analyzer.units import Unit

SIGN_STYLES = {"▲": FAST, "△": FAST, "▼": SLOW, "▽": SLOW}
"""Signs of findings that have a direction."""

LABEL = 15
"""Columns of the label in front of flags."""


def render(
    review: Review,
    *,
    width: int = 80,
    colour: bool = False,
    units: Unit | None = None,
    explained: bool = False,
) -> str:
    """
    Return the report as text.

    Parameters
    ----------
    review : Review
        What to report.
    width : int
        Columns; no line is longer.
    colour : bool
        With escape codes; words and signs carry everything without them.
    units : {'km', 'mi'}, optional
        Left out: the plan's.
    explained : bool
        With every term of the score.
    """
    unit = unit_of(review, units)
    lines: list[str] = []
    for part in _parts(review, width, unit, explained=explained):
        lines += [line.rendered(colour=colour) for line in _fitting(part, width)]
    return "\n".join(lines).rstrip("\n")


def text_file(reviews: Sequence[Review], units: Unit | None = None) -> str:
    """Return reports without colour, one below the other, with the line end of a file."""
    if len(reviews) == 1:
        return render(reviews[0], units=units) + "\n"
    headings = Headings()
    texts = (
        f"{heading_line(headings.above(review))}\n{render(unnamed(review), units=units)}"
        for review in reviews
    )
    return "\n\n".join(texts) + "\n"


def heading_line(heading: str, *, width: int = 80, colour: bool = False) -> str:
    """Return a heading in a rule across the terminal, to stand above one of several reports."""
    words = cut(heading, width - 8)
    line = Line.of("── ", DIM).add(words, BOLD)
    return line.add(f" {'─' * (width - 4 - cells(words))}", DIM).rendered(colour=colour)


def _fitting(line: Line, width: int) -> list[Line]:
    """Wrap a line that is wider than the terminal; rows of the table never are."""
    return [line] if cells(line.plain) <= width else line.wrapped(width)


def _parts(review: Review, width: int, unit: Unit, *, explained: bool) -> list[Line]:
    """Return the paragraphs of the report, in the order of every form."""
    first, second = headline(review, unit)
    sentence = Line.of(first, BOLD)
    if second:
        sentence.add(f" {second}")
    parts = [Line.of(title(review, unit), DIM), Line(), sentence, Line(), _score(review)]
    labelled = (
        (Line.of(say("Body"), DIM), body_text(review)),
        (Line.of(say("Own words"), DIM), note_text(review)),
        (Line.of(say("Compared"), DIM), alike_text(review)),
        (Line.of(say("Next time"), BOLD), next_time(review, unit)),
    )
    for paragraph in (
        block_table(review, width, unit),
        sparkline(review, width),
        _flags(review, width, unit),
        *(_labelled(label, Line.of(words), width) for label, words in labelled if words),
    ):
        parts += [Line(), *paragraph] if paragraph else []
    if explained:
        from analyzer.report.explained import explanation_lines  # only when it is asked for

        parts += [Line(), *explanation_lines(review, width)]
    return [*parts, Line(), Line.of(" ".join(rests_on(review, unit)), DIM)]


def _score(review: Review) -> Line:
    """Return the score line: ``63 of 100  loose   58 to 70, 90 % sure``."""
    score, word, sure = score_words(review)
    if not sure:
        return Line.of(capital(word))
    most = say("of 100")
    return Line.of(score, BOLD).add(f" {most}  {word}").add(f"   {sure}", DIM)


def _flags(review: Review, width: int, unit: Unit) -> list[Line]:
    """Return the flags: clear, then possible, then what would not show, then small stops."""
    lines: list[Line] = []
    for flag in ordered_flags(review):
        lines += _flag(flag, Subject(review, unit), width)
    for stop in small_stops(review):
        words = say(
            "Stopped for {time} at {at}, block {block}. Costs no points.",
            time=seconds_text(stop.span.duration_s),
            at=clock_text(stop.span.start_s),
            block=block_at(review, stop.span.start_s),
        )
        label = say("noted")
        lines += _labelled(Line.of(f"■ {label}", DIM), Line.of(words), width)
    return lines


def _flag(flag: Flag, subject: Subject, width: int) -> list[Line]:
    """Return one flag, its evidence wrapped beside its label."""
    colour = SIGN_STYLES.get(flag_sign(flag), "")
    label = Line.of(flag_sign(flag), colour)
    label.add(f" {certainty_text(flag)}", DIM)
    words = Line.of(f"{flag_title(flag)}.", f"bold {colour}".strip())
    words.add(f" {evidence_text(flag, subject)}")
    return _labelled(label, words, width)


def _labelled(label: Line, words: Line, width: int) -> list[Line]:
    """Return a label of fixed width with text beside it, wrapped under itself."""
    lines = words.wrapped(width - LABEL)
    first = Line([*label.pieces, (" " * (LABEL - cells(label.plain)), "")])
    starts = [first, *(Line.of(" " * LABEL) for _ in lines[1:])]
    return [Line([*a.pieces, *b.pieces]) for a, b in zip(starts, lines, strict=True)]
