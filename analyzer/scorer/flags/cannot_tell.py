"""What the recording cannot show: errors too small for its own error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.model.findings import Flag
from analyzer.scorer.block import is_scored
from analyzer.scorer.method import Z
from analyzer.scorer.noise import se_step_pct
from analyzer.scorer.steps import scored_pairs
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.findings import FlagCode
    from analyzer.scorer.flags.rule import Session

PAIR_SHARE = 0.75
"""A step whose error exceeds this share of it cannot be judged."""


def cannot_tell(session: Session, found: list[Flag]) -> list[Flag]:
    """
    Say it once for each code that has no other entry and could hardly have one.

    That is so where ``z SE`` exceeds the tolerance (0.75 of the step for pairs)
    in at least half of the blocks. ``value`` is the median z SE in s/km: an
    error below it would not show.
    """
    present = {flag.code for flag in found}
    limits: dict[FlagCode, list[tuple[float, float, float]]] = {
        "TOO_FAST": _sides(session, fast=True),
        "TOO_SLOW": _sides(session, fast=False),
        "NON_PROGRESSION": _pairs(session),
    }
    told = []
    for code, cases in limits.items():
        hidden = [error > limit for error, limit, _ in cases]
        if code in present or not cases or 2 * sum(hidden) < len(hidden):
            continue
        value = median(np.array([error * pace / 100 for error, _, pace in cases]))
        told.append(Flag(code, None, "cannot_tell", value, None, None, "s/km"))
    return told


def _sides(session: Session, *, fast: bool) -> list[tuple[float, float, float]]:
    """Error, limit and planned pace of each scored block, for one side of its tolerance."""
    return [
        (
            Z * m.se_pct,
            m.tolerance.fast_pct if fast else m.tolerance.slow_pct,
            pace_s_per_km(m.planned_mps),
        )
        for m in session.blocks
        if is_scored(m) and m.tolerance is not None and m.planned_mps is not None
    ]


def _pairs(session: Session) -> list[tuple[float, float, float]]:
    """Error, limit and planned pace of each scored step up."""
    scale_pct = session.prepared.scale_error_pct
    cases = []
    for i, j, step in scored_pairs(session.blocks):
        first, second = session.blocks[i], session.blocks[j]
        if step <= 0 or second.planned_mps is None:
            continue
        error = Z * se_step_pct(first.se_random_pct, second.se_random_pct, scale_pct)
        cases.append((error, PAIR_SHARE * step, pace_s_per_km(second.planned_mps)))
    return cases
