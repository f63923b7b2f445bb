"""FADE in words: a block whose pace sank from its beginning to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Fade
from analyzer.report.findings.changes import effect_clause, effect_sentence
from analyzer.report.findings.ends import hard_end
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import noted, say
from analyzer.report.measures import full_pace_text
from analyzer.units import pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    return effect_clause(say("faded {where}", **named._asdict()), event, subject)


def _sentence(event: Event, subject: Subject) -> str:
    thirds = None if event.flag is None or len(event.blocks) > 1 else _thirds(event.flag)
    if thirds is None:
        return effect_sentence(say("You faded in {blocks}", blocks=block_numbers(event.blocks)),
                               event)  # fmt: skip
    first, last = (pace_text(pace, subject.unit) for pace in thirds)
    sentence = say(
        "You faded in block {block}, from {first} in its first third to {last} in its last",
        block=event.blocks[0].index,
        first=first,
        last=last,
    )
    return effect_sentence(sentence, event)


def _thirds(flag: Flag) -> tuple[float, float] | None:
    """Return the paces of the first and the last third [s/km]; None is unknown."""
    facts = flag.facts
    if not isinstance(facts, Fade):
        return None
    if facts.first_s_per_km is None or facts.last_s_per_km is None:
        return None
    return facts.first_s_per_km, facts.last_s_per_km


def _evidence(flag: Flag, subject: Subject) -> str:
    thirds = _thirds(flag)
    if thirds is None:
        return ""
    facts = {
        "first": full_pace_text(thirds[0], subject.unit),
        "last": pace_text(thirds[1], subject.unit),
    }
    if flag.value is None:
        sentence = say("{first} in its first third, {last} in its last.", **facts)
    else:
        sentence = say(
            "{first} in its first third, {last} in its last, slowing {percent} % over the block.",
            **facts,
            percent=f"{round_half_up(abs(flag.value)):.0f}",
        )
    if not isinstance(flag.facts, Fade) or flag.facts.heart != "body":
        return sentence
    heart = say(
        "The heart worked harder for it than before: fatigue, unless it was heat or a hill."
    )
    return f"{sentence} {heart}"


FINDING = Finding(
    title=noted("fading"),
    sign="▼",
    telling=Telling(_clause, _sentence, noted("Faded")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have faded"),
    of_runs=noted("In {who} the pace faded within a block."),
    of_squad=noted("{who} faded."),
    advice=lambda flags, subject: say(
        "Begin block {block} easier than it feels, and let the pace come to you.",
        block=flags[0].block,
    ),
    comfort=hard_end,
)
