"""A plan in one line: how many blocks, how long, and between which paces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import decimal, say, say_n
from analyzer.units import KM_M, clock_text, pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Plan


def plan_line(plan: Plan) -> str:
    """Say a plan in one line: blocks, time, first and last pace."""
    targets = [b.target for b in plan.blocks if b.target and b.role in ("progression", "steady")]
    parts = [say_n("{n} block", "{n} blocks", len(plan.blocks)), _total_text(plan)]
    if targets:
        ends = (targets[0], targets[-1])
        first, last = (pace_text(pace_s_per_km(t.speed_mps), plan.units) for t in ends)
        shown = say("{first} to {last}", first=first, last=last) if first != last else first
        parts.append(f"{shown} /{plan.units}")
    return ", ".join(parts)


def _total_text(plan: Plan) -> str:
    """Say time and distance of the whole plan, as far as they are fixed."""
    seconds = durations_s(plan)
    total_s = sum(seconds)
    total = clock_text(total_s) if total_s >= 3600 else f"{total_s / 60:.0f} min"
    if len(seconds) < len(plan.blocks):
        total = say("{time} and an open block", time=total)
    metres = distance_m(plan)
    if metres is not None:
        total += f", {decimal(metres / KM_M, 1)} km"
    return total


def durations_s(plan: Plan) -> list[float]:
    """Return how long the blocks take at their paces, without the open ones [s]."""
    return [s for b in plan.blocks if (s := b.expected_duration_s) is not None]


def distance_m(plan: Plan) -> float | None:
    """Return the length of the whole plan in metres at its paces; None if one is unknown."""
    metres = [_block_m(b) for b in plan.blocks]
    return None if None in metres else sum(m for m in metres if m is not None)


def _block_m(block: Block) -> float | None:
    """Return the length of a block: as planned, or of its time at its pace."""
    if block.distance_m is not None:
        return block.distance_m
    return block.duration_s * block.target.speed_mps if block.duration_s and block.target else None
