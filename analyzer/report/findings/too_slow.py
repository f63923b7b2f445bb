"""TOO_SLOW in words: a block run slower than its tolerance allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.findings.ends import hard_end
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import off_by, pace_against, too_slow_text
from analyzer.report.language import noted, say
from analyzer.report.measures import size_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

LITTLE_S_PER_KM = 15.0
"""Up to here slow is a little slow [s/km]."""


def _clause(event: Event, named: Named, subject: Subject) -> str:
    if event.size is None:
        return say("fell short {where}", **named._asdict())
    size = size_text(event.size)
    return say("fell {size} short {where}", **named._asdict(), size=size)


def _sentence(event: Event, subject: Subject) -> str:
    return f"{off_by(event, too_slow_text(event), subject)}."


def _comfort(flags: list[Flag], subject: Subject) -> str:
    """Say something kind of a hard end, or of a beginning that was a little slow."""
    kind = hard_end(flags, subject)
    small = [f for f in flags if f.value is not None and abs(f.value) <= LITTLE_S_PER_KM]
    if kind or not small or (small[0].block or 0) > len(subject.review.blocks) / 2:
        return kind
    return say("A little slow early is the smaller fault: it leaves something for the end.")


FINDING = Finding(
    title=noted("too slow"),
    sign="▼",
    telling=Telling(_clause, _sentence, noted("Too slow")),
    evidence=pace_against,
    perhaps=lambda flag: noted("{block} may have been too slow"),
    advice=lambda flags, subject: say("Shorten the last blocks before slowing them down."),
    comfort=_comfort,
    if_hidden=noted("Whether the pace was slightly too slow"),
)
