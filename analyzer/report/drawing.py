"""The run over its plan as inline SVG: bands for the planned steps, a line for the run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from analyzer.report.language import say
from analyzer.report.view import planned_speeds
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.review import BlockResult, Review
    from analyzer.units import Unit

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 250, 52, 16, 224
"""Size of the drawing, and of the part that holds the line."""

WALKING_MPS = 1.2
"""Slower running does not stretch the scale [m/s]."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Seconds and speeds to places on the drawing; faster is up."""

    start_s: float
    end_s: float
    low_mps: float
    high_mps: float

    def x(self, seconds: float) -> float:
        """Place of an elapsed second."""
        share = (seconds - self.start_s) / (self.end_s - self.start_s)
        return LEFT + share * (WIDTH - LEFT)

    def y(self, speed: float) -> float:
        """Place of a speed, kept inside the drawing."""
        kept = min(max(speed, self.low_mps), self.high_mps)
        share = (kept - self.low_mps) / (self.high_mps - self.low_mps)
        return BOTTOM - share * (BOTTOM - TOP)


def draw_run(review: Review, unit: Unit, finding: str) -> str:
    """
    Draw a review; the finding is its description for those who cannot see it.

    Parameters
    ----------
    review : Review
        With its trace.
    unit : {'km', 'mi'}
        For the paces beside it.
    finding : str
        The sentence at the top.

    Returns
    -------
    str
        An ``svg`` element, coloured by the page; empty where nothing was run.
    """
    blocks = [b for b in review.blocks if b.start_s is not None and b.end_s is not None]
    scale = _scale(review, blocks)
    if scale is None:
        return ""
    parts = [_band(block, scale) for block in blocks]
    parts += _paces(blocks, scale, unit)
    parts.append(_line(review, scale))
    parts += _minutes(scale)
    body = "\n".join(part for part in parts if part)
    title = escape(say("Pace by time"))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n<title>{title}</title>\n'
        f"<desc>{escape(finding)}</desc>\n{body}\n</svg>"
    )


def _scale(review: Review, blocks: list[BlockResult]) -> _Scale | None:
    """Fit the scale to the plan and nearly all of the run; None where there is nothing to draw."""
    trace = review.trace
    if not blocks or trace.elapsed_s.size < 3:
        return None
    start_s = min(b.start_s or 0.0 for b in blocks)
    end_s = max(b.end_s or 0.0 for b in blocks)
    inside = (trace.elapsed_s >= start_s) & (trace.elapsed_s <= end_s)
    run = sorted(v for v in trace.speed_mps[inside].tolist() if v > WALKING_MPS)
    values = [v for b in blocks if (ends := planned_speeds(b)) is not None for v in ends]
    if run:
        values += [run[len(run) // 50], run[-1 - len(run) // 100]]
    if not values or end_s <= start_s:
        return None
    room = max(0.1 * (max(values) - min(values)), 0.15)
    return _Scale(start_s, end_s, min(values) - room, max(values) + room)


def _band(block: BlockResult, scale: _Scale) -> str:
    """Draw the tolerance of a block, with its number above."""
    a, b = scale.x(block.start_s or 0.0), scale.x(block.end_s or 0.0)
    number = f'<text x="{(a + b) / 2:.0f}" y="11" text-anchor="middle">{block.index}</text>'
    ends = planned_speeds(block)
    if ends is None or block.tolerance is None:
        return number
    fast = math.exp(min(block.tolerance.fast_pct, 30) / 100)
    slow = math.exp(-min(block.tolerance.slow_pct, 30) / 100)
    corners = (
        (a, ends[0] * fast),
        (b, ends[1] * fast),
        (b, ends[1] * slow),
        (a, ends[0] * slow),
    )
    points = " ".join(f"{x:.1f},{scale.y(v):.1f}" for x, v in corners)
    return f'{number}\n<polygon points="{points}" fill="var(--band)"/>'


def _paces(blocks: list[BlockResult], scale: _Scale, unit: Unit) -> list[str]:
    """Label the plan's own paces, as far as they do not touch."""
    speeds = {v for b in blocks if (ends := planned_speeds(b)) is not None for v in ends}
    labels: list[str] = []
    last = math.inf
    for speed in sorted(speeds):
        y = scale.y(speed) + 4
        if last - y < 13:
            continue
        last = y
        words = pace_text(pace_s_per_km(speed), unit)
        labels.append(f'<text x="{LEFT - 8}" y="{y:.0f}" text-anchor="end">{words}</text>')
    return labels


def _line(review: Review, scale: _Scale) -> str:
    """Draw the run, broken at stops."""
    trace = review.trace
    inside = (trace.elapsed_s >= scale.start_s) & (trace.elapsed_s <= scale.end_s)
    points = zip(trace.elapsed_s[inside].tolist(), trace.speed_mps[inside].tolist(), strict=True)
    path, pen = [], "M"
    for at, speed in points:
        if not math.isfinite(speed):
            pen = "M"
            continue
        path.append(f"{pen}{scale.x(at):.1f} {scale.y(speed):.1f}")
        pen = "L"
    return f'<path d="{"".join(path)}" fill="none" stroke="var(--ink)" stroke-width="1.6"/>'


def _minutes(scale: _Scale) -> list[str]:
    """Label the time below, in minutes, at most eight times."""
    length = scale.end_s - scale.start_s
    step_s = next((s for s in (60, 300, 600, 900, 1800, 3600, 7200) if length / s <= 8), 14_400)
    first = math.ceil(scale.start_s / step_s)
    last = math.floor(scale.end_s / step_s)
    return [
        f'<text x="{scale.x(i * step_s):.0f}" y="{HEIGHT - 6}" text-anchor="middle">'
        f"{i * step_s // 60}</text>"
        for i in range(first, last + 1)
    ]
