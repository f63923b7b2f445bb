"""Each run over its plan as a small inline SVG, all on the same axes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.report.compare.axes import stretches
from analyzer.report.frame import Frame, band_of, drawn_blocks, span_of
from analyzer.report.svg import path, polygon

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from analyzer.report.compare.axes import SharedAxes

WIDTH, HEIGHT = 240, 60
MOST_POINTS = 160
"""More would not show on so small a drawing."""

CLASSES = {"": "run", "fast": "run tf", "slow": "run ts"}


def draw_small(review: Review, axes: SharedAxes | None, finding: str) -> str:
    """
    Draw one run small; the finding is its title for those who cannot see it.

    Returns
    -------
    str
        An ``svg`` element, coloured by the page; empty where nothing was run.
    """
    blocks = drawn_blocks(review)
    if axes is None or not blocks:
        return ""
    start_s, _ = span_of(blocks)
    frame = Frame(
        1, WIDTH - 1, 2, HEIGHT - 2, start_s, start_s + axes.length_s, axes.low_mps, axes.high_mps
    )
    parts = []
    for block in blocks:
        band = band_of(block)
        if band is None:
            continue
        (slow_1, slow_2), (fast_1, fast_2) = band
        a, b = frame.x(block.start_s or 0.0), frame.x(block.end_s or 0.0)
        corners = ((a, fast_1), (b, fast_2), (b, slow_2), (a, slow_1))
        parts.append(polygon("band", ((x, frame.y(v)) for x, v in corners)))
    for stretch in stretches(review, MOST_POINTS):
        line = path((frame.x(at_s), frame.y(speed)) for at_s, speed in stretch.points)
        parts.append(f'<path class="{CLASSES[stretch.side]}" d="{line}"/>')
    return (
        f'<svg class="small" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(finding)}</title>{''.join(parts)}</svg>"
    )


def draw_range(score: float, low: float, high: float) -> str:
    """Draw a score with its range on a line from 0 to 100; the numbers are beside it."""
    return (
        '<svg class="range" viewBox="0 0 104 10" aria-hidden="true">'
        '<path class="all" d="M2 5H102"/>'
        f'<path class="sure" d="M{2 + low:.1f} 5H{2 + high:.1f}"/>'
        f'<circle cx="{2 + score:.1f}" cy="5" r="3.5"/></svg>'
    )
