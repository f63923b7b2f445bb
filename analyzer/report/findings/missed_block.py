"""MISSED_BLOCK in words: a block that was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import MissedBlock
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.shorter import shorter
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import decimal, noted, say
from analyzer.report.measures import seconds_text
from analyzer.units import UNIT_M

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    if not event.blocks:
        return say("skipped one block")
    return say("skipped {blocks}", **named._asdict())


def _sentence(event: Event, subject: Subject) -> str:
    if not event.blocks:
        return say("Judging by its pace and length, your run is missing one block.")
    return say("You skipped {blocks}.", blocks=block_numbers(event.blocks))


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = flag.facts if isinstance(flag.facts, MissedBlock) else MissedBlock()
    if facts.by == "pace":
        return (
            say("The pace and the length of the run fit the plan without it.")
            if flag.block is not None
            else say(
                "The pace and the length of the run fit the plan without one block, "
                "but not which one."
            )
        )
    if facts.planned_m is not None:
        size = f"{decimal(facts.planned_m / UNIT_M[subject.unit], 1)} {subject.unit}"
    elif facts.planned_s is not None:
        size = seconds_text(facts.planned_s)
    else:
        return say("Its step was skipped on the watch.")
    return say("Its step was skipped on the watch: {size} was planned.", size=size)


def _perhaps(flag: Flag) -> str:
    if flag.block is None:
        return noted("One block may have been skipped")
    return noted("{block} may have been skipped")


FINDING = Finding(
    title=noted("skipped"),
    sign="■",
    telling=Telling(_clause, _sentence, noted("Skipped")),
    evidence=_evidence,
    perhaps=_perhaps,
    advice=shorter,
    comfort=lambda flags, subject: say("Missing a block once does no harm; what you ran counts."),
    without_block=noted("one block skipped"),
)
