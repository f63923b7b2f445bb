"""LOW_DATA: a block that cannot be judged, and what keeps it from being judged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, LowData
from analyzer.scorer.flags.rule import in_each_block
from analyzer.scorer.measure import finite

if TYPE_CHECKING:
    from analyzer.model.findings import LowDataCause
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


def low_data(session: Session) -> list[Flag]:
    """Name the blocks whose core was not measured well enough, or of which no verdict holds."""
    return in_each_block(session, _of_block)


def _of_block(_session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    if measured.block.target is None or not measured.is_seen:
        return None
    if not measured.has_bad_data and not measured.is_unsure:
        return None
    share = 100 * (measured.made_up_share + measured.unseen_share)
    evidence = LowData(bad_pct=share, pace_se_pct=finite(measured.se_pct), cause=_cause(measured))
    return Flag("LOW_DATA", measured.block.index, "clear", share, share, share, "%", evidence)


def _cause(measured: Measured) -> LowDataCause:
    """Return what a block is not judged for: lost data, else the largest part of its error."""
    if measured.has_bad_data:
        return "lost"
    rest_pct = math.sqrt(max(0.0, measured.se_random_pct**2 - measured.se_slopes_pct**2))
    parts: dict[LowDataCause, float] = {
        "short": rest_pct,
        "hills": measured.se_slopes_pct,
        "source": measured.se_scale_pct,
    }
    return max(parts, key=parts.__getitem__)
