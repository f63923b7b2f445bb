"""Runs over weeks as inline SVG: points with their range, other sessions grey, a line if any."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from analyzer.report.language import say
from analyzer.report.svg import rule, text
from analyzer.report.trends.plot import month_marks, score_marks
from analyzer.report.trends.words import change_with_unit

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.trends import MeasureTrend
    from analyzer.report.trends.plot import Scale

SMALL_WIDTH, SMALL_HEIGHT = 200, 48


class Box(NamedTuple):
    """A drawing: its kind, its size, its edges, and how large a point is."""

    kind: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    dot: float

    def at(self, scale: Scale, day: dt.date, value: float) -> tuple[float, float]:
        """Return the place of a day and a value."""
        x = self.left + scale.across(day) * (self.right - self.left)
        return x, self.bottom - scale.up(value) * (self.bottom - self.top)


WIDE = Box("wide", 920, 250, 44, 900, 12, 214, 4.5)
NARROW = Box("narrow", 360, 210, 30, 350, 10, 182, 3.6)
SMALL = Box("small", SMALL_WIDTH, SMALL_HEIGHT, 4, SMALL_WIDTH - 4, 4, SMALL_HEIGHT - 4, 2.3)


def draw_score(trend: MeasureTrend, scale: Scale | None, finding: str, number: int) -> str:
    """
    Draw the scores of an athlete, once for a desk and once for a phone.

    Parameters
    ----------
    trend : MeasureTrend
        Of the score.
    scale : Scale or None
        Days and values at the edges.
    finding : str
        The sentence, for those who cannot see the drawing.
    number : int
        Of the athlete on the page, for names that must not meet.
    """
    if scale is None:
        return ""
    return "\n".join(_figure(box, trend, scale, finding, number) for box in (WIDE, NARROW))


def _figure(box: Box, trend: MeasureTrend, scale: Scale, finding: str, number: int) -> str:
    """Return one drawing with its axes."""
    name, heading = f"{box.kind}-score{number}", say("Score of each run")
    parts = [*_grid(box, scale), *_points(box, trend, scale), *_line(box, trend, scale)]
    return (
        f'<svg class="fig {box.kind}" viewBox="0 0 {box.width:.0f} {box.height:.0f}" role="img" '
        f'aria-labelledby="{name}-t {name}-d">\n'
        f'<title id="{name}-t">{escape(heading)}</title>\n'
        f'<desc id="{name}-d">{escape(finding)}</desc>\n' + "\n".join(parts) + "\n</svg>"
    )


def draw_small(trend: MeasureTrend, scale: Scale | None, finding: str) -> str:
    """Draw a measure without axes; the finding is its title. Empty where there is no run."""
    if scale is None or not trend.points:
        return ""
    base = rule(SMALL.left, SMALL.bottom, SMALL.right, SMALL.bottom, "base")
    parts = [base, *_points(SMALL, trend, scale), *_line(SMALL, trend, scale)]
    return (
        f'<svg class="small" viewBox="0 0 {SMALL_WIDTH} {SMALL_HEIGHT}" role="img">'
        f"<title>{escape(finding)}</title>{''.join(parts)}</svg>"
    )


def _grid(box: Box, scale: Scale) -> list[str]:
    """Draw scores and months beside the points."""
    parts = []
    for score in score_marks(scale):
        _, y = box.at(scale, scale.first, score)
        parts.append(rule(box.left - 8, y, box.right + 8, y, "base"))
        parts.append(text(box.left - 14, y + 4, f"{score:.0f}", "", "end"))
    for day, words in month_marks(scale.first, scale.last):
        x, _ = box.at(scale, day, scale.low)
        parts.append(rule(x, box.bottom + 4, x, box.bottom + 10, "tick"))
        parts.append(text(x, box.bottom + 25, words))
    return parts


def _points(box: Box, trend: MeasureTrend, scale: Scale) -> list[str]:
    """Draw every run, those of other sessions first, so that they lie below."""
    parts = []
    main = min(p.session for p in trend.points)
    for point in sorted(trend.points, key=lambda p: p.session == main):
        kind = "" if point.session == main else " o"
        x, y = box.at(scale, point.day, point.value)
        if point.low is not None and point.high is not None:
            ends = [box.at(scale, point.day, v)[1] for v in (point.low, point.high)]
            parts.append(rule(x, ends[0], x, ends[1], f"rg{kind}"))
        parts.append(f'<circle class="pt{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{box.dot}"/>')
    return parts


def _line(box: Box, trend: MeasureTrend, scale: Scale) -> list[str]:
    """Draw the trend, where there is one, with its size where there is room for words."""
    line = trend.line
    if line is None:
        return []
    x1, y1 = box.at(scale, line.first_day, line.first)
    x2, y2 = box.at(scale, line.last_day, line.last)
    drawn = [rule(x1, y1, x2, y2, "tr")]
    if box is SMALL:
        return drawn
    words = say("{change} a month", change=change_with_unit(trend))
    y = box.bottom - 8 if y2 < y1 else box.top + 12  # where a rising, or a falling, line is not
    return [*drawn, text(box.right, y, words, "val", "end")]
