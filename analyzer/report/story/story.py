"""One story of a run, made once; headline, message, advice, comparison and card only say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.model.findings import (
    IMPATIENT,
    MOST_TELLING,
    STANDING,
    WALKING,
    BlowUp,
    LowData,
    MissedBlock,
)
from analyzer.report.measures import deviation_s_per_km, pace_size
from analyzer.report.story.events import Event, events
from analyzer.report.story.relations import CONSEQUENCE, LATE, UNMEASURED
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.alignment import NoteCode
    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Cost, Flag, LowDataCause
    from analyzer.model.prepared import Stop
    from analyzer.model.review import Review
    from analyzer.report.measures import Size
    from analyzer.units import Unit

Unscored = Literal[
    "other_sport", "other_speed", "no_pace", "no_block_run", "little_measured", "little_run",
    "too_short", "slopes", "inexact",
]  # fmt: skip
"""Why there is no score."""

Undecided = Literal["left_out", "either"]
"""What may have happened, as far as the recording shows."""

UNHELD = ("loose", "not the planned session")
"""Words of a score beside which nothing is called held."""

LEAST_HELD = 75
"""A score without a word that is lower than this has nothing called held beside it either."""

FULLY_HELD = 90
"""Below this a score without a word has its blocks called mostly held."""

LOOSE = 75.0
"""Where the range of a score that is "held" begins below this, it may have been loose."""

LEAST_OFF_PCT = 1.0
"""A block that was off by less than this is not named where nothing is clear [% of speed]."""

OF_CAUSE: Mapping[LowDataCause, Unscored] = {
    "lost": "little_measured", "short": "too_short", "hills": "slopes", "source": "inexact",
}  # fmt: skip
"""Why there is no score, by what most of its blocks cannot be judged for."""

START_DOUBTS: tuple[NoteCode, ...] = ("START_DOUBTFUL", "AMBIGUOUS_START", "STARTED_LATE")
"""Doubts about the start of block 1, by which every block may lie elsewhere."""

DOUBTS: tuple[NoteCode, ...] = (*START_DOUBTS, "PLAN_NOT_SEEN")
"""Notes of the placing that put the whole story in doubt."""


class Probable(Struct, frozen=True):
    """
    What was probably wrong with a run far from its plan in which no finding is clear.

    Too fast or too slow in most blocks, with ``size``, or in all (``is_all``); hardly a
    step up; or off in both directions.
    """

    what: Literal["too_fast", "too_slow", "no_steps", "astray"]
    is_all: bool = False
    size: Size | None = None


class Story(Struct, frozen=True):
    """
    What happened in a run.

    Parameters
    ----------
    events : tuple of Event
        What clearly happened, in order of time; empty where every block was held.
    stops : tuple of Flag
        Stops that clearly broke the session.
    undecided : 'left_out', 'either' or None
        Where nothing is clear: a block may have been left out, or either that or a collapse
        explains the run.
    is_unsure : bool
        Whether any finding is only possible, or the score has no word as it depends on
        the start of block 1: then what was held was held as far as the recording shows.
    probable : Probable or None
        What was probably wrong, of a run far from its plan in which nothing clear but breaks,
        which do not explain it, was found.
    perhaps : Event or None
        The most telling of the possible findings in blocks without a clear one.
    hidden : Flag or None
        What the recording cannot show.
    cost : Cost or None
        What the first fault of impatience gained, and what followed lost.
    doubts : tuple of str
        What may overturn all of it, as codes of notes of the placing.
    unscored : str or None
        Why there is no score.
    small_stops : tuple of Stop
        Stops that cost nothing.
    """

    events: tuple[Event, ...] = ()
    stops: tuple[Flag, ...] = ()
    undecided: Undecided | None = None
    is_unsure: bool = False
    probable: Probable | None = None
    perhaps: Event | None = None
    hidden: Flag | None = None
    cost: Cost | None = None
    doubts: tuple[NoteCode, ...] = ()
    unscored: Unscored | None = None
    small_stops: tuple[Stop, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether every block was held, as far as anything is clear."""
        return not self.events and self.unscored is None and self.probable is None


def story_of(review: Review, unit: Unit) -> Story:
    """
    Tell what happened: events in order of time, and what may be said about all of them.

    Parameters
    ----------
    review : Review
        The review, scored or not.
    unit : {'km', 'mi'}
        In which sizes are rounded.
    """
    unscored = _unscored(review)
    happened = _beyond_held(events(review, unit), unscored)
    stops = _stops(review)
    undecided = None if happened or unscored else undecided_of(review)
    probable = None
    is_unexplained = all(e.code in ("HELD", WALKING) for e in happened) and not stops
    if not undecided and is_unexplained and _is_far(review):
        probable = _probable(review, unit)
        happened = tuple(e for e in happened if e.code != "HELD")
    return Story(
        events=happened,
        stops=stops,
        undecided=undecided,
        is_unsure=_is_unsure(review),
        probable=probable,
        perhaps=_perhaps(review),
        hidden=next((f for f in review.flags if f.certainty == "cannot_tell"), None),
        cost=_cost(review),
        doubts=_doubts(review),
        unscored=unscored,
        small_stops=() if review.activity.other_sport else small_stops(review),
    )


def _is_far(review: Review) -> bool:
    """Whether a run was far from its plan, so that nothing of it is called held."""
    overall, word = review.score.overall, review.score.word
    return word in UNHELD or (word is None and overall is not None and overall < LEAST_HELD)


def is_mostly_held(review: Review) -> bool:
    """Whether the blocks were held with something to spare, also where the start decides that."""
    overall, word = review.score.overall, review.score.word
    if word is None and overall is not None:
        return round_half_up(overall) < FULLY_HELD
    return word == "mostly held"


def _is_unsure(review: Review) -> bool:
    """
    Whether anything may be otherwise: a finding that is only possible, or the word for the score.

    Another start of block 1 may change that, or a scale that nothing checks (a treadmill).
    """
    score = review.score
    depends = score.overall is not None and score.word is None
    is_wide = score.word == "held" and score.low is not None and score.low < LOOSE
    return depends or is_wide or any(f.certainty == "possible" for f in review.flags)


def _beyond_held(happened: tuple[Event, ...], unscored: Unscored | None) -> tuple[Event, ...]:
    """Return the events, but not what says why there is no score; none where all was held."""
    if unscored in OF_CAUSE.values():
        happened = tuple(e for e in happened if e.code != UNMEASURED)
    return () if all(e.code == "HELD" for e in happened) else happened


def undecided_of(review: Review) -> Undecided | None:
    """Say whether a block may have been left out, or a collapse explains the run as well."""
    possible = [f for f in review.flags if f.certainty == "possible"]
    is_left_out = any(isinstance(f.facts, MissedBlock) for f in possible)
    collapsed = [f.block for f in possible if isinstance(f.facts, BlowUp)]
    if not collapsed:
        return "left_out" if is_left_out else None
    is_unjudged = any(b.verdict == "not_scored" for b in review.blocks if b.index in collapsed)
    return "either" if is_left_out or is_unjudged else None


def _stops(review: Review) -> tuple[Flag, ...]:
    """Return the stops that clearly broke the session."""
    return tuple(
        f for f in review.flags if f.code == STANDING and f.certainty == "clear" and f.block
    )


def _unscored(review: Review) -> Unscored | None:
    """Find out why there is no score."""
    if review.score.overall is not None:
        return None
    if review.activity.other_sport is not None:
        return review.activity.other_sport
    if all(b.planned.pace_s_per_km is None for b in review.blocks):
        return "no_pace"
    if all(b.status in ("not_seen", "missed") for b in review.blocks):
        return "no_block_run"
    return _unknown(review)


def _unknown(review: Review) -> Unscored:
    """Find out why the pace of no block that was run could be judged."""
    causes = [f.facts.cause for f in review.flags if isinstance(f.facts, LowData)]
    if causes:
        return OF_CAUSE[max(causes, key=causes.count)]
    paced = [b for b in review.blocks if b.planned.pace_s_per_km is not None]
    is_all_run = all(b.status == "run" and b.pace_s_per_km is not None for b in paced)
    return "too_short" if is_all_run else "little_run"


def _probable(review: Review, unit: Unit) -> Probable:
    """Name what was probably wrong in a run far from its plan, where nothing is clear."""
    off_pct: Mapping[int, float] = {
        b.index: b.scored_speed_deviation_pct
        for b in review.blocks
        if b.scored_speed_deviation_pct is not None
    }
    for what, sign in (("too_fast", 1), ("too_slow", -1)):
        side = [review.blocks[i - 1] for i, x in off_pct.items() if sign * x > LEAST_OFF_PCT]
        if 2 * len(side) > len(off_pct):
            size = pace_size(_sizes(side, sign), unit)
            is_all = len(side) == len(off_pct)
            return Probable("too_fast" if what == "too_fast" else "too_slow", is_all, size)
    if any(f.code == CONSEQUENCE for f in review.flags):
        return Probable("no_steps")
    return Probable("astray")


def _sizes(blocks: list[BlockResult], sign: int) -> list[float]:
    """Return how far blocks are shown to be off to one side [s/km]: fast is 1, slow is -1."""
    shown = [deviation_s_per_km(block) for block in blocks]
    return [off for off in shown if off is not None and off * sign < 0]


def _perhaps(review: Review) -> Event | None:
    """Return the most telling of the possible findings, in a block without a clear one."""
    if review.score.overall is None:
        return None
    clear_blocks = {f.block for f in review.flags if f.certainty == "clear"}
    possible = [
        f for f in review.flags if f.certainty == "possible" and f.block not in clear_blocks
    ]
    if not possible:
        return None
    flag = min(possible, key=lambda f: MOST_TELLING.index(f.code))
    blocks = () if flag.block is None else (review.blocks[flag.block - 1],)
    return Event(flag.code, blocks, "possible", (flag,))


def _cost(review: Review) -> Cost | None:
    """Return what the first fault of impatience cost, where that is clear."""
    return next(
        (
            f.cost
            for f in review.flags
            if f.certainty == "clear" and f.cost is not None and f.code in IMPATIENT
        ),
        None,
    )


def _doubts(review: Review) -> tuple[NoteCode, ...]:
    """Return what may overturn the story."""
    is_late = any(f.code == LATE and f.certainty == "clear" for f in review.flags)
    noted_codes = {note.code for note in review.alignment.notes}
    return tuple(
        code
        for code in DOUBTS
        if code in noted_codes and not (code == "START_DOUBTFUL" and is_late)
    )


def small_stops(review: Review) -> tuple[Stop, ...]:
    """Return the stops in blocks whose stops are not mentioned."""
    broken = {f.block for f in review.flags if f.code == STANDING}
    return tuple(
        stop
        for stop in review.activity.stops
        if (block := block_at(review, stop.span.start_s)) is not None and block not in broken
    )


def block_at(review: Review, at_s: float) -> int | None:
    """Return the index of the block of an elapsed second."""
    for block in review.blocks:
        start_s, end_s = block.start_s, block.end_s
        if start_s is not None and end_s is not None and start_s <= at_s < end_s:
            return block.index
    return None
