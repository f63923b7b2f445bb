"""GREEDY: the next, faster block taken early - left for it before its time, or run at its pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, GreedyByPace
from analyzer.scorer.flags.changes import CLEAR_SHIFT_S, LEAST_SHIFT_S, steps_up
from analyzer.scorer.flags.rule import (
    certainty,
    least_pct,
    next_paced_mps,
    pace_interval,
    scored_pace,
)
from analyzer.scorer.method import Z
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.findings import Certainty
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

SHARE = 0.5
"""Faster than this share of the planned step is nearer to the next block than to its own."""

SURE, SURE_COARSE = 0.7, 0.9
"""Clear from this probability on; the second where the recording cannot show the tolerance."""


def greedy(session: Session) -> list[Flag]:
    """Find blocks that were left early for the next one, then those run at the next one's pace."""
    return [*_by_timing(session), *_by_pace(session)]


def _by_timing(session: Session) -> list[Flag]:
    """
    Find blocks that were cut short for the next, faster one.

    Point rule: the next block was begun 30 s early or more, with a confidence of
    0.5 or more; clear if the whole interval is over 10 s early.
    """
    flags = []
    for step in steps_up(session):
        sure = certainty(
            is_point=step.executed.shift_s <= -LEAST_SHIFT_S,
            is_interval=step.executed.shift_high_s < -CLEAR_SHIFT_S and step.is_sure(session),
        )
        if sure is not None:
            index, evidence = step.before.block.index, step.evidence(session)
            flags.append(Flag("GREEDY", index, sure, *step.shift_s, "s", evidence))
    return flags


def _by_pace(session: Session) -> list[Flag]:
    """
    Find blocks, easy ones aside, that were run at the pace of the next.

    Point rule ``x > 0.5 step``, ``x > tol_fast`` and beyond what the recording can show;
    clear if all blocks together say so with a probability of 0.7 (0.9 where the recording
    cannot show the tolerance): see `gear_probabilities`.
    """
    flags = []
    for position, probability in _places(session).items():
        measured = session.blocks[position]
        x, planned = measured.deviation_pct, measured.planned_mps
        if x is None or planned is None:
            continue
        next_mps = next_paced_mps(session.blocks, position)
        evidence = GreedyByPace(
            probability=probability,
            pace_s_per_km=scored_pace(measured),
            planned_s_per_km=pace_s_per_km(planned),
            next_planned_s_per_km=None if next_mps is None else pace_s_per_km(next_mps),
        )
        sure: Certainty = "clear" if _is_sure(measured, probability) else "possible"
        size = pace_interval(x, measured.se_pct, planned)
        flags.append(Flag("GREEDY", measured.block.index, sure, *size, "s/km", evidence))
    return flags


def clearly_at_next_pace(session: Session) -> frozenset[int]:
    """Return the places of blocks clearly run at the pace of the next: they were too fast, too."""
    places = _places(session)
    return frozenset(i for i, chance in places.items() if _is_sure(session.blocks[i], chance))


def _places(session: Session) -> dict[int, float]:
    """Return the places of blocks nearer to the next pace than to their own, and how likely."""
    nearer = [i for i, _, step in session.scored_pairs if _is_nearer(session, i, step)]
    if not nearer:
        return {}
    chances = session.gears
    return {i: chances[i] for i in nearer if i in chances}


def _is_sure(measured: Measured, probability: float) -> bool:
    """Whether a probability is enough; more is asked where the recording is coarse."""
    tolerance = measured.tolerance
    is_coarse = tolerance is not None and Z * measured.se_pct > tolerance.fast_pct
    return probability >= (SURE_COARSE if is_coarse else SURE)


def _is_nearer(session: Session, i: int, step: float) -> bool:
    """Whether a block, easy ones aside, was run nearer to the next one's pace than to its own."""
    measured = session.blocks[i]
    x, tolerance = measured.deviation_pct, measured.tolerance
    if step <= 0 or measured.block.role == "easy" or x is None or tolerance is None:
        return False
    return x > SHARE * step and x > least_pct(measured, tolerance.fast_pct)
