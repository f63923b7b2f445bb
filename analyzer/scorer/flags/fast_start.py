"""FAST_START: the first minutes of a block forced, against its target and against its rest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.findings import FastStart, Flag
from analyzer.prepare.mean import mean
from analyzer.scorer.flags.changes import own_seconds
from analyzer.scorer.flags.rule import certainty, in_each_block, pace_interval
from analyzer.scorer.measure import finite, grade_error_pct
from analyzer.scorer.method import Z_CLEAR, Z_COARSE, Z
from analyzer.scorer.noise import se_held_pct, se_pace_pct, se_step_pct, se_stretch_pct
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.findings import Certainty
    from analyzer.scorer.core import Core
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

SHARE = 0.25
MIN_S, MAX_S = 90.0, 180.0
"""How much of a block is its start: a quarter, within 90 to 180 s."""


def fast_start(session: Session) -> list[Flag]:
    """
    Find blocks whose first minutes were forced.

    The start must be ``c = 1.5 tol (0.6 + 0.6 f) + 1`` percent faster than the
    target (given tolerance: ``1.5 tol_fast + 1``) and faster than the rest of
    the block by more than the error of that difference: a block that is too
    fast throughout has no fast start.
    """
    return in_each_block(session, _of_block)


def _limit_pct(measured: Measured) -> float | None:
    """How fast a start may be [%]; None without a tolerance."""
    if measured.tolerance is None or measured.block.target is None:
        return None
    is_given = measured.block.tolerance is not None or measured.block.target.slow_mps is not None
    if is_given:
        return 1.5 * measured.tolerance.fast_pct + 1
    easy = 2.0 if measured.block.role == "easy" else 1.0  # the slow side of easy blocks is doubled
    return 1.5 * measured.tolerance.slow_pct / easy * measured.fast_factor + 1


class _Start(Struct, frozen=True):
    """The first seconds of a block and the rest of it: deviations and their errors [% of speed]."""

    seconds: int
    start: Core
    rest: Core
    start_pct: float
    rest_pct: float
    se_start_pct: float
    se_rest_pct: float

    @property
    def lead_pct(self) -> float:
        """How much faster the start was than the rest."""
        return self.start_pct - self.rest_pct

    @property
    def se_lead_pct(self) -> float:
        """Random error of that difference: the scale is in both."""
        return se_step_pct(self.se_start_pct, self.se_rest_pct, 0.0)

    def planned_mps(self, block_mps: float) -> float:
        """Return what was planned for these seconds: a ramp begins slower than its middle."""
        target = self.start.target_mps
        return block_mps if target is None else mean(target[self.start.is_moving])


def _start_of(session: Session, measured: Measured) -> _Start | None:
    """Cut a block into its start and the rest run at its own pace; None if either is too short."""
    length_s = measured.block.expected_duration_s or float(measured.core.seconds)
    n = int(min(max(SHARE * length_s, MIN_S), MAX_S))
    start, rest = measured.core.part(0, n), measured.core.part(n, own_seconds(session, measured))
    start_pct, rest_pct = start.deviation_pct, rest.deviation_pct
    if start_pct is None or rest_pct is None or rest.measured_s < MIN_S:
        return None
    errors = (_error_pct(session, measured, core) for core in (start, rest))
    return _Start(n, start, rest, start_pct, rest_pct, *errors)


def _error_pct(session: Session, measured: Measured, core: Core) -> float:
    """Return the random error of a stretch of a block, slopes included where they are scored."""
    error_pct = se_stretch_pct(core.measured_s, measured.roughness)
    if session.prepared.is_adjusted:
        error_pct = math.hypot(error_pct, grade_error_pct(session.prepared, core))
    return error_pct


def _certainty(parts: _Start, limit: float, se_pace: float) -> Certainty | None:
    """Hold the start against its limit and against the rest of its block [% of speed]."""
    held = se_held_pct(parts.start.measured_s)
    beyond = math.hypot(parts.se_lead_pct, held, se_held_pct(parts.rest.measured_s))
    # Where the recording cannot show the limit, how a held pace wanders counts as well.
    doubt = Z_CLEAR * se_pace if Z * se_pace <= limit else Z_COARSE * math.hypot(se_pace, held)
    return certainty(
        is_point=parts.start_pct > limit and parts.lead_pct > parts.se_lead_pct,
        is_interval=parts.start_pct - doubt > 0.5 * limit and parts.lead_pct > Z_CLEAR * beyond,
    )


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Judge the start of one block."""
    limit, planned = _limit_pct(measured), measured.planned_mps
    if limit is None or planned is None or not measured.is_scored:
        return None
    parts = _start_of(session, measured)
    if parts is None or measured.placement.unrecorded_s > 0:
        return None
    se_pace = se_pace_pct(parts.se_start_pct, session.prepared.scale_error_pct)
    sure = _certainty(parts, limit, se_pace)
    if sure is None:
        return None
    evidence = FastStart(
        window_s=float(parts.seconds),
        pace_s_per_km=finite(pace_s_per_km(parts.start.mean_speed_mps or 0.0)),
        rest_s_per_km=finite(pace_s_per_km(parts.rest.mean_speed_mps or 0.0)),
        planned_s_per_km=pace_s_per_km(parts.planned_mps(planned)),
    )
    size = pace_interval(parts.start_pct, se_pace, planned)
    return Flag("FAST_START", measured.block.index, sure, *size, "s/km", evidence)
