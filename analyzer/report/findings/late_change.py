"""LATE_CHANGE in words: a step up that came after the plan had it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.findings.changes import change_facts, effect_clause, effect_sentence
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import noted, say
from analyzer.report.measures import shift_size, size_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    facts = named._asdict()
    if event.size is None:
        return effect_clause(say("began {blocks} late", **facts), event, subject)
    clause = say("began {blocks} {time} late", **facts, time=size_text(event.size))
    return effect_clause(clause, event, subject)


def _sentence(event: Event, subject: Subject) -> str:
    blocks = block_numbers(event.blocks)
    clause = (
        say("You began {blocks} late", blocks=blocks)
        if event.size is None
        else say("You began {blocks} {time} late", blocks=blocks, time=size_text(event.size))
    )
    return effect_sentence(clause, event)


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = change_facts(flag)
    if facts is None:
        return ""
    return say("The pace changed at {at} instead of {planned}, {shift} late.", **facts)


def _hidden(flag: Flag, subject: Subject) -> str:
    size = shift_size((flag.value,))
    if size is None:
        return say("The recording is too coarse for that.")
    late = size_text(size)
    return say("Either the changes came {time} late, or the recording began early.", time=late)


FINDING = Finding(
    title=noted("changed late"),
    sign="▼",
    telling=Telling(_clause, _sentence, noted("Begun late")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have begun late"),
    of_runs=noted("In {who} a change came late."),
    of_squad=noted("{who} changed pace late."),
    advice=lambda flags, subject: say(
        "Let the watch beep at each change, and change when it does."
    ),
    comfort=lambda flags, subject: say("If you miss a change, late is the patient way to miss it."),
    if_hidden=noted("Whether the changes were late"),
    hidden=_hidden,
)
