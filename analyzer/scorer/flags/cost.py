"""What running a block too fast cost in the blocks after it (method 11)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import IMPATIENT, PAYING, Cost
from analyzer.scorer.method import Z
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


def with_cost(session: Session, flags: list[Flag]) -> list[Flag]:
    """
    Set the cost on one flag of the earliest block that was too early or too fast.

    Lost is moving time less distance by planned pace, over the later blocks that
    were clearly too slow, faded or blew up: what was held has lost nothing. There
    is no cost unless the loss exceeds its own 90 % error. It is order in time, not
    proof.

    Parameters
    ----------
    session : Session
        The measured blocks.
    flags : list of Flag
        Before precedence removed any.
    """
    carrier = _carrier(flags)
    if carrier is None or carrier.block is None:
        return flags
    first = carrier.block
    cost = _cost(session, first, _paying(flags, first))
    if cost is None:
        return flags
    return [replace(flag, cost=cost) if flag is carrier else flag for flag in flags]


def _carrier(flags: list[Flag]) -> Flag | None:
    """Return the impatience that came first; in one block a clear one, then the most telling."""
    triggers = (
        flag
        for flag in flags
        if flag.code in IMPATIENT and flag.block and flag.certainty != "cannot_tell"
    )
    return min(
        triggers,
        key=lambda f: (f.block or 0, f.certainty != "clear", IMPATIENT.index(f.code)),
        default=None,
    )


def _paying(flags: list[Flag], first: int) -> frozenset[int]:
    """Return the indexes of the blocks after ``first`` that paid clearly."""
    indexes = (
        flag.block or 0 for flag in flags if flag.code in PAYING and flag.certainty == "clear"
    )
    return frozenset(index for index in indexes if index > first)


def _cost(session: Session, first: int, paying: frozenset[int]) -> Cost | None:
    """Weigh the blocks that paid against those from ``first`` on that had gained."""
    payers = [m for m in session.blocks if m.block.index in paying and m.planned_mps]
    if not payers:
        return None
    lost_s = sum(max(0.0, _behind_s(session, m)) for m in payers)
    se_s = _error_s(session, payers)
    if lost_s <= Z * se_s:
        return None
    early = session.blocks[first - 1 : min(paying) - 1]
    gained_s = sum(max(0.0, -_behind_s(session, m)) for m in early)
    return Cost(lost_s, se_s, gained_s)


def _error_s(session: Session, payers: list[Measured]) -> float:
    """Return the standard error of what was lost [s]: scale of all blocks, noise of each."""
    scale_s = session.prepared.scale_error_pct * sum(m.timer_s for m in payers) / 100
    random_s = math.hypot(*(m.se_random_pct * m.timer_s / 100 for m in payers))
    return math.hypot(scale_s, random_s)


def _behind_s(session: Session, measured: Measured) -> float:
    """Return moving seconds less what the distance takes at the planned pace; 0 without a pace."""
    start_s, end_s = measured.placement.start_s, measured.placement.end_s
    if start_s is None or end_s is None or not measured.planned_mps:
        return 0.0
    cut = slice(math.ceil(start_s), math.floor(end_s))
    moving = session.prepared.is_moving[cut]
    run_m = float(session.prepared.effort_mps[cut][moving].sum())
    return float(moving.sum()) - run_m / measured.planned_mps
