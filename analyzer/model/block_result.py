"""One block of a finished review: as it was planned, run and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.alignment import Executed, Status
    from analyzer.model.plan import Role, Tolerance

Verdict = Literal["held", "too_fast", "too_slow", "not_scored"]


class Planned(Struct, frozen=True):
    """
    What a block asked for.

    ``pace_s_per_km`` is what deviations are measured from (None: not scored for
    pace), ``pace_range_s_per_km`` (faster, slower) of a range,
    ``ramp_s_per_km`` (start, end) of a ramp.
    """

    duration_s: float | None
    distance_m: float | None
    pace_s_per_km: float | None
    pace_range_s_per_km: tuple[float, float] | None = None
    ramp_s_per_km: tuple[float, float] | None = None


class Split(Struct, frozen=True):
    """A kilometre or mile inside a block; the last one may be shorter."""

    distance_m: float
    timer_s: float
    pace_s_per_km: float


class BlockResult(Struct, frozen=True):
    """
    One block, measured and judged. None is unknown; names and units as in the JSON result.

    ``start_s`` and ``end_s`` are elapsed seconds since the first record.
    ``pace_s_per_km`` is timer time by distance over the whole window, as anyone
    can check by hand, and ``pace_se_s_per_km`` its standard error;
    ``scored_*`` rest on the moving seconds of the block's core.
    ``deviation_s_per_km`` is actual minus planned: negative is too fast;
    ``speed_deviation_pct`` is positive when too fast.
    ``is_adjusted``: slopes are scored, so that ``scored_*`` are on the flat at
    equal effort, as ``gap_s_per_km`` is. ``tolerance`` is the one that judged it.
    ``standing_s`` counts stops of the body in the window on the elapsed clock.
    ``break_s`` and ``break_distance_m`` are what was walked or jogged in breaks: part of time,
    distance and ``pace_s_per_km``, and of nothing that is scored.
    """

    index: int
    name: str
    role: Role
    status: Status
    planned: Planned
    tolerance: Tolerance | None
    start_s: float | None
    end_s: float | None
    elapsed_s: float | None
    timer_s: float | None
    moving_s: float | None
    standing_s: float | None
    distance_m: float | None
    pace_s_per_km: float | None
    pace_se_s_per_km: float | None
    gap_s_per_km: float | None
    deviation_s_per_km: float | None
    speed_deviation_pct: float | None
    scored_pace_s_per_km: float | None
    scored_speed_deviation_pct: float | None
    verdict: Verdict
    score: float | None
    in_band_pct: float | None
    steadiness_pct: float | None
    heart_rate_bpm: float | None
    cadence_spm: float | None
    is_adjusted: bool = False
    break_s: float | None = None
    break_distance_m: float | None = None
    executed: Executed | None = None
    splits: tuple[Split, ...] = ()
