"""The coach's message: what to paste in a chat, 700 characters at most, nothing cut in two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.headline import (
    BESIDE,
    BY_VERDICT,
    EARLY,
    EXPLAINED,
    FIRST_OF,
    UNHELD,
    Probable,
    is_early_change,
    probable,
    story,
)
from analyzer.report.language import after_colon, decimal, noted, say, say_n
from analyzer.report.naming import all_blocks, number_word
from analyzer.report.view import (
    effort,
    feeling_text,
    name_text,
    note_text,
    number,
    per_unit,
    score_words,
    seconds_text,
    told_deviation,
    unit_of,
)
from analyzer.safe_text import clean_text
from analyzer.units import clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analyzer.model.findings import Flag, FlagCode
    from analyzer.model.review import BlockResult, Review
    from analyzer.units import Unit

MOST = 700
"""Characters of a message; a phone shows that many without scrolling much."""

SHORT_NOTE = 110
"""Up to here a runner's own words are quoted; longer ones are only thanked for [characters]."""

PLAN_NAME = 60
"""Longest name of a plan in a message [characters]."""

LISTED = 8
"""More blocks than this are counted and not listed."""

GREETING, SCORE, DOUBT, FAULT, COST, STOP, UNSURE, WORDS, KIND, NEXT, HELD, MORE = range(12)
"""What sentences are about."""

DROPPED = (MORE, KIND, HELD, COST)
"""What is left out, one sentence after the other, until the rest fits."""

DROPPED_AT_LAST = (*DROPPED, UNSURE, WORDS, NEXT, DOUBT, GREETING)
"""The same where the findings are already told as short as can be; these never go."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence: what it is about, its paragraph, and its place in there."""

    about: int
    paragraph: int
    text: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened in one block, and the finding that says so."""

    kind: str
    block: BlockResult
    flag: Flag | None = None


def render_message(review: Review, units: Unit | None = None) -> str:
    """
    Return a message to the runner, in the second person and without jargon.

    It is made of the same findings, verdicts and advice as every other form.
    What does not fit is left out by whole sentences, the least important
    first; where even the findings do not fit they are listed by kind.

    Parameters
    ----------
    review : Review
        What to tell.
    units : {'km', 'mi'}, optional
        Left out: the plan's.

    Returns
    -------
    str
        At most 700 characters, no line feed at the end.
    """
    unit = unit_of(review, units)
    around = [*_opening(review), *_doubts(review), *_remarks(review), *_closing(review, unit)]
    events = _events(review)
    told = [*around, *_stood(review, LISTED), *_in_order(review, events, unit)]
    made = _fitted(told, DROPPED)
    if len(made) <= MOST:
        return made
    made = _fitted([*around, *_stood(review, LISTED), *_listed(events, LISTED)], DROPPED)
    if len(made) <= MOST:
        return made
    made = _fitted([*around, *_stood(review, 0), *_listed(events, 0)], DROPPED_AT_LAST)
    return made if len(made) <= MOST else _joined(_opening(review))


def _fitted(told: list[_Told], dropped: Sequence[int]) -> str:
    """Leave out sentences, the last of the least important kind first, until the rest fits."""
    for about in dropped:
        while len(_joined(told)) > MOST:
            last = next((t for t in reversed(told) if t.about == about), None)
            if last is None:
                break
            told = [t for t in told if t is not last]
    return _joined(told)


def _joined(told: Sequence[_Told]) -> str:
    """Make paragraphs of sentences."""
    ordered = sorted(told, key=lambda t: (t.paragraph, t.place))
    paragraphs = groupby(ordered, key=lambda t: t.paragraph)
    return "\n\n".join(" ".join(t.text for t in group) for _, group in paragraphs)


def _opening(review: Review) -> list[_Told]:
    """Greet, and say the score with its range and word."""
    name, plan = name_text(review), clean_text(review.plan.name, PLAN_NAME)
    told = [_Told(GREETING, 0, say("Hi {name},", name=name))] if name else []
    score = review.score
    subject = plan or say("Your run")
    subject += " –" if subject[-1].isdigit() else ":"  # "to 3:30: 97 of 100" is hard to read
    if score.overall is None or score.low is None or score.high is None:
        text = say("{run} no score this time. {why}", run=subject, why=story(review)[0])
        return [*told, _Told(SCORE, 1, text)]
    text = say(
        "{run} {score} of 100 ({low} to {high}), {word}.",
        run=subject,
        score=f"{round_half_up(score.overall):.0f}",
        low=f"{round_half_up(score.low):.0f}",
        high=f"{round_half_up(score.high):.0f}",
        word=score_words(review)[1],
    )
    return [*told, _Told(SCORE, 1, text)]


def _remarks(review: Review) -> list[_Told]:
    """Refer to what the runner said."""
    note, hard, felt = note_text(review), effort(review), feeling_text(review)
    parts = []
    if note and len(note) <= SHORT_NOTE:
        parts.append(say("You wrote: “{note}”", note=note) + ("" if note[-1] in ".!?…" else "."))
    elif note:
        parts.append(say("Thank you for your own words on it."))
    if hard is not None:
        shown = decimal(round_half_up(hard))
        parts.append(say("You gave the effort {effort} of 10.", effort=shown))
    elif felt:
        parts.append(say("By your watch you felt {word}.", word=felt))
    return [_Told(WORDS, 4, " ".join(parts))] if parts else []


def _doubts(review: Review) -> list[_Told]:
    """Say it where every block may lie elsewhere, or the plan is not in the run at all."""
    codes = {note.code for note in review.alignment.notes}
    is_late = any(f.code == "LATE_CHANGE" and f.certainty == "clear" for f in review.flags)
    told = []
    if "START_DOUBTFUL" in codes and not is_late:
        told.append(
            say(
                "If you pressed start early, tell me when block 1 began; then this will read "
                "otherwise."
            )
        )
    if "AMBIGUOUS_START" in codes:
        told.append(say("It is not certain when block 1 began, so all of this may shift."))
    if "PLAN_NOT_SEEN" in codes:
        told.append(say("Your pace shows none of the plan's changes: was it this session?"))
    return [_Told(DOUBT, 2, text) for text in told]


def _closing(review: Review, unit: Unit) -> list[_Told]:
    """Say what it cost, something kind, what comes next, and what nobody can tell."""
    told = []
    clear = [f for f in review.flags if f.certainty == "clear"]
    costly = next((f for f in clear if f.cost_s is not None and f.code in EARLY), None)
    if costly is not None and review.score.overall is not None:
        told.append(_Told(COST, 3, _cost(costly), 1))
    kind = _kind(review, clear, unit)
    if kind:
        told.append(_Told(KIND, 5, kind))
    suggestion = next_time(review, unit)
    if suggestion:
        text = say("Next time: {advice}", advice=after_colon(suggestion))
        told.append(_Told(NEXT, 6, text))
    return [*told, *_small_stops(review), *_unsure(review, clear, unit)]


def _cost(flag: Flag) -> str:
    """Say what was gained and lost."""
    gained = number(flag.facts.get("gained_s"))
    lost = f"{round_half_up(flag.cost_s or 0.0):.0f} s"
    if not gained >= 1:
        return say("What followed lost {lost}.", lost=lost)
    gain = f"{round_half_up(gained):.0f} s"
    return say("That gained {gained}; what followed lost {lost}.", gained=gain, lost=lost)


def _kind(review: Review, clear: Sequence[Flag], unit: Unit) -> str:
    """Say something kind that is true of this run."""
    codes = {f.code for f in clear}
    if review.score.overall is None or any(
        note.code == "PLAN_NOT_SEEN" for note in review.alignment.notes
    ):
        return ""  # nobody knows whether it was this session
    early = [f.block for f in clear if f.code in EARLY and f.block is not None]
    if early:
        pace = review.blocks[min(early) - 1].planned.pace_s_per_km
        if pace is None:
            return say("It should feel too easy; that is the session working.")
        shown = pace_text(pace, unit)
        return say("{pace} should feel too easy; that is the session working.", pace=shown)
    if not codes:
        held = review.score.word == "held"
        return say("Small steps, taken patiently: that is the session.") if held else ""
    told = next((text for wanted, text in KIND_WORDS if codes & wanted), "")
    return say(told) if told else _kind_of_slow(review, clear)


def _kind_of_slow(review: Review, clear: Sequence[Flag]) -> str:
    """Say something kind of an end that was hard, or of a beginning that was a little slow."""
    half = len(review.blocks) / 2
    ends = [f for f in clear if f.code in ("BLOW_UP", "FADE", "TOO_SLOW") and f.block is not None]
    if any((f.block or 0) > half + 1 for f in ends):
        return say("The end is meant to be hard; coming to it fresh is what the patience is for.")
    if any(f.code == "BLOW_UP" for f in ends):
        return say("A day like that happens, and says little about the next one.")
    small = [f for f in ends if f.code == "TOO_SLOW" and abs(f.value or 99.0) <= LITTLE_S_PER_KM]
    if small and (small[0].block or 0) <= half:
        return say("A little slow early is the smaller fault: it leaves something for the end.")
    return ""


LITTLE_S_PER_KM = 15.0
"""Up to here slow is a little slow [s/km]."""

KIND_WORDS: tuple[tuple[set[str], str], ...] = (
    ({"MISSED_BLOCK"}, noted("One block less does no harm for once; what you ran of it counts.")),
    ({"TRUNCATED"}, noted("One session cut short does no harm; what you ran of it counts.")),
    ({"STOPPED"}, noted("The pace is one half of it, running on the other.")),
    ({"LATE_CHANGE"}, noted("If you miss a change, late is the patient side to miss it on.")),
)
"""Something kind for the first of these findings."""


def _stood(review: Review, most: int) -> list[_Told]:
    """Tell the stops that broke the session, in one sentence, short where they are many."""
    flags = [f for f in review.flags if f.code == "STOPPED" and f.certainty == "clear"]
    flags = [f for f in flags if f.block is not None]
    if not flags:
        return []
    stood = [number(f.facts.get("standing_s")) for f in flags]
    if len(flags) > min(most, 3):
        return [_Told(STOP, 3, _stood_in(len(flags), sum(stood)), 2)]
    places = [_place(flag, seconds) for flag, seconds in zip(flags, stood, strict=True)]
    told = say("You stood {places}; a road or lights may have forced it.", places=_and(places))
    return [_Told(STOP, 3, told, 2)]


def _stood_in(blocks: int, standing_s: float) -> str:
    """Say in how many blocks the runner stood, and for how long in all."""
    count = "1" if blocks == 1 else number_word(blocks)
    if math.isnan(standing_s):
        return say_n(
            "You stood in {count} block.", "You stood in {count} blocks.", blocks, count=count
        )
    return say_n(
        "You stood in {count} block, {time} in all.",
        "You stood in {count} blocks, {time} in all.",
        blocks,
        count=count,
        time=seconds_text(standing_s),
    )


def _place(flag: Flag, standing_s: float) -> str:
    """Say how long the runner stood in a block, and when."""
    at, stops = number(flag.facts.get("longest_at_s")), number(flag.facts.get("stops"))
    time = say("a while") if math.isnan(standing_s) else seconds_text(standing_s)
    if math.isnan(at):
        return say("{time} in block {block}", time=time, block=flag.block)
    facts = {"time": time, "block": flag.block, "at": clock_text(at)}
    if not stops > 1:
        return say("{time} in block {block} (at {at})", **facts)
    return say(
        "{time} in block {block} ({stops} stops, the longest at {at})",
        **facts,
        stops=f"{stops:.0f}",
    )


def _small_stops(review: Review) -> list[_Told]:
    """Tell the stops that cost nothing."""
    named = {None, *(f.block for f in review.flags if f.code == "STOPPED")}
    small = [s for s in review.activity.stops if _block_at(review, s.span.start_s) not in named]
    if not small:
        return []
    stop = small[0].span
    long, at = seconds_text(stop.duration_s), clock_text(stop.start_s)
    if len(small) == 1:
        text = say("The {time} stop at {at} cost no points.", time=long, at=at)
    else:
        text = say("{count} short stops cost no points.", count=len(small))
    return [_Told(MORE, 7, text)]


def _block_at(review: Review, at_s: float) -> int | None:
    """Return the block of an elapsed second."""
    for block in review.blocks:
        start_s, end_s = block.start_s, block.end_s
        if start_s is not None and end_s is not None and start_s <= at_s < end_s:
            return block.index
    return None


PERHAPS: tuple[tuple[FlagCode, str], ...] = (
    ("STOPPED", noted("{block} may hold a stop")),
    ("BLOW_UP", noted("{block} may be where you came undone")),
    ("MISSED_BLOCK", noted("{block} may be missing")),
    ("GREEDY", noted("{block} may have been run at the pace of the next")),
    ("FAST_START", noted("{block} may have begun too fast")),
    ("TOO_FAST", noted("{block} may have been too fast")),
    ("NON_PROGRESSION", noted("{block} may have been no step up")),
    ("FADE", noted("{block} may have faded")),
    ("TOO_SLOW", noted("{block} may have been too slow")),
    ("LATE_CHANGE", noted("{block} may have begun late")),
    ("SURGING", noted("{block} may have been uneven")),
)
"""How a finding is told that is only possible, the most important first."""

PERHAPS_EARLY = noted("{block} may have been left early")
"""How GREEDY is told where the change was early, and not the pace high."""


def _unsure(review: Review, clear: Sequence[Flag], unit: Unit) -> list[_Told]:
    """Say what is only possible as such, and what the recording cannot show."""
    if review.score.overall is None:
        return []
    told = []
    known = {f.block for f in clear}
    possible = [f for f in review.flags if f.certainty == "possible" and f.block not in known]
    ranked = [(words, f) for code, words in PERHAPS for f in possible if f.code == code]
    if ranked:
        words, flag = ranked[0]
        words = PERHAPS_EARLY if is_early_change(flag) else words
        if len(review.blocks) == 1:
            block = say("It")
        else:
            block = (
                say("One block") if flag.block is None else say("Block {block}", block=flag.block)
            )
        perhaps = say(words, block=block)
        text = say("{perhaps}; the recording cannot say for sure.", perhaps=perhaps)
        # Where nothing is clear it belongs to the story; beside a clear fault it is a remark.
        told.append(_Told(MORE, 7, text) if clear else _Told(UNSURE, 3, text, 3))
    hidden = next((f for f in review.flags if f.certainty == "cannot_tell" and f.value), None)
    if hidden is not None:
        told.append(_Told(MORE if clear else UNSURE, 7, _hidden(hidden, unit)))
    return told


def _hidden(flag: Flag, unit: Unit) -> str:
    """Say what would not show."""
    size = round_half_up(abs(flag.value or 0.0))
    if flag.code == "LATE_CHANGE":
        return say(
            "Either you changed about {time} late, or the recording began early.",
            time=f"{size:.0f} s",
        )
    if flag.unit != "s/km":
        return say("The recording is too coarse to show more.")
    shown = f"{round_half_up(per_unit(abs(flag.value or 0.0), unit)):.0f} s/{unit}"
    if flag.code == "NON_PROGRESSION":
        return say("A step below {size} would not show in this recording.", size=shown)
    return say("An error below {size} would not show in this recording.", size=shown)


def _events(review: Review) -> list[_Event]:
    """Return what happened in each block, as the headline takes it; a stop is told apart."""
    clear = [f for f in review.flags if f.certainty == "clear" and f.code != "STOPPED"]
    events: list[_Event] = []
    for block in review.blocks:
        mine = {f.code: f for f in clear if f.block == block.index}
        beside = [_Event(kind, block, mine[code]) for code, kind in BESIDE if code in mine]
        ends = any(e.kind in ("collapsed", "ended") for e in beside)
        found = [
            _Event(kind, block, mine[code])
            for code, kind in FIRST_OF
            if code in mine and not (ends and kind in EXPLAINED)
        ]
        first = _first(found, mine.get("GREEDY"))
        if first:
            events += first
        elif not ends and block.verdict in BY_VERDICT:
            events.append(_Event(BY_VERDICT[block.verdict], block))
        events += beside
        if any(e.kind == "collapsed" for e in beside):
            break  # what follows a collapse is part of it
    is_scored = review.score.overall is not None
    return [e for e in events if is_scored or e.kind in UNSCORED]


UNSCORED = ("skipped", "ended", "unknown")
"""What is told of a run without a score."""


def _first(found: list[_Event], greedy: Flag | None) -> list[_Event]:
    """Return the cause before its effects: each kind once, none that follows from another."""
    if greedy is not None and is_early_change(greedy):
        found = [_Event("early", e.block, e.flag) if e.flag is greedy else e for e in found]
        found.sort(key=lambda e: e.kind != "early")
    kinds = {e.kind for e in found}
    if "skipped" in kinds:
        return [e for e in found if e.kind == "skipped"]
    if "late" in kinds:  # the cause, where pace and step of the whole block are the effect
        found = [e for e in found if e.kind != "level"]
        found.sort(key=lambda e: e.kind != "late")
    if "slow" in kinds or "forced" in kinds:
        found = [e for e in found if e.kind != "level"]
    once: dict[str, _Event] = {}
    for event in found:
        once.setdefault(event.kind, event)
    return list(once.values())


def _in_order(review: Review, events: list[_Event], unit: Unit) -> list[_Told]:
    """Tell the run in order of time, neighbours with the same fate together."""
    clear = [f for f in review.flags if f.certainty == "clear"]
    faults = [e for e in events if e.kind != "held"]
    if not events:
        return []
    if not clear and not faults and review.score.word in UNHELD:
        return [_Told(FAULT, 3, _probably(probable(review, unit)))]
    told = []
    if any(f.code == "MISSED_BLOCK" and f.block is None for f in clear):
        text = say("One block is missing, by the pace and length of your run.")
        told.append(_Told(FAULT, 3, text))
    for group in _neighbours(events):
        kind = group[0].kind
        about = HELD if kind == "held" and (faults or told) else FAULT
        told.append(_Told(about, 3, _TELLERS[kind](review, group, unit)))
    return told


def _probably(found: Probable) -> str:
    """Say to the runner what was probably wrong, where nothing is clear."""
    if found.what == "no_steps":
        return say("You probably left out most of the steps up.")
    if found.what == "astray":
        return say("You strayed from the plan in both directions.")
    facts = {**found.named._asdict(), "size": found.size}
    if found.what == "too_fast":
        return (
            say("You probably ran {blocks} {size} too fast.", **facts)
            if found.size
            else say("You probably ran {blocks} too fast.", **facts)
        )
    return (
        say("You probably ran {blocks} {size} too slow.", **facts)
        if found.size
        else say("You probably ran {blocks} too slow.", **facts)
    )


def _neighbours(events: Sequence[_Event]) -> list[list[_Event]]:
    """
    Put neighbouring blocks together that are told alike: first as what, then what else was there.

    Three blocks too fast, the last of them with a collapse, are one group of
    three and one of one.
    """
    by_block = [list(same) for _, same in groupby(events, key=lambda e: e.block.index)]
    grouped: list[list[_Event]] = []
    for _, alike in groupby(by_block, key=lambda same: same[0].kind):
        blocks = list(alike)
        grouped.append([same[0] for same in blocks])
        others = [event for same in blocks for event in same[1:]]
        for kind in dict.fromkeys(e.kind for e in others):
            for event in (e for e in others if e.kind == kind):
                last = grouped[-1][-1]
                if last.kind == kind and last.block.index == event.block.index - 1:
                    grouped[-1].append(event)
                else:
                    grouped.append([event])
    return grouped


def _listed(events: Sequence[_Event], most: int) -> list[_Told]:
    """Tell what happened by kind alone: the blocks listed, or only counted where they are many."""
    told = []
    for kind, words in SHORT.items():
        blocks = sorted({e.block.index for e in events if e.kind == kind})
        if not blocks:
            continue
        listed = _and([str(b) for b in blocks])
        if len(blocks) > 2 and blocks[-1] - blocks[0] == len(blocks) - 1:
            listed = say("{first} to {last}", first=blocks[0], last=blocks[-1])
        if len(blocks) > most:
            shown = say_n("{n} block", "{n} blocks", len(blocks))
        else:
            shown = say_n("block {listed}", "blocks {listed}", len(blocks), listed=listed)
        about = HELD if kind == "held" else FAULT
        told.append(_Told(about, 3, say("{what}: {blocks}.", what=say(words), blocks=shown)))
    return told


SHORT = {
    "held": noted("Held"),
    "early": noted("Left early"),
    "forced": noted("Too fast"),
    "started": noted("Begun too fast"),
    "late": noted("Begun late"),
    "slow": noted("Too slow"),
    "level": noted("No step up"),
    "faded": noted("Faded"),
    "surged": noted("Uneven"),
    "collapsed": noted("Came undone"),
    "skipped": noted("Skipped"),
    "ended": noted("Cut short"),
    "unknown": noted("Too little measured"),
}
"""What happened, in a word or two."""


def _and(words: Sequence[str]) -> str:
    """List words: ``4:00, 3:50 and 3:40``."""
    if len(words) == 1:
        return words[0]
    return say("{first} and {second}", first=", ".join(words[:-1]), second=words[-1])


def _named(group: Sequence[_Event], *, start: bool = True) -> str:
    """Name neighbouring blocks: ``Block 3``, ``Blocks 2 and 3``, ``Blocks 2 to 5``."""
    first, last = group[0].block.index, group[-1].block.index
    if first == last:
        return say("Block {block}", block=first) if start else say("block {block}", block=first)
    facts = {"first": first, "last": last}
    if last == first + 1:
        return (
            say("Blocks {first} and {last}", **facts)
            if start
            else say("blocks {first} and {last}", **facts)
        )
    return (
        say("Blocks {first} to {last}", **facts)
        if start
        else say("blocks {first} to {last}", **facts)
    )


def _run_pace(block: BlockResult) -> float | None:
    """Return the pace a block is told to be run at: without its stops, on the flat if scored so."""
    planned, off = block.planned.pace_s_per_km, told_deviation(block)
    return block.pace_s_per_km if planned is None or off is None else planned + off


def _paces(group: Sequence[_Event], unit: Unit) -> str:
    """List the paces of neighbouring blocks; empty if one is unknown or they are many."""
    known = [p for e in group if (p := _run_pace(e.block)) is not None and math.isfinite(p)]
    if len(known) < len(group) or len(group) > LISTED:
        return ""
    return _and([pace_text(p, unit) for p in known])


def _planned(group: Sequence[_Event], unit: Unit) -> str:
    """List the planned paces of neighbouring blocks; empty if one has none or they are many."""
    known = [p for e in group if (p := e.block.planned.pace_s_per_km) is not None]
    if len(known) < len(group) or len(group) > LISTED:
        return ""
    return _and([pace_text(p, unit) for p in known])


def _size(group: Sequence[_Event], unit: Unit) -> str:
    """Say how far off neighbouring blocks were: ``14 s/km``, ``9 to 12 s/km``."""
    sizes = []
    for event in group:
        off = told_deviation(event.block)
        if off is None or abs(off) < 0.5 or (off < 0) != (event.kind == "forced"):
            off = None if event.flag is None else event.flag.value
        if off is not None and math.isfinite(off):
            sizes.append(round_half_up(abs(per_unit(off, unit))))
    if not sizes or max(sizes) < 1:
        return ""
    low, high = min(sizes), max(sizes)
    if low == high:
        return f"{low:.0f} s/{unit}"
    return say("{low} to {high} s/{unit}", low=f"{low:.0f}", high=f"{high:.0f}", unit=unit)


def _fact(group: Sequence[_Event], name: str) -> float:
    """Return a fact of the first finding of a group; NaN if it is absent."""
    flag = group[0].flag
    return math.nan if flag is None else number(flag.facts.get(name))


def _held(review: Review, group: list[_Event], unit: Unit) -> str:
    codes = {f.code: f.certainty for f in review.flags}
    scored = sum(b.verdict != "not_scored" for b in review.blocks)
    others = [f for f in review.flags if f.certainty == "clear" and f.code != "STOPPED"]
    paces = _paces(group, unit)
    facts = {"paces": f"{paces} /{unit}" if paces else ""}
    if len(group) < scored or others:
        return f"{_you_held({**facts, 'blocks': _named(group, start=False)})}."
    facts |= all_blocks(review)._asdict()
    if codes.get("STOPPED") == "clear":
        told = _you_held_the_pace(facts)
    elif review.score.word == "mostly held":
        told = _you_mostly_held(facts)
    else:
        told = _you_held(facts)
    if "possible" in codes.values():
        return say("{told}, as far as the recording shows.", told=told)
    return f"{told}."


def _you_held(facts: dict[str, str]) -> str:
    if facts["paces"]:
        return say("You held {blocks} at {paces}", **facts)
    return say("You held {blocks}", **facts)


def _you_mostly_held(facts: dict[str, str]) -> str:
    if facts["paces"]:
        return say("You mostly held {blocks} at {paces}", **facts)
    return say("You mostly held {blocks}", **facts)


def _you_held_the_pace(facts: dict[str, str]) -> str:
    if facts["paces"]:
        return say("You held the pace of {blocks} at {paces}", **facts)
    return say("You held the pace of {blocks}", **facts)


def _too_fast(group: list[_Event], unit: Unit) -> str:
    size = _size(group, unit)
    return say("{size} too fast", size=size) if size else say("too fast")


def _too_slow(group: list[_Event], unit: Unit) -> str:
    size = _size(group, unit)
    return say("{size} too slow", size=size) if size else say("too slow")


def _off(off: str, group: list[_Event], unit: Unit) -> str:
    """Say by how much blocks were off, beside what was planned and run where that is known."""
    facts = {
        "blocks": _named(group),
        "planned": _planned(group, unit),
        "run": _paces(group, unit),
        "off": off,
    }
    one = len(group) == 1
    if not facts["planned"] or not facts["run"]:
        return say("{blocks} was {off}", **facts) if one else say("{blocks} were {off}", **facts)
    if any(e.block.is_adjusted for e in group):
        facts["run"] = say("{paces} on the flat at equal effort", paces=facts["run"])
    return (
        say("{blocks} was planned at {planned} and run at {run}: {off}", **facts)
        if one
        else say("{blocks} were planned at {planned} and run at {run}: {off}", **facts)
    )


def _forced(review: Review, group: list[_Event], unit: Unit) -> str:
    told = _off(_too_fast(group, unit), group, unit)
    if not _planned(group, unit) or not _paces(group, unit):
        return f"{told}."
    if all(e.flag is not None and e.flag.code == "GREEDY" for e in group) and len(group) > 1:
        return say("{told}, each nearer to the next block's pace than to its own.", told=told)
    run, following = _run_pace(group[0].block), _fact(group, "next_planned_s_per_km")
    if len(group) > 1 or run is None or math.isnan(following):
        return f"{told}."
    facts = {"told": told, "block": group[0].block.index + 1}
    if following > run + 0.5:
        return say("{told}, faster even than block {block} was meant to be.", **facts)
    if group[0].flag is not None and group[0].flag.code == "GREEDY":
        return say("{told}, nearer to block {block}'s pace than to its own.", **facts)
    return f"{told}."


def _slow(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"{_off(_too_slow(group, unit), group, unit)}."


def _started(review: Review, group: list[_Event], unit: Unit) -> str:
    pace, window = _fact(group, "pace_s_per_km"), _fact(group, "window_s")
    planned = _fact(group, "planned_s_per_km")
    if len(group) > 1 or any(math.isnan(v) for v in (pace, window, planned)):
        return say("You began {blocks} too fast.", blocks=_named(group, start=False))
    return say(
        "You began block {block} too fast: {pace} for the first {window}, where {planned} was "
        "planned.",
        block=group[0].block.index,
        pace=pace_text(pace, unit),
        window=seconds_text(window),
        planned=pace_text(planned, unit),
    )


def _early(review: Review, group: list[_Event], unit: Unit) -> str:
    changed, planned = _fact(group, "changed_at_s"), _fact(group, "planned_at_s")
    facts = {"blocks": _named(group, start=False), "time": _shift(group)}
    if len(group) > 1 or math.isnan(changed) or math.isnan(planned):
        if not facts["time"]:
            return say("You left {blocks} early.", **facts)
        return say("You left {blocks} {time} early.", **facts)
    facts |= {"at": clock_text(changed), "planned": clock_text(planned)}
    if not facts["time"]:
        return say("You left {blocks} early, at {at} and not at {planned}.", **facts)
    return say("You left {blocks} {time} early, at {at} and not at {planned}.", **facts)


def _late(review: Review, group: list[_Event], unit: Unit) -> str:
    facts = {"blocks": _named(group, start=False), "time": _shift(group)}
    if not facts["time"]:
        return say("You began {blocks} late.", **facts)
    return say("You began {blocks} {time} late.", **facts)


def _shift(group: Sequence[_Event]) -> str:
    """Say by how much changes of pace were off, as the headline rounds it."""
    sizes = [abs(e.flag.value) for e in group if e.flag is not None and e.flag.value is not None]
    if not sizes:
        return ""
    if max(sizes) - min(sizes) < 15:
        return say("about {time}", time=_rough(sum(sizes) / len(sizes)))
    return say("{first} to {last}", first=_rough(min(sizes)), last=_rough(max(sizes)))


def _rough(seconds: float) -> str:
    """Round a shift as far as it is known: ``90 s``, ``2.5 min``."""
    if seconds < 100:
        return f"{10 * round_half_up(seconds / 10):.0f} s"
    return f"{decimal(round_half_up(2 * seconds / 60) / 2)} min"


def _level(review: Review, group: list[_Event], unit: Unit) -> str:
    paces, before = _paces(group, unit), _fact(group, "previous_s_per_km")
    blocks = _named(group, start=False)
    if not paces or math.isnan(before):
        return say("There was no step up in {blocks}.", blocks=blocks)
    return say(
        "There was no step up in {blocks}: {paces} after {before}.",
        blocks=blocks,
        paces=paces,
        before=pace_text(before, unit),
    )


def _faded(review: Review, group: list[_Event], unit: Unit) -> str:
    first, last = _fact(group, "first_s_per_km"), _fact(group, "last_s_per_km")
    if len(group) > 1 or math.isnan(first) or math.isnan(last):
        return say("You faded in {blocks}.", blocks=_named(group, start=False))
    return say(
        "In block {block} you faded, from {first} in its first third to {last} in its last.",
        block=group[0].block.index,
        first=pace_text(first, unit),
        last=pace_text(last, unit),
    )


def _surged(review: Review, group: list[_Event], unit: Unit) -> str:
    blocks = _named(group, start=False)
    return say("You ran {blocks} in waves, faster and slower by turns.", blocks=blocks)


HEART = {
    "body": noted("Your heart rate stayed up: the body gave out, unless it was heat or a hill."),
    "choice": noted("Your heart rate fell with it: the pace was let go."),
}
"""What the heart tells of a collapse."""


def _collapsed(review: Review, group: list[_Event], unit: Unit) -> str:
    at, before = _fact(group, "at_s"), _fact(group, "before_s_per_km")
    after, long = _fact(group, "after_s_per_km"), _fact(group, "duration_s")
    block = group[0].block.index
    if any(math.isnan(v) for v in (at, before, after, long)):
        return say("In block {block} you blew up.", block=block)
    facts = {
        "block": str(block),
        "at": clock_text(at),
        "before": pace_text(before, unit),
        "after": pace_text(after, unit),
        "time": seconds_text(60 * round_half_up(long / 60) if long >= 120 else long),
    }
    told = (
        say(
            "In block {block} you blew up badly at {at}: {before} until then, {after} for {time} "
            "after it.",
            **facts,
        )
        if _fact(group, "is_severe") == 1
        else say(
            "In block {block} you blew up at {at}: {before} until then, {after} for {time} after "
            "it.",
            **facts,
        )
    )
    cause = None if group[0].flag is None else HEART.get(str(group[0].flag.facts.get("heart")))
    return told if cause is None else " ".join((told, say(cause)))


def _skipped(review: Review, group: list[_Event], unit: Unit) -> str:
    return say("You skipped {blocks}.", blocks=_named(group, start=False))


def _ended(review: Review, group: list[_Event], unit: Unit) -> str:
    run, block = _fact(group, "run_s"), group[0].block.index
    if run < 1:
        return say("You stopped before {blocks}.", blocks=_named(group, start=False))
    if math.isnan(run) or len(group) > 1:
        return say("The run ended in block {block}.", block=block)
    return say("The run ended {time} into block {block}.", time=clock_text(run), block=block)


def _unknown(review: Review, group: list[_Event], unit: Unit) -> str:
    blocks = _named(group, start=False)
    if len(group) == 1:
        return say("Too little was measured in {blocks} to score its pace.", blocks=blocks)
    return say("Too little was measured in {blocks} to score their pace.", blocks=blocks)


_TELLERS: dict[str, Callable[[Review, list[_Event], Unit], str]] = {
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
