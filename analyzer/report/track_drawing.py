"""The route as inline SVG: blocks by their verdict, north up, no map below it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from analyzer.report.frame import drawn_blocks
from analyzer.report.language import decimal, say
from analyzer.units import UNIT_M

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from analyzer.units import Unit

SIZE, MARGIN = 420.0, 14.0
"""Longer side of the drawing, and room for the numbers."""

RULES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
LONGEST_RULE = 120.0
"""Lengths of the scale in km or miles, and the most it takes of the drawing."""

SIDES = {"too_fast": "tf", "too_slow": "ts", "held": "h", "not_scored": "u"}


def draw_track(review: Review, unit: Unit, number: int = 1) -> str:
    """
    Draw the route of a run.

    Parameters
    ----------
    review : Review
        With its track.
    unit : {'km', 'mi'}
        Of the scale.
    number : int
        Of the review on its page.

    Returns
    -------
    str
        An ``svg`` element; empty where the review has no track.
    """
    track = review.track
    if track is None:
        return ""
    width, height = float(np.ptp(track.east_m)), float(np.ptp(track.north_m))
    scale = (SIZE - 2 * MARGIN) / max(width, height, 50.0)
    wide, down = max(200.0, width * scale + 2 * MARGIN), height * scale + 2 * MARGIN + 22
    x = (track.east_m - track.east_m.min()) * scale + MARGIN
    y = (track.north_m.max() - track.north_m) * scale + MARGIN
    parts = [_path(x, y, "")]
    marks = []
    for block in drawn_blocks(review):
        inside = (track.elapsed_s >= (block.start_s or 0.0)) & (
            track.elapsed_s <= (block.end_s or 0.0)
        )
        if not inside.any():
            continue
        bx, by = x[inside], y[inside]
        parts.append(_path(bx, by, SIDES[block.verdict]))
        marks.append(
            f'<circle cx="{bx[0]:.1f}" cy="{by[0]:.1f}" r="8"/>'
            f'<text x="{bx[0]:.1f}" y="{by[0] + 4:.1f}" text-anchor="middle">{block.index}</text>'
        )
    rule = max((r for r in RULES if r * UNIT_M[unit] * scale <= LONGEST_RULE), default=RULES[0])
    length = rule * UNIT_M[unit] * scale
    words = say("{distance}, north is up", distance=f"{decimal(rule)} {unit}")
    base = down - 10
    key = (
        f'<path class="h" d="M{MARGIN:.1f} {base:.1f}h{length:.1f}"/>'
        f'<text x="{MARGIN + length + 6:.1f}" y="{base + 4:.1f}">{escape(words)}</text>'
    )
    body = "\n".join([*parts, *marks, key])
    heading = escape(say("The route, each block numbered where it began"))
    return (
        f'<svg class="track" viewBox="0 0 {wide:.0f} {down:.0f}" width="{wide:.0f}" '
        f'height="{down:.0f}" role="img" '
        f'aria-labelledby="track{number}">\n<title id="track{number}">{heading}</title>\n'
        f"{body}\n</svg>"
    )


def _path(x: np.ndarray, y: np.ndarray, kind: str) -> str:
    """Join points by a line."""
    points = "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
    return f'<path class="{kind}" d="M{points}"/>' if kind else f'<path d="M{points}"/>'
