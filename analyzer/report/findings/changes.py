"""Changes of pace made early or late, and faults that shift a whole block: what they share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import Change
from analyzer.report.findings.words import block_numbers, too_fast_text, too_slow_text
from analyzer.report.language import say
from analyzer.report.naming import neighbours
from analyzer.report.story.relations import SIDES
from analyzer.units import clock_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.story.events import Effect, Event


def change_facts(flag: Flag) -> dict[str, str] | None:
    """Return where a change of pace was, where the plan had it, and how far off; None: unknown."""
    change = flag.facts
    if not isinstance(change, Change) or flag.value is None:
        return None
    if change.changed_at_s is None or change.planned_at_s is None:
        return None
    return {
        "at": clock_text(change.changed_at_s),
        "planned": clock_text(change.planned_at_s),
        "shift": _shift(flag, flag.value),
    }


def _shift(flag: Flag, value_s: float) -> str:
    """Say how far off a change was, with its interval: ``85 s (70 to 100)``."""
    size = f"{round_half_up(abs(value_s)):.0f} s"
    if flag.low is None or flag.high is None or not math.isfinite(flag.low + flag.high):
        return size
    near, far = sorted((abs(flag.low), abs(flag.high)))
    if flag.low < 0 < flag.high:
        near = 0.0
    low, high = (f"{round_half_up(end):.0f}" for end in (near, far))
    return say("{time} ({low} to {high})", time=size, low=low, high=high)


def _off(effect: Effect) -> str:
    """Say what became of the pace of the affected blocks."""
    return too_fast_text(effect) if SIDES[effect.code] < 0 else too_slow_text(effect)


def effect_clause(clause: str, event: Event, subject: Subject) -> str:
    """Add to a part of the headline what it made of the pace of whole blocks."""
    effect = event.effect
    if effect is None:
        return clause
    facts = {"clause": clause, "off": _off(effect)}
    if effect.blocks == event.blocks:
        return _all_of_it(facts, len(effect.blocks))
    first, last = effect.blocks[0].index, effect.blocks[-1].index
    named = neighbours(subject.review, first, last, with_noun=False)
    return say("{clause}, so that {blocks} came out {off}", **facts, **named._asdict())


def _all_of_it(facts: dict[str, str], count: int) -> str:
    """Say what became of the whole blocks in which something happened."""
    if count == 1:
        return say("{clause}, so that the whole block came out {off}", **facts)
    return say("{clause}, so that these blocks came out {off}", **facts)


def effect_sentence(clause: str, event: Event) -> str:
    """End a sentence to the runner with what it made of the pace of whole blocks."""
    effect = event.effect
    if effect is None:
        return f"{clause}."
    facts = {"clause": clause, "off": _off(effect)}
    if effect.blocks == event.blocks:
        clause = say("{clause}, which came out {off}", **facts)
    else:
        numbers = block_numbers(effect.blocks)
        clause = say(
            "{clause}, so that {blocks} came out {off}",
            **facts,
            blocks=numbers,
            where=say("in {blocks}", blocks=numbers),
        )
    return f"{clause}."
