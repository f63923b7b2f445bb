"""BLOW_UP in words: a lasting collapse of pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import BlowUp
from analyzer.report.findings.ends import hard_end
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.language import noted, say
from analyzer.report.measures import full_pace_text, rough_seconds_text
from analyzer.units import clock_text, pace_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag, Heart
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

HEART: dict[Heart, str] = {
    "body": noted("Heart rate stayed up: the body gave out, unless it was heat or a hill."),
    "choice": noted("Heart rate fell with it: tiredness, heat or a choice all look like that."),
}
"""What the heart tells of a collapse."""

YOUR_HEART: dict[Heart, str] = {
    "body": noted("Your heart rate stayed up: the body gave out, unless it was heat or a hill."),
    "choice": noted(
        "Your heart rate fell with it: tiredness, heat or a choice all look like that."
    ),
}
"""What the message says to the runner about the heart in a collapse."""


def _clause(event: Event, named: Named, subject: Subject) -> str:
    facts = None if event.flag is None else event.flag.facts
    if isinstance(facts, BlowUp) and facts.is_severe:
        return say("blew up badly {where}", **named._asdict())
    return say("blew up {where}", **named._asdict())


def _facts(flag: Flag | None, subject: Subject) -> dict[str, str] | None:
    """Return when it came, and the paces around it; None is unknown."""
    facts = None if flag is None else flag.facts
    if not isinstance(facts, BlowUp) or facts.at_s is None or facts.duration_s is None:
        return None
    if facts.before_s_per_km is None or facts.after_s_per_km is None:
        return None
    return {
        "at": clock_text(facts.at_s),
        "before": pace_text(facts.before_s_per_km, subject.unit),
        "after": pace_text(facts.after_s_per_km, subject.unit),
        "time": rough_seconds_text(facts.duration_s),
        "pace": full_pace_text(facts.before_s_per_km, subject.unit),
    }


def _sentence(event: Event, subject: Subject) -> str:
    flag, block = event.flag, event.blocks[0].index
    facts = _facts(flag, subject)
    if facts is None or flag is None or not isinstance(flag.facts, BlowUp):
        return say("In block {block} you blew up.", block=block)
    sentence = (
        say(
            "In block {block} you blew up badly at {at}: {before} until then, {after} for "
            "{time} after that.",
            block=block,
            **facts,
        )
        if flag.facts.is_severe
        else say(
            "In block {block} you blew up at {at}: {before} until then, {after} for {time} "
            "after that.",
            block=block,
            **facts,
        )
    )
    if flag.facts.heart is None:
        return sentence
    heart = say(YOUR_HEART[flag.facts.heart])
    return f"{sentence} {heart}"


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = _facts(flag, subject)
    if facts is None or not isinstance(flag.facts, BlowUp):
        return ""
    sentence = (
        say("Severe: {pace} until {at}, then {after} for {time}.", **facts)
        if flag.facts.is_severe
        else say("{pace} until {at}, then {after} for {time}.", **facts)
    )
    if flag.facts.may_be_cool_down:
        cool_down = say("Or the block was left out, and this was the cool-down.")
        return f"{sentence} {cool_down}"
    if flag.facts.heart is None:
        return sentence
    heart = say(HEART[flag.facts.heart])
    return f"{sentence} {heart}"


def _comfort(flags: list[Flag], subject: Subject) -> str:
    return hard_end(flags, subject) or say(
        "Days like that happen, and say little about the next one."
    )


FINDING = Finding(
    title=noted("blew up"),
    sign="▼",
    telling=Telling(_clause, _sentence, noted("Blew up")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have been the start of a collapse"),
    of_runs=noted("In {who} the runner blew up."),
    of_squad=noted("{who} blew up."),
    advice=lambda flags, subject: say(
        "Start the progression one step slower; the last block decides."
    ),
    comfort=_comfort,
)
