"""The run over its plan as inline SVG, once for a page and once for a phone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from analyzer.report.frame import (
    Frame,
    apart,
    band_of,
    drawn_blocks,
    ends_first,
    label_height,
    minute_marks,
    span_of,
    speed_limits,
)
from analyzer.report.language import say
from analyzer.report.measures import TOLD_STANDING_S, run_pace_s_per_km, seconds_text
from analyzer.report.view import block_row, planned_speeds
from analyzer.units import UNIT_M, clock_text, pace_s_per_km, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.model.activity import Floats
    from analyzer.model.block_result import BlockResult
    from analyzer.model.review import Review
    from analyzer.units import Unit

LEAST_CONFIDENCE = 0.5
"""A change found with less gets no wedge."""

TOLD_SHIFT_S = 3.0
"""A smaller shift of a change is none [s]."""

LEAST_CLIMB_M = 8.0
"""Flatter ground is not drawn [m]."""

SIDES = {"too_fast": "tf", "too_slow": "ts", "held": "h", "not_scored": "u"}


@dataclass(frozen=True, slots=True)
class Layout:
    """
    Sizes of one drawing, in its own units (px where it is not scaled).

    ``letter`` is about the width of a letter, ``size`` the height of a line of text.
    """

    name: str
    width: float
    left: float
    right: float
    letter: float
    size: float
    pace_height: float
    head_lines: int
    minutes: int


WIDE = Layout("wide", 920, 56, 914, 6.4, 15, 230, 2, 8)
NARROW = Layout("narrow", 328, 34, 325, 5.7, 13, 150, 1, 5)


def draw_run(review: Review, unit: Unit, finding: str, number: int = 1) -> str:
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

    Returns
    -------
    str
        Two ``svg`` elements coloured by the page, of which it shows one; empty where
        nothing was run.
    """
    blocks = drawn_blocks(review)
    limits = speed_limits(review, blocks)
    if limits is None:
        return ""
    return "\n".join(
        _Drawing(review, unit, layout, blocks, limits).svg(finding, number)
        for layout in (WIDE, NARROW)
    )


class _Drawing:
    """One drawing, from top to bottom: distance, headings, pace, changes, heart, ground, time."""

    def __init__(
        self,
        review: Review,
        unit: Unit,
        layout: Layout,
        blocks: list[BlockResult],
        limits: tuple[float, float],
    ) -> None:
        self.review, self.unit, self.layout, self.blocks = review, unit, layout, blocks
        size = layout.size
        top = size * 1.5 + layout.head_lines * size * 1.1 + 6
        start_s, end_s = span_of(blocks)
        self.frame = Frame(
            layout.left, layout.right, top, top + layout.pace_height, start_s, end_s, *limits
        )
        self.y = self.frame.bottom  # everything below goes on from here

    def svg(self, finding: str, number: int) -> str:
        """Return the whole element."""
        parts = [
            *self._distance_marks(),
            *self._headings(),
            *self._bands(),
            *self._excursions(),
            *self._paces(),
            *self._stops(),
            self._line(),
            *self._means(),
            *self._changes(),
            *self._heart(),
            *self._ground(),
            *self._minutes(),
        ]
        body = "\n".join(part for part in parts if part)
        kind, frame = self.layout.name, self.frame
        name = f"{kind}{number}"
        edges = (
            frame.left, frame.right, frame.start_s, frame.end_s, frame.top, frame.bottom,
        )  # fmt: skip
        heading = say("Pace over the planned steps")
        data = ",".join(f"{v:.1f}" for v in edges)
        return (
            f'<svg class="fig {kind}" viewBox="0 0 {self.layout.width:.0f} {self.y:.0f}" '
            f'role="img" aria-labelledby="{name}-t {name}-d" data-frame="{data}">\n'
            f'<title id="{name}-t">{escape(heading)}</title>\n'
            f'<desc id="{name}-d">{escape(finding)}</desc>\n{body}\n</svg>'
        )

    def _edges(self, block: BlockResult) -> tuple[float, float]:
        """Left and right of a block."""
        return self.frame.x(block.start_s or 0.0), self.frame.x(block.end_s or 0.0)

    def _distance_marks(self) -> list[str]:
        """Kilometres or miles along the top."""
        trace, metres = self.review.trace, UNIT_M[self.unit]
        inside = [
            (t, d)
            for t, d in zip(trace.elapsed_s.tolist(), trace.distance_m.tolist(), strict=True)
            if self.frame.start_s <= t <= self.frame.end_s
        ]
        if len(inside) < 2:
            return []
        length = (inside[-1][1] - inside[0][1]) / metres
        every = next(
            (n for n in (1, 2, 5, 10, 20, 50) if length / n <= self.layout.minutes * 2), 100
        )
        y, base = self.layout.size, inside[0][1]
        parts = [_text(self.layout.left, y, self.unit, anchor="start")]
        following = every
        for t, d in inside:
            if (d - base) / metres < following:
                continue
            x = self.frame.x(t)
            if x > self.layout.left + 26:
                parts.append(_text(x, y, f"{following}"))
                parts.append(_rule(x, y + 3, x, y + 7, "tick"))
            following += every
        return parts

    def _headings(self) -> list[str]:
        """Write number, plan and finding of each block, as far as there is room."""
        parts = []
        narrow: list[BlockResult] = []
        first = self.layout.size * 2.4
        for block in self.blocks:
            a, b = self._edges(block)
            parts.append(_rule(a, first - self.layout.size, a, self.frame.bottom, "bound"))
            row = block_row(block, self.unit)
            letters = (b - a - 8) / self.layout.letter
            side = SIDES[block.verdict]
            planned = (
                say("planned {pace}", pace=row.planned)
                if block.planned.pace_s_per_km
                else say("not scored")
            )
            if self.layout.head_lines > 1 and letters >= 2 + len(planned):
                parts.append(
                    f'<text x="{a + 6:.1f}" y="{first:.1f}"><tspan class="hn">{row.index}</tspan> '
                    f"{planned}</text>"
                )
                told = row.off if block.verdict in ("too_fast", "too_slow") else row.verdict
                told = row.verdict if len(told) + 2 > letters else told
                is_said = told == planned  # "not scored" once is enough
                if len(told) + 2 <= letters and not is_said:
                    words = f"{row.glyph} {told}"
                    y = first + self.layout.size * 1.1
                    parts.append(_text(a + 6, y, words, f"head {side}", "start"))
                continue
            if letters < 3.5:
                narrow.append(block)
            else:
                words = f"{row.index} {row.glyph}"
                parts.append(_text(a + 4, first, words, f"hn {side}", "start"))
        return parts + self._numbers(narrow, first)

    def _numbers(self, blocks: list[BlockResult], y: float) -> list[str]:
        """Return the numbers of blocks too narrow for more, those that were off before others."""
        wanted = sorted(blocks, key=lambda b: b.verdict not in ("too_fast", "too_slow"))
        places = [sum(self._edges(block)) / 2 for block in wanted]
        least = (len(str(len(self.review.blocks))) + 0.7) * self.layout.letter
        return [
            _text(places[i], y, str(wanted[i].index), f"hn {SIDES[wanted[i].verdict]}")
            for i in sorted(apart(places, least), key=lambda i: places[i])
        ]

    def _bands(self) -> list[str]:
        """Tolerance of each block, and its target as a thin line in it."""
        parts = []
        for block in self.blocks:
            band, ends = band_of(block), planned_speeds(block)
            if band is None or ends is None:
                continue
            a, b = self._edges(block)
            slow, fast = band
            corners = ((a, fast[0]), (b, fast[1]), (b, slow[1]), (a, slow[0]))
            points = " ".join(f"{x:.1f},{self.frame.y(v):.1f}" for x, v in corners)
            parts.append(f'<polygon class="band" points="{points}"/>')
            parts.append(_rule(a, self.frame.y(ends[0]), b, self.frame.y(ends[1]), "plan"))
        return parts

    def _excursions(self) -> list[str]:
        """Fill what lay outside the band long and far enough to be told."""
        trace = self.review.trace
        parts = []
        for excursion in self.review.trace.excursions:
            for block in self.blocks:
                band = band_of(block)
                start_s, end_s = block.start_s or 0.0, block.end_s or 0.0
                if band is None or not start_s <= excursion.start_s < end_s:
                    continue
                edge = band[1] if excursion.side == "fast" else band[0]
                inside = (trace.elapsed_s >= excursion.start_s) & (
                    trace.elapsed_s <= excursion.end_s
                )
                points = _area(trace.elapsed_s[inside], trace.speed_mps[inside])
                if len(points) < 2:
                    continue
                over = [(self.frame.x(t), self.frame.y(v)) for t, v in points]
                under = []
                for t, _ in reversed(points):
                    share = (t - start_s) / (end_s - start_s)
                    planned = edge[0] + (edge[1] - edge[0]) * share
                    under.append((self.frame.x(t), self.frame.y(planned)))
                shape = " ".join(f"{x:.1f},{y:.1f}" for x, y in over + under)
                parts.append(f'<polygon class="{excursion.side}" points="{shape}"/>')
        return parts

    def _paces(self) -> list[str]:
        """Label the plan's own paces, as far as they do not touch."""
        speeds = {v for b in self.blocks if (ends := planned_speeds(b)) is not None for v in ends}
        wanted = ends_first(speeds)
        places = [self.frame.y(speed) for speed in wanted]
        return [
            _text(
                self.layout.left - 6,
                places[i] + 4,
                pace_text(pace_s_per_km(wanted[i]), self.unit),
                anchor="end",
            )
            for i in sorted(apart(places, self.layout.size), key=lambda i: wanted[i])
        ]

    def _stops(self) -> list[str]:
        """Where the runner stood, and for how long as often as the words fit."""
        parts = []
        free_from = -math.inf
        for stop in self.review.activity.stops:
            start_s, end_s = stop.span.start_s, stop.span.end_s
            if not self.frame.start_s <= start_s < self.frame.end_s:
                continue
            a, b = self.frame.x(start_s), self.frame.x(min(end_s, self.frame.end_s))
            height = self.frame.bottom - self.frame.top
            parts.append(
                f'<rect class="stop" x="{a:.1f}" y="{self.frame.top:.1f}" '
                f'width="{max(1.5, b - a):.1f}" height="{height:.1f}"/>'
            )
            time = seconds_text(stop.span.duration_s)
            stood = time if self.layout.head_lines == 1 else say("stopped {time}", time=time)
            words = f"■ {stood}"
            length = len(words) * self.layout.letter
            if stop.span.duration_s < TOLD_STANDING_S:
                continue
            is_late = b + 4 + length > self.frame.right
            first = a - 4 - length if is_late else b + 4
            if first < free_from:
                continue
            free_from = first + length
            at, anchor = (a - 4, "end") if is_late else (b + 4, "start")
            parts.append(_text(at, self.frame.bottom - 5, words, "st", anchor))
        return parts

    def _line(self) -> str:
        """Draw the run, broken at stops."""
        trace = self.review.trace
        inside = (trace.elapsed_s >= self.frame.start_s) & (trace.elapsed_s <= self.frame.end_s)
        points = (
            (self.frame.x(t), self.frame.y(v) if math.isfinite(v) else math.nan)
            for t, v in zip(
                trace.elapsed_s[inside].tolist(), trace.speed_mps[inside].tolist(), strict=True
            )
        )
        return f'<path class="run" d="{_path(points)}"/>'

    def _means(self) -> list[str]:
        """Mean of each block with its error, labelled off the line and off one another."""
        parts = []
        taken: list[tuple[float, float]] = []
        for block in sorted(self.blocks, key=lambda b: b.verdict not in ("too_fast", "too_slow")):
            pace = run_pace_s_per_km(block)
            if pace is None or not math.isfinite(pace) or pace <= 0:
                continue
            a, b = self._edges(block)
            x, y = (a + b) / 2, self.frame.y(1000 / pace)
            side = SIDES[block.verdict]
            error = block.pace_se_s_per_km
            if error is not None and error < pace:
                low, high = self.frame.y(1000 / (pace + error)), self.frame.y(1000 / (pace - error))
                parts.append(_rule(x, low, x, high, f"bar {side}"))
            parts.append(f'<circle class="m {side}" cx="{x:.1f}" cy="{y:.1f}" r="3.6"/>')
            words = pace_text(pace, self.unit)
            is_off = block.verdict in ("too_fast", "too_slow")
            if b - a < (len(words) + (0 if is_off else 1)) * self.layout.letter:
                continue
            faster = (block.deviation_s_per_km or 0.0) < 0
            near = self._heights(x - 2.6 * self.layout.letter, x + 2.6 * self.layout.letter)
            at = label_height(near, y, faster, self.frame, self.layout.size)
            length = 1.5 * len(words) * self.layout.letter
            x = min(x, self.layout.right - length / 2)
            if all(abs(x - u) >= length or abs(at - v) >= self.layout.size for u, v in taken):
                taken.append((x, at))
                parts.append(_text(x, at, words, f"val {side}"))
        return parts

    def _heights(self, left: float, right: float) -> list[float]:
        """Heights of the run's line between two places."""
        trace = self.review.trace
        width = self.frame.right - self.frame.left
        a, b = (
            self.frame.start_s
            + (x - self.frame.left) / width * (self.frame.end_s - self.frame.start_s)
            for x in (left, right)
        )
        inside = (trace.elapsed_s >= a) & (trace.elapsed_s <= b)
        return [self.frame.y(v) for v in trace.speed_mps[inside].tolist() if math.isfinite(v)]

    def _changes(self) -> list[str]:
        """Wedges where the pace was really changed, and by how much too early or late."""
        changes = [(b, b.executed) for b in self.blocks[1:] if b.executed is not None]
        seen = [(b, e) for b, e in changes if e.confidence >= LEAST_CONFIDENCE]
        if not seen:
            return []
        y = self.y + self.layout.size * 1.1
        self.y = y + 4
        parts = [_rule(self.frame.left, self.y, self.frame.right, self.y, "base")]
        ends = [self.frame.x(executed.start_s) for _, executed in seen[1:]] + [self.frame.right]
        for (_, executed), end in zip(seen, ends, strict=True):
            x = self.frame.x(executed.start_s)
            tip = self.y - 10
            parts.append(
                f'<path class="exe" d="M{x:.1f} {tip:.1f}l-3.5 9h7z"/>'
                + _rule(x, self.frame.bottom, x, tip, "exel")
            )
            words, short = _shift_words(executed.shift_s)
            room = (end - x - 10) / self.layout.letter
            told = words if len(words) <= room else short if len(short) <= room else ""
            if told and self.layout.head_lines > 1:
                parts.append(_text(x + 8, y - 1, told, anchor="start"))
        return parts

    def _heart(self) -> list[str]:
        """Draw the heart rate below, thinner and paler, with the mean of each block."""
        trace = self.review.trace
        inside = (trace.elapsed_s >= self.frame.start_s) & (trace.elapsed_s <= self.frame.end_s)
        rates = trace.heart_rate_bpm[inside].tolist()
        known = [r for r in rates if math.isfinite(r)]
        if len(known) < 10:
            return []
        top, height = self.y + 8, 2.6 * self.layout.size
        low, high = float(min(known)), float(max(*known, min(known) + 20))

        def y(rate: float) -> float:
            """Place of a heart rate."""
            return top + height - (rate - low) / (high - low) * height

        times = trace.elapsed_s[inside].tolist()
        points = [
            (self.frame.x(t), y(r) if math.isfinite(r) else math.nan)
            for t, r in zip(times, rates, strict=True)
        ][::2]
        self.y = top + height + self.layout.size
        parts = [f'<path class="hr" d="{_path(points)}"/>']
        parts.append(_text(self.layout.left - 6, top + height, say("heart"), "hrl", "end"))
        first = True
        for block in self.blocks:
            rate = block.heart_rate_bpm
            a, b = self._edges(block)
            if rate is None or b - a < 5 * self.layout.letter:
                continue
            words = f"{round_half_up(rate):.0f}"
            if first and b - a >= (len(words) + 5) * self.layout.letter:
                words += " bpm"
                first = False
            at = min(y(rate) + self.layout.size, self.y - 2)
            parts.append(_text((a + b) / 2, at, words, "hrl"))
        return parts

    def _ground(self) -> list[str]:
        """Draw the height of the ground, where it is known and more than flat."""
        trace = self.review.trace
        inside = (trace.elapsed_s >= self.frame.start_s) & (trace.elapsed_s <= self.frame.end_s)
        heights = trace.elevation_m[inside].tolist()
        times = trace.elapsed_s[inside].tolist()
        known = [(t, h) for t, h in zip(times, heights, strict=True) if math.isfinite(h)]
        if len(known) < 10:
            return []
        low, high = min(h for _, h in known), max(h for _, h in known)
        if high - low < LEAST_CLIMB_M:
            return []
        height = 1.5 * self.layout.size
        bottom = self.y + 8 + height
        scale = height / max(high - low, 25.0)
        points = [(self.frame.x(t), bottom - 3 - (h - low) * scale) for t, h in known[::4]]
        shape = f"{points[0][0]:.1f},{bottom:.1f} "
        shape += " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        shape += f" {points[-1][0]:.1f},{bottom:.1f}"
        self.y = bottom
        parts = [
            f'<polygon class="ground" points="{shape}"/>',
            _text(self.layout.left - 6, bottom, say("ground"), anchor="end"),
        ]
        for (x, y), (_, h) in zip(points, known[::4], strict=True):
            if h in (low, high) and self.layout.left + 20 < x < self.layout.right - 20:
                parts.append(_text(x, y - 4, f"{round_half_up(h):.0f} m"))
        return parts

    def _minutes(self) -> list[str]:
        """Label the time at the bottom."""
        marks = minute_marks(self.frame, self.layout.minutes)
        y = self.y + self.layout.size * 1.15
        self.y = y + 5
        parts = []
        for i, minute in enumerate(marks):
            words = f"{minute}" + (" min" if i == len(marks) - 1 else "")
            x = self.frame.x(minute * 60)
            is_last = x + 3 * self.layout.letter > self.layout.width
            parts.append(_text(x, y, words, anchor="end" if is_last else "middle"))
        return parts


def _shift_words(shift_s: float) -> tuple[str, str]:
    """Say how far off a change was: ``changed 6 s early``, and in short ``6 s early``."""
    seconds = round_half_up(abs(shift_s))
    if seconds < TOLD_SHIFT_S:
        return say("changed on time"), say("on time")
    time = f"{seconds:.0f} s" if seconds < 120 else clock_text(seconds)
    if shift_s < 0:
        return say("changed {time} early", time=time), say("{time} early", time=time)
    return say("changed {time} late", time=time), say("{time} late", time=time)


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "middle") -> str:
    """Write words."""
    style = f' class="{kind}"' if kind else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{style} x="{x:.1f}" y="{y:.1f}"{place}>{escape(words)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Draw a line."""
    return f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def _path(points: Iterable[tuple[float, float]]) -> str:
    """Join points, lifting the pen where there is none."""
    out: list[str] = []
    pen = "M"
    for x, y in points:
        if not math.isfinite(y):
            pen = "M"
            continue
        out.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    return "".join(out)


def _area(times: Floats, speeds: Floats) -> Sequence[tuple[float, float]]:
    """Return the points of a line that are known."""
    return [
        (t, v) for t, v in zip(times.tolist(), speeds.tolist(), strict=True) if math.isfinite(v)
    ]
