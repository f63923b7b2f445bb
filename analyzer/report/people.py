"""What the runner said and felt, and what the body did: never judged, only shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.remarks import MAX_NAME, MAX_NOTE
from analyzer.report.language import noted, say
from analyzer.report.measures import DASH
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.review import Review

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
        parts.append(say("Effort, as the runner rated it: {effort} of 10.", effort=shown))
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
    """Return the athlete's name, safe to show; empty if there is none."""
    return clean_text(review.remarks.name or "", MAX_NAME)


def note_text(review: Review) -> str:
    """Return the runner's own words on one line, safe to show; empty if there are none."""
    return clean_text(review.remarks.note or "", MAX_NOTE)


def remark_lines(review: Review) -> list[str]:
    """Return the runner's own words as every report shows them; nothing if there are none."""
    note = note_text(review)
    return [say("In the runner's own words: {note}", note=note)] if note else []
