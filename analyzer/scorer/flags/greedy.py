"""GREEDY by pace: a block run more than half a step towards the next, faster one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Flag, GreedyByPace
from analyzer.scorer.flags.gears import gear_probabilities
from analyzer.scorer.flags.rule import least_pct, next_paced, pace_interval, scored_pace
from analyzer.scorer.method import Z
from analyzer.scorer.steps import scored_pairs
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
    """
    Find blocks, easy ones aside, that were run at the pace of the next.

    Point rule ``x > 0.5 step``, ``x > tol_fast`` and beyond what the recording can show;
    clear if all blocks together say so with a probability of 0.7 (0.9 where the recording
    cannot show the tolerance): see `gear_probabilities`.
    """
    found = []
    for i, chance in greedy_places(session).items():
        measured = session.blocks[i]
        x, planned = measured.deviation_pct, measured.planned_mps
        if x is None or planned is None:
            continue
        value, low, high = pace_interval(x, measured.se_pct, planned)
        following = next_paced(session.blocks, i)
        next_mps = None if following is None else following.planned_mps
        evidence = GreedyByPace(
            probability=chance,
            pace_s_per_km=scored_pace(measured),
            planned_s_per_km=pace_s_per_km(planned),
            next_planned_s_per_km=None if next_mps is None else pace_s_per_km(next_mps),
        )
        sure: Certainty = "clear" if _is_sure(measured, chance) else "possible"
        index = measured.block.index
        found.append(Flag("GREEDY", index, sure, value, low, high, "s/km", evidence))
    return found


def greedy_places(session: Session) -> dict[int, float]:
    """Return the places of blocks nearer to the next pace than to their own, and how likely."""
    nearer = [i for i, _, step in scored_pairs(session.blocks) if _is_nearer(session, i, step)]
    if not nearer:
        return {}
    chances = gear_probabilities(session)
    return {i: chances[i] for i in nearer if i in chances}


def clearly_greedy(session: Session) -> frozenset[int]:
    """Return the places of blocks clearly run at the pace of the next: they were too fast, too."""
    places = greedy_places(session)
    return frozenset(i for i, chance in places.items() if _is_sure(session.blocks[i], chance))


def _is_sure(measured: Measured, chance: float) -> bool:
    """Whether a probability is enough; more is asked where the recording is coarse."""
    tolerance = measured.tolerance
    is_coarse = tolerance is not None and Z * measured.se_pct > tolerance.fast_pct
    return chance >= (SURE_COARSE if is_coarse else SURE)


def _is_nearer(session: Session, i: int, step: float) -> bool:
    """Whether a block, easy ones aside, was run nearer to the next one's pace than to its own."""
    measured = session.blocks[i]
    x, tolerance = measured.deviation_pct, measured.tolerance
    if step <= 0 or measured.block.role == "easy" or x is None or tolerance is None:
        return False
    return x > SHARE * step and x > least_pct(measured, tolerance.fast_pct)
