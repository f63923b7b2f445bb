"""A plan as one line that reads as the same plan: what was understood of a coach's text."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from analyzer.plans.words import length_words, target_words, tolerance_words
from analyzer.plans.write_yaml import same_blocks, together
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.plan import Block, Plan, Role
    from analyzer.units import Unit

ROLES: dict[Role, str] = {"easy": " easy", "cooldown": " cool-down", "rest": " rest"}
"""Roles the words must say; the others follow from place and pace."""


SAY_ROLE: tuple[Callable[[Block], bool], ...] = (
    lambda _: True,
    lambda block: block.target is None,
    lambda block: block.target is None or " @ " not in block.name,
)
"""Which blocks say their role; said of one, it may change what place and pace say of others."""


def one_line(plan: Plan, read: Callable[[str], Plan]) -> str:
    """
    Write a plan in one line.

    Parameters
    ----------
    plan : Plan
        From any source.
    read : callable
        Reads a line; the line is kept only if it reads as the same blocks.

    Returns
    -------
    str
        Empty where a line cannot say the plan.
    """
    for has_notes, says_role in product((True, False), SAY_ROLE):
        words = tuple(
            _words(b, plan.units, has_notes=has_notes, says_role=says_role(b)) for b in plan.blocks
        )
        for line in (", ".join(together(words)), ", ".join(words)):
            if _reads_as(line, plan, read, has_notes=has_notes):
                return line
    return ""


def _reads_as(line: str, plan: Plan, read: Callable[[str], Plan], *, has_notes: bool) -> bool:
    """Whether a line reads as the blocks of a plan; names are made from what is read."""
    from analyzer.errors import PlanError

    try:
        blocks = read(line).blocks
    except PlanError:
        return False
    if len(blocks) != len(plan.blocks):
        return False
    alike = tuple(
        replace(b, name=p.name, notes=b.notes if has_notes else p.notes)
        for b, p in zip(blocks, plan.blocks, strict=True)
    )
    return same_blocks(alike, plan.blocks)


def _length(block: Block) -> str:
    """Write a length; ``10:30`` alone might be a pace."""
    text = length_words(block.duration_s, block.distance_m)
    parts = text.split(":")
    if len(parts) == 1:
        return text
    units = ("h", "min", "s")[-len(parts) :]
    return " ".join(f"{int(p)}{u}" for p, u in zip(parts, units, strict=True) if int(p))


def _words(block: Block, units: Unit, *, has_notes: bool, says_role: bool) -> str:
    """Write one block."""
    words = _length(block) + (ROLES.get(block.role, "") if says_role else "")
    if block.target is not None:
        words += f" @ {target_words(block.target, units)}"
        if block.tolerance is not None:
            words += f" \u00b1{tolerance_words(block.tolerance, block.target, units)}"
    if block.notes and (has_notes or block.aim):
        words += f" ({block.notes})"
    return words
