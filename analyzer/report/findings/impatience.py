"""What to say of every fault of impatience: hold back, and that it should feel too easy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.language import say
from analyzer.units import pace_text

if TYPE_CHECKING:
    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.units import Unit


def hold_back(flags: list[Flag], subject: Subject) -> str | None:
    """
    Name what to hold back next time, in the earliest block that was forced.

    No kilometre faster than a limit, which is the target less the tolerance; of a
    ramp, where to begin; of an easy block without a pace, the pace of the next.
    """
    flag = min(flags, key=lambda f: f.block or 0)
    block = subject.block(flag.block)
    if block is None:
        return None
    if block.planned.ramp_s_per_km is not None:
        return _begin_slower(block, block.planned.ramp_s_per_km, subject.unit)
    following = getattr(flag.facts, "next_planned_s_per_km", None)
    if block.planned.pace_s_per_km is None and following is not None:
        return say(
            "Run block {block} slower than the {pace} after it.",
            block=block.index,
            pace=pace_text(following, subject.unit),
        )
    return _no_faster(block, subject.unit)


def _begin_slower(block: BlockResult, ramp_s_per_km: tuple[float, float], unit: Unit) -> str:
    """Say where a ramp begins, and where it ends."""
    first, last = (pace_text(pace, unit) for pace in ramp_s_per_km)
    return say(
        "Begin block {block} at {first}, and let {last} come only at its end.",
        block=block.index,
        first=first,
        last=last,
    )


def _no_faster(block: BlockResult, unit: Unit) -> str:
    """Name the pace that no kilometre or mile of a block should beat."""
    pace, tolerance = block.planned.pace_s_per_km, block.tolerance
    if pace is None or tolerance is None or math.isinf(tolerance.fast_pct):
        return say("Keep block {block} easier than feels right.", block=block.index)
    limit = pace * math.exp(-tolerance.fast_pct / 100)
    facts = {"pace": pace_text(pace, unit), "limit": pace_text(limit, unit)}
    if unit == "km":
        return say("In the {pace} block, run no kilometre faster than {limit}.", **facts)
    return say("In the {pace} block, run no mile faster than {limit}.", **facts)


def too_easy(flags: list[Flag], subject: Subject) -> str:
    """Say that the pace of the first forced block should feel too easy; the hardest should not."""
    block = subject.block(min(f.block or 0 for f in flags))
    pace = None if block is None else block.planned.pace_s_per_km
    paces = [b.planned.pace_s_per_km for b in subject.review.blocks if b.planned.pace_s_per_km]
    if pace is not None and pace <= min(paces):
        return ""
    if pace is None:
        return say("It should feel too easy; that is the session working.")
    shown = pace_text(pace, subject.unit)
    return say("{pace} should feel too easy; that is the session working.", pace=shown)
