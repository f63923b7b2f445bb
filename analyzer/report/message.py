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
    is_early_change,
    story,
)
from analyzer.report.naming import number_word
from analyzer.report.view import (
    effort,
    feeling_text,
    name_text,
    note_text,
    number,
    per_unit,
    seconds_text,
    told_deviation,
    unit_of,
)
from analyzer.safe_text import clean_text
from analyzer.units import clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analyzer.model.review import BlockResult, Flag, FlagCode, Review
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
    told = [_Told(GREETING, 0, f"Hi {name},")] if name else []
    score = review.score
    subject = plan or "Your run"
    subject += " –" if subject[-1].isdigit() else ":"  # "to 3:30: 97 of 100" is hard to read
    if score.overall is None or score.low is None or score.high is None:
        return [*told, _Told(SCORE, 1, f"{subject} no score this time. {story(review)[0]}")]
    overall, low, high = (f"{round_half_up(v):.0f}" for v in (score.overall, score.low, score.high))
    return [*told, _Told(SCORE, 1, f"{subject} {overall} of 100 ({low} to {high}), {score.word}.")]


def _remarks(review: Review) -> list[_Told]:
    """Refer to what the runner said."""
    note, hard, felt = note_text(review), effort(review), feeling_text(review)
    parts = []
    if note and len(note) <= SHORT_NOTE:
        parts.append(f"You wrote: “{note}”" + ("" if note[-1] in ".!?…" else "."))
    elif note:
        parts.append("Thank you for your own words on it.")
    if hard is not None:
        parts.append(f"You gave the effort {round_half_up(hard):g} of 10.")
    elif felt:
        parts.append(f"By your watch you felt {felt}.")
    return [_Told(WORDS, 4, " ".join(parts))] if parts else []


def _doubts(review: Review) -> list[_Told]:
    """Say it where every block may lie elsewhere, or the plan is not in the run at all."""
    codes = {note.code for note in review.alignment.notes}
    is_late = any(f.code == "LATE_CHANGE" and f.certainty == "clear" for f in review.flags)
    told = []
    if "START_DOUBTFUL" in codes and not is_late:
        told.append(
            "If you pressed start early, tell me when block 1 began; then this will read otherwise."
        )
    if "AMBIGUOUS_START" in codes:
        told.append("It is not certain when block 1 began, so all of this may shift.")
    if "PLAN_NOT_SEEN" in codes:
        told.append("Your pace shows none of the plan's changes: was it this session?")
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
        told.append(_Told(NEXT, 6, f"Next time: {suggestion[:1].lower()}{suggestion[1:]}"))
    return [*told, *_small_stops(review), *_unsure(review, clear, unit)]


def _cost(flag: Flag) -> str:
    """Say what was gained and lost."""
    gained, lost = number(flag.facts.get("gained_s")), round_half_up(flag.cost_s or 0.0)
    if not gained >= 1:
        return f"What followed lost {lost:.0f} s."
    return f"That gained {round_half_up(gained):.0f} s; what followed lost {lost:.0f} s."


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
        subject = "It" if pace is None else pace_text(pace, unit)
        return f"{subject} should feel too easy; that is the session working."
    if not codes:
        held = review.score.word == "held"
        return "Small steps, taken patiently: that is the session." if held else ""
    told = next((text for wanted, text in KIND_WORDS if codes & wanted), "")
    return told or _kind_of_slow(review, clear)


def _kind_of_slow(review: Review, clear: Sequence[Flag]) -> str:
    """Say something kind of an end that was hard, or of a beginning that was a little slow."""
    half = len(review.blocks) / 2
    ends = [f for f in clear if f.code in ("BLOW_UP", "FADE", "TOO_SLOW") and f.block is not None]
    if any((f.block or 0) > half + 1 for f in ends):
        return "The end is meant to be hard; coming to it fresh is what the patience is for."
    if any(f.code == "BLOW_UP" for f in ends):
        return "A day like that happens, and says little about the next one."
    small = [f for f in ends if f.code == "TOO_SLOW" and abs(f.value or 99.0) <= LITTLE_S_PER_KM]
    if small and (small[0].block or 0) <= half:
        return "A little slow early is the smaller fault: it leaves something for the end."
    return ""


LITTLE_S_PER_KM = 15.0
"""Up to here slow is a little slow [s/km]."""

KIND_WORDS: tuple[tuple[set[str], str], ...] = (
    ({"MISSED_BLOCK"}, "One block less does no harm for once; what you ran of it counts."),
    ({"TRUNCATED"}, "One session cut short does no harm; what you ran of it counts."),
    ({"STOPPED"}, "The pace is one half of it, running on the other."),
    ({"LATE_CHANGE"}, "If you miss a change, late is the patient side to miss it on."),
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
        whole = "" if math.isnan(sum(stood)) else f", {seconds_text(sum(stood))} in all"
        blocks = "1 block" if len(flags) == 1 else f"{number_word(len(flags))} blocks"
        return [_Told(STOP, 3, f"You stood in {blocks}{whole}.", 2)]
    places = []
    for flag, seconds in zip(flags, stood, strict=True):
        long = "a while" if math.isnan(seconds) else seconds_text(seconds)
        at, stops = number(flag.facts.get("longest_at_s")), number(flag.facts.get("stops"))
        many = f"{stops:.0f} stops, the longest at " if stops > 1 else "at "
        where = "" if math.isnan(at) else f" ({many}{clock_text(at)})"
        places.append(f"{long} in block {flag.block}{where}")
    told = f"You stood {_and(places)}; a road or lights may have forced it."
    return [_Told(STOP, 3, told, 2)]


def _small_stops(review: Review) -> list[_Told]:
    """Tell the stops that cost nothing."""
    named = {None, *(f.block for f in review.flags if f.code == "STOPPED")}
    small = [s for s in review.activity.stops if _block_at(review, s.span.start_s) not in named]
    if not small:
        return []
    stop = small[0].span
    long, at = seconds_text(stop.duration_s), clock_text(stop.start_s)
    one = f"The {long} stop at {at} cost no points."
    text = one if len(small) == 1 else f"{len(small)} short stops cost no points."
    return [_Told(MORE, 7, text)]


def _block_at(review: Review, at_s: float) -> int | None:
    """Return the block of an elapsed second."""
    for block in review.blocks:
        start_s, end_s = block.start_s, block.end_s
        if start_s is not None and end_s is not None and start_s <= at_s < end_s:
            return block.index
    return None


PERHAPS: tuple[tuple[FlagCode, str], ...] = (
    ("STOPPED", "may hold a stop"),
    ("BLOW_UP", "may be where you came undone"),
    ("MISSED_BLOCK", "may be missing"),
    ("GREEDY", "may have been run at the pace of the next"),
    ("FAST_START", "may have begun too fast"),
    ("TOO_FAST", "may have been too fast"),
    ("NON_PROGRESSION", "may have been no step up"),
    ("FADE", "may have faded"),
    ("TOO_SLOW", "may have been too slow"),
    ("LATE_CHANGE", "may have begun late"),
    ("SURGING", "may have been uneven"),
)
"""How a finding is told that is only possible, the most important first."""


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
        words = "may have been left early" if is_early_change(flag) else words
        where = "One block" if flag.block is None else f"Block {flag.block}"
        where = "It" if len(review.blocks) == 1 else where
        text = f"{where} {words}; the recording cannot say for sure."
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
        return f"Either you changed about {size:.0f} s late, or the recording began early."
    if flag.unit != "s/km":
        return "The recording is too coarse to show more."
    what = "A step" if flag.code == "NON_PROGRESSION" else "An error"
    shown = round_half_up(per_unit(abs(flag.value or 0.0), unit))
    return f"{what} below {shown:.0f} s/{unit} would not show in this recording."


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
        text = story(review, unit)[0]
        return [_Told(FAULT, 3, f"You {text[:1].lower()}{text[1:]}")]
    told = []
    if any(f.code == "MISSED_BLOCK" and f.block is None for f in clear):
        told.append(_Told(FAULT, 3, "One block is missing, by the pace and length of your run."))
    for group in _neighbours(events):
        kind = group[0].kind
        about = HELD if kind == "held" and (faults or told) else FAULT
        told.append(_Told(about, 3, _TELLERS[kind](review, group, unit)))
    return told


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
            listed = f"{blocks[0]} to {blocks[-1]}"
        named = f"block{'s' * (len(blocks) > 1)} {listed}"
        counted = "1 block" if len(blocks) == 1 else f"{len(blocks)} blocks"
        shown = named if len(blocks) <= most else counted
        about = HELD if kind == "held" else FAULT
        told.append(_Told(about, 3, f"{words}: {shown}."))
    return told


SHORT = {
    "held": "Held",
    "early": "Left early",
    "forced": "Too fast",
    "started": "Begun too fast",
    "late": "Begun late",
    "slow": "Too slow",
    "level": "No step up",
    "faded": "Faded",
    "surged": "Uneven",
    "collapsed": "Came undone",
    "skipped": "Skipped",
    "ended": "Cut short",
    "unknown": "Too little measured",
}
"""What happened, in a word or two."""


def _and(words: Sequence[str]) -> str:
    """List words: ``4:00, 3:50 and 3:40``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _named(group: Sequence[_Event], *, start: bool = True) -> str:
    """Name neighbouring blocks: ``Block 3``, ``Blocks 2 and 3``, ``Blocks 2 to 5``."""
    first, last = group[0].block.index, group[-1].block.index
    noun = "Block" if start else "block"
    if first == last:
        return f"{noun} {first}"
    return f"{noun}s {first} {'and' if last == first + 1 else 'to'} {last}"


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
    return f"{low:.0f} s/{unit} " if low == high else f"{low:.0f} to {high:.0f} s/{unit} "


def _fact(group: Sequence[_Event], name: str) -> float:
    """Return a fact of the first finding of a group; NaN if it is absent."""
    flag = group[0].flag
    return math.nan if flag is None else number(flag.facts.get(name))


def _held(review: Review, group: list[_Event], unit: Unit) -> str:
    paces, codes = _paces(group, unit), {f.code: f.certainty for f in review.flags}
    at = f" at {paces} /{unit}" if paces else ""
    scored = sum(b.verdict != "not_scored" for b in review.blocks)
    others = [f for f in review.flags if f.certainty == "clear" and f.code != "STOPPED"]
    if len(group) < scored or others:
        return f"You held {_named(group, start=False)}{at}."
    stood = codes.get("STOPPED") == "clear"
    verb = "mostly held" if review.score.word == "mostly held" and not stood else "held"
    pace = "the pace of " if stood else ""
    what = "the block" if len(review.blocks) == 1 else "the one block with a pace"
    if scored > 1:
        what = "both blocks" if scored == 2 else f"all {number_word(scored)} blocks"
    is_sure = "possible" not in codes.values()
    return f"You {verb} {pace}{what}{at}{'' if is_sure else ', as far as the recording shows'}."


def _off(side: str, review: Review, group: list[_Event], unit: Unit) -> str:
    planned, run, size = _planned(group, unit), _paces(group, unit), _size(group, unit)
    verb = "was" if len(group) == 1 else "were"
    flat = " on the flat at equal effort" if any(e.block.is_adjusted for e in group) else ""
    if not planned or not run:
        return f"{_named(group)} {verb} {size}{side}."
    return f"{_named(group)} {verb} planned at {planned} and run at {run}{flat}: {size}{side}"


def _forced(review: Review, group: list[_Event], unit: Unit) -> str:
    told = _off("too fast", review, group, unit)
    if told.endswith("."):
        return told
    if all(e.flag is not None and e.flag.code == "GREEDY" for e in group) and len(group) > 1:
        return f"{told}, each nearer to the next block's pace than to its own."
    run, following = _run_pace(group[0].block), _fact(group, "next_planned_s_per_km")
    if len(group) > 1 or run is None or math.isnan(following):
        return f"{told}."
    next_one = group[0].block.index + 1
    if following > run + 0.5:
        return f"{told}, faster even than block {next_one} was meant to be."
    is_greedy = group[0].flag is not None and group[0].flag.code == "GREEDY"
    return (
        f"{told}, nearer to block {next_one}'s pace than to its own." if is_greedy else f"{told}."
    )


def _slow(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"{_off('too slow', review, group, unit).rstrip('.')}."


def _started(review: Review, group: list[_Event], unit: Unit) -> str:
    pace, window = _fact(group, "pace_s_per_km"), _fact(group, "window_s")
    planned = _fact(group, "planned_s_per_km")
    if len(group) > 1 or any(math.isnan(v) for v in (pace, window, planned)):
        return f"You began {_named(group, start=False)} too fast."
    return (
        f"You began block {group[0].block.index} too fast: {pace_text(pace, unit)} for the first "
        f"{seconds_text(window)}, where {pace_text(planned, unit)} was planned."
    )


def _early(review: Review, group: list[_Event], unit: Unit) -> str:
    changed, planned = _fact(group, "changed_at_s"), _fact(group, "planned_at_s")
    if len(group) > 1 or math.isnan(changed) or math.isnan(planned):
        return f"You left {_named(group, start=False)} {_shift(group)}early."
    index = group[0].block.index
    at, asked = clock_text(changed), clock_text(planned)
    return f"You left block {index} {_shift(group)}early, at {at} and not at {asked}."


def _late(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"You began {_named(group, start=False)} {_shift(group)}late."


def _shift(group: Sequence[_Event]) -> str:
    """Say by how much changes of pace were off, as the headline rounds it."""
    sizes = [abs(e.flag.value) for e in group if e.flag is not None and e.flag.value is not None]
    if not sizes:
        return ""
    low, high = ("about " if max(sizes) - min(sizes) < 15 else ""), max(sizes)
    if low:
        middle = sum(sizes) / len(sizes)
        return f"about {_rough(middle)} "
    return f"{_rough(min(sizes))} to {_rough(high)} "


def _rough(seconds: float) -> str:
    """Round a shift as far as it is known: ``90 s``, ``2.5 min``."""
    if seconds < 100:
        return f"{10 * round_half_up(seconds / 10):.0f} s"
    return f"{round_half_up(2 * seconds / 60) / 2:g} min"


def _level(review: Review, group: list[_Event], unit: Unit) -> str:
    paces, before = _paces(group, unit), _fact(group, "previous_s_per_km")
    if not paces or math.isnan(before):
        return f"There was no step up in {_named(group, start=False)}."
    after = pace_text(before, unit)
    return f"There was no step up in {_named(group, start=False)}: {paces} after {after}."


def _faded(review: Review, group: list[_Event], unit: Unit) -> str:
    first, last = _fact(group, "first_s_per_km"), _fact(group, "last_s_per_km")
    if len(group) > 1 or math.isnan(first) or math.isnan(last):
        return f"You faded in {_named(group, start=False)}."
    return (
        f"In block {group[0].block.index} you faded, from {pace_text(first, unit)} in its first "
        f"third to {pace_text(last, unit)} in its last."
    )


def _surged(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"You ran {_named(group, start=False)} in waves, faster and slower by turns."


HEART = {
    "body": " Your heart rate stayed up: the body gave out, unless it was heat or a hill.",
    "choice": " Your heart rate fell with it: the pace was let go.",
}
"""What the heart tells of a collapse."""


def _collapsed(review: Review, group: list[_Event], unit: Unit) -> str:
    at, before = _fact(group, "at_s"), _fact(group, "before_s_per_km")
    after, long = _fact(group, "after_s_per_km"), _fact(group, "duration_s")
    index = group[0].block.index
    if any(math.isnan(v) for v in (at, before, after, long)):
        return f"In block {index} you blew up."
    length = seconds_text(60 * round_half_up(long / 60) if long >= 120 else long)
    heart = "" if group[0].flag is None else HEART.get(str(group[0].flag.facts.get("heart")), "")
    badly = "badly " if _fact(group, "is_severe") == 1 else ""
    return (
        f"In block {index} you blew up {badly}at {clock_text(at)}: {pace_text(before, unit)} until "
        f"then, {pace_text(after, unit)} for {length} after it.{heart}"
    )


def _skipped(review: Review, group: list[_Event], unit: Unit) -> str:
    return f"You skipped {_named(group, start=False)}."


def _ended(review: Review, group: list[_Event], unit: Unit) -> str:
    run, index = _fact(group, "run_s"), group[0].block.index
    if run < 1:
        return f"You stopped before {_named(group, start=False)}."
    if math.isnan(run) or len(group) > 1:
        return f"The run ended in block {index}."
    return f"The run ended {clock_text(run)} into block {index}."


def _unknown(review: Review, group: list[_Event], unit: Unit) -> str:
    whose = "its pace" if len(group) == 1 else "their pace"
    return f"Too little was measured in {_named(group, start=False)} to score {whose}."


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
