"""Below the line of a drawing: where the pace was really changed, heart rate, ground and time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.frame import minute_marks
from analyzer.report.language import say
from analyzer.report.svg import path, polygon, rule, text
from analyzer.units import clock_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.alignment import Executed
    from analyzer.report.scene import Scene

    Drawn = tuple[list[str], float]
    """Parts of a drawing, and where they end."""

LEAST_CONFIDENCE = 0.5
"""A change of pace with less confidence than this gets no wedge."""

LEAST_SHIFT_S = 3.0
"""A change less than this early or late is on time [s]."""

LEAST_POINTS = 10
"""Where fewer were measured, heart rate and ground are not drawn."""

LEAST_BEATS = 20
"""Heart rates that differ less are not stretched over the whole height [bpm]."""

LEAST_CLIMB_M, LEAST_RISE_M = 8.0, 25.0
"""Flatter ground is not drawn; ground that rises less is not stretched over the height [m]."""


def changes(scene: Scene, y: float) -> Drawn:
    """Draw wedges where the pace was really changed, and say by how much too early or late."""
    layout, frame = scene.layout, scene.frame
    seen = [b.executed for b in scene.blocks[1:] if b.executed and _is_told(b.executed)]
    if not seen:
        return [], y
    baseline = y + layout.size * 1.1
    bottom = baseline + 4
    tip = bottom - 10
    parts = [rule(frame.left, bottom, frame.right, bottom, "base")]
    places = [frame.x(change.start_s) for change in seen]
    for change, x, end in zip(seen, places, [*places[1:], frame.right], strict=True):
        wedge = f'<path class="exe" d="M{x:.1f} {tip:.1f}l-3.5 9h7z"/>'
        parts.append(wedge + rule(x, frame.bottom, x, tip, "exel"))
        words = _fitting(_shift_words(change.shift_s), (end - x - 10) / layout.letter)
        if words and not layout.is_narrow:
            parts.append(text(x + 8, baseline - 1, words, anchor="start"))
    return parts, bottom


def _is_told(change: Executed) -> bool:
    """Whether a change of pace is sure enough to be drawn."""
    return change.confidence >= LEAST_CONFIDENCE


def _fitting(wanted: tuple[str, ...], letters: float) -> str:
    """Return the first words that fit; empty where none do."""
    return next((words for words in wanted if len(words) <= letters), "")


def _shift_words(shift_s: float) -> tuple[str, str]:
    """Say how far off a change was: ``changed 6 s early``, and in short ``6 s early``."""
    seconds = round_half_up(abs(shift_s))
    if seconds < LEAST_SHIFT_S:
        return say("changed on time"), say("on time")
    time = f"{seconds:.0f} s" if seconds < 120 else clock_text(seconds)
    if shift_s < 0:
        return say("changed {time} early", time=time), say("{time} early", time=time)
    return say("changed {time} late", time=time), say("{time} late", time=time)


def heart_rate(scene: Scene, y: float) -> Drawn:
    """Draw the heart rate, thinner and paler, with the mean of each block."""
    rates = scene.during(scene.review.trace.heart_rate_bpm)
    measured = [rate for rate in rates if math.isfinite(rate)]
    if len(measured) < LEAST_POINTS:
        return [], y
    size = scene.layout.size
    top, height = y + 8, 2.6 * size
    low = float(min(measured))
    high = float(max(*measured, low + LEAST_BEATS))

    def place(rate: float) -> float:
        """Height of a heart rate."""
        return top + height - (rate - low) / (high - low) * height

    points = [
        (scene.frame.x(at_s), place(rate) if math.isfinite(rate) else math.nan)
        for at_s, rate in zip(scene.times_s(), rates, strict=True)
    ][::2]
    bottom = top + height + size
    parts = [
        f'<path class="hr" d="{path(points)}"/>',
        text(scene.layout.left - 6, top + height, say("heart"), "hrl", "end"),
    ]
    return parts + _mean_rates(scene, lambda rate: min(place(rate) + size, bottom - 2)), bottom


def _mean_rates(scene: Scene, place: Callable[[float], float]) -> list[str]:
    """Write the mean of each block that is wide enough, the first one with its unit."""
    parts = []
    letter = scene.layout.letter
    has_unit = False
    for block in scene.blocks:
        rate = block.heart_rate_bpm
        left, right = scene.edges(block)
        if rate is None or right - left < 5 * letter:
            continue
        words = f"{round_half_up(rate):.0f}"
        if not has_unit and right - left >= (len(words) + 5) * letter:
            words += " bpm"
            has_unit = True
        parts.append(text((left + right) / 2, place(rate), words, "hrl"))
    return parts


def ground(scene: Scene, y: float) -> Drawn:
    """Draw the height of the ground, where it was measured and is more than flat."""
    elevations = scene.during(scene.review.trace.elevation_m)
    pairs = zip(scene.times_s(), elevations, strict=True)
    measured = [(at_s, metres) for at_s, metres in pairs if math.isfinite(metres)]
    low, high = _range(measured)
    if len(measured) < LEAST_POINTS or high - low < LEAST_CLIMB_M:
        return [], y
    layout = scene.layout
    height = 1.5 * layout.size
    bottom = y + 8 + height
    scale = height / max(high - low, LEAST_RISE_M)
    drawn = measured[::4]
    points = [(scene.frame.x(at_s), bottom - 3 - (m - low) * scale) for at_s, m in drawn]
    shape = [(points[0][0], bottom), *points, (points[-1][0], bottom)]
    parts = [polygon("ground", shape), text(layout.left - 6, bottom, say("ground"), anchor="end")]
    for (x, top), (_, metres) in zip(points, drawn, strict=True):
        is_inside = layout.left + 20 < x < layout.right - 20
        if metres in (low, high) and is_inside:
            parts.append(text(x, top - 4, f"{round_half_up(metres):.0f} m"))
    return parts, bottom


def _range(measured: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the lowest and the highest of (elapsed s, m); noughts where nothing was measured."""
    metres = [m for _, m in measured] or [0.0]
    return min(metres), max(metres)


def minutes(scene: Scene, y: float) -> Drawn:
    """Label the time at the bottom."""
    layout = scene.layout
    marks = minute_marks(scene.frame, layout.minutes)
    baseline = y + layout.size * 1.15
    parts = []
    for i, minute in enumerate(marks):
        words = f"{minute}" + (" min" if i == len(marks) - 1 else "")
        x = scene.frame.x(minute * 60)
        is_at_edge = x + 3 * layout.letter > layout.width
        parts.append(text(x, baseline, words, anchor="end" if is_at_edge else "middle"))
    return parts, baseline + 5
