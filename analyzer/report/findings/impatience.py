"""What to say of every fault of impatience: hold back, and that it should feel too easy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.language import say
from analyzer.units import pace_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject


def hold_back(flags: list[Flag], subject: Subject) -> str | None:
    """
    Name what to hold back next time, in the earliest block that was forced.

    No kilometre faster than a limit, which is the target less the tolerance; of a
    ramp, where to begin.
    """
    block = subject.block(min(f.block or 0 for f in flags))
    if block is None:
        return None
    flag = next(f for f in flags if f.block == block.index)
    pace, tolerance = block.planned.pace_s_per_km, block.tolerance
    following = getattr(flag.facts, "next_planned_s_per_km", None)
    if pace is None and following is not None:
        return say(
            "Run block {block} slower than the {pace} after it.",
            block=block.index,
            pace=pace_text(following, subject.unit),
        )
    ramp = block.planned.ramp_s_per_km
    if ramp is not None:
        first, last = (pace_text(p, subject.unit) for p in ramp)
        return say(
            "Begin block {block} at {first}, and let {last} come only at its end.",
            block=block.index,
            first=first,
            last=last,
        )
    if pace is None or tolerance is None or math.isinf(tolerance.fast_pct):
        return say("Let block {block} be easier than feels right.", block=block.index)
    limit = pace * math.exp(-tolerance.fast_pct / 100)
    facts = {"pace": pace_text(pace, subject.unit), "limit": pace_text(limit, subject.unit)}
    if subject.unit == "km":
        return say("In the {pace} block, let no kilometre be faster than {limit}.", **facts)
    return say("In the {pace} block, let no mile be faster than {limit}.", **facts)


def too_easy(flags: list[Flag], subject: Subject) -> str:
    """Say that the pace of the first forced block should feel too easy."""
    block = subject.block(min(f.block or 0 for f in flags))
    pace = None if block is None else block.planned.pace_s_per_km
    if pace is None:
        return say("It should feel too easy; that is the session working.")
    shown = pace_text(pace, subject.unit)
    return say("{pace} should feel too easy; that is the session working.", pace=shown)
