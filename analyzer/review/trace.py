"""The run as a line for charts: 5 s points, smoothed, broken at stops, without positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from analyzer.model.review import Excursion, Trace
from analyzer.prepare.stops import centred_mean
from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.activity import Floats
    from analyzer.model.block_result import BlockResult
    from analyzer.model.plan import Block, Target
    from analyzer.model.prepared import Prepared

STEP_S = 5
"""One point every so often [s]."""

SMOOTH_S = 30
"""The line is a mean over this long [s]."""

LEAST_S = 90.0
"""Shorter excursions look like faults and are noise [s]."""

LEAST_PCT = 1.0
"""Excursions nearer to the band than this on average are not filled [%]."""


def make_trace(
    prepared: Prepared, plan_blocks: tuple[Block, ...], results: tuple[BlockResult, ...]
) -> Trace:
    """
    Reduce a recording to what a chart needs.

    Parameters
    ----------
    prepared : Prepared
        The recording.
    plan_blocks, results : tuple
        Blocks as planned and as judged, for the excursions out of their bands.

    Returns
    -------
    Trace
        One point for every 5 s of timer time, on the elapsed clock.
    """
    count = prepared.seconds // STEP_S
    middles_s = (np.arange(count, dtype=np.float64) + 0.5) * STEP_S
    index = middles_s.astype(np.int64)
    elapsed_s = prepared.clock.elapsed_at(middles_s)
    speed = _smoothed(prepared)[index]
    return Trace(
        elapsed_s=elapsed_s,
        speed_mps=speed,
        heart_rate_bpm=_means(prepared.heart_rate_bpm, count),
        elevation_m=_means(prepared.elevation_m, count),
        distance_m=np.interp(middles_s, np.arange(prepared.seconds + 1), prepared.distance_m),
        excursions=_excursions(elapsed_s, speed, plan_blocks, results),
    )


def _smoothed(prepared: Prepared) -> Floats:
    """Mean over the moving seconds of 30 s around each second; NaN while not moving."""
    moving = prepared.is_moving.astype(np.float64)
    share = centred_mean(moving, SMOOTH_S)
    run = centred_mean(prepared.speed_mps * moving, SMOOTH_S)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(prepared.is_moving, run / share, np.nan)


def _means(values: Floats, count: int) -> Floats:
    """Mean of what is known in each 5 s; NaN where nothing is."""
    rows = values[: count * STEP_S].reshape(count, STEP_S)
    is_known = np.isfinite(rows)
    counts = is_known.sum(axis=1)
    sums = np.where(is_known, rows, 0.0).sum(axis=1)
    means: Floats = np.divide(sums, counts, out=np.full(count, np.nan), where=counts > 0)
    return means


def _excursions(
    elapsed_s: Floats,
    speed: Floats,
    plan_blocks: tuple[Block, ...],
    results: tuple[BlockResult, ...],
) -> tuple[Excursion, ...]:
    """Stretches of one block that lie outside its band long and far enough to be drawn."""
    excursions: list[Excursion] = []
    for block, result in zip(plan_blocks, results, strict=True):
        tolerance, target = result.tolerance, block.target
        if tolerance is None or target is None or result.start_s is None or result.end_s is None:
            continue
        off_pct = _off_pct(elapsed_s, speed, target, (result.start_s, result.end_s))
        excursions += _beyond(elapsed_s, off_pct - tolerance.fast_pct, "fast")
        excursions += _beyond(elapsed_s, -off_pct - tolerance.slow_pct, "slow")
    return tuple(sorted(excursions, key=lambda e: e.start_s))


def _off_pct(
    elapsed_s: Floats, speed: Floats, target: Target, window_s: tuple[float, float]
) -> Floats:
    """Deviation of each point in the window of a block [%], positive is too fast; NaN elsewhere."""
    start_s, end_s = window_s
    planned = np.full(speed.shape, target.speed_mps)
    if target.ramp_mps is not None:
        first, last = target.ramp_mps
        share = (elapsed_s - start_s) / max(end_s - start_s, 1.0)
        planned = first + (last - first) * np.clip(share, 0.0, 1.0)
    inside = (elapsed_s >= start_s) & (elapsed_s < end_s) & np.isfinite(speed)
    off_pct = np.full(speed.shape, np.nan)
    off_pct[inside] = 100 * np.log(np.maximum(speed[inside], 0.05) / planned[inside])
    return off_pct


def _beyond(
    elapsed_s: Floats, beyond_pct: Floats, side: Literal["fast", "slow"]
) -> Iterator[Excursion]:
    """Go over the stretches that lie beyond one side of the band, long and far enough."""
    half_s = STEP_S / 2
    for a, b in stretches(beyond_pct > 0):  # NaN is not beyond
        if (b - a) * STEP_S >= LEAST_S and float(beyond_pct[a:b].mean()) >= LEAST_PCT:
            yield Excursion(float(elapsed_s[a]) - half_s, float(elapsed_s[b - 1]) + half_s, side)
