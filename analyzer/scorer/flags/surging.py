"""SURGING: a block run in waves, faster and slower in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, Surging
from analyzer.prepare.roughness import MAX_ROUGHNESS
from analyzer.scorer.flags.changes import own_seconds, own_start
from analyzer.scorer.flags.rule import certainty, in_each_block
from analyzer.scorer.measure import finite
from analyzer.scorer.method import Z
from analyzer.scorer.sureness import z_clear
from analyzer.scorer.waves import core_waves

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

LEAST_PCT, CLEAR_PCT = 2.6, 1.8
"""Size from which waves are reported, and what its lower end must exceed to be clear [%]."""


EASY_PCT = 8.0
"""
The same of an easy block or a wide range [%]: who may run as they like wanders.

Real easy runs inside their range have waves of up to 7 %, by corners, hills and the watch.
"""

WIDE_PCT = 3.0
"""A range reaching so far to either side is wide [% of speed]."""


def surging(session: Session) -> list[Flag]:
    """
    Find blocks run in waves of 20 to 120 s.

    Size is the spread of speed within that band, the watch's noise in it taken
    out. Windows of 30 s would average waves of 40 s away. Never clear where the recording is
    so rough that nobody can tell the runner from the watch.
    """
    return in_each_block(session, _of_block)


def _has_wide_range(measured: Measured) -> bool:
    """Whether the plan leaves a block a wide range of paces."""
    tolerance, target = measured.tolerance, measured.block.target
    if tolerance is None or target is None or target.slow_mps is None:
        return False
    return min(tolerance.fast_pct, tolerance.slow_pct) >= WIDE_PCT


def _of_block(session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    first, last = own_start(session, measured), own_seconds(session, measured)
    if measured.has_bad_data:
        return None
    prepared, waves = session.prepared, measured.waves
    if (first, last) != (0, measured.core.seconds):
        core = measured.core.part(min(first, last), last)
        waves = core_waves(core, prepared.roughness, is_fine=prepared.is_fine)
    if waves is None:
        return None
    size, error, period_s = waves
    z = z_clear(error, LEAST_PCT - CLEAR_PCT)
    is_wide = measured.block.role == "easy" or _has_wide_range(measured)
    least, clear = (EASY_PCT, EASY_PCT) if is_wide else (LEAST_PCT, CLEAR_PCT)
    is_clear = size - z * error > clear and prepared.roughness < MAX_ROUGHNESS
    sure = certainty(is_point=size > least, is_interval=is_clear)
    if sure is None:
        return None
    low, high = max(0.0, size - Z * error), size + Z * error
    evidence = Surging(period_s=finite(period_s))
    return Flag("SURGING", measured.block.index, sure, size, low, high, "%", evidence)
