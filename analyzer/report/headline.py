"""The sentence at the top: what happened in order of time, cause before effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.report.view import (
    ORDINALS,
    number,
    per_unit,
    seconds_text,
    told_deviation,
    unit_of,
)
from analyzer.units import clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from analyzer.model.review import BlockResult, Flag, FlagCode, Review
    from analyzer.units import Unit

EARLY = ("GREEDY", "TOO_FAST", "FAST_START")
"""Faults of impatience, the most telling first."""


DOUBT = "The recording may have begun before block 1: say when with --start, or this may be wrong."
TWO_READINGS = "When block 1 began is not certain: see what this rests on, below."
"""What is said at once where the placing of all blocks is doubtful."""


def headline(review: Review, units: Unit | None = None) -> tuple[str, str]:
    """
    Tell the run in one honest sentence, and what it cost in a second one.

    Where the start of block 1 is doubtful, the second one says so: then every
    block may lie elsewhere. See `story` for the first.
    """
    first, second = story(review, units)
    codes = {note.code for note in review.alignment.notes}
    is_late = any(f.code == "LATE_CHANGE" and f.certainty == "clear" for f in review.flags)
    if "START_DOUBTFUL" in codes and not is_late:  # it says the same, with its size
        second = f"{DOUBT} {second}".strip()
    if "AMBIGUOUS_START" in codes:
        second = f"{second} {TWO_READINGS}".strip()
    return first, second


def story(review: Review, units: Unit | None = None) -> tuple[str, str]:
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
    clear = [f for f in review.flags if f.certainty == "clear"]
    told = [f for f in clear if f.block is not None]
    clauses = _clauses(review, told, unit)
    if any(f.code == "MISSED_BLOCK" and f.block is None for f in clear):
        clauses.insert(0, _Clause("left one block out", is_good=False))
    stood = _stood(review, told)
    if clauses:
        return _joined(clauses, stood), _follow_up(told)
    if stood:
        return f"Held the pace of {_all_blocks(review)}, but {stood}.", ""
    possible = [f for f in review.flags if f.certainty == "possible"]
    verb = "Mostly held" if review.score.word == "mostly held" else "Held"
    held = f"{verb} {_all_blocks(review)}"
    if review.score.word in UNHELD:
        return _probably(review, possible, unit), UNSURE
    if possible:
        return f"{held}, as far as the recording shows.", _perhaps(review, possible)
    return f"{held}.", ""


UNHELD = ("loose", "not the planned session")
"""Words of a score beside which nothing is called held."""

UNSURE = "No single fault is sure: the recording is too coarse for the plan's steps."
"""What is said of a run far from its plan in which no finding is clear."""

LEAST_OFF_PCT = 1.0
"""A block that was off by less than this is not named then [% of speed]."""


def _probably(review: Review, possible: Sequence[Flag], unit: Unit) -> str:
    """Name what was probably wrong in a run far from its plan, where nothing is clear."""
    off = {
        b.index: b.scored_speed_deviation_pct
        for b in review.blocks
        if b.scored_speed_deviation_pct is not None
    }
    for is_fast, words in ((True, "too fast"), (False, "too slow")):
        side = [
            _Event("forced" if is_fast else "slow", review.blocks[i - 1])
            for i, x in off.items()
            if (x > LEAST_OFF_PCT if is_fast else x < -LEAST_OFF_PCT)
        ]
        if 2 * len(side) > len(off):
            size = _size(side, unit)
            blocks = "most blocks" if len(side) < len(off) else _all_blocks(review)
            return f"Probably ran {blocks} {size} {words}.".replace("  ", " ")
    if any(f.code == "NON_PROGRESSION" for f in (*possible, *review.flags)):
        return "Probably left out most of the steps up."
    return "Strayed from the plan in both directions."


def _stood(review: Review, told: Sequence[Flag]) -> str:
    """Say where the runner stood: ``stood 54 s in the third block and 18 s in the fourth``."""
    stops = [f for f in told if f.code == "STOPPED"]
    if not stops:
        return ""
    places = []
    for i, flag in enumerate(stops):
        standing = number(flag.facts.get("standing_s"))
        seconds = "a while" if math.isnan(standing) else seconds_text(standing)
        place = _ordinal(review, flag.block or 0)
        alone = len(review.blocks) == 1
        where = "the block" if alone else f"the {place} block" if i == 0 else f"the {place}"
        places.append(f"{seconds} in {where}")
    listed = places[0] if len(places) == 1 else ", ".join(places[:-1]) + " and " + places[-1]
    return f"stood {listed}"


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
    return _all_blocks_of(count)


def _all_blocks_of(count: int) -> str:
    """Name all of several blocks."""
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
    ("GREEDY", "forced"),
    ("TOO_FAST", "forced"),
    ("FAST_START", "started"),
    ("FADE", "faded"),
    ("TOO_SLOW", "slow"),
    ("NON_PROGRESSION", "level"),
    ("LATE_CHANGE", "late"),
    ("SURGING", "surged"),
)
"""What a block is told as: the first of its flags."""

BESIDE: tuple[tuple[FlagCode, str], ...] = (
    ("BLOW_UP", "collapsed"),
    ("TRUNCATED", "ended"),
    ("LOW_DATA", "unknown"),
)
"""What is told beside it."""

EXPLAINED = ("slow", "level", "faded", "late", "surged")
"""What needs no words in a block that collapsed or was cut short."""

BY_VERDICT = {"held": "held", "too_fast": "forced", "too_slow": "slow"}
"""What a block without a clear flag is told as; a verdict is never hushed up."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """One part of the sentence; ``is_good`` where it tells of blocks that were held."""

    text: str
    is_good: bool


def _clauses(review: Review, told: Sequence[Flag], unit: Unit) -> list[_Clause]:
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
    kept = [group for i, group in enumerate(grouped) if not _is_consequence(grouped, i)]
    return [
        _Clause(
            _TELLERS[group[0].kind](_group(review, group, with_noun=i == 0), group, unit),
            group[0].kind == "held",
        )
        for i, group in enumerate(kept)
    ]


def _is_consequence(grouped: list[list[_Event]], i: int) -> bool:
    """Whether a group is one held block without a step up, as the one before was forced."""
    group = grouped[i]
    return (
        i > 0
        and len(group) == 1
        and group[0].kind == "level"
        and group[0].block.verdict == "held"
        and grouped[i - 1][-1].kind == "forced"
    )


def _events(block: BlockResult, by_code: Mapping[FlagCode, Flag]) -> list[_Event]:
    """Return what happened in one block."""
    beside = [_Event(kind, block, by_code[code]) for code, kind in BESIDE if code in by_code]
    ends = {"collapsed", "ended"} & {e.kind for e in beside}
    first = next(((kind, by_code[code]) for code, kind in FIRST_OF if code in by_code), None)
    greedy = by_code.get("GREEDY")
    if greedy is not None and is_early_change(greedy) and "MISSED_BLOCK" not in by_code:
        first = ("early", greedy)  # the cause, where the pace of the whole block is the effect
    if "LATE_CHANGE" in by_code and first is not None and first[0] in ("slow", "level"):
        first = ("late", by_code["LATE_CHANGE"])
    if first is not None and not (ends and first[0] in EXPLAINED):
        return [_Event(first[0], block, first[1]), *beside]
    if ends or block.verdict not in BY_VERDICT:
        return beside
    return [_Event(BY_VERDICT[block.verdict], block), *beside]


def _held(where: str, group: list[_Event], unit: Unit) -> str:
    return f"held {where}"


def _skipped(where: str, group: list[_Event], unit: Unit) -> str:
    return f"skipped {where}"


def _forced(where: str, group: list[_Event], unit: Unit) -> str:
    size = _size(group, unit)
    comma = "," if where[-1:].isdigit() else ""  # "blocks 2 to 4, 9 to 10 s/km too fast"
    return f"forced {where}{comma} {size} too fast" if size else f"forced {where}"


def _started(where: str, group: list[_Event], unit: Unit) -> str:
    pace = _fact(group, "pace_s_per_km")
    shown = "" if math.isnan(pace) or len(group) > 1 else f" ({pace_text(pace, unit)} /{unit})"
    return f"forced the start of {where}{shown}"


def _faded(where: str, group: list[_Event], unit: Unit) -> str:
    return f"faded in {where}"


def _slow(where: str, group: list[_Event], unit: Unit) -> str:
    size = _size(group, unit)
    return f"fell {size} short in {where}" if size else f"fell short in {where}"


def _level(where: str, group: list[_Event], unit: Unit) -> str:
    return f"took no step up in {where}"


def _early(where: str, group: list[_Event], unit: Unit) -> str:
    return f"left {where} {_shift(group)} early"


def _late(where: str, group: list[_Event], unit: Unit) -> str:
    return f"began {where} {_shift(group)} late"


def _shift(group: list[_Event]) -> str:
    """Say by how much changes of pace were off: ``about 90 s``, ``1 to 3 min``."""
    sizes = [abs(e.flag.value) for e in group if e.flag is not None and e.flag.value is not None]
    if not sizes:
        return ""
    low, high = min(sizes), max(sizes)
    if high - low <= max(15.0, 0.25 * high):
        middle = (low + high) / 2
        if middle < 100:
            return f"about {10 * round_half_up(middle / 10):.0f} s"
        return f"about {round_half_up(2 * middle / 60) / 2:g} min"
    if high < 100:
        return f"{10 * round_half_up(low / 10):.0f} to {10 * round_half_up(high / 10):.0f} s"
    return f"{round_half_up(2 * low / 60) / 2:g} to {round_half_up(2 * high / 60) / 2:g} min"


def _surged(where: str, group: list[_Event], unit: Unit) -> str:
    return f"surged in {where}"


def _collapsed(where: str, group: list[_Event], unit: Unit) -> str:
    badly = "badly " if _fact(group, "is_severe") == 1 else ""
    return f"blew up {badly}in {where}"


def _ended(where: str, group: list[_Event], unit: Unit) -> str:
    run = _fact(group, "run_s")
    if math.isnan(run):
        return f"ended in {where}"
    return f"stopped before {where}" if run < 1 else f"ended {clock_text(run)} into {where}"


def _unknown(where: str, group: list[_Event], unit: Unit) -> str:
    return f"left too little data in {where}"


_TELLERS: dict[str, Callable[[str, list[_Event], Unit], str]] = {
    "held": _held,
    "skipped": _skipped,
    "forced": _forced,
    "started": _started,
    "faded": _faded,
    "slow": _slow,
    "level": _level,
    "early": _early,
    "late": _late,
    "surged": _surged,
    "collapsed": _collapsed,
    "ended": _ended,
    "unknown": _unknown,
}


def _fact(group: list[_Event], name: str) -> float:
    """Return a fact of the first flag of a group; NaN if it is absent."""
    flag = group[0].flag
    return math.nan if flag is None else number(flag.facts.get(name))


def _group(review: Review, group: list[_Event], *, with_noun: bool) -> str:
    """Name neighbouring blocks: ``the first two blocks``, then ``the third``, ``the last two``."""
    first, last = group[0].block.index, group[-1].block.index
    count, total = last - first + 1, len(review.blocks)
    one, several = (" block", " blocks") if with_noun else ("", "")
    if count == total:
        return "the block" if total == 1 else _all_blocks_of(total)
    if count == 1:
        return f"the {_ordinal(review, first)}{one}"
    if first == 1:
        return f"the first {_number_word(count)}{several}"
    if last == total:
        return f"the last {_number_word(count)}{several}"
    if count == 2:
        return f"the {_ordinal(review, first)} and {_ordinal(review, last)}{several}"
    return f"blocks {first} to {last}"


def _size(group: list[_Event], unit: Unit) -> str:
    """
    Say how far off, as the table does: ``14 s/km``, ``5 to 12 s/km``; empty if nobody knows.

    The flag says it where the table shows nothing that fits: a block without a
    pace, or one that was off in its core alone.
    """
    known = [abs(d) for e in group if (d := _deviation(e)) is not None]
    sizes = [round_half_up(per_unit(d, unit)) for d in known]
    if not sizes or max(sizes) < 1:
        return ""
    low, high = min(sizes), max(sizes)
    shown = f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
    return f"{shown} s/{unit}"


def _deviation(event: _Event) -> float | None:
    """Return how far off a block was told to be [s/km]; negative is too fast."""
    told = told_deviation(event.block)
    if told is not None and abs(told) >= 0.5 and (told < 0) == (event.kind == "forced"):
        return told
    return None if event.flag is None else event.flag.value


def _joined(clauses: list[_Clause], stood: str) -> str:
    """Join clauses to one sentence in order of time; standing comes last, whenever it was."""
    text = clauses[0].text
    if len(clauses) > 1:
        last = clauses[-1]
        turn = "but" if len(clauses) == 2 and clauses[0].is_good else "and"
        text = ", ".join(c.text for c in clauses[:-1])
        text += f", {'then' if last.is_good else turn} {last.text}"
    if stood:
        text += f", and {stood}"
    return text[:1].upper() + text[1:] + "."


def _follow_up(told: Sequence[Flag]) -> str:
    """Say what was gained and lost, where the scorer could tell."""
    costly = next((f for f in told if f.cost_s is not None and f.code in EARLY), None)
    if costly is None or costly.cost_s is None:
        return ""
    gained = number(costly.facts.get("gained_s"))
    lost = round_half_up(costly.cost_s)
    if not gained >= 1:
        return f"What followed lost {lost:.0f} s."
    return f"That gained {round_half_up(gained):.0f} s; what followed lost {lost:.0f} s."


def is_early_change(flag: Flag) -> bool:
    """Whether a block was left early for the next one: GREEDY by timing, not by pace."""
    return flag.code == "GREEDY" and flag.facts.get("by") == "timing"


PERHAPS: tuple[tuple[FlagCode, str], ...] = (
    ("STOPPED", "may hold a stop"),
    ("BLOW_UP", "may have been the start of a collapse"),
    ("MISSED_BLOCK", "may have been skipped"),
    ("GREEDY", "may have been run at the pace of the next"),
    ("FAST_START", "may have begun too fast"),
    ("TOO_FAST", "may have been too fast"),
    ("NON_PROGRESSION", "may have been no faster than the one before"),
    ("FADE", "may have faded"),
    ("TOO_SLOW", "may have been too slow"),
    ("LATE_CHANGE", "may have begun late"),
    ("SURGING", "may have surged"),
)
"""How a possible finding is told, the most important first (method 10)."""


def _perhaps(review: Review, possible: Sequence[Flag]) -> str:
    """Word the most important of the possible findings as such."""
    for code, words in PERHAPS:
        flag = next((f for f in possible if f.code == code), None)
        if flag is not None and flag.block is None:
            return "One block may have been left out; the recording cannot say for sure."
        if flag is not None and flag.block is not None:
            if is_early_change(flag):
                words = "may have been left early for the next"
            alone = len(review.blocks) == 1
            block = "block" if alone else f"{_ordinal(review, flag.block)} block"
            return f"The {block} {words}; the recording cannot say for sure."
    return ""
