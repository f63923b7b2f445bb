"""Numbers into words, once for all forms, so that no two of them can disagree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.model.remarks import MAX_NAME, MAX_NOTE
from analyzer.safe_text import clean_text
from analyzer.units import KM_M, UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.review import BlockResult, Flag, Review, Verdict
    from analyzer.units import Unit

TOLD_STANDING_S = 5.0
"""From here on a stop is told apart from the pace, which is then the moving one [s]."""

DASH = "–"
"""What is shown for unknown."""

GLYPHS: dict[Verdict, str] = {"held": "●", "too_fast": "▲", "too_slow": "▼", "not_scored": "·"}
WORDS: dict[Verdict, str] = {
    "held": "held",
    "too_fast": "too fast",
    "too_slow": "too slow",
    "not_scored": "not scored",
}
STATUS_WORDS = {
    "missed": "missed",
    "truncated": "cut short",
    "not_seen": "not run",
}

SOURCES = {
    "footpod": "a foot pod",
    "device": "the watch",
    "positions": "GPS positions",
    "speed": "the watch's speed",
}

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True, slots=True)
class Row:
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


def unit_of(review: Review, units: Unit | None) -> Unit:
    """Return the unit a report is read in: asked for, else the plan's."""
    return units if units is not None else review.plan.units


def per_unit(seconds_per_km: float, unit: Unit) -> float:
    """Turn s/km into seconds per km or mile."""
    return seconds_per_km * UNIT_M[unit] / KM_M


def told_deviation(block: BlockResult) -> float | None:
    """
    Return how far off a block is told to be [s/km]; negative is too fast, None is unknown.

    Of all its time, as anyone can check; of what was scored where the runner
    stood, as the stop is told apart, and where slopes are scored.
    """
    if block.status in ("missed", "not_seen"):
        return None
    scored, planned = block.scored_pace_s_per_km, block.planned.pace_s_per_km
    stood = (block.standing_s or 0.0) >= TOLD_STANDING_S or block.is_adjusted
    off = block.deviation_s_per_km
    if stood and off is not None and scored is not None and planned is not None:
        off = scored - planned
    return off if off is not None and math.isfinite(off) else None


def off_text(block: BlockResult, unit: Unit) -> str:
    """Say how far off a block was: ``14 s/km too fast``, ``4 s/km fast``, ``on pace``."""
    deviation = told_deviation(block)
    if deviation is None:
        return DASH
    stood = block.standing_s or 0.0
    told = _off(deviation, block, unit) + (" (flat)" if block.is_adjusted else "")
    known = stood >= TOLD_STANDING_S and block.scored_pace_s_per_km is not None
    return f"{told} + {seconds_text(stood)} stop" if known else told


def _off(deviation: float, block: BlockResult, unit: Unit) -> str:
    """Say a deviation, with "too" only where the verdict says so."""
    seconds = round_half_up(abs(per_unit(deviation, unit)))
    if seconds < 1:
        return "on pace"
    side = "fast" if deviation < 0 else "slow"
    same_side = (block.verdict == "too_fast") == (deviation < 0)
    too = "too " if block.verdict in ("too_fast", "too_slow") and same_side else ""
    return f"{seconds:.0f} s/{unit} {too}{side}"


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
    pace, error = block.pace_s_per_km, block.pace_se_s_per_km
    verdict = WORDS[block.verdict]
    glyph = GLYPHS[block.verdict]
    if block.status != "run":
        glyph = "■"
        verdict = STATUS_WORDS[block.status]
    return Row(
        index=str(block.index),
        name=short_name(block),
        planned=planned_text(block, unit),
        run=DASH if pace is None else pace_text(pace, unit),
        error="" if error is None else f"± {round_half_up(per_unit(error, unit), 1):.1f}",
        off=off_text(block, unit),
        in_band=DASH if block.in_band_pct is None else f"{round_half_up(block.in_band_pct):.0f} %",
        heart_rate=DASH
        if block.heart_rate_bpm is None
        else f"{round_half_up(block.heart_rate_bpm):.0f}",
        glyph=glyph,
        verdict=verdict,
        kind=block.verdict,
    )


def short_name(block: BlockResult) -> str:
    """Return a block's name without the pace, which has a column of its own."""
    name = clean_text(block.name)
    return name.split(" @ ")[0] if " @ " in name else name


def block_words(review: Review, index: int) -> str:
    """Name a block in a sentence: ``the third block``, ``the last block``, ``block 12``."""
    count = len(review.blocks)
    if count == 1:
        return "the block"
    if index == count:
        return "the last block"
    if count <= len(ORDINALS):
        return f"the {ORDINALS[index - 1]} block"
    return f"block {index}"


def date_text(review: Review) -> str:
    """Return the day of the run, UTC; empty if it is unknown."""
    start = review.activity.start_time
    return "" if start is None else f"{start.day} {MONTHS[start.month - 1]} {start.year}"


def distance_text(metres: float, unit: Unit) -> str:
    """``13.65 km`` or ``8.48 mi``."""
    return f"{round_half_up(metres / UNIT_M[unit], 2):.2f} {unit}"


def title(review: Review, unit: Unit) -> str:
    """Return who was named, plan, day, distance and time on one line."""
    activity = review.activity
    parts = [name_text(review), clean_text(review.plan.name), date_text(review)]
    distance = distance_text(activity.distance_m, unit)
    parts.append(f"{distance} in {clock_text(activity.elapsed_time_s)}")
    return " · ".join(p for p in parts if p)


def score_words(review: Review) -> tuple[str, str, str]:
    """Return score, word and range: ``63``, ``loose``, ``58 to 70, 90 % sure``."""
    score = review.score
    if score.overall is None or score.low is None or score.high is None:
        return DASH, "not scored", ""
    overall, low, high = (round_half_up(v) for v in (score.overall, score.low, score.high))
    return f"{overall:.0f}", score.word or "", f"{low:.0f} to {high:.0f}, 90 % sure"


def seconds_text(seconds: float) -> str:
    """Say a length of time: ``18 s``, ``3 min``, ``12:30 min``; a dash if it is unknown."""
    if not math.isfinite(seconds):
        return DASH
    whole = round_half_up(seconds)
    if whole < 120:
        return f"{whole:.0f} s"
    if whole % 60 == 0:
        return f"{whole / 60:.0f} min"
    return f"{clock_text(whole)} min" if whole < 3600 else f"{clock_text(whole)} h"


def number(value: float | str | None) -> float:
    """Return a fact as a number; NaN if it is absent."""
    return float(value) if isinstance(value, int | float) else math.nan


BASIS_WORDS = {
    "workout_steps": "Blocks by the workout steps on the watch",
    "laps": "Blocks by the lap button",
    "clock": "Blocks by the clock, from the start of the recording",
    "fitted_start": "Blocks by the clock, from a start found in the pace",
}


def _flat_paces(review: Review, unit: Unit) -> str:
    """Return the pace of each block on the flat: ``4:58, 4:01, 3:52 /km``."""
    paces = [b.gap_s_per_km for b in review.blocks]
    shown = ", ".join(DASH if p is None else pace_text(p, unit) for p in paces)
    return f"{shown} /{unit}"


def rests_on(review: Review, unit: Unit = "km") -> list[str]:
    """Say what the review rests on: placing, distance, repairs, a familiar number, the method."""
    activity, alignment = review.activity, review.alignment
    basis = BASIS_WORDS[alignment.basis]
    if alignment.basis == "clock" and alignment.start_offset_s > 0:
        basis = f"Blocks by the clock, from {clock_text(alignment.start_offset_s)} on"
    sure = alignment.confidence
    confidence = "unknown" if sure is None else f"{round_half_up(sure, 2):.2f}"
    lines = [f"{basis} (confidence {confidence}); --match and --start overrule it."]
    lines += [sentence(clean_text(note.message, 300)) for note in alignment.notes]
    if any(block.is_adjusted for block in review.blocks):
        model = "Minetti's energy cost" if activity.slopes == "minetti" else "heart rates (Strava)"
        lines.append(
            "Hills count: off by (flat), band and verdict are on the flat at equal effort, "
            f"by {model}: {_flat_paces(review, unit)}."
        )
    elif activity.slopes == "off":
        lines.append("Hills do not count, as asked.")
    source = SOURCES[activity.distance_source]
    lines.append(f"Distance from {source}, good to {activity.scale_error_pct:g} %.")
    lines += [sentence(clean_text(w.message, 200)) for w in activity.warnings]
    share = review.comparison.time_in_range_pct
    if share is not None:
        lines.append(f"Plain time in range: {round_half_up(share):.0f} %.")
    lines.append(f"Method {review.method}.")
    return lines


FEELINGS = ("very weak", "weak", "normal", "strong", "very strong")
"""How a runner feels on the watch, 0 to 100 in steps of 25."""


def body_text(review: Review) -> str:
    """Say what the body did and how it felt: cadence by block, effort, feeling; or nothing."""
    parts = []
    steps = [b.cadence_spm for b in review.blocks]
    if any(s is not None and math.isfinite(s) for s in steps):
        shown = ", ".join(
            DASH if s is None or not math.isfinite(s) else f"{round_half_up(s):.0f}" for s in steps
        )
        parts.append(f"Cadence {shown} steps a minute.")
    rpe, word = effort(review), feeling_text(review)
    if rpe is not None:
        parts.append(f"Effort by the runner's own word: {round_half_up(rpe):g} of 10.")
    if word:
        parts.append(f"Felt {word}.")
    return " ".join(parts)


def effort(review: Review) -> float | None:
    """Return how hard it felt, 0 to 10: as it was said, else as the file says; None is unknown."""
    said = review.remarks.rpe
    rpe = review.activity.rpe if said is None else said
    return rpe if rpe is not None and 0 <= rpe <= 10 else None


def feeling(review: Review) -> float | None:
    """Return how the runner felt by the watch, 0 to 100; None is unknown."""
    feel = review.activity.feel
    return feel if feel is not None and 0 <= feel <= 100 else None


def feeling_text(review: Review) -> str:
    """Return how the runner felt by the watch, in words; empty if it is unknown."""
    feel = feeling(review)
    return "" if feel is None else FEELINGS[int(round_half_up(feel / 25))]


def name_text(review: Review) -> str:
    """Return the athlete's name, safe to show; empty unless it was given."""
    return clean_text(review.remarks.name or "", MAX_NAME)


def note_text(review: Review) -> str:
    """Return the runner's own words on one line, safe to show; empty unless they were given."""
    return clean_text(review.remarks.note or "", MAX_NOTE)


def remark_lines(review: Review) -> list[str]:
    """Return the runner's own words as they are told in every report; nothing if none."""
    note = note_text(review)
    return [f"In the runner's own words: {note}"] if note else []


def sentence(text: str) -> str:
    """Make a message a sentence: a capital in front, a full stop behind."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


CERTAINTY_WORDS = {"clear": "clear", "possible": "possible", "cannot_tell": "cannot tell"}
"""How sure a finding is, in words."""


def ordered_flags(review: Review) -> list[Flag]:
    """
    Return the flags as they are told: clear, then possible, then what cannot be told.

    A block that was greedy by its pace is told once: that it was too fast is the same fact.
    """
    rank = list(CERTAINTY_WORDS)
    greedy = {f.block for f in review.flags if f.code == "GREEDY" and f.facts.get("by") == "pace"}
    told = [f for f in review.flags if f.code != "TOO_FAST" or f.block not in greedy]
    return sorted(told, key=lambda f: rank.index(f.certainty))


def planned_speeds(block: BlockResult) -> tuple[float, float] | None:
    """Return the planned speed at both ends of a block [m/s]; None without a pace."""
    if block.planned.ramp_s_per_km is not None:
        return KM_M / block.planned.ramp_s_per_km[0], KM_M / block.planned.ramp_s_per_km[1]
    pace = block.planned.pace_s_per_km
    return None if pace is None else (KM_M / pace, KM_M / pace)
