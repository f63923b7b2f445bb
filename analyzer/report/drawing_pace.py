"""The main part of a drawing: plan, line, stretches off the plan, stops and means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.frame import band_of, excursions_of
from analyzer.report.labels import (
    LabelRow,
    Labels,
    apart,
    ends_first,
    is_off,
    label_height,
    off_first,
)
from analyzer.report.language import say
from analyzer.report.measures import LEAST_STOP_S, run_pace_s_per_km, seconds_text
from analyzer.report.scene import SIDES
from analyzer.report.svg import path, polygon, rule, text
from analyzer.report.view import planned_speeds
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.block_result import BlockResult
    from analyzer.model.review import Excursion
    from analyzer.report.scene import Scene


def bands(scene: Scene) -> list[str]:
    """Draw the tolerance of each block, and its target as a thin line in it."""
    parts = []
    y = scene.frame.y
    for block in scene.blocks:
        band, ends = band_of(block), planned_speeds(block)
        if band is None or ends is None:
            continue
        left, right = scene.edges(block)
        slow, fast = band
        corners = ((left, fast[0]), (right, fast[1]), (right, slow[1]), (left, slow[0]))
        parts.append(polygon("band", ((x, y(v)) for x, v in corners)))
        parts.append(rule(left, y(ends[0]), right, y(ends[1]), "plan"))
    return parts


def excursions(scene: Scene) -> list[str]:
    """Fill what lay outside the band long and far enough to be coloured."""
    parts = []
    for excursion, block in excursions_of(scene.review, scene.blocks):
        band = band_of(block)
        points = _running(scene, excursion)
        if band is None or len(points) < 2:
            continue
        frame = scene.frame
        first, last = band[1] if excursion.side == "fast" else band[0]
        start_s = block.start_s or 0.0
        length_s = (block.end_s or 0.0) - start_s
        run = [(frame.x(at_s), frame.y(speed)) for at_s, speed in points]
        edge = [
            (frame.x(at_s), frame.y(first + (last - first) * ((at_s - start_s) / length_s)))
            for at_s, _ in reversed(points)
        ]
        parts.append(polygon(excursion.side, run + edge))
    return parts


def _running(scene: Scene, excursion: Excursion) -> list[tuple[float, float]]:
    """Return (elapsed s, m/s) during a stretch off the plan, wherever somebody ran."""
    trace = scene.review.trace
    inside = (trace.elapsed_s >= excursion.start_s) & (trace.elapsed_s <= excursion.end_s)
    pairs = zip(trace.elapsed_s[inside].tolist(), trace.speed_mps[inside].tolist(), strict=True)
    return [(at_s, speed) for at_s, speed in pairs if math.isfinite(speed)]


def paces(scene: Scene) -> list[str]:
    """Label the plan's own paces, as far as they do not touch."""
    planned = [ends for block in scene.blocks if (ends := planned_speeds(block)) is not None]
    wanted = ends_first(v for ends in planned for v in ends)
    places = [scene.frame.y(speed) for speed in wanted]
    x = scene.layout.left - 6
    return [
        text(x, places[i] + 4, pace_text(pace_s_per_km(wanted[i]), scene.unit), anchor="end")
        for i in sorted(apart(places, scene.layout.size), key=lambda i: wanted[i])
    ]


def stops(scene: Scene) -> list[str]:
    """Mark where the runner stood, and say for how long as often as the words fit."""
    frame = scene.frame
    parts = []
    labels = LabelRow()
    for stop in scene.review.activity.stops:
        start_s, end_s = stop.span.start_s, min(stop.span.end_s, frame.end_s)
        if not frame.start_s <= start_s < frame.end_s:
            continue
        left, right = frame.x(start_s), frame.x(end_s)
        parts.append(
            f'<rect class="stop" x="{left:.1f}" y="{frame.top:.1f}" '
            f'width="{max(1.5, right - left):.1f}" height="{frame.bottom - frame.top:.1f}"/>'
        )
        if stop.span.duration_s >= LEAST_STOP_S:
            parts += _stop_label(scene, stop.span.duration_s, (left, right), labels)
    return parts


def _stop_label(
    scene: Scene, duration_s: float, edges: tuple[float, float], labels: LabelRow
) -> list[str]:
    """Say how long a stop was, after it or else before it; nothing where another label is."""
    time = seconds_text(duration_s)
    stood = time if scene.layout.is_narrow else say("stopped {time}", time=time)
    words = f"■ {stood}"
    length = len(words) * scene.layout.letter
    before, behind = edges[0] - 4, edges[1] + 4
    is_late = behind + length > scene.frame.right
    first = before - length if is_late else behind
    if not labels.take(first, first + length):
        return []
    x, anchor = (before, "end") if is_late else (behind, "start")
    return [text(x, scene.frame.bottom - 5, words, "st", anchor)]


def line(scene: Scene) -> list[str]:
    """Draw the run, broken at stops."""
    speeds = scene.during(scene.review.trace.speed_mps)
    points = (
        (scene.frame.x(at_s), scene.frame.y(speed) if math.isfinite(speed) else math.nan)
        for at_s, speed in zip(scene.times_s(), speeds, strict=True)
    )
    return [f'<path class="run" d="{path(points)}"/>']


def means(scene: Scene) -> list[str]:
    """Draw the mean of each block with its error, labelled off the line and off one another."""
    parts = []
    labels = Labels()
    for block in off_first(scene.blocks):
        pace, error = run_pace_s_per_km(block), block.pace_se_s_per_km
        if pace is None or not math.isfinite(pace) or pace <= 0:
            continue
        x, y = sum(scene.edges(block)) / 2, scene.frame.y(1000 / pace)
        side = SIDES[block.verdict]
        if error is not None and error < pace:
            low, high = (scene.frame.y(1000 / p) for p in (pace + error, pace - error))
            parts.append(rule(x, low, x, high, f"bar {side}"))
        parts.append(f'<circle class="m {side}" cx="{x:.1f}" cy="{y:.1f}" r="3.6"/>')
        parts += _mean_label(scene, block, (x, y), pace_text(pace, scene.unit), labels)
    return parts


def _mean_label(
    scene: Scene, block: BlockResult, mean: tuple[float, float], words: str, labels: Labels
) -> list[str]:
    """Label a mean; nothing where its block is too narrow or another label is."""
    layout = scene.layout
    left, right = scene.edges(block)
    letters = len(words) + (0 if is_off(block) else 1)
    if right - left < letters * layout.letter:
        return []
    x, y = mean
    is_faster = (block.deviation_s_per_km or 0.0) < 0
    near = _line_heights(scene, x - 2.6 * layout.letter, x + 2.6 * layout.letter)
    at = label_height(near, y, is_faster, scene.frame, layout.size)
    length = 1.5 * len(words) * layout.letter
    x = min(x, layout.right - length / 2)
    if not labels.take(x, at, length, layout.size):
        return []
    return [text(x, at, words, f"val {SIDES[block.verdict]}")]


def _line_heights(scene: Scene, left: float, right: float) -> list[float]:
    """Heights of the run's line between two places."""
    trace, frame = scene.review.trace, scene.frame
    width = frame.right - frame.left
    first_s, last_s = (
        frame.start_s + (x - frame.left) / width * (frame.end_s - frame.start_s)
        for x in (left, right)
    )
    inside = (trace.elapsed_s >= first_s) & (trace.elapsed_s <= last_s)
    return [frame.y(v) for v in trace.speed_mps[inside].tolist() if math.isfinite(v)]
