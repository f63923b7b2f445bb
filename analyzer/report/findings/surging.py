"""SURGING in words: a block run in waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Surging
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import decimal, noted, say
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    return say("surged {where}", **named._asdict())


def _sentence(event: Event, subject: Subject) -> str:
    blocks = block_numbers(event.blocks)
    return say("You ran {blocks} in waves, faster and slower by turns.", blocks=blocks)


def _evidence(flag: Flag, subject: Subject) -> str:
    period = flag.facts.period_s if isinstance(flag.facts, Surging) else None
    facts = {
        "size": "" if flag.value is None else decimal(round_half_up(flag.value, 1), 1),
        "time": "" if period is None else f"{round_half_up(period):.0f} s",
    }
    if not facts["time"] and not facts["size"]:
        return say("Faster and slower in waves.")
    if not facts["time"]:
        return say("Faster and slower in waves of {size} %.", **facts)
    if not facts["size"]:
        return say("Faster and slower in waves, the largest every {time}.", **facts)
    return say("Faster and slower in waves of {size} %, the largest every {time}.", **facts)


FINDING = Finding(
    title=noted("surging"),
    sign="~",
    telling=Telling(_clause, _sentence, noted("Uneven")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have been run in waves"),
    of_runs=noted("In {who} the pace surged."),
    of_squad=noted("{who} surged."),
    advice=lambda flags, subject: say(
        "Look at the watch once a minute, not at every step: even effort is even pace."
    ),
)
