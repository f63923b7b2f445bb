"""What a person decided of a recording, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.units import clock_text

if TYPE_CHECKING:
    from analyzer.archive.said import GivenPlan, Ruling
    from analyzer.model.plan import Match

PLACED_BY: dict[Match, str] = {
    "laps": "the lap button places the blocks",
    "clock": "the clock places the blocks",
    "auto": "what fits best places the blocks",
}
"""What may place blocks."""

WHEN = (
    "the next batch that finds the recording judges it anew; until then its review stays as it is"
)
"""When it counts that something was taken back."""


def ruling_text(ruling: Ruling) -> str:
    """Say where the blocks lie: ``block 1 began at 12:30 and the clock places the blocks``."""
    parts = [] if ruling.start_s is None else [f"block 1 began {began(ruling.start_s)}"]
    parts += [] if ruling.match is None else [PLACED_BY[ruling.match]]
    return " and ".join(parts)


def plan_text(plan: GivenPlan) -> str:
    """Say which plan was given: its file, or the first line of one that was typed."""
    if plan.name:
        return plan.name
    lines = plan.content.decode("utf-8", "replace").strip().splitlines() or [""]
    return f"{lines[0]} …" if len(lines) > 1 else lines[0]


def began(start_s: float) -> str:
    """Say when block 1 began: ``at 12:30``, ``2:00 before the recording``."""
    if start_s < 0:
        return f"{clock_text(-start_s)} before the recording"
    return f"at {clock_text(start_s)}" if start_s else "with the recording"
