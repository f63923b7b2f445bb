"""STOPPED: standing in a session that is meant to be continuous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.findings import Cost, Flag, Stopped
from analyzer.scorer.breaks import block_breaks

if TYPE_CHECKING:
    from analyzer.model.findings import Certainty
    from analyzer.model.prepared import Stop
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

LONG_S = 30.0
"""One stop longer than this is a fault [s] ..."""

SESSION_SHARE = 0.01
"""... as is standing for more than this share of the plan's time."""

LEAST_S = 5.0
"""Blocks with less standing are not named [s]."""

EDGE_S = 2.0
"""How well start and end of a stop are known, taken together [s]."""


class BlockStops(Struct, frozen=True):
    """Stops inside one block: each with the seconds that fall into it [elapsed clock]."""

    stops: tuple[tuple[Stop, float], ...]

    @property
    def standing_s(self) -> float:
        """Seconds stood in the block."""
        return sum(seconds for _, seconds in self.stops)

    @property
    def longest_s(self) -> float:
        """Seconds of the longest stop; 0 without any."""
        return max((seconds for _, seconds in self.stops), default=0.0)


def block_stops(session: Session, measured: Measured) -> BlockStops:
    """Cut the stops of the run to one block."""
    window = session.windows_s[measured.block.index - 1]
    if window is None:
        return BlockStops(())
    start_s, end_s = window
    inside = [
        (stop, min(stop.span.end_s, end_s) - max(stop.span.start_s, start_s))
        for stop in session.prepared.stops
    ]
    return BlockStops(tuple((stop, seconds) for stop, seconds in inside if seconds > 0))


def stopped(session: Session) -> list[Flag]:
    """
    Find standing in the blocks that are to be run without a break.

    Point rule: over 1 % of the plan's time stood in all, or one stop over 30 s.
    Clear where a timer event or the data show it; a hole in the records that
    may hide movement is only possible.
    """
    by_block = _stops_by_block(session)
    total_s = sum(stops.standing_s for stops in by_block.values())
    longest_s = max((stops.longest_s for stops in by_block.values()), default=0.0)
    planned_s = sum(m.block.expected_duration_s or m.timer_s for m in session.blocks)
    if total_s <= SESSION_SHARE * planned_s and longest_s <= LONG_S:
        return []
    return [
        _of_block(index, stops, total_s)
        for index, stops in by_block.items()
        if stops.standing_s >= LEAST_S
    ]


def _stops_by_block(session: Session) -> dict[int, BlockStops]:
    """Return the stops of each block that is to be run without a break, by its index."""
    continuous = (m for m in session.blocks if m.block.role not in ("rest", "cooldown"))
    return {m.block.index: stops_apart(session, m) for m in continuous}


def stops_apart(session: Session, measured: Measured) -> BlockStops:
    """Return the stops of a block but for those inside a break: both are one event, told once."""
    breaks = [b for b in block_breaks(session, measured) if not b.is_a_stop]
    stops = block_stops(session, measured).stops
    return BlockStops(tuple(pair for pair in stops if not any(b.holds(pair[0]) for b in breaks)))


def _of_block(index: int, stops: BlockStops, session_standing_s: float) -> Flag:
    """Name the stops of one block; what they cost is the standing itself."""
    sure: Certainty = "clear" if all(stop.is_certain for stop, _ in stops.stops) else "possible"
    longest, longest_s = max(stops.stops, key=lambda pair: pair[1])
    evidence = Stopped(
        standing_s=stops.standing_s,
        stops=len(stops.stops),
        longest_s=longest_s,
        longest_at_s=longest.span.start_s,
        by=longest.by,
        session_standing_s=session_standing_s,
    )
    value, edge_s = stops.standing_s, EDGE_S * len(stops.stops)
    low, high = max(0.0, value - edge_s), value + edge_s
    return Flag("STOPPED", index, sure, value, low, high, "s", evidence, Cost(value))
