"""LOW_DATA: too little of a block was measured to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, LowData
from analyzer.scorer.block import has_bad_data, is_unsure
from analyzer.scorer.flags.rule import in_each_block
from analyzer.scorer.measure import finite

if TYPE_CHECKING:
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured


def low_data(session: Session) -> list[Flag]:
    """Name blocks with over 10 % of the core not measured, or a pace less sure than 2.5 %."""
    return in_each_block(session, _of_block)


def _of_block(_session: Session, measured: Measured) -> Flag | None:
    """Judge one block."""
    if measured.block.target is None or not measured.is_seen:
        return None
    if not has_bad_data(measured) and not is_unsure(measured):
        return None
    share = 100 * measured.bad_share
    evidence = LowData(bad_pct=share, pace_se_pct=finite(measured.se_pct))
    return Flag("LOW_DATA", measured.block.index, "clear", share, share, share, "%", evidence)
