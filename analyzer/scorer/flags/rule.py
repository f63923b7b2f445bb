"""What every rule sees, and how sure a finding is: clear, possible, or not a finding."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.prepare.mean import mean
from analyzer.scorer.flags.gears import gear_probabilities
from analyzer.scorer.method import Z
from analyzer.scorer.planned_steps import scored_pairs
from analyzer.units import deviation_s_per_km, pace_s_per_km

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.alignment import Alignment
    from analyzer.model.findings import Certainty, Flag
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.scorer.measure import Measured


class Session(Struct, frozen=True, eq=False, dict=True):
    """
    Plan, recording, alignment and the measured blocks, one for each block of the plan.

    What several rules ask for is worked out once.
    """

    plan: Plan
    prepared: Prepared
    alignment: Alignment
    blocks: tuple[Measured, ...]

    @cached_property
    def scored_pairs(self) -> list[tuple[int, int, float]]:
        """Neighbouring scored blocks, and the step between them: see there."""
        return scored_pairs(self.blocks)

    @cached_property
    def gears(self) -> dict[int, float]:
        """How likely each block was run at the pace of the next: see there."""
        return gear_probabilities(self)

    @cached_property
    def windows_s(self) -> tuple[tuple[float, float] | None, ...]:
        """
        Elapsed window of each block; None if nothing of it was recorded.

        A pause on the boundary belongs to the block that it delays.
        """
        placements = [measured.placement for measured in self.blocks]
        starts_s, ends_s = [p.start_s for p in placements], [p.end_s for p in placements]
        clock, is_first, windows = self.prepared.clock, True, list[tuple[float, float] | None]()
        elapsed_s = [
            clock.elapsed_at(np.array([s or 0.0 for s in starts_s]), after_pause=after_pause)
            for after_pause in (True, False)
        ]
        until_s = clock.elapsed_at(np.array([s or 0.0 for s in ends_s]), after_pause=False)
        for i, (start_s, end_s) in enumerate(zip(starts_s, ends_s, strict=True)):
            is_seen = start_s is not None and end_s is not None
            from_s = float(elapsed_s[0 if is_first else 1][i])
            windows.append((from_s, float(until_s[i])) if is_seen else None)
            is_first = is_first and start_s is None
        return tuple(windows)

    def elapsed_s(self, timer_s: float, *, after_pause: bool = True) -> float:
        """Elapsed second of a timer second."""
        at = np.array([timer_s])
        return float(self.prepared.clock.elapsed_at(at, after_pause=after_pause)[0])

    def mean_effort_mps(self, start_s: float, end_s: float) -> float:
        """Mean speed over the moving seconds between two timer seconds; 0 without any."""
        cut = slice(max(0, math.floor(start_s)), max(0, math.ceil(end_s)))
        speed = self.prepared.effort_mps[cut][self.prepared.is_moving[cut]]
        return mean(speed) if speed.size else 0.0


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
    speed = measured.core.mean_speed_mps
    return None if speed is None else pace_s_per_km(speed)


def next_paced_mps(blocks: tuple[Measured, ...], position: int) -> float | None:
    """Target speed of the next block with a pace to run at, rest and cool-down passed over."""
    later = (
        m.planned_mps
        for m in blocks[position + 1 :]
        if m.block.target is not None and m.block.role not in ("rest", "cooldown")
    )
    return next(later, None)
