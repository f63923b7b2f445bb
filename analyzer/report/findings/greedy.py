"""GREEDY in words: a block left early for the next, or run at the next one's pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Change, GreedyByPace
from analyzer.report.findings.changes import change_facts, effect_clause, effect_sentence
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.impatience import hold_back, too_easy
from analyzer.report.findings.words import block_numbers, pace_against, pace_of, shown_pace
from analyzer.report.language import noted, say
from analyzer.report.measures import is_known, size_text
from analyzer.report.story.relations import is_by_timing
from analyzer.units import clock_text, pace_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    facts = named._asdict()
    if event.size is None:
        return effect_clause(say("left {blocks} early", **facts), event, subject)
    clause = say("left {blocks} {time} early", **facts, time=size_text(event.size))
    return effect_clause(clause, event, subject)


def _sentence(event: Event, subject: Subject) -> str:
    facts = {"blocks": block_numbers(event.blocks)}
    if event.size is not None:
        facts["time"] = size_text(event.size)
    change = None if event.flag is None else event.flag.facts
    if (
        len(event.blocks) == 1
        and isinstance(change, Change)
        and change.changed_at_s is not None
        and change.planned_at_s is not None
    ):
        facts |= {
            "at": clock_text(change.changed_at_s),
            "planned": clock_text(change.planned_at_s),
        }
        clause = (
            say("You left {blocks} {time} early, at {at} instead of {planned}", **facts)
            if event.size is not None
            else say("You left {blocks} early, at {at} instead of {planned}", **facts)
        )
    elif event.size is not None:
        clause = say("You left {blocks} {time} early", **facts)
    else:
        clause = say("You left {blocks} early", **facts)
    return effect_sentence(clause, event)


def _evidence(flag: Flag, subject: Subject) -> str:
    if is_by_timing(flag):
        facts = change_facts(flag)
        if facts is None:
            return ""
        return say("The pace changed at {at} instead of {planned}, {shift} early.", **facts)
    pace, facts_ = pace_of(flag, subject), flag.facts
    if not isinstance(facts_, GreedyByPace) or not is_known(facts_.planned_s_per_km):
        return ""
    following, planned = facts_.next_planned_s_per_km, facts_.planned_s_per_km
    if pace is None or planned is None or following is None or following > pace + 0.5:
        return pace_against(flag, subject)
    return say(
        "{pace} against {planned}, closer to the {next} of the next block.",
        pace=shown_pace(flag, pace, subject),
        planned=pace_text(planned, subject.unit),
        next=pace_text(following, subject.unit),
    )


def _perhaps(flag: Flag) -> str:
    if is_by_timing(flag):
        return noted("{block} may have been left early for the next")
    return noted("{block} may have been run at the pace of the next")


def _advice(flags: list[Flag], subject: Subject) -> str | None:
    """Name what to hold back in the earliest of these blocks: its end, or all of it."""
    first = min(flags, key=lambda f: (f.block or 0, not is_by_timing(f)))
    if not is_by_timing(first):
        return hold_back([first], subject)
    return say(
        "Stay in block {block} until the watch says so, however good it feels.",
        block=first.block,
    )


FINDING = Finding(
    title=noted("a gear early"),
    timed_title=noted("changed early"),
    sign="▲",
    telling=Telling(_clause, _sentence, noted("Left early")),
    evidence=_evidence,
    perhaps=_perhaps,
    of_runs=noted("In {who} a block was left early."),
    of_squad=noted("{who} left a block early."),
    advice=_advice,
    comfort=too_easy,
)
