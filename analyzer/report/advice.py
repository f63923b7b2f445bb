"""One suggestion for the next time, by rule."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.language import noted, say
from analyzer.report.view import unit_of
from analyzer.units import pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag, FlagCode
    from analyzer.model.review import Review
    from analyzer.units import Unit

EARLY = ("GREEDY", "TOO_FAST", "FAST_START")
"""Faults of impatience."""

SHORTER = noted("The same session with one block less, run to its end.")
"""What to suggest where a block was left out or cut short."""

TOO_SLOW = noted("Shorten the last blocks before slowing them down.")
"""What to suggest where the pace was not reached."""

BY_CODE: tuple[tuple[FlagCode, str], ...] = (
    ("BLOW_UP", noted("Start the progression one step slower; the last block decides.")),
    ("STOPPED", noted("Choose a route without crossings, so that nothing breaks the session.")),
    ("FADE", noted("Begin block {block} easier than it feels, and let the pace come to you.")),
    (
        "NON_PROGRESSION",
        noted("Hold the earlier block back, so that there is a step left to take."),
    ),
    ("TRUNCATED", SHORTER),
    ("LATE_CHANGE", noted("Let the watch beep at each change, and change when it does.")),
    ("TOO_SLOW", TOO_SLOW),
    (
        "SURGING",
        noted("Look at the watch once a minute, not at every step: even effort is even pace."),
    ),
)
"""What to suggest for the first of these codes that is clear; a fade names its block."""


def next_time(review: Review, units: Unit | None = None) -> str | None:
    """
    Suggest one thing, by rule.

    =====================  ==================================================
    first that applies     suggestion
    =====================  ==================================================
    MISSED_BLOCK           the same session, one block shorter
    GREEDY by timing       stay in that block until the watch says so
    TOO_FAST, FAST_START   in that block, no kilometre faster than a limit:
                           the target less the tolerance
    BLOW_UP alone          start the progression one step slower
    STOPPED                a route without crossings
    FADE                   begin the block easier
    NON_PROGRESSION        hold the earlier block back
    TRUNCATED              the same session, one block shorter
    LATE_CHANGE            let the watch say when to change
    TOO_SLOW               shorten the last blocks before slowing them; so, too, where a
                           step is missing as the second block was too slow
    SURGING                look at the watch less often
    nothing, score >= 90   the same again, or 5 s/km faster in the last block
    only possible, or      the same again: nothing faster while a fault may hide
    cannot tell, >= 90
    nothing clear, < 75    a recording that can show it
    =====================  ==================================================
    """
    unit = unit_of(review, units)
    clear = [f for f in review.flags if f.certainty == "clear"]
    early = [f for f in clear if f.code in EARLY and f.block is not None]
    codes = {f.code for f in clear}
    if "MISSED_BLOCK" in codes:
        return say(SHORTER)
    if early:
        return _held_back(review, early, unit)
    for code, suggestion in BY_CODE:
        if code in codes:
            is_too_slow = code == "NON_PROGRESSION" and _held_before(review)
            block = next(f.block for f in clear if f.code == code)
            return say(TOO_SLOW if is_too_slow else suggestion, block=block)
    return None if codes else _again(review, unit)


def _held_before(review: Review) -> bool:
    """Whether the block before the first step not taken was held, and the one after too slow."""
    flag = next(
        f
        for f in review.flags
        if f.code == "NON_PROGRESSION" and f.certainty == "clear" and f.block
    )
    index = flag.block or 1
    before = int(flag.facts.get("previous_block") or index - 1)
    first, second = review.blocks[before - 1], review.blocks[index - 1]
    return first.verdict == "held" and second.verdict == "too_slow"


def _held_back(review: Review, early: list[Flag], unit: Unit) -> str:
    """Name what to hold back next time, in the earliest block that was forced or left early."""
    first = min(early, key=lambda f: (f.block or 0, f.facts.get("by") != "timing"))
    if first.facts.get("by") == "timing":
        return say(
            "Stay in block {block} until the watch says so, however good it feels.",
            block=first.block,
        )
    return _slower(review, first, unit)


def _again(review: Review, unit: Unit) -> str | None:
    """Suggest the same again after a session that was held."""
    overall = review.score.overall
    if overall is None:
        return None
    if review.score.word in ("loose", "not the planned session"):
        return say("On a track or with a foot pod: steps this small would show there.")
    if round_half_up(overall) < 90:
        return None
    if any(f.certainty != "clear" for f in review.flags):
        return say("The same again.")
    return say("The same again; if it felt easy, the last block {step} faster.", step=f"5 s/{unit}")


def _slower(review: Review, flag: Flag, unit: Unit) -> str:
    """Name a limit for the block that was forced."""
    block = review.blocks[(flag.block or 1) - 1]
    pace, tolerance = block.planned.pace_s_per_km, block.tolerance
    following = flag.facts.get("next_planned_s_per_km")
    if pace is None and isinstance(following, float):
        return say(
            "Run block {block} slower than the {pace} after it.",
            block=block.index,
            pace=pace_text(following, unit),
        )
    ramp = block.planned.ramp_s_per_km
    if ramp is not None:
        first, last = (pace_text(p, unit) for p in ramp)
        return say(
            "Begin block {block} at {first}, and let {last} come only at its end.",
            block=block.index,
            first=first,
            last=last,
        )
    if pace is None or tolerance is None or math.isinf(tolerance.fast_pct):
        return say("Let block {block} be easier than feels right.", block=block.index)
    limit = pace * math.exp(-tolerance.fast_pct / 100)
    facts = {"pace": pace_text(pace, unit), "limit": pace_text(limit, unit)}
    if unit == "km":
        return say("In the {pace} block, let no kilometre be faster than {limit}.", **facts)
    return say("In the {pace} block, let no mile be faster than {limit}.", **facts)
