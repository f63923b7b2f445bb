"""Blocks that were held: no finding, but a part of the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.findings.finding import Telling
from analyzer.report.findings.words import block_numbers, run_paces
from analyzer.report.language import noted, say

if TYPE_CHECKING:
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    return say("held {blocks}", **named._asdict())


def _sentence(event: Event, subject: Subject) -> str:
    paces = run_paces(event.blocks, subject.unit)
    facts = {"blocks": block_numbers(event.blocks), "paces": f"{paces} /{subject.unit}"}
    if not paces:
        return say("You held {blocks}.", **facts)
    return say("You held {blocks} at {paces}.", **facts)


TELLING = Telling(_clause, _sentence, noted("Held"))
