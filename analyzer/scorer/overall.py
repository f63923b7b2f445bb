"""The score of the whole session, 0 to 100, with its range (method 8)."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from analyzer.model.review import Score
from analyzer.scorer.block import block_score
from analyzer.scorer.common import common_error_pct
from analyzer.scorer.method import (
    BLOCKS_WEIGHT,
    MAX_STOP_PENALTY,
    NOISE_ALLOWANCE,
    PROGRESSION_WEIGHT,
    ROLE_WEIGHT,
    STANDING_PER_POINT_S,
    WORDS,
    Z,
)
from analyzer.scorer.progression import ceiling, gained_share, progression_score, steps_up
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analyzer.model.review import Word
    from analyzer.scorer.measure import Measured

    Points = Callable[[int, float, float], float | None]


def overall_score(
    blocks: Sequence[Measured],
    scale_error_pct: float,
    stop_penalty: float = 0.0,
    early_penalty: float = 0.0,
) -> Score:
    """
    Add the blocks up, and say within which range the score is 90 % sure.

    Parameters
    ----------
    blocks : sequence of Measured
        All blocks of the plan, in order.
    scale_error_pct : float
        Error common to all blocks.
    stop_penalty, early_penalty : float
        Points off for standing and breaks, and for changes made early.

    Returns
    -------
    Score
        Unrounded; ``overall`` is None if no block could be scored.
    """

    @cache  # most shifts leave most blocks where they are
    def points(place: int, shift_pct: float, common_pct: float) -> float | None:
        """Points of one block, moved so far."""
        scored = block_score(blocks[place], shift_pct, common_pct)
        return None if scored is None else scored.total

    still = [0.0] * len(blocks)
    by_block = _blocks_score(blocks, points, still, common_error_pct(blocks, scale_error_pct))
    steps = steps_up(blocks, scale_error_pct)
    progression = progression_score(steps)
    done = completion(blocks)
    if by_block is None:
        return Score(None, None, None, None, None, progression, done, stop_penalty, early_penalty)
    penalty = stop_penalty + early_penalty
    limit = ceiling(gained_share(blocks, steps))
    total = _total(joined(by_block, progression), limit, done, penalty)

    # Where no position checks the scale, what it may be off by is all in the shifts: taking it
    # off again would call a run sure of which hardly more than the steps is known.
    is_unchecked = any(m.is_unchecked for m in blocks)

    def moved(shifts: list[float]) -> float:
        """Score with every block moved by its shift."""
        seen = still if is_unchecked else shifts
        again = _blocks_score(
            blocks, points, shifts, common_error_pct(blocks, scale_error_pct, seen)
        )
        moved_steps = steps_up(blocks, scale_error_pct, shifts)
        mean = joined(by_block if again is None else again, progression_score(moved_steps))
        return _total(mean, ceiling(gained_share(blocks, moved_steps)), done, penalty)

    drops = gains = 0.0
    for sources in _shifts(blocks, scale_error_pct):
        changes = [moved(shifts) - total for shifts in sources]
        drops += min(0.0, *changes) ** 2
        gains += max(0.0, *changes) ** 2
    low = max(0.0, total - math.sqrt(drops))
    high = min(100.0, total + NOISE_ALLOWANCE + math.sqrt(gains))
    return Score(
        total, low, high, _word(total), by_block, progression, done, stop_penalty, early_penalty
    )


def _shifts(blocks: Sequence[Measured], scale_pct: float) -> list[list[list[float]]]:
    """Each source of error, up and down: the scale in all blocks, then noise in one at a time."""
    count = len(blocks)
    sources = [[[sign * Z * scale_pct] * count for sign in (1, -1)]]
    for i, measured in enumerate(blocks):
        if block_score(measured) is None:
            continue
        size = Z * measured.se_random_pct
        sources.append([[sign * size if j == i else 0.0 for j in range(count)] for sign in (1, -1)])
    return sources


def _blocks_score(
    blocks: Sequence[Measured], points: Points, shifts: Sequence[float], common_pct: float
) -> float | None:
    """Mean of the points of all blocks, each moved by its shift, by time and role."""
    total = weights = 0.0
    for place, (measured, shift) in enumerate(zip(blocks, shifts, strict=True)):
        scored = points(place, shift, common_pct)
        if scored is None:
            continue
        weight = block_weight(measured)
        total += weight * scored
        weights += weight
    return total / weights if weights else None


def block_weight(measured: Measured) -> float:
    """Weight of a block among the others: its time, at most the planned one, by its role."""
    planned_s = measured.block.expected_duration_s
    seconds = measured.timer_s if planned_s is None else min(measured.timer_s, planned_s)
    return seconds * ROLE_WEIGHT[measured.block.role]


def completion(blocks: Sequence[Measured]) -> float:
    """Share of the progression and steady blocks' planned time that was run, 0 to 1."""
    planned = done = 0.0
    for measured in blocks:
        seconds = measured.block.expected_duration_s
        if measured.block.role not in ("progression", "steady") or seconds is None:
            continue
        planned += seconds
        if measured.placement.status == "run":
            done += seconds
        elif measured.is_seen:
            done += min(measured.timer_s, seconds)
    return done / planned if planned else 1.0


def stop_penalty(lost_s: float) -> float:
    """Points off for the seconds stood, or lost in breaks, in progression and steady blocks."""
    return min(MAX_STOP_PENALTY, float(math.floor(lost_s / STANDING_PER_POINT_S)))


def joined(blocks: float, progression: float | None) -> float:
    """Blocks and steps together, ``0.75 blocks + 0.25 progression``; blocks alone without steps."""
    if progression is None:
        return blocks
    return BLOCKS_WEIGHT * blocks + PROGRESSION_WEIGHT * progression


def _total(mean: float, limit: float, done: float, penalty: float) -> float:
    """``min(mean, ceiling) completion - penalties``, within 0 to 100."""
    return min(100.0, max(0.0, min(mean, limit) * done - penalty))


def _word(score: float) -> Word:
    """Return the word for a score, as rounded for the reader."""
    shown = round_half_up(score)
    word: Word = "not the planned session"
    for least, name in reversed(WORDS):
        if shown >= least:
            word = name
    return word
