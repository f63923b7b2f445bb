"""How surely block 1 starts with the recording: the plan as a rigid template (method 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.segmenter.likelihood import BIN_S, TAU, Level, lay_bins, outside_terms, segment_terms

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared

P_AT_START = 0.4
"""Prior: the recording starts with block 1."""

MEAN_BEFORE_S = 240.0
"""Prior: how long recordings run before block 1, where they do [s]."""

NEAR_S = 15.0
"""A start within this of the recording's is the recording's [s]."""

FINISHED_S = 30.0
"""A recording that ends this near the end of the plan began with it [s]."""

UNPACED_TAU = 0.20
"""Spread of the level of a block without pace, in ln v."""

UNPACED_EASIER = 0.15
"""A block without pace is guessed this much slower than its neighbour, in ln v."""


def start_probability(plan: Plan, prepared: Prepared) -> float | None:
    """
    Probability that block 1 starts with the recording.

    Every start on a 5 s grid is weighed by how well the paced blocks, laid down
    rigidly from there, fit the running: each at its own level, weakly pulled to
    its target. Changes made early cannot be explained by a later start, and a
    start that would leave the plan unfinished is none, where it was finished
    from the start of the recording (method 2.2).

    Parameters
    ----------
    plan : Plan
        With at least two blocks of known length, one of them paced; otherwise
        there is no shape to recognise.
    prepared : Prepared
        The recording.

    Returns
    -------
    float or None
        Between 0 and 1; None if plan or recording are too short to tell.
    """
    lengths_s = [block.expected_duration_s for block in plan.blocks]
    blocks = [(b, s) for b, s in zip(plan.blocks, lengths_s, strict=True) if s is not None]
    if len(blocks) < 2 or not any(b.target for b, _ in blocks) or prepared.seconds < 120:
        return None
    bins = lay_bins(prepared)
    last_start_s = max(0.0, prepared.seconds - 0.5 * sum(s for _, s in blocks))
    starts = np.arange(0, int(last_start_s // BIN_S) + 1)
    means = _means(plan)
    log_p = np.log(1 - P_AT_START) - starts * BIN_S / MEAN_BEFORE_S - np.log(MEAN_BEFORE_S / BIN_S)
    log_p[0] = np.log(P_AT_START)
    log_p += outside_terms(bins, np.zeros_like(starts), starts, means[0])
    begin = starts.astype(np.float64)
    for block, seconds in blocks:
        end = begin + seconds / BIN_S
        a, b = _clip(begin, bins.count), _clip(end, bins.count)
        tau = TAU if block.target and block.target.free_side is None else UNPACED_TAU
        log_p += segment_terms(bins, a, b, Level(means[block.index - 1], tau, seconds))
        begin = end
    rest = _clip(begin, bins.count)
    log_p += outside_terms(bins, rest, np.full_like(rest, bins.count), means[0])
    planned_s = sum(seconds for _, seconds in blocks)
    if prepared.seconds >= planned_s - FINISHED_S:
        start_s = starts * float(BIN_S)
        unfinished = start_s + planned_s > prepared.seconds + np.maximum(FINISHED_S, start_s / 2)
        log_p = np.where(unfinished, -np.inf, log_p)
    p = np.exp(log_p - log_p.max())
    return float(p[starts * BIN_S <= NEAR_S].sum() / p.sum())


def _clip(edge: Floats, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Nearest bin edge inside the recording."""
    return np.clip(np.rint(edge), 0, count).astype(np.int64)


def _means(plan: Plan) -> list[float]:
    """Return ln of each block's target; unpaced ones a little slower than the next paced one."""
    paced = [np.log(b.target.speed_mps) if b.target else None for b in plan.blocks]
    means: list[float] = []
    for i, mean in enumerate(paced):
        if mean is not None:
            means.append(float(mean))
            continue
        later = next((m for m in paced[i:] if m is not None), None)
        earlier = next((m for m in reversed(paced[:i]) if m is not None), None)
        neighbour = later if later is not None else earlier
        means.append(float(neighbour or 0.0) - UNPACED_EASIER)
    return means
