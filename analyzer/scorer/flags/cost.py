"""What running a block too fast cost in the blocks after it (method 11)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.model.findings import IMPATIENT, PAYING, Cost
from analyzer.scorer.method import Z

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


def with_cost(session: Session, flags: list[Flag]) -> list[Flag]:
    """
    Set the cost on one flag of the earliest block that was too early or too fast.

    Lost is moving time less distance by planned pace, over the later blocks that
    were too slow, faded or blew up; None unless it exceeds its own 90 % error.
    It is order in time, not proof.

    Parameters
    ----------
    session : Session
        The measured blocks.
    flags : list of Flag
        Before precedence removed any.
    """
    triggers = [
        f for f in flags if f.code in IMPATIENT and f.block and f.certainty != "cannot_tell"
    ]
    if not triggers:
        return flags
    first = min(f.block or 0 for f in triggers)
    carrier = min(
        (f for f in triggers if f.block == first),
        key=lambda f: (f.certainty != "clear", IMPATIENT.index(f.code)),
    )
    paying = {
        f.block
        for f in flags
        if f.code in PAYING and f.certainty == "clear" and f.block and f.block > first
    }
    payers = [m for m in session.blocks if m.block.index in paying and m.planned_mps]
    lost_s = sum(max(0.0, _lost_s(session, m)) for m in payers)
    if not payers:
        return flags
    scale_s = session.prepared.scale_error_pct * sum(m.timer_s for m in payers) / 100
    random_s = math.hypot(*(m.se_random_pct * m.timer_s / 100 for m in payers))
    se_s = math.hypot(scale_s, random_s)
    if lost_s <= Z * se_s:
        return flags
    early = [m for m in session.blocks if first <= m.block.index < min(b or 0 for b in paying)]
    gained_s = sum(max(0.0, -_lost_s(session, m)) for m in early if m.planned_mps)
    costly = replace(carrier, cost=Cost(lost_s, se_s, gained_s))
    return [costly if f is carrier else f for f in flags]


def _lost_s(session: Session, measured: Measured) -> float:
    """Return moving seconds of a block less what its distance takes at the planned pace."""
    start_s, end_s = measured.placement.start_s, measured.placement.end_s
    if start_s is None or end_s is None or not measured.planned_mps:
        return 0.0
    cut = slice(math.ceil(start_s), math.floor(end_s))
    moving = session.prepared.is_moving[cut]
    run_m = float(session.prepared.effort_mps[cut][moving].sum())
    return float(moving.sum()) - run_m / measured.planned_mps
