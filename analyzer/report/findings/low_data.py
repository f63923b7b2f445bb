"""LOW_DATA in words: too little of a block was measured to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import LowData
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import decimal, noted, say
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

MOST_BAD_PCT = 10.0
"""More than this repaired or interpolated is the reason itself [%]."""


def _clause(event: Event, named: Named, subject: Subject) -> str:
    return say("left too little data {where}", **named._asdict())


def _sentence(event: Event, subject: Subject) -> str:
    blocks = block_numbers(event.blocks)
    if len(event.blocks) == 1:
        return say("Too little was measured in {blocks} to score its pace.", blocks=blocks)
    return say("Too little was measured in {blocks} to score their pace.", blocks=blocks)


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = flag.facts
    if not isinstance(facts, LowData) or facts.bad_pct is None:
        return ""
    bad = round_half_up(facts.bad_pct)
    if bad > MOST_BAD_PCT or facts.pace_se_pct is None:
        return say(
            "{percent} % of it was repaired or interpolated, so it is not scored.",
            percent=f"{bad:.0f}",
        )
    return say(
        "Its pace is good only to {percent} %, so it is not scored.",
        percent=decimal(round_half_up(facts.pace_se_pct, 1), 1),
    )


FINDING = Finding(
    title=noted("too little was measured"),
    sign="?",
    telling=Telling(_clause, _sentence, noted("Too little data")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have too little data"),
)
