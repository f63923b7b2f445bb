"""Numbers into words, once for all forms, so that no two of them can disagree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.model.remarks import MAX_NAME, MAX_NOTE
from analyzer.report.language import capital, decimal, noted, say
from analyzer.report.recording_words import warning_text
from analyzer.report.retold import retold
from analyzer.safe_text import clean_text
from analyzer.units import KM_M, UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Certainty, Flag
    from analyzer.model.review import BlockResult, Review, Verdict, Word
    from analyzer.units import Unit

TOLD_STANDING_S = 5.0
"""From here on a stop is told apart from the pace, which is then the moving one [s]."""

DASH = "–"
"""What is shown for unknown."""

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

SOURCES = {
    "footpod": noted("a foot pod"),
    "device": noted("the watch"),
    "positions": noted("GPS positions"),
    "speed": noted("the watch's speed"),
}

MONTHS = (
    noted("January"), noted("February"), noted("March"), noted("April"),
    noted("May"), noted("June"), noted("July"), noted("August"),
    noted("September"), noted("October"), noted("November"), noted("December"),
)  # fmt: skip


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
    is_run: bool = True


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
    told = _off(deviation, block, unit)
    if block.is_adjusted:
        told = say("{off} (flat)", off=told)
    if stood >= TOLD_STANDING_S and block.scored_pace_s_per_km is not None:
        told = say("{off} + {time} stop", off=told, time=seconds_text(stood))
    return told


def _off(deviation: float, block: BlockResult, unit: Unit) -> str:
    """Say a deviation, with "too" only where the verdict says so."""
    seconds = round_half_up(abs(per_unit(deviation, unit)))
    if seconds < 1:
        return say("on pace")
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
    pace, error = block.pace_s_per_km, block.pace_se_s_per_km
    verdict = say(WORDS[block.verdict])
    glyph = GLYPHS[block.verdict]
    if block.status != "run":
        glyph = "■"
        verdict = say(STATUS_WORDS[block.status])
    return Row(
        index=str(block.index),
        name=short_name(block),
        planned=planned_text(block, unit),
        run=DASH if pace is None else pace_text(pace, unit),
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


def short_name(block: BlockResult) -> str:
    """Return a block's name without the pace, which has a column of its own."""
    name = clean_text(block.name)
    return name.split(" @ ")[0] if " @ " in name else name


def date_text(review: Review) -> str:
    """Return the day of the run, UTC; empty if it is unknown."""
    start = review.activity.start_time
    if start is None:
        return ""
    month = say(MONTHS[start.month - 1])
    return say("{day} {month} {year}", day=start.day, month=month, year=start.year)


def distance_text(metres: float, unit: Unit) -> str:
    """``13.65 km`` or ``8.48 mi``."""
    return f"{decimal(round_half_up(metres / UNIT_M[unit], 2), 2)} {unit}"


def title(review: Review, unit: Unit) -> str:
    """Return who was named, plan, day, distance and time on one line."""
    activity = review.activity
    parts = [name_text(review), clean_text(review.plan.name), date_text(review)]
    distance = distance_text(activity.distance_m, unit)
    time = clock_text(activity.elapsed_time_s)
    parts.append(say("{distance} in {time}", distance=distance, time=time))
    return " · ".join(p for p in parts if p)


def score_words(review: Review) -> tuple[str, str, str]:
    """Return score, word and range: ``63``, ``loose``, ``58 to 70, 90 % sure``."""
    score = review.score
    if score.overall is None or score.low is None or score.high is None:
        return DASH, say("not scored"), ""
    overall, low, high = (f"{round_half_up(v):.0f}" for v in (score.overall, score.low, score.high))
    word = "" if score.word is None else say(SCORE_WORDS[score.word])
    return overall, word, say("{low} to {high}, 90 % sure", low=low, high=high)


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
    "workout_steps": noted("Blocks by the workout steps on the watch"),
    "laps": noted("Blocks by the lap button"),
    "clock": noted("Blocks by the clock, from the start of the recording"),
    "fitted_start": noted("Blocks by the clock, from a start found in the pace"),
}


def _flat_paces(review: Review, unit: Unit) -> str:
    """Return the pace of each block on the flat: ``4:58, 4:01, 3:52 /km``."""
    paces = [b.gap_s_per_km for b in review.blocks]
    shown = ", ".join(DASH if p is None else pace_text(p, unit) for p in paces)
    return f"{shown} /{unit}"


def rests_on(review: Review, unit: Unit = "km") -> list[str]:
    """Say what the review rests on: placing, distance, repairs, a familiar number, the method."""
    return [line for _, lines in rests_on_parts(review, unit) for line in lines]


def rests_on_parts(review: Review, unit: Unit = "km") -> list[tuple[str, list[str]]]:
    """Return what the review rests on below headings; parts without a word are left out."""
    activity, alignment = review.activity, review.alignment
    basis = say(BASIS_WORDS[alignment.basis])
    if alignment.basis == "clock" and alignment.start_offset_s > 0:
        at = clock_text(alignment.start_offset_s)
        basis = say("Blocks by the clock, from {time} on", time=at)
    sure = alignment.confidence
    confidence = say("unknown") if sure is None else decimal(round_half_up(sure, 2), 2)
    placing = [
        say(
            "{basis} (confidence {confidence}); --match and --start overrule it.",
            basis=basis,
            confidence=confidence,
        )
    ]
    placing += [sentence(retold(clean_text(note.message, 300))) for note in alignment.notes]
    distance = [
        say(
            "Distance from {source}, good to {percent} %.",
            source=say(SOURCES[activity.distance_source]),
            percent=decimal(activity.scale_error_pct),
        )
    ]
    repaired = [sentence(warning_text(w)) for w in activity.warnings]
    share = review.comparison.time_in_range_pct
    score = []
    if share is not None:
        percent = f"{round_half_up(share):.0f}"
        score.append(say("Plain time in range: {percent} %.", percent=percent))
    score.append(say("Method {method}.", method=review.method))
    parts = [
        (say("Where the blocks lie"), placing),
        (say("Hills"), _hills(review, unit)),
        (say("Distance"), distance),
        (say("Repaired, left out"), repaired),
        (say("The score"), score),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def _hills(review: Review, unit: Unit) -> list[str]:
    """Say how hills count, if they do or were asked not to."""
    slopes = review.activity.slopes
    if any(block.is_adjusted for block in review.blocks):
        is_minetti = slopes == "minetti"
        model = say("Minetti's energy cost") if is_minetti else say("heart rates (Strava)")
        return [
            say(
                "Hills count: off by (flat), band and verdict are on the flat at equal effort, "
                "by {model}: {paces}.",
                model=model,
                paces=_flat_paces(review, unit),
            )
        ]
    return [say("Hills do not count, as asked.")] if slopes == "off" else []


FEELINGS = (
    noted("very weak"), noted("weak"), noted("normal"), noted("strong"), noted("very strong"),
)  # fmt: skip
"""How a runner feels on the watch, 0 to 100 in steps of 25."""


def body_text(review: Review) -> str:
    """Say what the body did and how it felt: cadence by block, effort, feeling; or nothing."""
    parts = []
    steps = [b.cadence_spm for b in review.blocks]
    if any(s is not None and math.isfinite(s) for s in steps):
        shown = ", ".join(
            DASH if s is None or not math.isfinite(s) else f"{round_half_up(s):.0f}" for s in steps
        )
        parts.append(say("Cadence {steps} steps a minute.", steps=shown))
    rpe, word = effort(review), feeling_text(review)
    if rpe is not None:
        shown = f"{round_half_up(rpe):g}"
        parts.append(say("Effort by the runner's own word: {effort} of 10.", effort=shown))
    if word:
        parts.append(say("Felt {word}.", word=word))
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
    return "" if feel is None else say(FEELINGS[int(round_half_up(feel / 25))])


def name_text(review: Review) -> str:
    """Return the athlete's name, safe to show; empty unless it was given."""
    return clean_text(review.remarks.name or "", MAX_NAME)


def note_text(review: Review) -> str:
    """Return the runner's own words on one line, safe to show; empty unless they were given."""
    return clean_text(review.remarks.note or "", MAX_NOTE)


def remark_lines(review: Review) -> list[str]:
    """Return the runner's own words as they are told in every report; nothing if none."""
    note = note_text(review)
    return [say("In the runner's own words: {note}", note=note)] if note else []


def sentence(text: str) -> str:
    """Make a message a sentence: a capital in front, a full stop behind."""
    text = text.strip()
    return capital(text) + ("" if text.endswith((".", "!", "?")) else ".")


CERTAINTY_WORDS: dict[Certainty, str] = {
    "clear": noted("clear"),
    "possible": noted("possible"),
    "cannot_tell": noted("cannot tell"),
}
"""How sure a finding is, the surest first; `certainty_text` says it."""


def certainty_text(flag: Flag) -> str:
    """Say how sure a finding is."""
    return say(CERTAINTY_WORDS[flag.certainty])


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
