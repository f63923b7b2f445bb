"""TOO_FAST in words: a block run faster than its tolerance allows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import GreedyByPace, TooFast
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.impatience import hold_back, too_easy
from analyzer.report.findings.words import (
    off_by,
    pace_against,
    pace_of,
    planned_paces,
    run_paces,
    shown_pace,
    too_fast_text,
)
from analyzer.report.language import noted, say
from analyzer.report.measures import is_known, judged_pace_s_per_km, size_text
from analyzer.units import pace_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    facts = named._asdict()
    if event.size is None:
        return say("forced {blocks}", **facts)
    facts["size"] = size_text(event.size)
    if named.blocks[-1:].isdigit():  # "blocks 2 to 4, 9 to 10 s/km too fast"
        return say("forced {blocks}, {size} too fast", **facts)
    return say("forced {blocks} {size} too fast", **facts)


def _sentence(event: Event, subject: Subject) -> str:
    sentence = off_by(event, too_fast_text(event), subject)
    blocks, unit = event.blocks, subject.unit
    is_listed = bool(planned_paces(blocks, unit) and run_paces(blocks, unit))
    return _beyond(event, sentence) if is_listed else f"{sentence}."


def _beyond(event: Event, sentence: str) -> str:
    """End a sentence with how near the blocks came to the pace of the next ones."""
    blocks = event.blocks
    greedy_flags = [f for f in event.flags if isinstance(f.facts, GreedyByPace)]
    is_greedy = len(greedy_flags) == len(blocks)
    if len(blocks) > 1:
        if not is_greedy:
            return f"{sentence}."
        return say(
            "{sentence}, each closer to the next block's pace than to its own.", sentence=sentence
        )
    run, following = judged_pace_s_per_km(blocks[0]), _following(event.flag)
    facts = {"sentence": sentence, "block": blocks[0].index + 1}
    if run is not None and following is not None and following > run + 0.5:
        return say("{sentence}, faster even than block {block} was meant to be.", **facts)
    if following is not None and is_greedy:
        return say("{sentence}, closer to block {block}'s pace than to its own.", **facts)
    return f"{sentence}."


def _following(flag: Flag | None) -> float | None:
    """Return the pace planned for the next block [s/km]; None is unknown."""
    facts = None if flag is None else flag.facts
    if not isinstance(facts, TooFast | GreedyByPace):
        return None
    pace = facts.next_planned_s_per_km
    return pace if pace is not None and math.isfinite(pace) else None


def _evidence(flag: Flag, subject: Subject) -> str:
    if is_known(getattr(flag.facts, "planned_s_per_km", None)):
        return pace_against(flag, subject)
    pace, ceiling = pace_of(flag, subject), _following(flag)
    if pace is None or not is_known(pace):
        return ""
    shown = shown_pace(flag, pace, subject)
    if ceiling is None:
        return f"{shown}."
    return say(
        "{pace}, faster than the {ceiling} of the block after it.",
        pace=shown,
        ceiling=pace_text(ceiling, subject.unit),
    )


FINDING = Finding(
    title=noted("too fast"),
    sign="▲",
    telling=Telling(_clause, _sentence, noted("Too fast")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have been too fast"),
    advice=hold_back,
    comfort=too_easy,
    if_hidden=noted("Whether the pace was slightly too fast"),
)
