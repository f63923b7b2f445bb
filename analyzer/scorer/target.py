"""The speed a block asks for at each second of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.plan import Block


def target_speeds(block: Block, since_start_s: Floats, planned_s: float) -> Floats | None:
    """
    Planned speed at seconds since the block's start; None where no pace is planned.

    Parameters
    ----------
    block : Block
        A ramp changes linearly in speed over ``planned_s``; other targets are constant.
    since_start_s : array
        Timer seconds.
    planned_s : float
        Length of the block's window.
    """
    if block.target is None:
        return None
    if block.target.ramp_mps is None:
        return np.full(since_start_s.shape, block.target.speed_mps)
    first, last = block.target.ramp_mps
    share = np.clip(since_start_s / max(planned_s, 1.0), 0.0, 1.0)
    ramp: Floats = first + (last - first) * share
    return ramp
