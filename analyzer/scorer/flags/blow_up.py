"""BLOW_UP: a lasting collapse of pace, against the target and against the runner's own best."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view

from analyzer.median import median
from analyzer.model.findings import BlowUp, Flag
from analyzer.prepare.mean import mean
from analyzer.scorer.flags.changes import LEAST_CONFIDENCE
from analyzer.scorer.flags.rule import certainty
from analyzer.scorer.heart_rate import witness
from analyzer.scorer.measure import finite
from analyzer.scorer.method import Z
from analyzer.scorer.noise import se_stretch_pct
from analyzer.scorer.target import target_speeds
from analyzer.structs import replace
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.activity import Floats
    from analyzer.model.findings import Certainty
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

BIN_S = 60
"""Pace is looked at minute by minute [s]."""

DEPTH_PCT = 10.0
"""A minute this far below the runner's usual deviation is low [% of speed] ..."""

BELOW_PEAK_PCT = 5.0
"""... if it is also this far [%] below the best level held so far: a flat run is not a collapse."""

LEVEL_MINUTES = 5
"""Minutes whose middle is a level that was held; an odd number."""

SUSTAINED_S = 180.0
SUSTAINED_SHARE = 0.12
"""How long it must last: 3 min, and 12 % of the progression (5 km of a marathon, Smyth)."""

POSSIBLE_S = 120.0
"""A shorter one counts as possible if the run ends in it [s]."""

SEVERE_PCT = 25.0
"""From this depth on reports say "severe"."""

SUDDEN_PCT = 5.0
"""A collapse is clear if pace falls by this much against the minutes before [%]."""

LEFT_OUT = 0.3
"""From this probability on a block may have been left out instead."""

LEFT_PLAN = 0.6
"""From this probability on the plan was left for good, by the pace."""

ABRUPT_S, ABRUPT_SHARE = (10, 40), 0.75
"""A fall is abrupt that has done so much of its way in these seconds after a block's start [s]."""

COOL_DOWN_SHARE = 0.88
"""Who goes on faster than this share of the block's target is not cooling down."""

BEFORE_S = 300.0
"""Stretch before the collapse that it is compared with [s]."""


class _Minutes(Struct, frozen=True):
    """Minutes of progression and steady blocks: block, timer start, level and deviation [%]."""

    position: list[int]
    start_s: Floats
    level: Floats
    deviation: Floats


def blow_up(session: Session) -> list[Flag]:
    """
    Find the first lasting collapse.

    ``r`` is the deviation of each minute, ``a`` its level (100 ln v); a minute is
    low if r is 10 below the median r of the first half and a 5 below the running
    maximum of the median of the last five a.
    """
    minutes = _minutes(session)
    count = minutes.deviation.size
    if count < 6:
        return []
    base = median(minutes.deviation[: (count + 1) // 2])
    begun = [median(minutes.level[: i + 1]) for i in range(LEVEL_MINUTES - 1)]
    others = np.sort(sliding_window_view(minutes.level, LEVEL_MINUTES), axis=1)
    peak = np.maximum.accumulate(np.append(begun, others[:, LEVEL_MINUTES // 2]))
    low = (minutes.deviation - base < -DEPTH_PCT) & (minutes.level - peak < -BELOW_PEAK_PCT)
    needed_s = max(SUSTAINED_S, SUSTAINED_SHARE * count * BIN_S)
    for first, last in _runs(low):
        lasted_s = (last - first) * BIN_S
        sure = certainty(
            is_point=lasted_s >= needed_s or (lasted_s >= POSSIBLE_S and last == count),
            is_interval=lasted_s >= needed_s,
        )
        if sure is not None:
            flag, evidence = _flag(session, minutes, (first, last), base, sure)
            if evidence.slowdown_pct is not None and evidence.slowdown_pct > 0:
                return [
                    _or_another_story(session, flag, evidence)
                ]  # slow throughout is not a collapse
    return []


def _or_another_story(session: Session, flag: Flag, evidence: BlowUp) -> Flag:
    """
    Doubt a collapse that the run explains as well without one.

    A block left out and then a cool-down, or steps taken downwards at the plan's own changes,
    fall just like a collapse; small steps downwards one after the other end as low. The
    executed alignment weighs them against each other: a collapse is clear if it has the upper
    hand, or begins away from any change of pace. Where the pace shows nothing of the plan
    nobody knows what it fell from.
    """
    alignment = session.alignment
    if _is_a_cool_down(session, flag, evidence):
        facts = replace(evidence, may_be_cool_down=True)
        return replace(flag, certainty="possible", facts=facts)
    if (evidence.slowdown_pct or 0.0) < SUDDEN_PCT:
        return replace(flag, certainty="possible")
    if not alignment.left_probabilities:
        is_seen = all(note.code != "PLAN_NOT_SEEN" for note in alignment.notes)
        return flag if is_seen else replace(flag, certainty="possible")
    left_out = sum(alignment.skip_probabilities)
    if sum(alignment.left_probabilities) >= LEFT_PLAN:
        return flag
    if left_out >= LEFT_OUT or _is_at_a_change(session, evidence.at_s):
        return replace(flag, certainty="possible")
    return flag


def _is_a_cool_down(session: Session, flag: Flag, evidence: BlowUp) -> bool:
    """
    Whether what looks like a collapse may be a cool-down in place of the blocks from here on.

    It begins where a block was to begin, abruptly, as one ends what one was running; the heart
    falls with it, or is not known. A runner who breaks slows over minutes, and seldom there.
    """
    measured = next(m for m in session.blocks if m.block.index == flag.block)
    start_s, at_s = measured.placement.start_s, evidence.at_s
    if start_s is None or at_s is None or evidence.heart == "body":
        return False
    if abs(session.elapsed_s(math.ceil(start_s)) - at_s) > 1.0:
        return False
    before = session.mean_effort_mps(start_s - BIN_S, start_s - ABRUPT_S[0])
    after = session.mean_effort_mps(start_s + ABRUPT_S[1], start_s + (evidence.duration_s or 0.0))
    early = session.mean_effort_mps(start_s + ABRUPT_S[0], start_s + ABRUPT_S[1])
    is_slow = 0 < after < COOL_DOWN_SHARE * min(before, measured.planned_mps or before)
    return is_slow and before - early >= ABRUPT_SHARE * (before - after)


def _is_at_a_change(session: Session, at_s: float | None) -> bool:
    """Whether a collapse [elapsed s] begins where one block was left for the next."""
    return at_s is not None and any(
        e is not None and e.confidence >= LEAST_CONFIDENCE and abs(e.start_s - at_s) <= BIN_S
        for e in session.alignment.executed
    )


def _minutes(session: Session) -> _Minutes:
    """Cut progression and steady blocks into minutes of moving time."""
    prepared = session.prepared
    position: list[int] = []
    start_s: list[float] = []
    level: list[float] = []
    deviation: list[float] = []
    for i, measured in enumerate(session.blocks):
        for a, b, target_mps in _planned_minutes(measured):
            speed = prepared.effort_mps[a:b][prepared.is_moving[a:b]]
            if speed.size < BIN_S // 3 or (mean_mps := mean(speed)) <= 0:
                continue
            position.append(i)
            start_s.append(float(a))
            level.append(100 * math.log(mean_mps))
            deviation.append(100 * math.log(mean_mps / target_mps))
    return _Minutes(position, np.asarray(start_s), np.asarray(level), np.asarray(deviation))


def _planned_minutes(measured: Measured) -> Iterator[tuple[int, int, float]]:
    """Go over the minutes of a block that was meant to be run hard: first, last second, target."""
    placement, block = measured.placement, measured.block
    if block.role not in ("progression", "steady") or measured.is_unknown:
        return
    if placement.start_s is None or placement.end_s is None:
        return
    first, last = math.ceil(placement.start_s), math.floor(placement.end_s)
    planned_s = block.duration_s or (placement.planned_end_s or 0.0) - placement.start_s
    cuts = [(a, min(a + BIN_S, last)) for a in range(first, last - BIN_S // 2 + 1, BIN_S)]
    middles_s = np.array([(a + b) / 2 - placement.start_s for a, b in cuts])
    targets_mps = target_speeds(block, middles_s, planned_s)
    if targets_mps is not None:
        for (a, b), target_mps in zip(cuts, targets_mps.tolist(), strict=True):
            yield a, b, target_mps


def _runs(low: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Start and end (excluded) of each run of low minutes."""
    change = np.diff(np.concatenate(([0], low.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _flag(
    session: Session, minutes: _Minutes, run: tuple[int, int], base: float, sure: Certainty
) -> tuple[Flag, BlowUp]:
    """Put the evidence together."""
    first, last = run
    depth = mean(minutes.deviation[first:last]) - base
    at_s = float(minutes.start_s[first])
    end_s = float(minutes.start_s[last - 1]) + BIN_S
    start_block_s = session.blocks[minutes.position[first]].placement.start_s or 0.0
    before_from_s = max(at_s - BEFORE_S, 0.0)
    if at_s - start_block_s >= BIN_S:
        before_from_s = max(before_from_s, start_block_s)
    before = session.mean_effort_mps(before_from_s, at_s)
    after = session.mean_effort_mps(at_s, end_s)
    se = math.sqrt(2) * se_stretch_pct(end_s - at_s, session.prepared.roughness)
    evidence = BlowUp(
        at_s=session.elapsed_s(at_s),
        before_s_per_km=finite(pace_s_per_km(before)),
        after_s_per_km=finite(pace_s_per_km(after)),
        duration_s=end_s - at_s,
        slowdown_pct=100 * (1 - after / before) if before > 0 else None,
        is_severe=-depth >= SEVERE_PCT,
        heart=witness(session, at_s, end_s),
    )
    block = session.blocks[minutes.position[first]].block.index
    low, high = depth - Z * se, depth + Z * se
    return Flag("BLOW_UP", block, sure, depth, low, high, "%", evidence), evidence
