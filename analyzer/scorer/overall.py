"""The score of the whole session, 0 to 100, with its range (method 8)."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from analyzer.model.review import Score
from analyzer.scorer.block import band_at, block_score
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
    from collections.abc import Iterator, Sequence

    from analyzer.model.review import Word
    from analyzer.scorer.judged import Judged
    from analyzer.scorer.measure import Measured
    from analyzer.scorer.progression import Step


def overall_score(judged: Judged, stop_penalty: float = 0.0, early_penalty: float = 0.0) -> Score:
    """
    Add the blocks up, and say within which range the score is 90 % sure.

    Parameters
    ----------
    judged : Judged
        All blocks of the plan and their steps.
    stop_penalty, early_penalty : float
        Points off for standing and breaks, and for changes made early.

    Returns
    -------
    Score
        Unrounded; ``overall`` is None if no block could be scored.
    """
    blocks = judged.blocks
    weights = [block_weight(measured) for measured in blocks]
    by_block = _blocks_score(weights, [None if s is None else s.total for s in judged.scores])
    progression = progression_score(judged.steps)
    done = completion(blocks)
    if by_block is None:
        return Score(None, None, None, None, None, progression, done, stop_penalty, early_penalty)
    penalty = stop_penalty + early_penalty

    def total_of(blocks_score: float, steps: Sequence[Step]) -> float:
        """Put blocks and steps together."""
        mean = joined(blocks_score, progression_score(steps))
        return _total(mean, ceiling(gained_share(blocks, steps)), done, penalty)

    total = total_of(by_block, judged.steps)
    drops = gains = 0.0
    for moved in _moved(judged, weights):
        changes = [total_of(by_block if b is None else b, steps) - total for b, steps in moved]
        drops += min(0.0, *changes) ** 2
        gains += max(0.0, *changes) ** 2
    low = max(0.0, total - math.sqrt(drops))
    high = min(100.0, total + NOISE_ALLOWANCE + math.sqrt(gains))
    return Score(
        total, low, high, _word(total), by_block, progression, done, stop_penalty, early_penalty
    )


def _moved(
    judged: Judged, weights: Sequence[float]
) -> Iterator[list[tuple[float | None, Sequence[Step]]]]:
    """Judge again with every source of error up and down: the mean of the blocks, the steps."""
    blocks, scale_pct = judged.blocks, judged.scale_error_pct
    # Where no position checks the scale, what it may be off by is all in the shifts: taking it
    # off again would call a run sure of which hardly more than the steps is known.
    is_unchecked = any(m.is_unchecked for m in blocks)
    band_of = cache(band_at)

    @cache  # most shifts leave most blocks where they are
    def points(place: int, shift_pct: float, common_pct: float) -> float | None:
        """Points of one block, moved so far."""
        scored = block_score(blocks[place], shift_pct, common_pct, band_of)
        return None if scored is None else scored.total

    def again(shifts: Sequence[float]) -> tuple[float | None, Sequence[Step]]:
        """Judge with every block moved by its shift."""
        shifted_pct = common_error_pct(blocks, scale_pct, shifts)
        common_pct = judged.common_pct if is_unchecked else shifted_pct
        totals = [points(place, shift, common_pct) for place, shift in enumerate(shifts)]
        steps = steps_up(judged.planned, blocks, shifted_pct, shifts)
        return _blocks_score(weights, totals), steps

    for sources in _shifts(judged):
        yield [again(shifts) for shifts in sources]


def _shifts(judged: Judged) -> list[list[list[float]]]:
    """Each source of error, up and down: the scale in all blocks, then noise in one at a time."""
    count = len(judged.blocks)
    sources = [[[sign * Z * judged.scale_error_pct] * count for sign in (1, -1)]]
    for i, measured in enumerate(judged.blocks):
        if judged.scores[i] is None:
            continue
        size = Z * measured.se_random_pct
        sources.append([[sign * size if j == i else 0.0 for j in range(count)] for sign in (1, -1)])
    return sources


def _blocks_score(weights: Sequence[float], points: Sequence[float | None]) -> float | None:
    """Mean of the points of all blocks by time and role; None without any."""
    total = whole = 0.0
    for weight, scored in zip(weights, points, strict=True):
        if scored is None:
            continue
        total += weight * scored
        whole += weight
    return total / whole if whole else None


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
