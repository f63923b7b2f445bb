"""The planned steps between neighbouring blocks with a pace."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.scorer.measure import Measured


def paced_pairs(blocks: Sequence[Measured]) -> list[tuple[int, int, float]]:
    """
    Neighbouring paced blocks and the step the plan asks for between them.

    Rest, cool-down and unpaced blocks are skipped over; one-sided paces have no
    step, as their free side is never off.

    Returns
    -------
    list of (int, int, float)
        Places of both blocks in the sequence, and ``100 ln(v_2 / v_1)`` in
        percent: positive asks for faster.
    """
    paced = [
        (i, m.block.target)
        for i, m in enumerate(blocks)
        if m.block.target is not None and m.block.role not in ("rest", "cooldown")
    ]
    pairs = []
    for (i, first), (j, second) in pairwise(paced):
        if first.free_side is not None or second.free_side is not None:
            continue
        pairs.append((i, j, 100 * math.log(second.speed_mps / first.speed_mps)))
    return pairs


def scored_pairs(blocks: Sequence[Measured]) -> list[tuple[int, int, float]]:
    """Return those of `paced_pairs` whose blocks are both scored."""
    return [p for p in paced_pairs(blocks) if blocks[p[0]].is_scored and blocks[p[1]].is_scored]
