"""The run as a line for charts: 5 s points, smoothed, broken at stops, without positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.review import Excursion, Trace
from analyzer.prepare.stops import centred_mean
from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.plan import Block
    from analyzer.model.prepared import Prepared
    from analyzer.model.review import BlockResult

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
    known = np.isfinite(rows)
    counts = known.sum(axis=1)
    sums = np.where(known, rows, 0.0).sum(axis=1)
    means: Floats = np.divide(sums, counts, out=np.full(count, np.nan), where=counts > 0)
    return means


def _excursions(
    elapsed_s: Floats,
    speed: Floats,
    plan_blocks: tuple[Block, ...],
    results: tuple[BlockResult, ...],
) -> tuple[Excursion, ...]:
    """Stretches of one block that lie outside its band long and far enough to be told."""
    found: list[Excursion] = []
    for block, result in zip(plan_blocks, results, strict=True):
        tolerance, target = result.tolerance, block.target
        if tolerance is None or target is None or result.start_s is None or result.end_s is None:
            continue
        inside = (elapsed_s >= result.start_s) & (elapsed_s < result.end_s) & np.isfinite(speed)
        planned = np.full(speed.shape, target.speed_mps)
        if target.ramp_mps is not None:
            first, last = target.ramp_mps
            share = (elapsed_s - result.start_s) / max(result.end_s - result.start_s, 1.0)
            planned = first + (last - first) * np.clip(share, 0.0, 1.0)
        off = np.full(speed.shape, np.nan)
        off[inside] = 100 * np.log(np.maximum(speed[inside], 0.05) / planned[inside])
        for fast in (True, False):
            with np.errstate(invalid="ignore"):
                beyond = off - tolerance.fast_pct if fast else -off - tolerance.slow_pct
                runs = stretches(beyond > 0)
            for a, b in runs:
                if (b - a) * STEP_S >= LEAST_S and float(beyond[a:b].mean()) >= LEAST_PCT:
                    half = STEP_S / 2
                    side = "fast" if fast else "slow"
                    start_s, end_s = float(elapsed_s[a]) - half, float(elapsed_s[b - 1]) + half
                    found.append(Excursion(start_s, end_s, "fast" if side == "fast" else "slow"))
    return tuple(sorted(found, key=lambda e: e.start_s))
