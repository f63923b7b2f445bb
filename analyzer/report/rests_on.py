"""What a review rests on: where the blocks lie, hills, distance, repairs, the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.aims import aims_text
from analyzer.report.doubts import doubts_text, understood_text
from analyzer.report.language import capital, decimal, noted, say
from analyzer.report.local_time import zone_sentence
from analyzer.report.measures import DASH
from analyzer.report.overruling import placed_by
from analyzer.report.placing import note_of_placing
from analyzer.report.recording_words import warning_text
from analyzer.units import clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from analyzer.units import Unit

SOURCES = {
    "footpod": noted("a foot pod"),
    "device": noted("the watch"),
    "positions": noted("GPS positions"),
    "speed": noted("the watch's speed"),
}

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
    if alignment.basis == "clock" and alignment.start_offset_s < 0:
        at = clock_text(-alignment.start_offset_s)
        basis = say("Blocks by the clock, from {time} before the recording on", time=at)
    sure = alignment.confidence
    confidence = say("unknown") if sure is None else decimal(round_half_up(sure, 2), 2)
    placing = [placed_by(basis, confidence)]
    placing += [sentence(note_of_placing(note)) for note in alignment.notes]
    distance = [
        say(
            "Distance from {source}, good to {percent} %.",
            source=say(SOURCES[activity.distance_source]),
            percent=decimal(activity.scale_error_pct),
        )
    ]
    repaired = [sentence(warning_text(w)) for w in activity.warnings]
    share = review.familiar.time_in_range_pct
    score = aims_text(review.plan.aims)
    if share is not None:
        percent = f"{round_half_up(share):.0f}"
        score.append(say("Seconds in range, as a watch counts them: {percent} %.", percent=percent))
    score.append(say("Method {method}.", method=review.method))
    plan = [*understood_text(review.plan.understood), *doubts_text(review.plan.doubts)]
    parts = [
        (say("The plan"), plan),
        (say("Where the blocks lie"), placing),
        (say("Hills"), _hills(review, unit)),
        (say("Distance"), distance),
        (say("The day"), zone_sentence(activity.zone)),
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


def sentence(text: str) -> str:
    """Make a message a sentence: a capital in front, a full stop behind."""
    text = text.strip()
    return capital(text) + ("" if text.endswith((".", "!", "?")) else ".")
