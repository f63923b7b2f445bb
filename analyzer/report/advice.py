"""One suggestion for the next time, by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import IMPATIENT
from analyzer.report.findings import finding_of
from analyzer.report.findings.finding import Subject
from analyzer.report.language import say
from analyzer.report.story.relations import FIRST_TO_MEND
from analyzer.report.story.story import UNHELD, undecided_of
from analyzer.report.view import unit_of
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from analyzer.units import Unit


def next_time(review: Review, units: Unit | None = None) -> str | None:
    """
    Suggest one thing, by rule.

    The first kind of clear finding, in the order of `FIRST_TO_MEND`, that has
    advice gives it; of faults of impatience the one in the earliest block does.
    Without a clear finding: the same again from 90 points on, and 5 s/km faster
    in the last block unless a fault may hide; where the score is low all the
    same, a recording that can show why.
    """
    unit = unit_of(review, units)
    clear_flags = [f for f in review.flags if f.certainty == "clear"]
    if not clear_flags:
        return _again(review, unit)
    subject = Subject(review, unit)
    for group in first_to_mend(clear_flags):
        advise = finding_of(group[0].code).advice
        suggestion = None if advise is None else advise(group, subject)
        if suggestion:
            return suggestion
    return None


def first_to_mend(flags: list[Flag]) -> list[list[Flag]]:
    """
    Put flags in groups of one kind, the first to mend first.

    Of faults of impatience only those in the earliest block count.
    """
    impatient = [f.block for f in flags if f.code in IMPATIENT and f.block is not None]
    earliest = min(impatient, default=None)
    groups = ([f for f in flags if f.code == code] for code in FIRST_TO_MEND)
    of_the_earliest = (
        [f for f in group if f.code not in IMPATIENT or f.block == earliest] for group in groups
    )
    return [group for group in of_the_earliest if group]


def _again(review: Review, unit: Unit) -> str | None:
    """Suggest the same again after a session that was held."""
    overall = review.score.overall
    if overall is None or review.score.word is None:  # it may have been another run altogether
        return None
    if undecided_of(review) is not None:
        return _to_tell_the_blocks(review)
    if review.score.word in UNHELD:
        return say("On a track or with a foot pod: steps this small would show there.")
    if round_half_up(overall) < 90:
        return None
    if review.flags:
        return say("The same again.")
    return say(
        "The same again; if it felt easy, run the last block {step} faster.", step=f"5 s/{unit}"
    )


def _to_tell_the_blocks(review: Review) -> str:
    """Suggest what would have told which blocks were run."""
    if review.alignment.basis == "laps":
        return say("A word about it in the training log: the pace alone cannot tell.")
    return say("Press lap at every change of pace: that shows which blocks were run.")
