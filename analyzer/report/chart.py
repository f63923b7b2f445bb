"""The chart on the card of a review, drawn by matplotlib: the run over its planned steps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from analyzer.report.card import (
    BAND,
    BLUE_AREA,
    DPI,
    HEIGHT,
    INK,
    LINE,
    NOTE,
    ORANGE_AREA,
    PAPER,
    RIGHT,
    SIDES,
    WIDTH,
)
from analyzer.report.frame import WALKING_MPS, WIDEST_PCT, drawn_blocks, excursions_of, span_of
from analyzer.report.labels import (
    LabelRow,
    Labels,
    apart,
    ends_first,
    is_off,
    off_first,
)
from analyzer.report.language import say
from analyzer.report.measures import run_pace_s_per_km, seconds_text
from analyzer.report.view import planned_speeds
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.prepared import Stop
    from analyzer.model.review import Review
    from analyzer.units import Unit

LEFT = 150
"""Where the chart begins [px]; the paces are left of it."""

LOWEST = 160
"""A lower chart would show nothing [px]."""

SMALL, LARGE = 24 * 72 / DPI, 26 * 72 / DPI
"""Sizes of words [pt]."""

LABEL_WIDTH, LABEL_HEIGHT = 76, 30
"""What the label of a mean takes [px]."""

TARGET, STOP = "#a9a59b", "#cbc7bd"

STEPS_MIN = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240)
"""Minutes between the marks below."""


class _Chart(Struct, frozen=True):
    """
    What every part of the chart needs.

    Parameters
    ----------
    axes : Axes
        Minutes to the right, m/s up; typed as any, since matplotlib loads later.
    review : Review
        What is drawn.
    blocks : sequence of BlockResult
        Those that have a place in the recording.
    unit : {'km', 'mi'}
        Of the paces.
    start, end, low, high : float
        Elapsed time at both sides [min], speeds at bottom and top [m/s].
    height : float
        Of the chart [px].
    """

    axes: Any
    review: Review
    blocks: Sequence[BlockResult]
    unit: Unit
    start: float
    end: float
    low: float
    high: float
    height: float

    @property
    def length(self) -> float:
        """Minutes from edge to edge."""
        return self.end - self.start

    @property
    def rise(self) -> float:
        """Speed from bottom to top [m/s]."""
        return self.high - self.low


def draw_chart(figure: Any, review: Review, unit: Unit, top: float, bottom: float) -> None:  # noqa: ANN401 - matplotlib loads later
    """
    Draw planned steps as bands, the run as a line, block means, excursions and stops.

    Parameters
    ----------
    figure : Figure
        Of matplotlib, as large as the card.
    review : Review
        With its trace; where nothing was run, nothing is drawn.
    unit : {'km', 'mi'}
        Of the paces.
    top, bottom : float
        Edges of the chart [px from the top of the card].
    """
    blocks, trace = drawn_blocks(review), review.trace
    if not blocks or trace.elapsed_s.size < 3 or bottom - top < LOWEST:
        return
    axes = figure.add_axes(
        (LEFT / WIDTH, 1 - bottom / HEIGHT, (RIGHT - LEFT) / WIDTH, (bottom - top) / HEIGHT),
        facecolor=PAPER,
    )
    start_s, end_s = span_of(blocks)
    low, high = _limits(review, blocks, start_s / 60, end_s / 60)
    stops = [x for x in review.activity.stops if start_s <= x.span.start_s < end_s]
    low -= 0.10 * (high - low) if stops else 0.0  # a strip of its own for what is said of them
    chart = _Chart(axes, review, blocks, unit, start_s / 60, end_s / 60, low, high, bottom - top)
    for block in blocks:
        _band(chart, block)
    _excursions(chart)
    axes.set_xlim(chart.start, chart.end)
    axes.set_ylim(low, high)
    axes.plot(
        trace.elapsed_s / 60, trace.speed_mps, color=INK, linewidth=2.0,
        solid_joinstyle="round", zorder=4,
    )  # fmt: skip
    labels = Labels()
    for block in off_first(blocks):
        _mean(chart, block, labels)
    _stops(chart, stops)
    _key(chart)
    _pace_axis(chart)
    _minute_axis(chart)
    _look(axes)
    _block_numbers(chart)


def _limits(
    review: Review, blocks: Sequence[BlockResult], start: float, end: float
) -> tuple[float, float]:
    """Return slowest and fastest speed of the chart: the plan, and nearly all of the run."""
    minutes = review.trace.elapsed_s / 60
    inside = (minutes >= start) & (minutes <= end)
    run = sorted(v for v in review.trace.speed_mps[inside].tolist() if v > WALKING_MPS)
    speeds = [1000 / b.planned.pace_s_per_km for b in blocks if b.planned.pace_s_per_km]
    if run:
        speeds += [run[len(run) // 50], run[-1 - len(run) // 100]]
    if not speeds:
        return 2.0, 6.0
    low, high = min(speeds), max(speeds)
    room = max(0.12 * (high - low), 0.15)
    return low - room, high + room


def _band(chart: _Chart, block: BlockResult) -> None:
    """Draw the tolerance of a block, and its target as a thin line in it."""
    ends, tolerance = planned_speeds(block), block.tolerance
    start, end = (block.start_s or 0.0) / 60, (block.end_s or 0.0) / 60
    chart.axes.axvline(start, color=LINE, linewidth=0.9, zorder=1)
    if ends is None:
        return
    if tolerance is not None:
        slow = [v * math.exp(-min(tolerance.slow_pct, WIDEST_PCT) / 100) for v in ends]
        fast = [v * math.exp(min(tolerance.fast_pct, WIDEST_PCT) / 100) for v in ends]
        chart.axes.fill_between([start, end], slow, fast, color=BAND, linewidth=0, zorder=2)
    chart.axes.plot([start, end], ends, color=TARGET, linewidth=1.0, zorder=3)


def _excursions(chart: _Chart) -> None:
    """Fill what lies outside the band long and far enough to be coloured."""
    minutes, speed = chart.review.trace.elapsed_s / 60, chart.review.trace.speed_mps
    for excursion, block in excursions_of(chart.review, chart.blocks):
        ends, tolerance = planned_speeds(block), block.tolerance
        if ends is None or tolerance is None:
            continue
        start_s, end_s = block.start_s or 0.0, block.end_s or 0.0
        inside = (minutes * 60 >= excursion.start_s) & (minutes * 60 <= excursion.end_s)
        share = (minutes * 60 - start_s) / (end_s - start_s)
        planned = ends[0] + (ends[1] - ends[0]) * share
        is_fast = excursion.side == "fast"
        edge = math.exp((tolerance.fast_pct if is_fast else -tolerance.slow_pct) / 100)
        chart.axes.fill_between(
            minutes[inside], speed[inside], (planned * edge)[inside],
            color=BLUE_AREA if is_fast else ORANGE_AREA, linewidth=0, zorder=2.5,
        )  # fmt: skip


def _mean(chart: _Chart, block: BlockResult, labels: Labels) -> None:
    """Draw the mean of a block with its error, and label it where there is room."""
    pace, error = run_pace_s_per_km(block), block.pace_se_s_per_km
    if pace is None:
        return
    x, y = ((block.start_s or 0.0) + (block.end_s or 0.0)) / 120, 1000 / pace
    colour = SIDES[block.verdict] if block.verdict != "not_scored" else INK
    if error is not None:
        bounds = [[y - 1000 / (pace + error)], [1000 / max(pace - error, 1.0) - y]]
        chart.axes.errorbar(x, y, yerr=bounds, color=colour, linewidth=2.6, capsize=4, zorder=5)
    chart.axes.plot(
        [x], [y], "o", markersize=9, markerfacecolor=PAPER, markeredgecolor=colour,
        markeredgewidth=2.6, zorder=6,
    )  # fmt: skip
    place = _label_place(chart, block, (x, y), labels)
    if place is None:
        return
    from matplotlib.patheffects import withStroke

    label = chart.axes.text(
        *place, pace_text(pace, chart.unit), fontsize=LARGE, weight="bold", color=colour,
        ha="center", va="center", zorder=7,
    )  # fmt: skip
    label.set_path_effects([withStroke(linewidth=5, foreground=PAPER)])


def _label_place(
    chart: _Chart, block: BlockResult, mean: tuple[float, float], labels: Labels
) -> tuple[float, float] | None:
    """
    Return where the label of a mean goes; None where it would cover another one.

    A block that was held and is too narrow is not labelled: its label would cover the next one.
    """
    at = _label_height(chart, block, mean)
    width_px = ((block.end_s or 0.0) - (block.start_s or 0.0)) / 60 / chart.length * (RIGHT - LEFT)
    if width_px < LABEL_WIDTH and not is_off(block):
        return None
    to_pixels = chart.axes.transData
    left_px, up_px = to_pixels.transform((mean[0], at)).tolist()
    left_px = min(left_px, chart.axes.get_window_extent().x1 - 36)
    if not labels.take(left_px, up_px, LABEL_WIDTH, LABEL_HEIGHT):
        return None
    return to_pixels.inverted().transform((left_px, up_px)).tolist()[0], at


def _label_height(chart: _Chart, block: BlockResult, mean: tuple[float, float]) -> float:
    """Return the height for the label of a mean: off the line, and never far from its ring."""
    x, y = mean
    trace = chart.review.trace
    near = abs(trace.elapsed_s / 60 - x) < 0.05 * chart.length
    line: list[float] = trace.speed_mps[near].tolist()
    heights = [y, *(v for v in line if math.isfinite(v))]
    room, far = 0.055 * chart.rise, 0.2 * chart.rise
    above, below = max(heights) + room, min(heights) - room
    is_faster = (block.deviation_s_per_km or 0.0) < 0
    for at in (above, below) if is_faster else (below, above):
        if abs(at - y) <= far and chart.low + 0.6 * room <= at <= chart.high - 0.6 * room:
            return at
    return y + (room if is_faster else -room)


def _stops(chart: _Chart, stops: Sequence[Stop]) -> None:
    """Mark where the runner stood, and say for how long as often as the words fit."""
    minutes_a_pixel = chart.length / (RIGHT - LEFT)
    gap = 8 * minutes_a_pixel
    labels = LabelRow()
    for stop in stops:
        start, end = stop.span.start_s / 60, stop.span.end_s / 60
        chart.axes.axvspan(start, end, color=STOP, linewidth=0, zorder=1.5)
        words = f"■ {seconds_text(stop.span.duration_s)}"
        length = 15 * len(words) * minutes_a_pixel
        is_late = end + gap + length > chart.end
        first = start - gap - length if is_late else end + gap
        if not labels.take(first, first + length):
            continue
        chart.axes.text(
            start - gap if is_late else end + gap, chart.low + 0.045 * chart.rise, words,
            fontsize=SMALL, color=INK, ha="right" if is_late else "left", va="center", zorder=7,
        )  # fmt: skip


def _key(chart: _Chart) -> None:
    """Say what is grey and what is the line, where the top left corner is free."""
    speeds = _speeds_before(chart, chart.start + 0.24 * chart.length)
    if not speeds or max(speeds) > chart.low + 0.72 * chart.rise:
        return
    x = chart.start + 0.015 * chart.length
    style = {"fontsize": SMALL, "va": "center", "zorder": 7}
    keys = ((0.06, NOTE, say("grey: planned")), (0.145, INK, say("line: as run")))
    for below_top, colour, words in keys:
        chart.axes.text(x, chart.high - below_top * chart.rise, words, color=colour, **style)


def _speeds_before(chart: _Chart, minute: float) -> list[float]:
    """Return the speeds that are drawn before a minute, those of bands 4 % above their target."""
    trace = chart.review.trace
    early = trace.elapsed_s / 60 <= minute
    run = [v for v in trace.speed_mps[early].tolist() if math.isfinite(v)]
    begun = [block for block in chart.blocks if (block.start_s or 0.0) / 60 < minute]
    planned = [ends for block in begun if (ends := planned_speeds(block)) is not None]
    return run + [v * math.exp(0.04) for ends in planned for v in ends]


def _pace_axis(chart: _Chart) -> None:
    """Label the plan's own paces."""
    planned = [ends for block in chart.blocks if (ends := planned_speeds(block)) is not None]
    speeds = ends_first(v for ends in planned for v in ends)
    kept = apart([v / chart.rise * chart.height for v in speeds], LABEL_HEIGHT)
    ticks = [speeds[i] for i in kept]
    chart.axes.set_yticks(ticks, [pace_text(pace_s_per_km(v), chart.unit) for v in ticks])


def _minute_axis(chart: _Chart) -> None:
    """Label round minutes, at most seven or so."""
    step = next((s for s in STEPS_MIN if chart.length / s <= 7), 480)
    first, last = math.ceil(chart.start / step), math.floor(chart.end / step)
    minutes = [step * i for i in range(first, last + 1)]
    labels = [f"{m}" for m in minutes]
    if labels:
        labels[-1] += " min"
    chart.axes.set_xticks(minutes, labels)


def _look(axes: Any) -> None:  # noqa: ANN401 - matplotlib loads later
    """Leave of the axes what is read."""
    axes.tick_params(length=0, labelsize=SMALL, labelcolor=NOTE, pad=8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.grid(axis="y", color=LINE, linewidth=0.6, alpha=0.7)
    axes.set_axisbelow(True)


def _block_numbers(chart: _Chart) -> None:
    """Write the numbers of the blocks on top, as far as they do not touch."""
    last = -math.inf
    for block in chart.blocks:
        middle = ((block.start_s or 0.0) + (block.end_s or 0.0)) / 120
        if (middle - last) / chart.length * (RIGHT - LEFT) < 40:
            continue
        last = middle
        is_first = block is chart.blocks[0]
        words = say("block {block}", block=block.index) if is_first else str(block.index)
        chart.axes.text(
            middle, chart.high, words, ha="center", va="bottom", fontsize=SMALL, color=NOTE
        )
