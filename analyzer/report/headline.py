"""The sentence at the top: what happened in order of time, cause before effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.report.view import ORDINALS, number, per_unit, seconds_text, unit_of
from analyzer.units import clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from analyzer.model.review import BlockResult, Flag, FlagCode, Review
    from analyzer.units import Unit

EARLY = ("GREEDY", "TOO_FAST", "FAST_START")
"""Faults of impatience, the most telling first."""


def headline(review: Review, units: Unit | None = None) -> tuple[str, str]:
    """
    Tell the run in one honest sentence, and what it cost in a second one.

    In order of time, cause before effect; clear findings first, possible ones
    only where nothing is clear. A stop is always named, as the session is meant
    to be continuous.

    Returns
    -------
    sentence : str
        "Held the first two blocks, forced the third 14 s/km too fast, and blew
        up in the last."
    follow_up : str
        "That gained 38 s; what followed lost 57 s."; may be empty.
    """
    unit = unit_of(review, units)
    if review.score.overall is None:
        return _nothing_scored(review), ""
    told = [f for f in review.flags if f.certainty == "clear" and f.block is not None]
    clauses = _clauses(review, told, unit)
    stood = _stood(review, told)
    if clauses:
        return _joined(clauses, stood), _follow_up(told)
    if stood:
        return f"Held the pace of {_all_blocks(review)}, {stood}.", ""
    possible = [f for f in review.flags if f.certainty == "possible" and f.block is not None]
    held = f"Held {_all_blocks(review)}"
    if possible:
        return f"{held}, as far as the recording shows.", _perhaps(review, possible)
    return f"{held}.", ""


def _stood(review: Review, told: Sequence[Flag]) -> str:
    """Say where the runner stood: ``but stood 54 s in the third block and 18 s in the fourth``."""
    stops = [f for f in told if f.code == "STOPPED"]
    if not stops:
        return ""
    places = []
    for i, flag in enumerate(stops):
        seconds = seconds_text(number(flag.facts.get("standing_s")))
        place = _ordinal(review, flag.block or 0)
        alone = len(review.blocks) == 1
        where = "the block" if alone else f"the {place} block" if i == 0 else f"the {place}"
        places.append(f"{seconds} in {where}")
    listed = places[0] if len(places) == 1 else ", ".join(places[:-1]) + " and " + places[-1]
    return f"but stood {listed}"


def _nothing_scored(review: Review) -> str:
    """Say why there is no score."""
    if not any(b.planned.pace_s_per_km is not None for b in review.blocks):
        return "Nothing to score: the plan gives no pace."
    if all(b.status in ("not_seen", "missed") for b in review.blocks):
        return "Nothing to score: no block of the plan was run."
    if any(f.code == "LOW_DATA" for f in review.flags):
        return "Nothing could be scored: too little was measured."
    return "Nothing could be scored: too little of the plan was run."


def _all_blocks(review: Review) -> str:
    """Name all scored blocks: ``all five blocks``, ``the block``."""
    count = sum(b.verdict != "not_scored" for b in review.blocks)
    if count == 1:
        return "the block" if len(review.blocks) == 1 else "the one block with a pace"
    return "both blocks" if count == 2 else f"all {_number_word(count)} blocks"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number_word(count: int) -> str:
    """Say a small number in words."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _ordinal(review: Review, index: int, *, last: bool = True) -> str:
    """Name a block by its place: ``third``, ``last``, ``12th``."""
    if last and index == len(review.blocks) and index > 1:
        return "last"
    return ORDINALS[index - 1] if index <= len(ORDINALS) else f"{index}th"


@dataclass(frozen=True, slots=True)
class _Event:
    """One thing that happened in a block, in order of time."""

    kind: str
    block: BlockResult
    flag: Flag | None = None


FIRST_OF: tuple[tuple[FlagCode, str], ...] = (
    ("MISSED_BLOCK", "skipped"),
    ("TOO_FAST", "forced"),
    ("GREEDY", "forced"),
    ("FAST_START", "started"),
    ("TOO_SLOW", "slow"),
    ("NON_PROGRESSION", "level"),
)
"""What a block is told as: the first of its flags."""

BESIDE: tuple[tuple[FlagCode, str], ...] = (
    ("BLOW_UP", "collapsed"),
    ("TRUNCATED", "ended"),
    ("LOW_DATA", "unknown"),
)
"""What is told beside it."""


def _clauses(review: Review, told: Sequence[Flag], unit: Unit) -> list[str]:
    """Return the story in clauses; nothing where every block was simply held."""
    events: list[_Event] = []
    for block in review.blocks:
        happened = _events(block, {f.code: f for f in told if f.block == block.index})
        events += happened
        if any(e.kind == "collapsed" for e in happened):
            break  # what follows a collapse is part of it
    if all(e.kind == "held" for e in events):
        return []
    grouped = [list(group) for _, group in groupby(events, key=lambda e: e.kind)]
    return [_TELLERS[group[0].kind](review, group, unit) for group in grouped]


def _events(block: BlockResult, by_code: Mapping[FlagCode, Flag]) -> list[_Event]:
    """Return what happened in one block."""
    beside = [_Event(kind, block, by_code[code]) for code, kind in BESIDE if code in by_code]
    kinds = [kind for code, kind in FIRST_OF if code in by_code]
    ends = {"collapsed", "ended"} & {e.kind for e in beside}
    if kinds and not (ends and kinds[0] in ("slow", "level")):
        code = next(code for code, kind in FIRST_OF if code in by_code)
        return [_Event(kinds[0], block, by_code[code]), *beside]
    if not ends and block.verdict == "held":
        return [_Event("held", block), *beside]
    return beside


def _held(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"held {_group(review, group)}"


def _skipped(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"skipped {_group(review, group)}"


def _forced(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"forced {_group(review, group)} {_size(group, unit)} too fast"


def _started(review: Review, group: list[_Event], unit: Unit) -> str:
    facts = group[0].flag.facts if group[0].flag else {}
    pace = pace_text(number(facts.get("pace_s_per_km")), unit)
    return f"forced the start of {_group(review, group)} ({pace} /{unit})"


def _slow(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"fell {_size(group, unit)} short in {_group(review, group)}"


def _level(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"took no step up in {_group(review, group)}"


def _collapsed(review: Review, group: list[_Event], unit: Unit) -> str:
    facts = group[0].flag.facts if group[0].flag else {}
    badly = "badly " if number(facts.get("is_severe")) == 1 else ""
    return f"blew up {badly}in {_group(review, group)}"


def _ended(review: Review, group: list[_Event], unit: Unit) -> str:
    facts = group[0].flag.facts if group[0].flag else {}
    run = number(facts.get("run_s"))
    where = _group(review, group)
    return f"stopped before {where}" if run < 1 else f"ended {clock_text(run)} into {where}"


def _unknown(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"left too little data in {_group(review, group)}"


_TELLERS: dict[str, Callable[[Review, list[_Event], Unit], str]] = {
    "held": _held,
    "skipped": _skipped,
    "forced": _forced,
    "started": _started,
    "slow": _slow,
    "level": _level,
    "collapsed": _collapsed,
    "ended": _ended,
    "unknown": _unknown,
}


def _group(review: Review, group: list[_Event]) -> str:
    """Name neighbouring blocks: ``the first two blocks``, ``the third block``, ``the last two``."""
    first, last = group[0].block.index, group[-1].block.index
    count, total = last - first + 1, len(review.blocks)
    if total == 1:
        return "the block"
    if count == 1:
        return f"the {_ordinal(review, first)} block"
    if first == 1:
        return "both blocks" if total == count == 2 else f"the first {_number_word(count)} blocks"
    if last == total:
        return f"the last {_number_word(count)}"
    if count == 2:
        return f"the {_ordinal(review, first)} and {_ordinal(review, last)}"
    return f"blocks {first} to {last}"


def _size(group: list[_Event], unit: Unit) -> str:
    """Say how far off: ``14 s/km``, ``5 to 12 s/km``; of the flag, so that both agree."""
    sizes = [
        round_half_up(abs(per_unit(e.flag.value, unit)))
        for e in group
        if e.flag is not None and e.flag.value is not None
    ]
    low, high = min(sizes, default=0.0), max(sizes, default=0.0)
    shown = f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
    return f"{shown} s/{unit}"


def _joined(clauses: list[str], stood: str) -> str:
    """Join clauses to one sentence; standing comes last, whenever it was."""
    text = clauses[0] if len(clauses) == 1 else ", ".join(clauses[:-1]) + ", and " + clauses[-1]
    if stood:
        text += f", {stood}"
    return text[:1].upper() + text[1:] + "."


def _follow_up(told: Sequence[Flag]) -> str:
    """Say what was gained and lost, where the scorer could tell."""
    costly = next((f for f in told if f.cost_s is not None and f.code in EARLY), None)
    if costly is None or costly.cost_s is None:
        return ""
    gained = number(costly.facts.get("gained_s"))
    lost = round_half_up(costly.cost_s)
    if math.isnan(gained) or gained < 1:
        return f"What followed lost {lost:.0f} s."
    return f"That gained {round_half_up(gained):.0f} s; what followed lost {lost:.0f} s."


def _perhaps(review: Review, possible: Sequence[Flag]) -> str:
    """Word the possible findings as such."""
    words = {
        "TOO_FAST": "may have been too fast",
        "TOO_SLOW": "may have been too slow",
        "FAST_START": "may have begun too fast",
        "NON_PROGRESSION": "may have been no faster than the one before",
        "BLOW_UP": "may have been the start of a collapse",
        "STOPPED": "may hold a stop",
        "FADE": "may have faded",
    }
    flag = possible[0]
    if flag.code not in words or flag.block is None:
        return ""
    place = _ordinal(review, flag.block)
    return f"The {place} block {words[flag.code]}; the recording cannot say for sure."
