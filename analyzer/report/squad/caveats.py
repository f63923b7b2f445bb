"""What a coach should know about a recording before speaking to the athlete about the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.doubts import doubts_text
from analyzer.report.findings import evidence_text
from analyzer.report.findings.finding import Subject
from analyzer.report.language import decimal, say
from analyzer.report.placing import note_of_placing
from analyzer.report.recording_words import warning_text
from analyzer.report.rests_on import SOURCES, sentence
from analyzer.report.story.story import story_of
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import WarningCode
    from analyzer.model.review import Review
    from analyzer.units import Unit

USUAL_ERROR_PCT = 1.0
"""How well a watch knows the distance; only what is worse is worth a line [%]."""

HARMLESS: tuple[WarningCode, ...] = (
    "HEADER_REPAIRED", "BYTES_AFTER_END", "TEXT_REPAIRED", "ZONE_MISSING", "NAME_MISLEADS",
)  # fmt: skip
"""What was odd about a file and changes nothing of what is said about the run."""


def caveats(review: Review, unit: Unit) -> tuple[str, ...]:
    """
    Say what may make a review read differently: placing, distance, damage, doubts, coarseness.

    Whole sentences, none of them for the athlete: the message leaves all of them out.
    """
    activity = review.activity
    lines = [sentence(note_of_placing(note)) for note in review.alignment.notes]
    if round_half_up(activity.scale_error_pct, 1) > USUAL_ERROR_PCT:
        source = say(SOURCES[activity.distance_source])
        percent = decimal(round_half_up(activity.scale_error_pct, 1))
        lines.append(
            say("Distance from {source}, good to {percent} %.", source=source, percent=percent)
        )
    lines += [sentence(warning_text(w)) for w in activity.warnings if w.code not in HARMLESS]
    lines += doubts_text(review.plan.doubts)
    hidden = story_of(review, unit).hidden
    if hidden is not None and hidden.value:
        lines.append(evidence_text(hidden, Subject(review, unit)))
    return tuple(dict.fromkeys(lines))
