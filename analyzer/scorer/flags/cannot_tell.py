"""What the recording cannot show: errors too small for its own error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median
from analyzer.model.findings import Flag
from analyzer.scorer.flags.non_progression import step_limits
from analyzer.scorer.flags.too_fast import fast_limits
from analyzer.scorer.flags.too_slow import slow_limits

if TYPE_CHECKING:
    from analyzer.scorer.flags.limits import Limits
    from analyzer.scorer.flags.rule import Session

LIMITS = (fast_limits, slow_limits, step_limits)
"""The rules whose findings a coarse recording may hide, in the order of the reports."""


def cannot_tell(session: Session, flags: list[Flag]) -> list[Flag]:
    """
    Say it once for each rule that found nothing and could hardly have found anything.

    That is so where ``z SE`` exceeds the tolerance (0.75 of the step for pairs)
    in at least half of the blocks. ``value`` is the median z SE in s/km: an
    error below it would not show.
    """
    codes = {flag.code for flag in flags}
    every = (limits(session) for limits in LIMITS)
    return [_hidden(limits) for limits in every if limits.code not in codes and limits.are_hidden]


def _hidden(limits: Limits) -> Flag:
    """Name what cannot be told, and the size below which it would not show."""
    errors_s_per_km = np.array([limit.error_s_per_km for limit in limits.blocks])
    size_s_per_km = median(errors_s_per_km)
    return Flag(limits.code, None, "cannot_tell", size_s_per_km, None, None, "s/km")
