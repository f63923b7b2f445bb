"""FAST_START in words: the first minutes of a block forced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import FastStart
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.impatience import hold_back, too_easy
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import noted, say
from analyzer.report.measures import full_pace_text, seconds_text
from analyzer.units import pace_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _pace(event: Event) -> float | None:
    """Return the pace of the one start that was forced [s/km]; None of several, or unknown."""
    facts = None if event.flag is None else event.flag.facts
    if len(event.blocks) != 1 or not isinstance(facts, FastStart):
        return None
    return facts.pace_s_per_km


def _clause(event: Event, named: Named, subject: Subject) -> str:
    pace = _pace(event)
    if pace is None:
        return say("forced the start of {blocks}", **named._asdict())
    shown = full_pace_text(pace, subject.unit)
    return say("forced the start of {blocks} ({pace})", **named._asdict(), pace=shown)


def _sentence(event: Event, subject: Subject) -> str:
    facts, pace = (None if event.flag is None else event.flag.facts), _pace(event)
    if (
        not isinstance(facts, FastStart)
        or pace is None
        or facts.window_s is None
        or facts.planned_s_per_km is None
    ):
        return say("You began {blocks} too fast.", blocks=block_numbers(event.blocks))
    return say(
        "You began block {block} too fast: {pace} for the first {window}, where {planned} was "
        "planned.",
        block=event.blocks[0].index,
        pace=pace_text(pace, subject.unit),
        window=seconds_text(facts.window_s),
        planned=pace_text(facts.planned_s_per_km, subject.unit),
    )


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = flag.facts
    if (
        not isinstance(facts, FastStart)
        or facts.window_s is None
        or facts.pace_s_per_km is None
        or facts.planned_s_per_km is None
        or facts.rest_s_per_km is None
    ):
        return ""
    return say(
        "First {window} at {pace} against {planned}; the rest at {rest}.",
        window=seconds_text(facts.window_s),
        pace=full_pace_text(facts.pace_s_per_km, subject.unit),
        planned=pace_text(facts.planned_s_per_km, subject.unit),
        rest=pace_text(facts.rest_s_per_km, subject.unit),
    )


FINDING = Finding(
    title=noted("forced at the start"),
    sign="▲",
    telling=Telling(_clause, _sentence, noted("Begun too fast")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have begun too fast"),
    of_runs=noted("In {who} a block began too fast."),
    of_squad=noted("{who} began a block too fast."),
    advice=hold_back,
    comfort=too_easy,
)
