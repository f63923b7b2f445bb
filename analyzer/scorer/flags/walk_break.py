"""WALK_BREAK: walked or jogged for a while inside a block, then went on as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Cost, Flag, WalkBreak
from analyzer.scorer.breaks import block_breaks
from analyzer.scorer.flags.rule import in_each_block
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.findings import Certainty
    from analyzer.scorer.breaks import MeasuredBreak
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

WALK_MPS = 2.0
"""Slower is walked, faster is jogged: people change over near 7 km/h [m/s]."""

CLEAR_S = 40.0
"""A break so long is no bend, no crossing and no fault of the watch [s]."""

EDGE_S = 10.0
"""How well start and end of a break are known, taken together: steps of 5 s [s]."""


def walk_break(session: Session) -> list[Flag]:
    """
    Tell the breaks that the alignment found, one finding a block.

    Rests and cool-downs may be walked as the runner likes. A break that was stood for
    the most part is a stop, and told as one.
    """
    return in_each_block(session, _of_block)


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Tell the breaks of one block; what they cost is the time lost in them against the plan."""
    if measured.block.role in ("rest", "cooldown"):
        return None
    breaks = [b for b in block_breaks(session, measured) if not b.is_a_stop]
    if not breaks:
        return None
    longest = max(breaks, key=lambda b: b.seconds)
    sure: Certainty = "clear" if longest.seconds >= CLEAR_S else "possible"
    seconds = sum(b.seconds for b in breaks)
    evidence = WalkBreak(
        at_s=longest.at_s,
        seconds=seconds,
        gait="walked" if longest.speed_mps < WALK_MPS else "jogged",
        pace_s_per_km=_pace(longest),
        breaks=len(breaks),
        longest_s=longest.seconds,
    )
    edge_s = EDGE_S * len(breaks)
    size = (seconds, max(0.0, seconds - edge_s), seconds + edge_s)
    cost = Cost(sum(b.lost_s for b in breaks))
    return Flag("WALK_BREAK", measured.block.index, sure, *size, "s", evidence, cost)


def _pace(stretch: MeasuredBreak) -> float | None:
    """Pace of a break [s/km], without what was stood in it; None if nobody knows."""
    return pace_s_per_km(stretch.speed_mps) if stretch.speed_mps > 0 else None
