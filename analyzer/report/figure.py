"""The card for a chat: verdict, table and figure on 1080 x 1350, readable on a phone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analyzer.report.advice import next_time
from analyzer.report.card import (
    BAND,
    BLUE,
    BLUE_AREA,
    DPI,
    HEIGHT,
    INK,
    LEFT,
    LINE,
    NOTE,
    ORANGE,
    ORANGE_AREA,
    PAPER,
    RIGHT,
    WIDTH,
    Page,
    kept_together,
    render_card,
)
from analyzer.report.frame import apart, ends_first
from analyzer.report.headline import headline
from analyzer.report.language import after_colon, capital, say
from analyzer.report.measures import distance_text, run_pace_s_per_km, seconds_text
from analyzer.report.people import name_text
from analyzer.report.view import block_row, planned_speeds, score_words, unit_of
from analyzer.safe_text import clean_text
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.block_result import BlockResult
    from analyzer.model.prepared import Stop
    from analyzer.model.review import Review, Trace
    from analyzer.report.view import Row
    from analyzer.units import Unit

SIDES = {"too_fast": BLUE, "too_slow": ORANGE, "held": INK, "not_scored": NOTE}
DOTS = {"too_fast": "▲", "too_slow": "▼", "held": "●", "not_scored": "·"}

MOST_ROWS = 9
"""Longer tables are folded; what was off is shown first."""


def render_figure(review: Review, form: str = "png", units: Unit | None = None) -> bytes:
    """
    Draw the card.

    Parameters
    ----------
    review : Review
        What to report.
    form : {'png', 'svg'}
        As a picture or as a drawing.
    units : {'km', 'mi'}, optional
        Left out: the plan's.

    Returns
    -------
    bytes
        The same for the same review, on any day.
    """
    unit = unit_of(review, units)

    def draw(page: Page) -> None:
        bottom = _head(page, review, unit)
        bottom = _table(page, review, unit, bottom + 34)
        end = _foot(page, review, unit)
        _chart(page.figure, review, unit, bottom + 46, end)

    return render_card(form, draw)


def _head(page: Page, review: Review, unit: Unit) -> float:
    """Write title, sentence and score; return where they end."""
    distance = distance_text(review.activity.distance_m, unit)
    name = clean_text(name_text(review), 14)
    parts = (name, clean_text(review.plan.name, 24 if name else 34), distance)
    about = " · ".join(part for part in parts if part)
    page.text(LEFT, 76, about, 25, color=NOTE)
    page.text(RIGHT, 76, "progcheck", 25, color=NOTE, ha="right")
    first, second = headline(review, unit)
    sentence = kept_together(first)
    tried = [(size, page.wrapped(sentence, size, "bold")) for size, _ in SIZES]
    fits = (t for t, (_, most) in zip(tried, SIZES, strict=True) if len(t[1]) <= most)
    size, lines = next(fits, tried[-1])
    y = 98.0
    for line in lines[:6]:
        y += size * 1.28
        page.text(LEFT, y, line, size, weight="bold")
    y += 4 if second else 0
    for line in page.wrapped(second, 26)[:2] if second else ():
        y += 38
        page.text(LEFT, y, line, 26, color=NOTE)
    y += 36
    page.rule(y)
    score, word, sure = score_words(review)
    y += 66
    if not sure:
        page.text(LEFT, y, capital(word), 36, weight="bold")
        return y
    big = page.text(LEFT, y, score, 62, weight="bold")
    extent = big.get_window_extent()
    most = say("of 100")
    page.text(extent.x1 + 14, y, f"{most}, {word}", 31)
    page.text(RIGHT, y, sure, 26, color=NOTE, ha="right")
    return y


SIZES = ((52, 2), (44, 3), (36, 4), (32, 6))
"""Sizes of the sentence [px], and on how many lines each may stand."""


def _cut(text: str, most: int) -> str:
    """Shorten a text to so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _shown(rows: list[Row]) -> list[Row | None]:
    """
    Fold a long table to what was off, then the ends; None where others are left out.

    Rests come last: nobody asks for them. One row after the other is let in as
    long as it fits with the gaps that are left.
    """
    if len(rows) <= MOST_ROWS:
        return list(rows)
    order = {"too_fast": 0, "too_slow": 0, "held": 1, "not_scored": 2}

    def rank(place: int) -> tuple[int, int]:
        row = rows[place]
        return order[row.kind] if row.is_run else 0, min(place, len(rows) - 1 - place)

    shown: list[Row | None] = []
    kept: list[int] = []
    for place in sorted(range(len(rows)), key=rank):
        tried = _folded(rows, sorted([*kept, place]))
        if len(tried) <= MOST_ROWS:
            kept.append(place)
            shown = tried
    return shown


def _folded(rows: list[Row], kept: list[int]) -> list[Row | None]:
    """Return the rows at these places, and None for each gap between them."""
    shown: list[Row | None] = []
    for before, place in zip([-1, *kept], [*kept, len(rows)], strict=True):
        shown += [None] if place > before + 1 else []
        shown += [rows[place]] if place < len(rows) else []
    return shown


def _table(page: Page, review: Review, unit: Unit, top: float) -> float:
    """Write the block table; return where it ends."""
    rows = _shown([block_row(b, unit) for b in review.blocks])
    step = 47.0 if len(rows) <= 6 else 40.0
    size = 28 if len(rows) <= 6 else 25
    columns = {"name": LEFT + 44, "planned": 436, "run": 576, "off": 622}
    y = top + 26
    for x, words, ha in (
        (LEFT, say("Block"), "left"), (columns["planned"], say("Planned"), "right"),
        (columns["run"], say("Run"), "right"), (columns["off"], say("Off by"), "left"),
    ):  # fmt: skip
        page.text(x, y, words, 24, color=NOTE, ha=ha)
    page.rule(y + 14, 1.6)
    for row in rows:
        y += step
        if row is None:
            page.text(columns["name"], y, "…", size, color=NOTE)
            continue
        colour = SIDES[row.kind]
        weight = "bold" if row.kind in ("too_fast", "too_slow") else "normal"
        page.text(LEFT, y, row.index, size, weight="bold")
        page.text(columns["name"], y, _cut(row.name, 18), size)
        page.text(columns["planned"], y, row.planned, size, color=NOTE, ha="right")
        page.text(columns["run"], y, row.run, size, weight="bold", color=colour, ha="right")
        dot = NOTE if row.kind == "held" else colour
        page.text(columns["off"], y, DOTS[row.kind], size * 0.8, color=dot)
        words = row.off if row.is_run and row.kind != "not_scored" else row.verdict
        off = INK if row.kind == "held" else colour
        page.text(columns["off"] + 36, y, _cut(words, 24), size, color=off, weight=weight)
        page.rule(y + step * 0.32, 0.6)
    return y + step * 0.32


def _chart(figure: Any, review: Review, unit: Unit, top: float, bottom: float) -> None:  # noqa: ANN401
    """Draw planned steps as bands, the run as a line, block means, excursions and stops."""
    blocks = [b for b in review.blocks if b.start_s is not None and b.end_s is not None]
    trace = review.trace
    if not blocks or trace.elapsed_s.size < 3 or bottom - top < 160:
        return
    axes = figure.add_axes(
        (150 / WIDTH, 1 - bottom / HEIGHT, (RIGHT - 150) / WIDTH, (bottom - top) / HEIGHT),
        facecolor=PAPER,
    )
    start_s = min(b.start_s or 0.0 for b in blocks)
    end_s = max(b.end_s or 0.0 for b in blocks)
    minutes, speed = trace.elapsed_s / 60, trace.speed_mps
    low, high = _limits(blocks, minutes, speed, (start_s / 60, end_s / 60))
    stops = [x for x in review.activity.stops if start_s <= x.span.start_s < end_s]
    low -= 0.10 * (high - low) if stops else 0.0  # a strip of its own for what is said of them
    for block in blocks:
        _band(axes, block)
    _excursions(axes, review, minutes, speed)
    axes.set_xlim(start_s / 60, end_s / 60)
    axes.set_ylim(low, high)
    axes.plot(minutes, speed, color=INK, linewidth=2.0, solid_joinstyle="round", zorder=4)
    taken: list[tuple[float, float]] = []
    for block in sorted(blocks, key=lambda b: b.verdict not in ("too_fast", "too_slow")):
        _mean(axes, block, unit, trace, taken)
    _stops(axes, stops, (start_s, end_s), low, high)
    _key(axes, blocks, trace)
    _axes(axes, blocks, unit, (high - low, bottom - top), (start_s / 60, end_s / 60))


def _limits(
    blocks: list[BlockResult], minutes: Floats, speed: Floats, span: tuple[float, float]
) -> tuple[float, float]:
    """Return slowest and fastest speed of the chart: the plan, and nearly all of the run."""
    inside = (minutes >= span[0]) & (minutes <= span[1])
    ordered = sorted(v for v in speed[inside].tolist() if math.isfinite(v) and v > 1.2)
    values = [1000 / b.planned.pace_s_per_km for b in blocks if b.planned.pace_s_per_km]
    if ordered:
        values += [ordered[len(ordered) // 50], ordered[-1 - len(ordered) // 100]]
    if not values:
        return 2.0, 6.0
    low, high = min(values), max(values)
    room = max(0.12 * (high - low), 0.15)
    return low - room, high + room


def _band(axes: Any, block: BlockResult) -> None:  # noqa: ANN401 - matplotlib loads later
    """Draw the tolerance of a block, and its target as a thin line in it."""
    ends, tolerance = planned_speeds(block), block.tolerance
    axes.axvline((block.start_s or 0.0) / 60, color=LINE, linewidth=0.9, zorder=1)
    if ends is None:
        return
    x = [(block.start_s or 0.0) / 60, (block.end_s or 0.0) / 60]
    if tolerance is not None:
        slow = [v * math.exp(-min(tolerance.slow_pct, 30) / 100) for v in ends]
        fast = [v * math.exp(min(tolerance.fast_pct, 30) / 100) for v in ends]
        axes.fill_between(x, slow, fast, color=BAND, linewidth=0, zorder=2)
    axes.plot(x, ends, color="#a9a59b", linewidth=1.0, zorder=3)


def _excursions(axes: Any, review: Review, minutes: Floats, speed: Floats) -> None:  # noqa: ANN401
    """Fill what lies outside the band long and far enough to be told."""
    for excursion in review.trace.excursions:
        for block in review.blocks:
            ends, tolerance = planned_speeds(block), block.tolerance
            if block.start_s is None or block.end_s is None or ends is None or tolerance is None:
                continue
            if not block.start_s <= excursion.start_s < block.end_s:
                continue
            inside = (minutes * 60 >= excursion.start_s) & (minutes * 60 <= excursion.end_s)
            share = (minutes * 60 - block.start_s) / (block.end_s - block.start_s)
            planned = ends[0] + (ends[1] - ends[0]) * share
            fast = excursion.side == "fast"
            edge = math.exp((tolerance.fast_pct if fast else -tolerance.slow_pct) / 100)
            colour = BLUE_AREA if fast else ORANGE_AREA
            axes.fill_between(
                minutes[inside], speed[inside], (planned * edge)[inside], color=colour,
                linewidth=0, zorder=2.5,
            )  # fmt: skip


def _mean(
    axes: Any,  # noqa: ANN401 - matplotlib loads later
    block: BlockResult,
    unit: Unit,
    trace: Trace,
    taken: list[tuple[float, float]],
) -> None:
    """Draw the mean of a block with its error, labelled where line and other labels leave room."""
    from matplotlib.patheffects import withStroke

    pace = run_pace_s_per_km(block)
    error = block.pace_se_s_per_km
    if pace is None or block.start_s is None or block.end_s is None:
        return
    x, y = (block.start_s + block.end_s) / 120, 1000 / pace
    colour = SIDES[block.verdict] if block.verdict != "not_scored" else INK
    if error is not None:
        bounds = [[y - 1000 / (pace + error)], [1000 / max(pace - error, 1.0) - y]]
        axes.errorbar(x, y, yerr=bounds, color=colour, linewidth=2.6, capsize=4, zorder=5)
    axes.plot(
        [x], [y], "o", markersize=9, markerfacecolor=PAPER, markeredgecolor=colour,
        markeredgewidth=2.6, zorder=6,
    )  # fmt: skip
    at = _label_at(block, (x, y), axes.get_ylim(), axes.get_xlim(), trace)
    pixels = (block.end_s - block.start_s) / 60 / (axes.get_xlim()[1] - axes.get_xlim()[0])
    if pixels * (RIGHT - 150) < 76 and block.verdict not in ("too_fast", "too_slow"):
        return  # held, and too narrow: its label would cover the next one
    to_pixels = axes.transData
    left_px, up_px = to_pixels.transform((x, at)).tolist()
    left_px = min(left_px, axes.get_window_extent().x1 - 36)
    if any(abs(left_px - u) < 76 and abs(up_px - v) < 30 for u, v in taken):
        return  # it would cover another one
    taken.append((left_px, up_px))
    x = to_pixels.inverted().transform((left_px, up_px)).tolist()[0]
    label = axes.text(
        x, at, pace_text(pace, unit), fontsize=26 * 72 / DPI, weight="bold", color=colour,
        ha="center", va="center", zorder=7,
    )  # fmt: skip
    label.set_path_effects([withStroke(linewidth=5, foreground=PAPER)])


def _label_at(
    block: BlockResult,
    mean: tuple[float, float],
    limits: tuple[float, float],
    span: tuple[float, float],
    trace: Trace,
) -> float:
    """Return the height for the label of a mean: off the line, and never far from its ring."""
    (x, y), (low, high) = mean, limits
    near = abs(trace.elapsed_s / 60 - x) < 0.05 * (span[1] - span[0])
    line = [float(v) for v in trace.speed_mps[near].tolist() if math.isfinite(v)]
    room, far = 0.055 * (high - low), 0.2 * (high - low)
    above, below = max([y, *line]) + room, min([y, *line]) - room
    faster = (block.deviation_s_per_km or 0.0) < 0
    for at in (above, below) if faster else (below, above):
        if abs(at - y) <= far and low + 0.6 * room <= at <= high - 0.6 * room:
            return at
    return y + (room if faster else -room)


def _stops(
    axes: Any,  # noqa: ANN401 - matplotlib loads later
    stops: list[Stop],
    span: tuple[float, float],
    low: float,
    high: float,
) -> None:
    """Mark where the runner stood, and say for how long as often as the words fit."""
    minutes_a_pixel = (span[1] - span[0]) / 60 / (RIGHT - 150)
    free_from = -math.inf
    for stop in stops:
        start, end = stop.span.start_s / 60, stop.span.end_s / 60
        axes.axvspan(start, end, color="#cbc7bd", linewidth=0, zorder=1.5)
        words = f"■ {seconds_text(stop.span.duration_s)}"
        length, gap = 15 * len(words) * minutes_a_pixel, 8 * minutes_a_pixel
        is_late = end + gap + length > span[1] / 60
        first = start - gap - length if is_late else end + gap
        if first < free_from:
            continue
        free_from = first + length
        axes.text(
            start - gap if is_late else end + gap, low + 0.045 * (high - low), words,
            fontsize=24 * 72 / DPI, color=INK, ha="right" if is_late else "left", va="center",
            zorder=7,
        )  # fmt: skip


def _key(axes: Any, blocks: list[BlockResult], trace: Trace) -> None:  # noqa: ANN401
    """Say what is grey and what is the line, where the top left corner is free."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    corner, height = left + 0.24 * (right - left), low + 0.72 * (high - low)
    early = trace.elapsed_s / 60 <= corner
    fast = [v for v in trace.speed_mps[early].tolist() if math.isfinite(v)]
    for block in blocks:
        ends = planned_speeds(block)
        if ends is not None and (block.start_s or 0.0) / 60 < corner:
            fast += [v * math.exp(0.04) for v in ends]
    if not fast or max(fast) > height:
        return
    x = left + 0.015 * (right - left)
    style = {"fontsize": 24 * 72 / DPI, "va": "center", "zorder": 7}
    axes.text(x, high - 0.06 * (high - low), say("grey: planned"), color=NOTE, **style)
    axes.text(x, high - 0.145 * (high - low), say("line: as run"), color=INK, **style)


def _axes(
    axes: Any,  # noqa: ANN401 - matplotlib loads later
    blocks: list[BlockResult],
    unit: Unit,
    size: tuple[float, float],
    span: tuple[float, float],
) -> None:
    """Label the plan's own paces, block numbers on top, minutes below."""
    height, pixels = size
    speeds = ends_first(v for b in blocks if (e := planned_speeds(b)) is not None for v in e)
    ticks = [speeds[i] for i in apart([v / height * pixels for v in speeds], 30)]
    axes.set_yticks(ticks, [pace_text(pace_s_per_km(v), unit) for v in ticks])
    length = span[1] - span[0]
    step = next((s for s in (1, 2, 5, 10, 15, 20, 30, 60, 120, 240) if length / s <= 7), 480)
    first = math.ceil(span[0] / step)
    minutes = [step * i for i in range(first, math.floor(span[1] / step) + 1)]
    labels = [f"{m}" for m in minutes]
    if labels:
        labels[-1] += " min"
    axes.set_xticks(minutes, labels)
    axes.tick_params(length=0, labelsize=24 * 72 / DPI, labelcolor=NOTE, pad=8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.grid(axis="y", color=LINE, linewidth=0.6, alpha=0.7)
    axes.set_axisbelow(True)
    top = axes.get_ylim()[1]
    last = -math.inf
    for block in blocks:
        middle = ((block.start_s or 0.0) + (block.end_s or 0.0)) / 120
        if (middle - last) / length * (RIGHT - 150) < 40:
            continue
        last = middle
        is_first = block is blocks[0]
        words = say("block {block}", block=block.index) if is_first else str(block.index)
        style = {"fontsize": 24 * 72 / DPI, "color": NOTE}
        axes.text(middle, top, words, ha="center", va="bottom", **style)


def _foot(page: Page, review: Review, unit: Unit) -> float:
    """Write what to do next time; return where the chart above may end."""
    suggestion = next_time(review, unit)
    if suggestion is None:
        return 1270.0
    words = say("Next time: {advice}", advice=after_colon(suggestion))
    lines = page.wrapped(kept_together(words), 25, "bold")[:2]
    y = 1310.0 - 33 * (len(lines) - 1)
    end = y - 88
    for line in lines:
        page.text(LEFT, y, line, 25, weight="bold")
        y += 33
    return end
