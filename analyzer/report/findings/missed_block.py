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
    if _is_a_guess(event):
        return say("left out a block, most likely {blocks}", **named._asdict())
    return say("skipped {blocks}", **named._asdict())


def _sentence(event: Event, subject: Subject) -> str:
    if not event.blocks:
        return say("Judging by its pace and length, your run is missing one block.")
    blocks = block_numbers(event.blocks)
    if _is_a_guess(event):
        return say(
            "Judging by its pace and length, your run is missing one block, most likely {blocks}.",
            blocks=blocks,
        )
    return say("You skipped {blocks}.", blocks=blocks)


def _is_a_guess(event: Event) -> bool:
    """Whether a block is missing, but only likely this one."""
    return event.flag is not None and event.flag.block is None


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = flag.facts if isinstance(flag.facts, MissedBlock) else MissedBlock()
    if facts.by == "pace":
        return (
            say("The pace and the length of the run fit the plan without it.")
            if flag.block is not None
            else _without_one(facts)
        )
    if facts.planned_m is not None:
        size = f"{decimal(facts.planned_m / UNIT_M[subject.unit], 1)} {subject.unit}"
    elif facts.planned_s is not None:
        size = seconds_text(facts.planned_s)
    else:
        return say("Its step was skipped on the watch.")
    return say("Its step was skipped on the watch: {size} was planned.", size=size)


def _without_one(facts: MissedBlock) -> str:
    if facts.likely_block is None:
        return say(
            "The pace and the length of the run fit the plan without one block, but not which one."
        )
    return say(
        "The pace and the length of the run fit the plan without one block, best without block "
        "{block}.",
        block=facts.likely_block,
    )


def _advice(flags: list[Flag], subject: Subject) -> str | None:
    if len(flags) > 1:
        return shorter(flags, subject)
    return say("The same session, every block of it: a workout on the watch counts them for you.")


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
    advice=_advice,
    comfort=lambda flags, subject: say("Missing a block once does no harm; what you ran counts."),
    without_block=noted("one block skipped"),
)
