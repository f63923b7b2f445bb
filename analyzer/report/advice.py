"""One suggestion for the next time, by rule."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.view import unit_of
from analyzer.units import pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.review import Flag, FlagCode, Review
    from analyzer.units import Unit

EARLY = ("GREEDY", "TOO_FAST", "FAST_START")
"""Faults of impatience."""

BY_CODE: tuple[tuple[FlagCode, str], ...] = (
    ("BLOW_UP", "Start the progression one step slower; the last block decides."),
    ("STOPPED", "Choose a route without crossings, so that nothing breaks the session."),
    ("NON_PROGRESSION", "Hold the earlier block back, so that there is a step left to take."),
    ("TRUNCATED", "The same session with one block less, run to its end."),
    ("MISSED_BLOCK", "The same session with one block less, run to its end."),
    ("LATE_CHANGE", "Let the watch beep at each change, and change when it does."),
    ("TOO_SLOW", "Shorten the last blocks before slowing them down."),
)
"""What to suggest for the first of these codes that is clear."""


def next_time(review: Review, units: Unit | None = None) -> str | None:
    """
    Suggest one thing, by rule.

    =====================  ==================================================
    first that applies     suggestion
    =====================  ==================================================
    GREEDY by timing       stay in that block until the watch says so
    TOO_FAST, FAST_START   in that block, no kilometre faster than a limit:
                           the target less the tolerance
    BLOW_UP alone          start the progression one step slower
    STOPPED                a route without crossings
    NON_PROGRESSION        hold the earlier block back
    TRUNCATED, MISSED      the same session, one block shorter
    LATE_CHANGE            let the watch say when to change
    TOO_SLOW               shorten the last blocks before slowing them
    nothing, score >= 90   the same again, or 5 s/km faster in the last block
    only possible, >= 90   the same again: nothing faster while a fault may hide
    =====================  ==================================================
    """
    unit = unit_of(review, units)
    clear = [f for f in review.flags if f.certainty == "clear" and f.block is not None]
    early = [f for f in clear if f.code in EARLY]
    if early:
        first = min(early, key=lambda f: (f.block or 0, f.facts.get("by") != "timing"))
        if first.facts.get("by") == "timing":
            return f"Stay in block {first.block} until the watch says so, however good it feels."
        return _slower(review, first, unit)
    codes = {f.code for f in clear}
    for code, suggestion in BY_CODE:
        if code in codes:
            return suggestion
    overall = review.score.overall
    if not codes and overall is not None and round_half_up(overall) >= 90:
        if any(f.certainty == "possible" for f in review.flags):
            return "The same again."
        return f"The same again; if it felt easy, the last block 5 s/{unit} faster."
    return None


def _slower(review: Review, flag: Flag, unit: Unit) -> str:
    """Name a limit for the block that was forced."""
    block = review.blocks[(flag.block or 1) - 1]
    pace, tolerance = block.planned.pace_s_per_km, block.tolerance
    noun = "kilometre" if unit == "km" else "mile"
    following = flag.facts.get("next_planned_s_per_km")
    if pace is None and isinstance(following, float):
        return f"Run block {block.index} slower than the {pace_text(following, unit)} after it."
    if pace is None or tolerance is None or math.isinf(tolerance.fast_pct):
        return f"Let block {block.index} be easier than feels right."
    limit = pace * math.exp(-tolerance.fast_pct / 100)
    target = pace_text(pace, unit)
    return f"In the {target} block, let no {noun} be faster than {pace_text(limit, unit)}."
