"""Title, score and block table in words, once for all forms, so that no two can disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.language import decimal, noted, say
from analyzer.report.measures import (
    DASH,
    deviation_s_per_km,
    distance_text,
    is_break_apart,
    is_known,
    is_stop_apart,
    per_unit,
    run_pace_s_per_km,
    seconds_text,
)
from analyzer.report.people import name_text
from analyzer.report.story.relations import event_code
from analyzer.safe_text import clean_text
from analyzer.units import KM_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.block_result import BlockResult, Verdict
    from analyzer.model.findings import Certainty, Flag
    from analyzer.model.review import Review, Word
    from analyzer.units import Unit

GLYPHS: dict[Verdict, str] = {"held": "●", "too_fast": "▲", "too_slow": "▼", "not_scored": "·"}
WORDS: dict[Verdict, str] = {
    "held": noted("held"),
    "too_fast": noted("too fast"),
    "too_slow": noted("too slow"),
    "not_scored": noted("not scored"),
}
STATUS_WORDS = {
    "missed": noted("missed"),
    "truncated": noted("cut short"),
    "not_seen": noted("not run"),
}

SCORE_WORDS: dict[Word, str] = {
    "held": noted("held"),
    "mostly held": noted("mostly held"),
    "loose": noted("loose"),
    "not the planned session": noted("not the planned session"),
}

BY_THE_START = noted("start uncertain")
"""In place of the word for a score that another start of block 1 would change."""

MONTHS = (
    noted("January"), noted("February"), noted("March"), noted("April"),
    noted("May"), noted("June"), noted("July"), noted("August"),
    noted("September"), noted("October"), noted("November"), noted("December"),
)  # fmt: skip


class Row(Struct, frozen=True):
    """One block of the table, in words."""

    index: str
    name: str
    planned: str
    run: str
    error: str
    off: str
    in_band: str
    heart_rate: str
    glyph: str
    verdict: str
    kind: Verdict
    is_run: bool = True


def unit_of(review: Review, units: Unit | None) -> Unit:
    """Return the unit a report is read in: asked for, else the plan's."""
    return units if units is not None else review.plan.units


def off_text(block: BlockResult, unit: Unit) -> str:
    """Say how far off a block was: ``14 s/km too fast``, ``4 s/km fast``, ``on pace``."""
    deviation = deviation_s_per_km(block)
    if deviation is None:
        return DASH
    off = _off(deviation, block, unit)
    if block.is_adjusted:
        off = say("{off} (flat)", off=off)
    if is_stop_apart(block):
        off = say("{off} + {time} stop", off=off, time=seconds_text(block.standing_s))
    if is_break_apart(block):
        off = say("{off} + {time} break", off=off, time=seconds_text(block.break_s))
    return off


def _off(deviation: float, block: BlockResult, unit: Unit) -> str:
    """Say a deviation, with "too" only where the verdict says so."""
    seconds = round_half_up(abs(per_unit(deviation, unit)))
    if seconds < 1:
        return say("on pace") if block.planned.pace_range_s_per_km is None else say("in range")
    size = f"{seconds:.0f} s/{unit}"
    if deviation < 0:
        too = block.verdict == "too_fast"
        return say("{size} too fast", size=size) if too else say("{size} fast", size=size)
    too = block.verdict == "too_slow"
    return say("{size} too slow", size=size) if too else say("{size} slow", size=size)


def planned_text(block: BlockResult, unit: Unit) -> str:
    """Say what a block asked for."""
    planned = block.planned
    if planned.pace_range_s_per_km is not None:
        fast, slow = (pace_text(p, unit) for p in planned.pace_range_s_per_km)
        return f"{slow}{DASH}{fast}"
    if planned.ramp_s_per_km is not None:
        first, last = (pace_text(p, unit) for p in planned.ramp_s_per_km)
        return f"{first}→{last}"
    return DASH if planned.pace_s_per_km is None else pace_text(planned.pace_s_per_km, unit)


def block_row(block: BlockResult, unit: Unit) -> Row:
    """Put one block into words."""
    pace, error = run_pace_s_per_km(block), block.pace_se_s_per_km
    glyph, verdict = _verdict_words(block)
    return Row(
        index=str(block.index),
        name=short_name(block),
        planned=planned_text(block, unit),
        run=pace_text(pace, unit) if pace is not None and is_known(pace) else DASH,
        error="" if error is None else f"± {decimal(round_half_up(per_unit(error, unit), 1), 1)}",
        off=off_text(block, unit),
        in_band=DASH if block.in_band_pct is None else f"{round_half_up(block.in_band_pct):.0f} %",
        heart_rate=DASH
        if block.heart_rate_bpm is None
        else f"{round_half_up(block.heart_rate_bpm):.0f}",
        glyph=glyph,
        verdict=verdict,
        kind=block.verdict,
        is_run=block.status == "run",
    )


def _verdict_words(block: BlockResult) -> tuple[str, str]:
    """Return the sign and the word for what became of a block."""
    if block.status == "missed" and block.planned.pace_s_per_km is None:
        return "·", say("no lap")
    if block.status != "run":
        return "■", say(STATUS_WORDS[block.status])
    return GLYPHS[block.verdict], say(WORDS[block.verdict])


def short_name(block: BlockResult) -> str:
    """Return a block's name without the pace, which has a column of its own."""
    name = clean_text(block.name)
    return name.split(" @ ")[0] if " @ " in name else name


def date_text(review: Review) -> str:
    """Return the day of the run by the runner's own clock; empty if it is unknown."""
    start = review.activity.start_time_local
    if start is None:
        return ""
    month = say(MONTHS[start.month - 1])
    return say("{day} {month} {year}", day=start.day, month=month, year=start.year)


def title(review: Review, unit: Unit) -> str:
    """Return who was named, plan, day, distance and time on one line."""
    activity = review.activity
    parts = [name_text(review), clean_text(review.plan.name), date_text(review)]
    distance = distance_text(activity.distance_m, unit)
    time = clock_text(activity.elapsed_time_s)
    parts.append(say("{distance} in {time}", distance=distance, time=time))
    return " · ".join(p for p in parts if p)


def score_words(review: Review) -> tuple[str, str, str]:
    """
    Return score, word and range: ``63``, ``loose``, ``58 to 70, 90 % sure``.

    Where block 1 has two starts, the scores of both: ``44–93``.
    """
    score = review.score
    if score.overall is None or score.low is None or score.high is None:
        return DASH, say("not scored"), ""
    overall, low, high = (f"{round_half_up(v):.0f}" for v in (score.overall, score.low, score.high))
    word = say(BY_THE_START) if score.word is None else say(SCORE_WORDS[score.word])
    readings = (r.score for note in review.alignment.notes for r in note.readings)
    both = sorted({round_half_up(points) for points in readings if points is not None})
    if len(both) > 1:
        overall = f"{both[0]:.0f}–{both[-1]:.0f}"
    return overall, word, say("{low} to {high}, 90 % sure", low=low, high=high)


def ordered_flags(review: Review) -> list[Flag]:
    """
    Return the flags as they are listed: clear, then possible, then what the recording cannot show.

    Two findings that are one fact (a block run at the pace of the next was also too
    fast) are listed once, as the more telling of the two.
    """
    rank: list[Certainty] = ["clear", "possible", "cannot_tell"]
    same = {(f.block, event_code(f)) for f in review.flags if event_code(f) != f.code}
    listed = [f for f in review.flags if (f.block, f.code) not in same]
    return sorted(listed, key=lambda f: rank.index(f.certainty))


def planned_speeds(block: BlockResult) -> tuple[float, float] | None:
    """Return the planned speed at both ends of a block [m/s]; None without a pace."""
    if block.planned.ramp_s_per_km is not None:
        return KM_M / block.planned.ramp_s_per_km[0], KM_M / block.planned.ramp_s_per_km[1]
    pace = block.planned.pace_s_per_km
    return None if pace is None else (KM_M / pace, KM_M / pace)
