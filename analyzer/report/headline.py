"""The sentence at the top: what happened in order of time, cause before effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from analyzer.report.language import capital, decimal, noted, say
from analyzer.report.naming import Named, all_blocks, neighbours, the_block, where_in
from analyzer.report.view import (
    number,
    per_unit,
    seconds_text,
    told_deviation,
    unit_of,
)
from analyzer.units import clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from analyzer.model.findings import Flag, FlagCode
    from analyzer.model.review import BlockResult, Review
    from analyzer.units import Unit

EARLY = ("GREEDY", "TOO_FAST", "FAST_START")
"""Faults of impatience, the most telling first."""


DOUBT = noted(
    "The recording may have begun before block 1: say when with --start, or this may be wrong."
)
TWO_READINGS = noted("When block 1 began is not certain: see what this rests on, below.")
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
        doubt = say(DOUBT)
        second = f"{doubt} {second}".strip()
    if "AMBIGUOUS_START" in codes:
        readings = say(TWO_READINGS)
        second = f"{second} {readings}".strip()
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
        clauses.insert(0, _Clause(say("left one block out"), is_good=False))
    stood = _stood(review, told)
    if clauses:
        return _joined(clauses, stood), _follow_up(told)
    if stood:
        named = all_blocks(review)._asdict()
        return capital(say("Held the pace of {blocks}, but {stood}.", **named, stood=stood)), ""
    possible = [f for f in review.flags if f.certainty == "possible"]
    if review.score.word in UNHELD:
        return _probably(probable(review, unit)), say(UNSURE)
    if possible:
        return _all_held(review, is_sure=False), _perhaps(review, possible)
    return _all_held(review, is_sure=True), ""


def _all_held(review: Review, *, is_sure: bool) -> str:
    """Say that all blocks were held, or mostly, and whether that is certain."""
    named = all_blocks(review)._asdict()
    if review.score.word == "mostly held":
        told = (
            say("Mostly held {blocks}.", **named)
            if is_sure
            else say("Mostly held {blocks}, as far as the recording shows.", **named)
        )
    else:
        told = (
            say("Held {blocks}.", **named)
            if is_sure
            else say("Held {blocks}, as far as the recording shows.", **named)
        )
    return capital(told)


UNHELD = ("loose", "not the planned session")
"""Words of a score beside which nothing is called held."""

UNSURE = noted("No single fault is sure: the recording is too coarse for the plan's steps.")
"""What is said of a run far from its plan in which no finding is clear."""

LEAST_OFF_PCT = 1.0
"""A block that was off by less than this is not named then [% of speed]."""


NOWHERE = Named("", "")
"""No blocks: what was wrong was in the whole run."""


@dataclass(frozen=True, slots=True)
class Probable:
    """What was probably wrong: pace, to which side, by how much and in which blocks; or steps."""

    what: Literal["too_fast", "too_slow", "no_steps", "astray"]
    named: Named = NOWHERE
    size: str = ""


def probable(review: Review, unit: Unit) -> Probable:
    """Name what was probably wrong in a run far from its plan, where nothing is clear."""
    off = {
        b.index: b.scored_speed_deviation_pct
        for b in review.blocks
        if b.scored_speed_deviation_pct is not None
    }
    for is_fast in (True, False):
        side = [
            _Event("forced" if is_fast else "slow", review.blocks[i - 1])
            for i, x in off.items()
            if (x > LEAST_OFF_PCT if is_fast else x < -LEAST_OFF_PCT)
        ]
        if 2 * len(side) > len(off):
            most = Named(say("most blocks"), say("in most blocks"))
            blocks = most if len(side) < len(off) else all_blocks(review)
            return Probable("too_fast" if is_fast else "too_slow", blocks, _size(side, unit))
    if any(f.code == "NON_PROGRESSION" for f in review.flags):
        return Probable("no_steps")
    return Probable("astray")


def _probably(found: Probable) -> str:
    """Say what was probably wrong."""
    if found.what == "no_steps":
        return say("Probably left out most of the steps up.")
    if found.what == "astray":
        return say("Strayed from the plan in both directions.")
    facts = {**found.named._asdict(), "size": found.size}
    if found.what == "too_fast":
        return (
            say("Probably ran {blocks} {size} too fast.", **facts)
            if found.size
            else say("Probably ran {blocks} too fast.", **facts)
        )
    return (
        say("Probably ran {blocks} {size} too slow.", **facts)
        if found.size
        else say("Probably ran {blocks} too slow.", **facts)
    )


def _stood(review: Review, told: Sequence[Flag]) -> str:
    """Say where the runner stood: ``stood 54 s in the third block and 18 s in the fourth``."""
    stops = [f for f in told if f.code == "STOPPED"]
    if not stops:
        return ""
    listed = ""
    for i, flag in enumerate(stops):
        standing = number(flag.facts.get("standing_s"))
        time = say("a while") if math.isnan(standing) else seconds_text(standing)
        place = say(
            "{time} {where}", time=time, where=where_in(review, flag.block or 0, with_noun=i == 0)
        )
        if i == 0:
            listed = place
        elif i < len(stops) - 1:
            listed = say("{places}, {place}", places=listed, place=place)
        else:
            listed = say("{places} and {place}", places=listed, place=place)
    return say("stood {places}", places=listed)


def _nothing_scored(review: Review) -> str:
    """Say why there is no score."""
    if not any(b.planned.pace_s_per_km is not None for b in review.blocks):
        return say("Nothing to score: the plan gives no pace.")
    if all(b.status in ("not_seen", "missed") for b in review.blocks):
        return say("Nothing to score: no block of the plan was run.")
    if any(f.code == "LOW_DATA" for f in review.flags):
        return say("Nothing could be scored: too little was measured.")
    return say("Nothing could be scored: too little of the plan was run.")


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
    clauses = []
    for i, group in enumerate(kept):
        kind, ends = group[0].kind, (group[0].block.index, group[-1].block.index)
        named = neighbours(review, *ends, with_noun=i == 0)
        clauses.append(_Clause(_TELLERS[kind](named, group, unit), kind == "held"))
    return clauses


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


def _held(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("held {blocks}", **named._asdict())


def _skipped(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("skipped {blocks}", **named._asdict())


def _forced(named: Named, group: list[_Event], unit: Unit) -> str:
    facts = {**named._asdict(), "size": _size(group, unit)}
    if not facts["size"]:
        return say("forced {blocks}", **facts)
    if named.blocks[-1:].isdigit():  # "blocks 2 to 4, 9 to 10 s/km too fast"
        return say("forced {blocks}, {size} too fast", **facts)
    return say("forced {blocks} {size} too fast", **facts)


def _started(named: Named, group: list[_Event], unit: Unit) -> str:
    pace = _fact(group, "pace_s_per_km")
    if math.isnan(pace) or len(group) > 1:
        return say("forced the start of {blocks}", **named._asdict())
    shown = f"{pace_text(pace, unit)} /{unit}"
    return say("forced the start of {blocks} ({pace})", **named._asdict(), pace=shown)


def _faded(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("faded {where}", **named._asdict())


def _slow(named: Named, group: list[_Event], unit: Unit) -> str:
    facts = {**named._asdict(), "size": _size(group, unit)}
    if not facts["size"]:
        return say("fell short {where}", **facts)
    return say("fell {size} short {where}", **facts)


def _level(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("took no step up {where}", **named._asdict())


def _early(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("left {blocks} {time} early", **named._asdict(), time=_shift(group))


def _late(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("began {blocks} {time} late", **named._asdict(), time=_shift(group))


def _shift(group: list[_Event]) -> str:
    """Say by how much changes of pace were off: ``about 90 s``, ``1 to 3 min``."""
    sizes = [abs(e.flag.value) for e in group if e.flag is not None and e.flag.value is not None]
    if not sizes:
        return ""
    low, high = min(sizes), max(sizes)
    if high - low <= max(15.0, 0.25 * high):
        middle = (low + high) / 2
        if middle < 100:
            return say("about {time}", time=f"{10 * round_half_up(middle / 10):.0f} s")
        return say("about {time}", time=f"{_halves(middle)} min")
    if high < 100:
        near, far = (f"{10 * round_half_up(size / 10):.0f}" for size in (low, high))
        return say("{low} to {high} s", low=near, high=far)
    return say("{low} to {high} min", low=_halves(low), high=_halves(high))


def _halves(seconds: float) -> str:
    """Return minutes, to half of one."""
    return decimal(round_half_up(2 * seconds / 60) / 2)


def _surged(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("surged {where}", **named._asdict())


def _collapsed(named: Named, group: list[_Event], unit: Unit) -> str:
    if _fact(group, "is_severe") == 1:
        return say("blew up badly {where}", **named._asdict())
    return say("blew up {where}", **named._asdict())


def _ended(named: Named, group: list[_Event], unit: Unit) -> str:
    run = _fact(group, "run_s")
    if math.isnan(run):
        return say("ended {where}", **named._asdict())
    if run < 1:
        return say("stopped before {blocks}", **named._asdict())
    return say("ended {time} into {blocks}", **named._asdict(), time=clock_text(run))


def _unknown(named: Named, group: list[_Event], unit: Unit) -> str:
    return say("left too little data {where}", **named._asdict())


_TELLERS: dict[str, Callable[[Named, list[_Event], Unit], str]] = {
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
    if low == high:
        return f"{low:.0f} s/{unit}"
    return say("{low} to {high} s/{unit}", low=f"{low:.0f}", high=f"{high:.0f}", unit=unit)


def _deviation(event: _Event) -> float | None:
    """Return how far off a block was told to be [s/km]; negative is too fast."""
    told = told_deviation(event.block)
    if told is not None and abs(told) >= 0.5 and (told < 0) == (event.kind == "forced"):
        return told
    return None if event.flag is None else event.flag.value


def _joined(clauses: list[_Clause], stood: str) -> str:
    """Join clauses to one sentence in order of time; standing comes last, whenever it was."""
    told, *following = clauses
    text = told.text
    for clause in following[:-1]:
        text = say("{clauses}, {clause}", clauses=text, clause=clause.text)
    if following:
        facts = {"clauses": text, "clause": following[-1].text}
        if following[-1].is_good:
            text = say("{clauses}, then {clause}", **facts)
        elif len(clauses) == 2 and told.is_good:
            text = say("{clauses}, but {clause}", **facts)
        elif stood:  # the last "and" is its own
            text = say("{clauses}, {clause}", **facts)
        else:
            text = say("{clauses}, and {clause}", **facts)
    if stood:
        text = say("{clauses}, and {clause}", clauses=text, clause=stood)
    return f"{capital(text)}."


def _follow_up(told: Sequence[Flag]) -> str:
    """Say what was gained and lost, where the scorer could tell."""
    costly = next((f for f in told if f.cost_s is not None and f.code in EARLY), None)
    if costly is None or costly.cost_s is None:
        return ""
    gained = number(costly.facts.get("gained_s"))
    lost = f"{round_half_up(costly.cost_s):.0f} s"
    if not gained >= 1:
        return say("What followed lost {lost}.", lost=lost)
    gain = f"{round_half_up(gained):.0f} s"
    return say("That gained {gained}; what followed lost {lost}.", gained=gain, lost=lost)


def is_early_change(flag: Flag) -> bool:
    """Whether a block was left early for the next one: GREEDY by timing, not by pace."""
    return flag.code == "GREEDY" and flag.facts.get("by") == "timing"


PERHAPS: tuple[tuple[FlagCode, str], ...] = (
    ("STOPPED", noted("{block} may hold a stop")),
    ("BLOW_UP", noted("{block} may have been the start of a collapse")),
    ("MISSED_BLOCK", noted("{block} may have been skipped")),
    ("GREEDY", noted("{block} may have been run at the pace of the next")),
    ("FAST_START", noted("{block} may have begun too fast")),
    ("TOO_FAST", noted("{block} may have been too fast")),
    ("NON_PROGRESSION", noted("{block} may have been no faster than the one before")),
    ("FADE", noted("{block} may have faded")),
    ("TOO_SLOW", noted("{block} may have been too slow")),
    ("LATE_CHANGE", noted("{block} may have begun late")),
    ("SURGING", noted("{block} may have surged")),
)
"""How a possible finding is told, the most important first (method 10)."""

PERHAPS_EARLY = noted("{block} may have been left early for the next")
"""How GREEDY is told where the change was early, and not the pace high."""


def _perhaps(review: Review, possible: Sequence[Flag]) -> str:
    """Word the most important of the possible findings as such."""
    for code, message in PERHAPS:
        flag = next((f for f in possible if f.code == code), None)
        if flag is None:
            continue
        if flag.block is None:
            told = say("One block may have been left out")
        else:
            words = PERHAPS_EARLY if is_early_change(flag) else message
            told = say(words, block=the_block(review, flag.block))
        return say("{perhaps}; the recording cannot say for sure.", perhaps=told)
    return ""
