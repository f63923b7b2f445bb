"""What a block measured: time, distance and pace of its window, and the speeds of its core."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.prepare.grade import effort_factor, equal_effort_factor, minetti_factor
from analyzer.prepare.mean import mean
from analyzer.scorer.block import has_bad_data, is_scored, is_unsure
from analyzer.scorer.core import Core
from analyzer.scorer.method import MAX_STILL_S, RHO, WINDOW_S
from analyzer.scorer.noise import se_block_pct, se_held_pct, se_pace_pct, se_stretch_pct
from analyzer.scorer.target import target_speeds
from analyzer.scorer.waves import core_waves

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.alignment import Placement
    from analyzer.model.plan import Block, Tolerance
    from analyzer.model.prepared import Prepared


class Measured(Struct, frozen=True, eq=False, dict=True):
    """
    One block as measured, not yet judged. None is unknown.

    Window figures (``timer_s``, ``distance_m``, ``pace_s_per_km``) cover the
    whole clock window; ``deviation_pct`` and the errors are of the core, which
    the score uses. ``windows_pct`` are deviations of 30 s windows of the core, noise taken out,
    ``wander_pct`` how much pace wandered or came in waves, noise taken out. ``se_slopes_pct``
    is the part of the random error that slopes make, ``is_unchecked`` as in `Prepared`. ``waves``
    are those of the core. What is derived is kept: every rule asks for it.
    """

    block: Block
    placement: Placement
    tolerance: Tolerance | None
    core: Core
    timer_s: float
    distance_m: float
    pace_s_per_km: float | None
    pace_se_pct: float | None
    deviation_pct: float | None
    se_random_pct: float
    se_pct: float
    windows_pct: Floats
    wander_pct: float | None
    roughness: float = 0.0
    fast_factor: float = 1.0
    se_slopes_pct: float = 0.0
    made_up_share: float = 0.0
    unseen_share: float = 0.0
    is_unchecked: bool = False
    waves: tuple[float, float, float] | None = None

    @cached_property
    def is_scored(self) -> bool:
        """Whether the block has a pace to be held to, and was seen well enough."""
        return is_scored(self)

    @cached_property
    def has_bad_data(self) -> bool:
        """Whether it cannot be judged for want of data."""
        return has_bad_data(self)

    @cached_property
    def is_unsure(self) -> bool:
        """Whether its pace is known too badly for any verdict to hold."""
        return is_unsure(self)

    @property
    def is_unknown(self) -> bool:
        """Whether nothing can be said of its pace, which is a finding of its own."""
        return self.has_bad_data or self.is_unsure

    @cached_property
    def se_own_pct(self) -> float:
        """Error that is this block's own: all of it but the scale that the whole run shares."""
        return math.hypot(self.se_random_pct, math.sqrt(1 - RHO) * self.se_scale_pct)

    @cached_property
    def se_scale_pct(self) -> float:
        """Error of the watch's scale."""
        return math.sqrt(max(0.0, self.se_pct**2 - self.se_random_pct**2))

    @property
    def is_seen(self) -> bool:
        """Whether anything of the block was recorded."""
        return self.placement.start_s is not None

    @property
    def planned_mps(self) -> float | None:
        """Target speed; None where no pace is planned."""
        return self.block.target.speed_mps if self.block.target else None


def measure(
    block: Block,
    placement: Placement,
    tolerance: Tolerance | None,
    prepared: Prepared,
    fast_factor: float = 1.0,
) -> Measured:
    """
    Measure one block where the alignment placed it.

    Parameters
    ----------
    block, placement, tolerance : Block, Placement, Tolerance
        What was planned, where it lies, and how far off still counts as held.
    prepared : Prepared
        The recording.
    fast_factor : float
        Share of the tolerance that the fast side gets: less in early blocks.

    Returns
    -------
    Measured
        With zero time and no pace if nothing of the block was recorded.
    """
    start_s, end_s = placement.start_s or 0.0, placement.end_s or 0.0
    core = _core(block, placement, prepared)
    edges = np.arange(prepared.seconds + 1, dtype=np.float64)
    ends_m = np.interp([start_s, end_s], edges, prepared.distance_m)
    distance_m = float(ends_m[1] - ends_m[0])
    timer_s = end_s - start_s
    scale_pct = prepared.scale_error_pct
    window = slice(math.ceil(start_s), math.floor(end_s))
    measured_s = int(np.count_nonzero(prepared.is_moving[window] & ~prepared.is_replaced[window]))
    rough = prepared.roughness
    window_se = se_block_pct(prepared.distance_source, measured_s, distance_m, rough)
    random_pct = se_block_pct(prepared.distance_source, core.measured_s, core.run_m, rough)
    slopes_pct = grade_error_pct(prepared, core) if prepared.is_adjusted else 0.0
    random_pct = math.hypot(random_pct, slopes_pct, _se_unseen_pct(core))
    windows_pct = core_windows(core)
    waves = core_waves(core, rough, is_fine=prepared.is_fine)
    guessed_s, guessed_m = prepared.guessed(start_s, end_s)
    seen_s = min(end_s, prepared.known_to_s) - max(start_s, prepared.known_from_s) - guessed_s
    seen_m = distance_m - guessed_m
    has_pace = seen_m > 0 and seen_s > 0
    return Measured(
        block=block,
        placement=placement,
        tolerance=tolerance,
        core=core,
        timer_s=timer_s,
        distance_m=distance_m,
        pace_s_per_km=1000 * seen_s / seen_m if has_pace else None,
        pace_se_pct=finite(se_pace_pct(window_se, scale_pct)) if has_pace else None,
        deviation_pct=core.deviation_pct,
        se_random_pct=random_pct,
        se_pct=se_pace_pct(random_pct, scale_pct),
        windows_pct=without_noise(windows_pct, rough),
        wander_pct=_unsteadiness(windows_pct, rough, waves),
        roughness=rough,
        fast_factor=fast_factor,
        se_slopes_pct=slopes_pct,
        made_up_share=core.made_up_share,
        unseen_share=core.unseen_share,
        is_unchecked=prepared.is_unchecked,
        waves=waves,
    )


def _se_unseen_pct(core: Core) -> float:
    """
    Return what the seconds of unknown speed may add to the mean of a core [% of speed].

    The rest stands for them; by how much a held pace wanders between the two, times their share.
    """
    unseen_s = float(np.count_nonzero(core.is_unseen))
    if not unseen_s or not core.measured_s:
        return 0.0
    return core.unseen_share * math.hypot(se_held_pct(unseen_s), se_held_pct(core.measured_s))


def grade_error_pct(prepared: Prepared, core: Core) -> float:
    """Return half the difference of two models of slopes over a core, in percent of speed."""
    cut = slice(core.first, core.first + core.seconds)
    speed, grades = prepared.speed_mps[cut], prepared.grade_ratio[cut]
    is_counted = core.is_moving & np.isfinite(grades)
    if not is_counted.any():
        return 0.0
    by_table = float((speed[is_counted] * equal_effort_factor(grades[is_counted])).sum())
    by_cost = float((speed[is_counted] * minetti_factor(grades[is_counted])).sum())
    used = by_cost if prepared.slopes == "minetti" else by_table
    return 100 * abs(by_table - by_cost) / (2 * used) if used > 0 else 0.0


def grade_adjusted_pace(prepared: Prepared, start_s: float, end_s: float) -> float | None:
    """
    Pace on the flat at equal effort over a timer window [s/km].

    Timer time by the sum of distance times factor; None where altitude is not known.
    """
    cut = slice(math.ceil(start_s), math.floor(end_s))
    factor = effort_factor(prepared.grade_ratio[cut], prepared.slopes)
    if not factor.size or not np.isfinite(factor).all():
        return None
    flat_m = float(np.add.reduce(prepared.speed_mps[cut] * factor))
    return 1000 * factor.size / flat_m if flat_m > 0 else None


def _core(block: Block, placement: Placement, prepared: Prepared) -> Core:
    """Cut the core's whole seconds out of the grid."""
    first = math.ceil((placement.core_start_s or 0.0) - 1e-9)
    last = max(first, math.floor((placement.core_end_s or 0.0) + 1e-9))
    cut = slice(first, last)
    speed = prepared.effort_mps[cut]
    start_s = (placement.start_s or 0.0) - placement.unrecorded_s
    planned_s = block.duration_s or (placement.planned_end_s or start_s) - start_s
    since_s = np.arange(speed.size, dtype=np.float64) + (first + 0.5 - start_s)
    return Core(
        first,
        speed,
        target_speeds(block, since_s, planned_s),
        prepared.is_moving[cut],
        prepared.is_replaced[cut],
    )


def core_windows(core: Core, width_s: int = WINDOW_S) -> Floats:
    """
    Deviation of each whole window of the core [%], positive is too fast.

    Windows with more than 10 s not moving are left out; the rest of the core
    after the last whole window too.
    """
    if core.target_mps is None:
        return np.empty(0)
    n = core.seconds // width_s
    whole = slice(0, n * width_s)
    moving = core.is_moving[whole].reshape(n, width_s)
    run_m = (core.speed_mps[whole].reshape(n, width_s) * moving).sum(axis=1)
    planned_m = (core.target_mps[whole].reshape(n, width_s) * moving).sum(axis=1)
    kept = (moving.sum(axis=1) >= width_s - MAX_STILL_S) & (run_m > 0)
    windows: Floats = 100 * np.log(run_m[kept] / planned_m[kept])
    return windows


def _unsteadiness(
    windows_pct: Floats, roughness: float, waves: tuple[float, float, float] | None
) -> float | None:
    """Spread of pace: of the 30 s windows, or of waves that average out in them."""
    drift = wander(windows_pct, roughness)
    return drift if drift is None or waves is None else max(drift, waves[0])


def without_noise(windows_pct: Floats, roughness: float = 0.0) -> Floats:
    """
    Take the watch's noise out of the windows of a block, as far as their spread shows it.

    What they scatter about their own straight line is shrunk to what `wander` leaves of
    it; with fewer than four windows, by what is usual for a held pace.
    """
    n = windows_pct.size
    if n < 4:
        noise, held = se_stretch_pct(WINDOW_S, roughness), se_held_pct(WINDOW_S)
        line, share = np.full(n, mean(windows_pct) if n else 0.0), held / math.hypot(held, noise)
    else:
        t = np.arange(n) - (n - 1) / 2
        line = mean(windows_pct) + float(t @ windows_pct / (t @ t)) * t
        spread = math.sqrt(float(np.add.reduce((windows_pct - line) ** 2)) / (n - 2))
        share = (wander(windows_pct, roughness) or 0.0) / spread if spread > 0 else 0.0
    calm: Floats = line + share * (windows_pct - line)
    return calm


def wander(windows_pct: Floats, roughness: float = 0.0) -> float | None:
    """
    Spread of pace about its own trend, with the watch's noise taken out [%].

    ``sqrt(max(0, SD^2 - SE(30 s)^2))``, SD with n - 2 after a straight line;
    None with fewer than four windows.
    """
    n = windows_pct.size
    if n < 4:
        return None
    t = np.arange(n) - (n - 1) / 2
    slope = float(t @ windows_pct / (t @ t))
    rest = windows_pct - mean(windows_pct) - slope * t
    variance = float(rest @ rest) / (n - 2) - se_stretch_pct(WINDOW_S, roughness) ** 2
    return math.sqrt(max(0.0, variance))


def finite(value: float) -> float | None:
    """Return a number; None in place of infinity and NaN, which stand for what is not known."""
    return value if math.isfinite(value) else None
