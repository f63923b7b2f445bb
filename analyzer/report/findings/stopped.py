"""STOPPED in words: standing in a session that is meant to be continuous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Stopped
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import plain_evidence
from analyzer.report.language import noted, say, say_n
from analyzer.report.measures import joined, seconds_text
from analyzer.report.naming import number_word
from analyzer.units import clock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.findings import Flag
    from analyzer.model.prepared import StoppedBy
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

STOPPED_BY: dict[StoppedBy, str] = {
    "body": noted("The timer ran on"),
    "runner": noted("The watch was stopped by hand"),
    "watch": noted("The watch paused itself"),
    "gap": noted("The recording has a gap there"),
}

FORCED_S = 90.0
"""Longer than this no road or light keeps anybody [s]."""

LISTED = 3
"""More stops than this are counted in a message and not listed."""


def standing_s(flag: Flag) -> float | None:
    """Return how long the runner stood in a block [s]; None is unknown."""
    return flag.facts.standing_s if isinstance(flag.facts, Stopped) else None


def standing_text(flag: Flag) -> str:
    """Say how long the runner stood in a block."""
    stood = standing_s(flag)
    return say("a while") if stood is None else seconds_text(stood)


def _clause(event: Event, named: Named, subject: Subject) -> str:
    """Say where the runner stood; the headline puts several such places in one clause."""
    flag = event.flag
    time = say("a while") if flag is None else standing_text(flag)
    return say("{time} {where}", time=time, **named._asdict())


def stops_sentence(flags: Sequence[Flag], most: int = LISTED) -> str:
    """Tell the runner of the stops that broke the session, short where they are many."""
    if len(flags) > min(most, LISTED):
        return _in_all(flags)
    places = joined([_place(flag) for flag in flags])
    if any((standing_s(flag) or 0.0) > FORCED_S for flag in flags):
        return say("You stopped for {places}.", places=places)
    return say("You stopped for {places}; a road or lights may have forced it.", places=places)


def _in_all(flags: Sequence[Flag]) -> str:
    """Say in how many blocks the runner stood, and for how long in all."""
    blocks, stood = len(flags), [standing_s(flag) for flag in flags]
    count = "1" if blocks == 1 else number_word(blocks)
    if None in stood:
        return say_n(
            "You stopped in {count} block.", "You stopped in {count} blocks.", blocks, count=count
        )
    return say_n(
        "You stopped in {count} block, for {time} in all.",
        "You stopped in {count} blocks, for {time} in all.",
        blocks,
        count=count,
        time=seconds_text(sum(s for s in stood if s is not None)),
    )


def _place(flag: Flag) -> str:
    """Say how long the runner stood in a block, and when."""
    facts = flag.facts
    figures = {"time": standing_text(flag), "block": flag.block}
    if not isinstance(facts, Stopped) or facts.longest_at_s is None:
        return say("{time} in block {block}", **figures)
    figures["at"] = clock_text(facts.longest_at_s)
    if facts.stops is None or facts.stops < 2:
        return say("{time} in block {block} (at {at})", **figures)
    return say(
        "{time} in block {block} ({stops} stops, the longest at {at})", **figures, stops=facts.stops
    )


def _sentence(event: Event, subject: Subject) -> str:
    return stops_sentence(event.flags)


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = flag.facts
    if not isinstance(facts, Stopped) or facts.standing_s is None or facts.longest_at_s is None:
        forced = say("A road or lights may have forced it.")
        return f"{plain_evidence(flag, subject)} {forced}".strip()
    figures = {"standing": seconds_text(facts.standing_s), "at": clock_text(facts.longest_at_s)}
    if facts.stops is not None and facts.stops > 1:
        stood = say(
            "{standing} in {stops} stops, the longest {longest} at {at}.",
            **figures,
            stops=facts.stops,
            longest=seconds_text(facts.longest_s),
        )
    else:
        stood = say("{standing} at {at}.", **figures)
    why = "" if facts.by is None else say(STOPPED_BY[facts.by])
    return f"{stood} {_cause(why, facts.standing_s)}".strip()


def _cause(why: str, stood_s: float) -> str:
    """Say what stopped the timer, and of a short stop that the road may have forced it."""
    if stood_s > FORCED_S:
        return f"{why}." if why else ""
    if not why:
        return say("A road or lights may have forced it.")
    return say("{why}; a road or lights may have forced it.", why=why)


FINDING = Finding(
    title=noted("stopped"),
    sign="■",
    telling=Telling(_clause, _sentence, noted("Stopped")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may include a stop"),
    of_runs=noted("In {who} the runner stopped along the way."),
    of_squad=noted("{who} stopped along the way."),
    advice=lambda flags, subject: say(
        "Choose a route without crossings, so that nothing breaks the session."
    ),
    comfort=lambda flags, subject: say("Pace is one half of it, keeping going the other."),
)
