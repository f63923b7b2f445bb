"""Above the line of a drawing: kilometres or miles, what was planned, and how it was run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.labels import apart, is_off, off_first
from analyzer.report.language import say
from analyzer.report.scene import SIDES
from analyzer.report.svg import rule, text
from analyzer.report.view import block_row
from analyzer.units import UNIT_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.report.scene import Scene
    from analyzer.report.view import Row

LEAST_LETTERS = 3.5
"""A block with room for fewer is only numbered."""


def distance_marks(scene: Scene) -> list[str]:
    """Mark kilometres or miles along the top."""
    metres = scene.during(scene.review.trace.distance_m)
    if len(metres) < 2:
        return []
    layout, unit_m = scene.layout, UNIT_M[scene.unit]
    length = (metres[-1] - metres[0]) / unit_m
    every = next((n for n in (1, 2, 5, 10, 20, 50) if length / n <= layout.minutes * 2), 100)
    y = layout.size
    parts = [text(layout.left, y, scene.unit, anchor="start")]
    following = every
    for at_s, distance_m in zip(scene.times_s(), metres, strict=True):
        if (distance_m - metres[0]) / unit_m < following:
            continue
        x = scene.frame.x(at_s)
        if x > layout.left + 26:
            parts += [text(x, y, f"{following}"), rule(x, y + 3, x, y + 7, "tick")]
        following += every
    return parts


def headings(scene: Scene) -> list[str]:
    """Write number, plan and finding of each block, as far as there is room."""
    parts = []
    narrow: list[BlockResult] = []
    y = scene.layout.size * 2.4
    for block in scene.blocks:
        left, right = scene.edges(block)
        parts.append(rule(left, y - scene.layout.size, left, scene.frame.bottom, "bound"))
        letters = (right - left - 8) / scene.layout.letter
        if letters < LEAST_LETTERS:
            narrow.append(block)
        else:
            parts += _heading(scene, block, left, y, letters)
    return parts + _numbers(scene, narrow, y)


def _heading(scene: Scene, block: BlockResult, x: float, y: float, letters: float) -> list[str]:
    """Return plan and finding of a block, or its number and sign where these have no room."""
    row = block_row(block, scene.unit)
    side = SIDES[block.verdict]
    planned = (
        say("planned {pace}", pace=row.planned)
        if block.planned.pace_s_per_km
        else say("not scored")
    )
    if scene.layout.is_narrow or letters < 2 + len(planned):
        return [text(x + 4, y, f"{row.index} {row.glyph}", f"hn {side}", "start")]
    first = (
        f'<text x="{x + 6:.1f}" y="{y:.1f}"><tspan class="hn">{row.index}</tspan> {planned}</text>'
    )
    outcome = _outcome(block, row, letters)
    if outcome in ("", planned):  # "not scored" once is enough
        return [first]
    below = y + scene.layout.size * 1.1
    return [first, text(x + 6, below, f"{row.glyph} {outcome}", f"head {side}", "start")]


def _outcome(block: BlockResult, row: Row, letters: float) -> str:
    """Say how a block was run, in as many words as fit; empty where none do."""
    wanted = (row.off, row.verdict) if is_off(block) else (row.verdict,)
    return next((words for words in wanted if len(words) + 2 <= letters), "")


def _numbers(scene: Scene, blocks: Sequence[BlockResult], y: float) -> list[str]:
    """Return the numbers of blocks too narrow for more, those that were off before others."""
    wanted = off_first(blocks)
    places = [sum(scene.edges(block)) / 2 for block in wanted]
    least = (len(str(len(scene.review.blocks))) + 0.7) * scene.layout.letter
    return [
        text(places[i], y, str(wanted[i].index), f"hn {SIDES[wanted[i].verdict]}")
        for i in sorted(apart(places, least), key=lambda i: places[i])
    ]
