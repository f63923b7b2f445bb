"""Where the steps of a plan lie on a drawing: wide is long, high is fast, and what has no pace."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.plan import Block, Plan, Tolerance

    Ends = tuple[float, float]

LENGTHS_LEFT_OPEN = 7
"""An open block is as wide as this part of the others."""

ALONE_S = 600.0
"""Width of an open block with no other beside it [s]."""

GUESSED_MPS = 2.8
"""A distance without a pace is as wide as it would be at this speed, the plan having none [m/s]."""

LOWEST = 0.4
"""Share of the height at which the slowest pace lies; below is room for words."""

UNPACED = 0.27
"""Share of the height of a step without a pace: below the slowest, as its pace is unknown."""

UNPACED_ALONE = 0.5
"""The same where no step has a pace."""

LEAST_SPAN_MPS = 0.8
"""Speeds from bottom to top at least, so that small steps look small [m/s]."""


class Layout(Struct, frozen=True):
    """
    Sizes of one drawing, in its own units (px where it is not scaled).

    Parameters
    ----------
    name : str
        Class of the drawing.
    width : float
        Of the whole.
    margin : float
        Room for paces on the left, where they are needed there.
    letter, label_letter, size : float
        About the width of a letter of text and of a pace over its step, and the height of a line.
    height : float
        Of the highest step.
    minutes : int
        Most marks along the time.
    """

    name: str
    width: float
    margin: float
    letter: float
    label_letter: float
    size: float
    height: float
    minutes: int


WIDE = Layout("wide", 920, 46, 6.5, 8.2, 15, 170, 8)
NARROW = Layout("narrow", 328, 34, 5.7, 6.6, 13, 130, 5)


class Step(Struct, frozen=True):
    """
    One block of a plan on the drawing.

    Parameters
    ----------
    block : Block
        What it stands for.
    left, right : float
        Its edges.
    top : (float, float)
        Heights of its target at both edges; of a block without a pace, a plain height.
    band : ((float, float), (float, float)) or None
        Heights of the slow and the fast edge of what still counts as held, each at both edges;
        None without a pace.
    """

    block: Block
    left: float
    right: float
    top: Ends
    band: tuple[Ends, Ends] | None

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Halfway between the edges."""
        return (self.left + self.right) / 2


class PlanScene(Struct, frozen=True):
    """One drawing of one plan: its sizes, its steps, where seconds and speeds lie, its floor."""

    plan: Plan
    layout: Layout
    steps: tuple[Step, ...]
    frame: Frame
    floor: float


def plan_scene(
    plan: Plan, tolerances: Sequence[Tolerance | None], layout: Layout, *, has_axis: bool
) -> PlanScene:
    """
    Lay out a plan.

    Parameters
    ----------
    plan : Plan
        What to draw.
    tolerances : sequence of Tolerance or None
        Of its blocks, from `block_tolerances`.
    layout : Layout
        Sizes.
    has_axis : bool
        Whether paces stand on the left, where the steps have no room for them.
    """
    seconds = widths_s(plan)
    top = 1.6 * layout.size
    floor = top + layout.height
    low, high = _limits_mps(plan, tolerances)
    left = layout.margin if has_axis else 1.0
    bottom = floor - LOWEST * layout.height
    frame = Frame(left, layout.width - 1, top, bottom, 0.0, sum(seconds), low, high)
    share = UNPACED if any(b.target for b in plan.blocks) else UNPACED_ALONE
    plain = floor - share * layout.height
    steps, at_s = [], 0.0
    for block, tolerance, length_s in zip(plan.blocks, tolerances, seconds, strict=True):
        ends = speeds_of(block)
        edges = frame.x(at_s), frame.x(at_s + length_s)
        if ends is None:
            steps.append(Step(block, *edges, (plain, plain), None))
        else:
            band = None if tolerance is None else _band(ends, tolerance, frame)
            steps.append(Step(block, *edges, (frame.y(ends[0]), frame.y(ends[1])), band))
        at_s += length_s
    return PlanScene(plan, layout, tuple(steps), frame, floor)


def speeds_of(block: Block) -> Ends | None:
    """Return the planned speed at both ends of a block [m/s]; None without a pace."""
    if block.target is None:
        return None
    return block.target.ramp_mps or (block.target.speed_mps, block.target.speed_mps)


def widths_s(plan: Plan) -> list[float]:
    """Return how wide each block is drawn [s]: as long as it is expected to take, or about so."""
    paced = [b.target.speed_mps for b in plan.blocks if b.target is not None]
    guess_mps = min([*paced, GUESSED_MPS])
    lengths = [
        b.distance_m / guess_mps
        if b.distance_m is not None and b.target is None
        else b.expected_duration_s
        for b in plan.blocks
    ]
    open_s = sum(s for s in lengths if s is not None) / LENGTHS_LEFT_OPEN or ALONE_S
    return [open_s if s is None else max(s, 1.0) for s in lengths]


def known_s(plan: Plan) -> float:
    """Return up to when the time of a plan is known: to its first block of unknown duration [s]."""
    total_s = 0.0
    for block in plan.blocks:
        if block.expected_duration_s is None:
            break
        total_s += block.expected_duration_s
    return total_s


def _limits_mps(plan: Plan, tolerances: Sequence[Tolerance | None]) -> Ends:
    """Return the slowest and the fastest speed drawn: targets, and what still counts as held."""
    speeds: list[float] = []
    for block, tolerance in zip(plan.blocks, tolerances, strict=True):
        ends = speeds_of(block)
        if ends is None:
            continue
        speeds += ends
        if tolerance is not None:
            speeds += [v for edge in _edges_mps(ends, tolerance) for v in edge if math.isfinite(v)]
    if not speeds:
        return 1.0, 2.0
    room = max(0.0, LEAST_SPAN_MPS - (max(speeds) - min(speeds))) / 2
    return min(speeds) - room, max(speeds) + room


def _edges_mps(ends: Ends, tolerance: Tolerance) -> tuple[Ends, Ends]:
    """Return the slow and the fast edge of a band, each at both ends; infinite where it is free."""
    is_fast_free = math.isinf(tolerance.fast_pct)
    is_slow_free = math.isinf(tolerance.slow_pct)
    slow = -math.inf if is_slow_free else math.exp(-tolerance.slow_pct / 100)
    fast = math.inf if is_fast_free else math.exp(tolerance.fast_pct / 100)
    return (ends[0] * slow, ends[1] * slow), (ends[0] * fast, ends[1] * fast)


def _band(ends: Ends, tolerance: Tolerance, frame: Frame) -> tuple[Ends, Ends]:
    """Return the heights of a band's edges; a free side reaches as far as the drawing."""
    slow, fast = _edges_mps(ends, tolerance)
    return (frame.y(slow[0]), frame.y(slow[1])), (frame.y(fast[0]), frame.y(fast[1]))
