"""A Plan as YAML that reads back as the same plan, in the plainest words that do."""

from __future__ import annotations

import math
import re
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.plans.read import parse_plan
from analyzer.plans.words import block_words, quoted, tolerance_words
from analyzer.plans.written import Written
from analyzer.units import clock_text

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Plan

ROUNDS = 3
"""Plain words; then the name or role they do not give; then both."""

SAME = 1e-7
"""Lengths, speeds and tolerances closer than this are the same [ratio]."""

_SINGLE = re.compile(r"([^@{]+) @ (\d[\d:.]*)/(km|mi)")
"""A line of one length and one pace; several in a row share a line."""


def yaml_text(plan: Plan) -> str:
    """
    Write a plan as a YAML file.

    Paces that were relative or had names are written as the paces they are. Roles and
    names that the words already give are not said again; blocks of one length in a row
    share a line.

    Parameters
    ----------
    plan : Plan
        From any source.

    Returns
    -------
    str
        Text that `parse_plan` reads as a plan with the same blocks, name and settings.
    """
    words, shared = plan_words(plan)
    head = "\n".join(["version: 1", *_head(plan, shared), "blocks:", ""])
    lines = "".join(f"  - {w}\n" for w in together(words))
    if same_blocks(parse_plan(head + lines, "").blocks, plan.blocks):
        return head + lines
    return head + "".join(f"  - {w}\n" for w in words)


def yaml_file(plan: Plan, *, drop: bool = False) -> Written:
    """Write a plan as a YAML file, as other writers do; YAML has words for all of it."""
    del drop
    return Written(yaml_text(plan).encode())


def plan_words(plan: Plan) -> tuple[tuple[str, ...], str]:
    """
    Write each block in the plainest words that read back as it.

    Roles depend on the neighbours and names on the lengths, so the words are read back,
    and what they did not give is said outright.

    Parameters
    ----------
    plan : Plan
        From any source.

    Returns
    -------
    words : tuple of str
        One entry a block.
    tolerance : str
        The tolerance all paced blocks share, for the top of the file; empty if there is none.
    """
    shared = _shared_tolerance(plan)
    head = f"units: {plan.units}\n" + (f"tolerance: {shared}\n" if shared else "") + "blocks:\n"
    with_own = not shared
    said = [
        frozenset({"tolerance"}) if with_own and b.tolerance is not None else frozenset[str]()
        for b in plan.blocks
    ]
    words: tuple[str, ...] = ()
    for _ in range(ROUNDS):
        words = tuple(block_words(b, plan.units, s) for b, s in zip(plan.blocks, said, strict=True))
        read = parse_plan(head + "".join(f"- {w}\n" for w in words), "").blocks
        unsaid = [
            frozenset(key for key in ("name", "role") if getattr(a, key) != getattr(b, key))
            for a, b in zip(plan.blocks, read, strict=True)
        ]
        if not any(unsaid):
            break
        said = [s | u for s, u in zip(said, unsaid, strict=True)]
    return words, shared


def same_blocks(blocks: tuple[Block, ...], others: tuple[Block, ...]) -> bool:
    """Whether blocks are the same, but for last digits and the steps of a watch."""
    return len(blocks) == len(others) and all(
        (a.index, a.name, a.role, a.notes) == (b.index, b.name, b.role, b.notes)
        and _agree(_numbers(a), _numbers(b))
        for a, b in zip(blocks, others, strict=True)
    )


def _numbers(block: Block) -> tuple[float | None, ...]:
    """Return everything of a block that is a number; a free side too."""
    target, tolerance = block.target, block.tolerance
    numbers: tuple[float | None, ...] = (block.duration_s, block.distance_m)
    if target is not None:
        ends = target.ramp_mps or (None, None)
        side = {"fast": 1.0, "slow": 2.0, None: None}[target.free_side]
        numbers += (target.speed_mps, target.slow_mps, target.fast_mps, *ends, side)
    if tolerance is not None:
        numbers += (tolerance.fast_pct, tolerance.slow_pct)
    return numbers


def _agree(numbers: tuple[float | None, ...], others: tuple[float | None, ...]) -> bool:
    """Whether numbers are the same but for their last digits."""
    return len(numbers) == len(others) and all(
        a is b or (a is not None and b is not None and math.isclose(a, b, rel_tol=SAME))
        for a, b in zip(numbers, others, strict=True)
    )


def _shared_tolerance(plan: Plan) -> str:
    """Return the tolerance of all blocks with a single pace, as text; empty if they differ."""
    texts = set()
    for block in plan.blocks:
        target, tolerance = block.target, block.tolerance
        if target is None:
            continue
        is_range = target.slow_mps is not None
        if is_range != (tolerance is None):
            return ""  # the top of a file speaks for all but ranges
        if tolerance is not None:
            texts.add(tolerance_words(tolerance, target, plan.units))
    return texts.pop() if len(texts) == 1 else ""


def _head(plan: Plan, shared: str) -> list[str]:
    """Write what comes above the blocks; defaults are left out."""
    lines = [f"name: {quoted(plan.name)}"]
    if plan.units != "km":
        lines.append(f"units: {plan.units}")
    if shared:
        lines.append(f"tolerance: {shared}")
    if plan.match != "auto":
        lines.append(f"match: {plan.match}")
    if plan.start_s is not None:
        lines.append(f"start: {_start_words(plan.start_s)}")
    if plan.athlete is not None:
        lines.append(f"athlete: {quoted(plan.athlete)}")
    if plan.notes:
        lines.append(f"notes: {quoted(plan.notes)}")
    return lines


def _start_words(seconds: float) -> str:
    """Write when block 1 begins: ``0:03:10``."""
    if seconds % 1:
        return f"{seconds!r}s"
    text = clock_text(seconds)
    return text if text.count(":") == 2 else f"0:{text.zfill(5)}"


def together(words: tuple[str, ...]) -> list[str]:
    """Put blocks of one length in a row on one line: ``4x10min @ 4:00, 3:50, 3:40, 3:30 /km``."""

    def key(numbered: tuple[int, str]) -> tuple[str, ...]:
        match = _SINGLE.fullmatch(numbered[1])
        return (match[1], match[3]) if match else (str(numbered[0]),)

    lines: list[str] = []
    for shape, group in groupby(enumerate(words), key):
        members = [word for _, word in group]
        if len(members) == 1:
            lines += members
            continue
        paces = [word.rsplit("@ ", 1)[1].rsplit("/", 1)[0] for word in members]
        shown = paces if len(set(paces)) > 1 else paces[:1]
        lines.append(f"{len(members)}x{shape[0]} @ {', '.join(shown)} /{shape[1]}")
    return lines
