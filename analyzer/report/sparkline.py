"""Plan and run as rows of bars for a terminal: a column is a stretch of time, higher is faster."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.language import say
from analyzer.report.measures import seconds_text
from analyzer.report.styled import DIM, FAST, SLOW, Line, cut, padded
from analyzer.report.view import planned_speeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.review import Review, Trace

BARS = "▁▂▃▄▅▆▇█"

MOST_COLUMNS = 60

EXCURSION_STYLES = {"fast": FAST, "slow": SLOW}


class _Grid(Struct, frozen=True):
    """The columns of a sparkline: the elapsed second of the first, seconds a column, how many."""

    start_s: float
    step_s: float
    columns: int

    def stretches(self) -> list[tuple[float, float]]:
        """Elapsed seconds at both edges of each column."""
        edges = (self.start_s + i * self.step_s for i in range(self.columns + 1))
        return list(pairwise(edges))

    def middles(self) -> list[float]:
        """Elapsed second in the middle of each column."""
        return [(a + b) / 2 for a, b in self.stretches()]


def sparkline(review: Review, width: int) -> list[Line]:
    """
    Return plan and run as rows of bars, block numbers above and stops below.

    Parameters
    ----------
    review : Review
        With its trace.
    width : int
        Columns of the terminal.

    Returns
    -------
    list of Line
        Empty where nothing was run or no speed was measured.
    """
    trace = review.trace
    blocks = _placed(review)
    grid = _grid(blocks, min(width - 12, MOST_COLUMNS)) if trace.elapsed_s.size else None
    if grid is None:
        return []
    planned = [_planned_speed(blocks, at_s) for at_s in grid.middles()]
    run = [_run_speed(trace, start_s, end_s) for start_s, end_s in grid.stretches()]
    limits = _limits(planned, run)
    if limits is None:
        return []
    plan_row = _row_name(say("plan")).add("".join(_bar(v, limits) for v in planned), DIM)
    run_row = _row_name(say("run"))
    for speed, at_s in zip(run, grid.middles(), strict=True):
        run_row.add(_bar(speed, limits), _style_at(trace, at_s))
    return [_number_row(blocks, grid), plan_row, run_row, *_stop_row(review, grid)]


def _placed(review: Review) -> list[BlockResult]:
    """Return the blocks that have a place in the recording."""
    return [b for b in review.blocks if b.start_s is not None and b.end_s is not None]


def _grid(blocks: Sequence[BlockResult], columns: int) -> _Grid | None:
    """Return the columns that cover all blocks; None where they take no time."""
    if not blocks:
        return None
    start_s = min(b.start_s or 0.0 for b in blocks)
    end_s = max(b.end_s or 0.0 for b in blocks)
    step_s = (end_s - start_s) / columns
    return _Grid(start_s, step_s, columns) if step_s > 0 else None


def _limits(
    planned: Sequence[float | None], run: Sequence[float | None]
) -> tuple[float, float] | None:
    """Return the speeds of the lowest and the highest bar: the plan, and 90 % of the run."""
    plan_speeds = [v for v in planned if v is not None]
    run_speeds = sorted(v for v in run if v is not None) or plan_speeds
    if not run_speeds:
        return None
    outliers = len(run_speeds) // 20
    speeds = [*plan_speeds, run_speeds[outliers], run_speeds[-1 - outliers]]
    low, high = min(speeds), max(speeds)
    return (low, high) if high > low * 1.02 else (low * 0.95, high * 1.05)


def _row_name(name: str) -> Line:
    """Return the name in front of a row of bars, cut and filled up to eight columns."""
    return Line.of(padded(cut(name, 7), 8), DIM)


def _number_row(blocks: Sequence[BlockResult], grid: _Grid) -> Line:
    """Return the number of each block where it begins, as far as two cannot read as one."""
    row = [" "] * grid.columns
    free_from = 0
    for block in blocks:
        begins = int(((block.start_s or 0.0) - grid.start_s) / grid.step_s + 0.5)
        place, number = min(grid.columns - 1, begins), str(block.index)
        if place < free_from:
            continue
        free_from = place + len(number) + 1
        row[place : place + len(number)] = number
    return _row_name(say("block")).add("".join(row[: grid.columns]), DIM)


def _planned_speed(blocks: Sequence[BlockResult], at_s: float) -> float | None:
    """Planned speed at an elapsed second [m/s]; None without a pace."""
    for block in blocks:
        start_s = block.start_s or 0.0
        if not start_s <= at_s < (block.end_s or 0.0):
            continue
        ends = planned_speeds(block)
        if ends is None:
            return None
        share = (at_s - start_s) / block.elapsed_s if block.elapsed_s else 0.0
        return ends[0] + share * (ends[1] - ends[0])
    return None


def _run_speed(trace: Trace, start_s: float, end_s: float) -> float | None:
    """Mean smoothed speed between two elapsed seconds [m/s]; None where nobody ran."""
    inside = (trace.elapsed_s >= start_s) & (trace.elapsed_s < end_s)
    speeds = [v for v in trace.speed_mps[inside].tolist() if math.isfinite(v)]
    return sum(speeds) / len(speeds) if speeds else None


def _bar(speed: float | None, limits: tuple[float, float]) -> str:
    """Return one column: faster is higher."""
    if speed is None:
        return " "
    low, high = limits
    share = (speed - low) / (high - low)
    return BARS[round(min(1.0, max(0.0, share)) * (len(BARS) - 1))]


def _style_at(trace: Trace, at_s: float) -> str:
    """Return the colour of an excursion at an elapsed second."""
    for excursion in trace.excursions:
        if excursion.start_s <= at_s < excursion.end_s:
            return EXCURSION_STYLES[excursion.side]
    return ""


def _stop_row(review: Review, grid: _Grid) -> list[Line]:
    """Return a row of the stops, as many as fit; none where there is nothing to show."""
    row = [" "] * (grid.columns + 4)
    free_from = 0
    for stop in review.activity.stops:
        place = int((stop.span.start_s - grid.start_s) / grid.step_s)
        if not 0 <= place < grid.columns:
            continue
        label = f"■ {seconds_text(stop.span.duration_s)}"
        place = min(place, len(row) - len(label))
        if place < free_from:
            continue
        row[place : place + len(label)] = label
        free_from = place + len(label) + 1
    words = "".join(row).rstrip()
    return [_row_name(say("stop")).add(words)] if words else []
