"""Drafts to a Plan: numbers, names, roles, tolerances, limits."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from analyzer.model.plan import Block, Plan, Tolerance
from analyzer.plans.names import length_text, target_text
from analyzer.plans.quantities import MAX_DISTANCE_M, MAX_DURATION_S
from analyzer.units import KM_M, UNIT_M, pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.plan import Role, Target
    from analyzer.plans.draft import (
        DraftBlock,
        DraftPlan,
        DraftTolerance,
        Length,
        ToleranceUnit,
    )
    from analyzer.plans.paces import Pace
    from analyzer.units import Unit

MUCH_SLOWER = 1.10
"""A first or last block this much slower than its neighbour is easy running [ratio of pace]."""


def build_plan(draft: DraftPlan, source: str, step_indexes: tuple[int, ...] | None = None) -> Plan:
    """
    Make a plan: number the blocks and fill in what the coach left to us.

    Roles come from the coach's words, else from place and pace: a first block
    much slower than the next is easy, an open or much slower last one is
    cool-down, the others are the progression (steady where all paces are equal).

    Parameters
    ----------
    draft : DraftPlan
        Read without problems.
    source : str
        Base name of the plan file.
    step_indexes : tuple of int, optional
        Index of each block's step, where the plan is the workout of a watch.
    """
    roles = _roles(draft.blocks)
    blocks = tuple(
        Block(
            index=i,
            name=b.draft.name or _name(b, role, draft.units),
            role=role,
            duration_s=b.draft.length.duration_s,
            distance_m=b.draft.length.distance_m,
            target=b.draft.pace.target,
            tolerance=_tolerance(b, draft),
            step_index=None if step_indexes is None else step_indexes[i - 1],
            notes=b.notes,
            aim=b.aim if b.draft.pace.target is None else None,
        )
        for i, (b, role) in enumerate(zip(draft.blocks, roles, strict=True), start=1)
    )
    return Plan(
        name=draft.name or _plan_name(blocks, draft.units),
        source=source,
        blocks=blocks,
        units=draft.units,
        match=draft.match,
        start_s=draft.start_s,
        athlete=draft.athlete,
        notes=draft.notes,
        paces_from=draft.paces_from,
        race=draft.race,
        doubts=draft.doubts,
    )


def over_limit(blocks: tuple[DraftBlock, ...]) -> str:
    """Name the limit a plan is over, if it is: 24 hours or 300 km in all."""
    seconds = sum(b.draft.length.duration_s or 0.0 for b in blocks)
    metres = sum(b.draft.length.distance_m or 0.0 for b in blocks)
    if seconds > MAX_DURATION_S:
        return f"the blocks take {seconds / 3600:.0f} h, over the limit of 24 h; write fewer"
    if metres > MAX_DISTANCE_M:
        return f"the blocks are {metres / KM_M:.0f} km long, over the limit of 300 km; write fewer"
    return ""


def _roles(blocks: tuple[DraftBlock, ...]) -> list[Role]:
    """Return the role of each block, by its words or by its place and pace."""
    last = len(blocks) - 1
    by_words = [_role_by_words(b, is_last=i == last) for i, b in enumerate(blocks)]
    targets = [b.draft.pace.target for b in blocks]
    working = [t for t, r in zip(targets, by_words, strict=True) if t is not None and r is None]
    is_even = len({round(t.speed_mps, 4) for t in working}) <= 1 and len(working) > 1
    paced: Role = "steady" if is_even else "progression"
    return [role or _role_by_place(targets, i, paced) for i, role in enumerate(by_words)]


def _role_by_place(targets: list[Target | None], i: int, paced: Role) -> Role:
    """Return the role of a block whose words are silent; ``paced`` in the midst of the plan."""
    if i == 0 and _is_much_slower(targets, 0, 1) and not _is_turn(targets, 0):
        return "easy"
    is_last = i == len(targets) - 1 and i > 1
    if is_last and _is_much_slower(targets, i, i - 1) and not _is_turn(targets, i - 1):
        return "cooldown"
    return "steady" if targets[i] is None else paced


def _is_turn(targets: list[Target | None], i: int) -> bool:
    """Whether a pace and the next take turns: the first slow one of several warms nobody up."""
    pair = targets[i : i + 2]
    return sum(pair == targets[j : j + 2] for j in range(len(targets) - 1)) > 1


def _role_by_words(block: DraftBlock, *, is_last: bool) -> Role | None:
    """Return the role the coach's words give; only at the end is an open block a cool-down."""
    if block.role is not None:
        return block.role
    if block.is_rest:
        return "rest"
    pace = block.draft.pace
    if is_last and is_open(block.draft.length) and _is_run_home(pace):
        return "cooldown"
    name = block.draft.name.lower()
    by_name = next((role for words, role in _NAMES if re.search(words, name)), None)
    return by_name or pace.role


def _is_run_home(pace: Pace) -> bool:
    """Whether an open last block is run home: easy by its words, or without a word and a pace."""
    return pace.role == "easy" or (pace.role is None and pace.target is None)


_NAMES: tuple[tuple[str, Role], ...] = (
    (r"\bwarm(?:ing)?(?:[ _-]?up|\b)", "easy"),
    (r"\bcool(?:ing)?[ _-]?(?:down|off)|(?:^|\b(?:min|s|h|km|m) )cool$", "cooldown"),
    (r"(?<!\bnot )(?<!\btoo )\beasy\b", "easy"),
)
"""Words of a block's name that say what it is for; 'stay cool' and 'uneasy' do not."""


def is_open(length: Length) -> bool:
    """Whether a length is open: until the lap button or the end."""
    return length.duration_s is None and length.distance_m is None


def _is_much_slower(targets: list[Target | None], i: int, other: int) -> bool:
    """Whether one block is planned much slower than its neighbour."""
    if not 0 <= other < len(targets):
        return False
    slow, quick = targets[i], targets[other]
    return (
        slow is not None and quick is not None and quick.speed_mps >= MUCH_SLOWER * slow.speed_mps
    )


def _tolerance(block: DraftBlock, draft: DraftPlan) -> Tolerance | None:
    """Return the tolerance of a block: its own, else the plan's unless it has a range."""
    target = block.draft.pace.target
    if target is None:
        return None
    written = block.tolerance
    if written is None and target.slow_mps is None:
        written = draft.tolerance
    return None if written is None else _in_percent(written, target, draft.units)


def _in_percent(written: DraftTolerance, target: Target, units: Unit) -> Tolerance:
    """Turn seconds per km or mile into percent of speed, each side by its own formula."""
    pace = pace_s_per_km(target.speed_mps)
    per_km: dict[ToleranceUnit, float] = {
        "s": KM_M / UNIT_M[units],
        "s/km": 1.0,
        "s/mi": KM_M / UNIT_M["mi"],
    }
    fast, slow = written.fast, written.slow
    if written.fast_unit != "%":
        fast = _percent(pace, -fast * per_km[written.fast_unit])
    if written.slow_unit != "%":
        slow = _percent(pace, slow * per_km[written.slow_unit])
    return Tolerance(fast, slow)


def _percent(pace: float, off: float) -> float:
    """``100 |ln((p + s) / p)|``: seconds of pace as percent of speed."""
    return abs(100 * math.log((pace + off) / pace))


def _name(block: DraftBlock, role: Role, units: Unit) -> str:
    """Make a name from length and pace: ``10 min @ 4:00/km``."""
    length = length_text(block.draft.length.duration_s, block.draft.length.distance_m)
    target = block.draft.pace.target
    if role in ("rest", "cooldown", "easy") and target is None:
        word = {"rest": "rest", "cooldown": "cool-down", "easy": "easy"}[role]
        return word if length == "open" else f"{length} {word}"
    return length if target is None else f"{length} @ {target_text(target, units)}"


def _plan_name(blocks: tuple[Block, ...], units: Unit) -> str:
    """Name a plan after its first and last pace."""
    paced = [b for b in blocks if b.target is not None and b.role in ("progression", "steady")]
    targets = [b.target for b in paced if b.target is not None]
    if not targets:
        return "Plan"
    first, last = (pace_text(pace_s_per_km(t.speed_mps), units) for t in (targets[0], targets[-1]))
    return f"Progression {first} to {last}" if first != last else f"{first} /{units}"
