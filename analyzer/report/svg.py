"""Words, lines and shapes as SVG, in the units of the drawing; the page gives them their looks."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Point = tuple[float, float]


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "middle") -> str:
    """Write words, escaped; ``anchor`` says which part of them is at x."""
    style = f' class="{kind}"' if kind else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{style} x="{x:.1f}" y="{y:.1f}"{place}>{escape(words)}</text>'


def rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Draw a straight line."""
    return f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def polygon(kind: str, points: Iterable[Point]) -> str:
    """Fill the shape between points."""
    shape = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon class="{kind}" points="{shape}"/>'


def path(points: Iterable[Point]) -> str:
    """Return what joins points, lifting the pen where y is not finite."""
    moves: list[str] = []
    pen = "M"
    for x, y in points:
        if not math.isfinite(y):
            pen = "M"
            continue
        moves.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    return "".join(moves)
