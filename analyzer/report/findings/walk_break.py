"""WALK_BREAK in words: walked or jogged for a while in a block, then went on as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import WalkBreak
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import plain_evidence
from analyzer.report.language import noted, say, say_n
from analyzer.report.measures import full_pace_text, is_known, joined, seconds_text
from analyzer.report.naming import number_word
from analyzer.report.story.story import UNHELD
from analyzer.units import clock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

LISTED = 3
"""Breaks in more blocks than this are counted in a message and not listed."""


def _facts(flag: Flag) -> WalkBreak:
    """Return the evidence; nothing is known where there is none."""
    return flag.facts if isinstance(flag.facts, WalkBreak) else WalkBreak()


def _time(flags: Sequence[Flag]) -> str:
    """Say how long the breaks of some blocks took in all."""
    seconds = [_facts(flag).seconds for flag in flags]
    if None in seconds:
        return say("a while")
    return seconds_text(sum(s for s in seconds if s is not None))


def _count(flags: Sequence[Flag]) -> int:
    """Count the breaks of some blocks, one at least in each."""
    return sum(_facts(flag).breaks or 1 for flag in flags)


def _clause(event: Event, named: Named, subject: Subject) -> str:
    facts = {"time": _time(event.flags), **named._asdict()}
    count = _count(event.flags)
    if count > 1:
        number = number_word(count)
        return say("took {count} breaks {where} ({time} in all)", **facts, count=number)
    if _facts(event.flags[0]).gait == "jogged":
        return say("jogged for {time} {where}", **facts)
    return say("walked for {time} {where}", **facts)


def _sentence(event: Event, subject: Subject) -> str:
    flags = event.flags
    if len(flags) > LISTED:
        return say_n(
            "You took {count} break, {time} in all, and picked up the pace again.",
            "You took {count} breaks, {time} in all, and picked up the pace again each time.",
            _count(flags),
            count=number_word(_count(flags)),
            time=_time(flags),
        )
    if _count(flags) > 1:
        places = joined([_place(flag) for flag in flags])
        return say("You took breaks of {places}.", places=places)
    facts = {"time": _time(flags), "block": flags[0].block, "at": _at(flags[0])}
    is_held = event.blocks[0].verdict == "held" and subject.review.score.word not in UNHELD
    if _facts(flags[0]).gait == "jogged":
        return (
            say("You jogged for {time} in block {block}{at}; the rest of it was held.", **facts)
            if is_held
            else say(
                "You jogged for {time} in block {block}{at}, then picked it up again.", **facts
            )
        )
    return (
        say("You walked for {time} in block {block}{at}; the rest of it was held.", **facts)
        if is_held
        else say("You walked for {time} in block {block}{at}, then picked it up again.", **facts)
    )


def _at(flag: Flag) -> str:
    """Say when a break began, in brackets; empty where nobody knows."""
    at_s = _facts(flag).at_s
    return "" if at_s is None else say(" (at {at})", at=clock_text(at_s))


def _place(flag: Flag) -> str:
    """Say how long the breaks of a block took, and when."""
    facts = _facts(flag)
    figures = {"time": _time([flag]), "block": flag.block}
    if facts.at_s is None:
        return say("{time} in block {block}", **figures)
    figures["at"] = clock_text(facts.at_s)
    if _count([flag]) < 2:
        return say("{time} in block {block} (at {at})", **figures)
    return say(
        "{time} in block {block} ({breaks} of them, the longest at {at})",
        **figures,
        breaks=number_word(_count([flag])),
    )


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = _facts(flag)
    if facts.seconds is None or facts.at_s is None:
        return plain_evidence(flag, subject)
    figures = {"time": seconds_text(facts.seconds), "at": clock_text(facts.at_s)}
    left_out = say("The pace of the block is that of the rest of it.")
    if _count([flag]) > 1:
        told = say(
            "{breaks} breaks, {time} in all, the longest {longest} at {at}.",
            **figures,
            breaks=_count([flag]),
            longest=seconds_text(facts.longest_s),
        )
        return f"{told} {left_out}"
    if facts.pace_s_per_km is None or not is_known(facts.pace_s_per_km):
        told = say("{time} at {at}.", **figures)
        return f"{told} {left_out}"
    figures["pace"] = full_pace_text(facts.pace_s_per_km, subject.unit)
    told = (
        say("Jogged for {time} at {at}, at {pace}.", **figures)
        if facts.gait == "jogged"
        else say("Walked for {time} at {at}, at {pace}.", **figures)
    )
    return f"{told} {left_out}"


def _advice(flags: list[Flag], subject: Subject) -> str | None:
    """Suggest the same again; nothing of a run that was far from its plan."""
    if subject.review.score.overall is None or subject.review.score.word in UNHELD:
        return None
    return say("The same again, without a break if you can.")


FINDING = Finding(
    title=noted("took a break"),
    sign="■",
    telling=Telling(_clause, _sentence, noted("Took a break")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may include a short break"),
    of_runs=noted("In {who} the runner took a break on the way."),
    of_squad=noted("{who} took a break on the way."),
    advice=_advice,
    comfort=lambda flags, subject: say(
        "Picking up the pace again after a break is hard, and you did it."
    ),
)
