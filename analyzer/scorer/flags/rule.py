"""What every rule sees, and how sure a finding is: clear, possible, or not a finding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.scorer.method import Z
from analyzer.units import deviation_s_per_km, pace_s_per_km

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.alignment import Alignment
    from analyzer.model.findings import Certainty, Flag
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.scorer.measure import Measured


class Session(Struct, frozen=True):
    """Plan, recording, alignment and the measured blocks, one for each block of the plan."""

    plan: Plan
    prepared: Prepared
    alignment: Alignment
    blocks: tuple[Measured, ...]

    def elapsed_s(self, timer_s: float, *, after_pause: bool = True) -> float:
        """Elapsed second of a timer second."""
        at = np.array([timer_s])
        return float(self.prepared.clock.elapsed_at(at, after_pause=after_pause)[0])

    def mean_effort_mps(self, start_s: float, end_s: float) -> float:
        """Mean speed over the moving seconds between two timer seconds; 0 without any."""
        cut = slice(max(0, math.floor(start_s)), max(0, math.ceil(end_s)))
        speed = self.prepared.effort_mps[cut][self.prepared.is_moving[cut]]
        return float(speed.mean()) if speed.size else 0.0


def in_each_block(
    session: Session, judge: Callable[[Session, Measured], Flag | None]
) -> list[Flag]:
    """Judge block after block, and keep the findings."""
    flags = (judge(session, measured) for measured in session.blocks)
    return [flag for flag in flags if flag is not None]


def certainty(*, is_point: bool, is_interval: bool) -> Certainty | None:
    """Clear if the finding holds over its whole interval, possible if only its best value does."""
    if not is_point:
        return None
    return "clear" if is_interval else "possible"


def least_pct(measured: Measured, limit_pct: float) -> float:
    """Return from where on a deviation counts: its limit, or what the recording can show [%]."""
    return max(limit_pct, Z * measured.se_pct)


def pace_interval(
    deviation_pct: float, se_pct: float, planned_mps: float
) -> tuple[float, float, float]:
    """Deviation with its 90 % interval as pace: value, low, high in s/km, low the fastest."""
    pace = pace_s_per_km(planned_mps)
    value, fastest, slowest = (
        deviation_s_per_km(deviation_pct + shift, pace) for shift in (0.0, Z * se_pct, -Z * se_pct)
    )
    return value, fastest, slowest


def scored_pace(measured: Measured) -> float | None:
    """Pace the score used: moving seconds of the core [s/km]."""
    speed = measured.core.mean_speed_mps()
    return None if speed is None else pace_s_per_km(speed)


def next_paced_mps(blocks: tuple[Measured, ...], position: int) -> float | None:
    """Target speed of the next block with a pace to run at, rest and cool-down passed over."""
    later = (
        m.planned_mps
        for m in blocks[position + 1 :]
        if m.block.target is not None and m.block.role not in ("rest", "cooldown")
    )
    return next(later, None)
