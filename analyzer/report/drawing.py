"""The run over its plan as inline SVG, once for a page and once for a phone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.report.drawing_below import changes, ground, heart_rate, minutes
from analyzer.report.drawing_pace import bands, excursions, line, means, paces, stops
from analyzer.report.drawing_top import distance_marks, headings
from analyzer.report.frame import drawn_blocks, span_of, speed_limits
from analyzer.report.language import say
from analyzer.report.scene import NARROW, WIDE, Scene, scene_of

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from analyzer.units import Unit

INSIDE = (distance_marks, headings, bands, excursions, paces, stops, line, means)
"""Parts whose place is fixed, in the order in which they cover one another."""

BELOW = (changes, heart_rate, ground, minutes)
"""Parts below, from top to bottom; each says where it ends."""


def draw_run(
    review: Review, unit: Unit, finding: str, number: int = 1, *, is_whole: bool = False
) -> str:
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
    number : int
        Of the review on its page, for names that must not meet.
    is_whole : bool
        Draw all of the recording, and not the blocks alone.

    Returns
    -------
    str
        Two ``svg`` elements coloured by the page, of which it shows one; empty where
        nothing was run.
    """
    blocks = drawn_blocks(review)
    limits_mps = speed_limits(review, blocks)
    if limits_mps is None:
        return ""
    start_s, end_s = span_of(blocks)
    if is_whole:
        start_s, end_s = min(start_s, 0.0), max(end_s, review.activity.elapsed_time_s)
    span_s = (start_s, end_s)
    scenes = (
        scene_of(review, unit, layout, blocks, span_s, limits_mps) for layout in (WIDE, NARROW)
    )
    return "\n".join(_svg(scene, finding, number) for scene in scenes)


def _svg(scene: Scene, finding: str, number: int) -> str:
    """Return one drawing as a whole element."""
    parts = [part for draw in INSIDE for part in draw(scene)]
    bottom = scene.frame.bottom
    for draw_below in BELOW:
        more, bottom = draw_below(scene, bottom)
        parts += more
    body = "\n".join(part for part in parts if part)
    kind, frame = scene.layout.name, scene.frame
    name = f"{kind}{number}"
    edges = (frame.left, frame.right, frame.start_s, frame.end_s, frame.top, frame.bottom)
    heading = say("Pace over the planned steps")
    data = ",".join(f"{v:.1f}" for v in edges)
    return (
        f'<svg class="fig {kind}" viewBox="0 0 {scene.layout.width:.0f} {bottom:.0f}" '
        f'role="img" aria-labelledby="{name}-t {name}-d" data-frame="{data}">\n'
        f'<title id="{name}-t">{escape(heading)}</title>\n'
        f'<desc id="{name}-d">{escape(finding)}</desc>\n{body}\n</svg>'
    )
