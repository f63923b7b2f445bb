"""``--explain``: where every point of the score went, in tables whose last column adds up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.report.styled import Line
from analyzer.report.view import DASH
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.explanation import BlockTerms, Explanation, StepTerms
    from analyzer.model.review import Review

BOLD, DIM = "bold", "dim"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``is_kept`` on narrow terminals too."""

    name: str
    width: int
    is_kept: bool = True


BLOCK_COLUMNS = (
    Column("Block", 7), Column("Off, %", 6), Column("Scale", 7, is_kept=False),
    Column("Doubt", 7, is_kept=False), Column("Allowed", 9, is_kept=False), Column("Times", 7),
    Column("Level", 7), Column("In band", 9), Column("Steady", 8),
    Column("Worth", 6, is_kept=False),
)  # fmt: skip

STEP_COLUMNS = (
    Column("Step to", 9), Column("Planned, %", 11), Column("Run, %", 8),
    Column("Doubt", 7, is_kept=False), Column("Taken", 10), Column("Overdone", 10),
    Column("Worth", 18, is_kept=False),
)  # fmt: skip

TABLE_WIDTH = 80

FORMULA = "docs/methods/scoring.md"


def explanation_lines(review: Review, width: int = 80) -> list[Line]:
    """
    Return the terms of the score: blocks, steps, what was not run, standing, and their sum.

    Every figure of the last column is rounded so that they add up to what is shown
    as their sum.

    Parameters
    ----------
    review : Review
        With the explanation of its score.
    width : int
        Columns; a narrow terminal loses those that the others follow from.
    """
    told = review.score.explanation
    if told is None or review.score.overall is None:
        return [Line.of("Where the points went", BOLD), Line.of("Nothing was scored.")]
    lost = adding_up(_losses(told))
    blocks, steps = len(told.blocks), len(told.steps)
    wide = width >= TABLE_WIDTH
    lines = [Line.of("Where the points went", BOLD), Line()]
    lines += _table(
        BLOCK_COLUMNS, [_block_cells(b, told.common_pct) for b in told.blocks], lost, wide=wide
    )
    if told.steps:
        cells = [_step_cells(s) for s in told.steps]
        lines += [Line(), *_table(STEP_COLUMNS, cells, lost[blocks:], wide=wide)]
    not_run = round_half_up(100 * (1 - review.score.completion), 1)
    rest = [
        (f"Not run: {not_run:g} %", lost[blocks + steps]),
        ("Standing", lost[blocks + steps + 1]),
    ]
    if told.lost_flat:
        rest.append(("Too little progression", lost[blocks + steps + 2]))
    if told.lost_beyond:
        rest.append(("A score is never below 0", lost[-1]))
    edge = len(lines[-1].plain)
    lines.append(Line())
    lines += [
        Line.of(f"{words:<{edge - 6}}").add(f"{points:>6.1f}", BOLD) for words, points in rest
    ]
    total = round_half_up(sum(lost), 1)
    exact = round_half_up(100 - total, 1)
    lines.append(Line.of(f"{'Lost in all':<{edge - 6}}{total:>6.1f}", BOLD))
    shown = f"{round_half_up(review.score.overall):.0f}"
    lines += [
        Line(),
        Line.of(f"100 less {total:.1f} is {exact:.1f}{_before(review, exact)}, shown as {shown}."),
        *_words(told, review),
    ]
    return lines


def _before(review: Review, exact: float) -> str:
    """Say the score before rounding where rounding twice would show another one."""
    overall = review.score.overall or 0.0
    if round_half_up(exact) == round_half_up(overall):
        return ""
    return f" ({math.floor(100 * overall) / 100:.2f} before rounding)"


def adding_up(values: Sequence[float]) -> list[float]:
    """
    Round to one decimal so that the rounded values add up to the rounded sum.

    Those that lost most by rounding down get a tenth more, and the other way round.
    """
    tenths = [math.floor(10 * v + 1e-9) for v in values]
    missing = round(round_half_up(sum(values), 1) * 10) - sum(tenths)
    order = sorted(range(len(values)), key=lambda i: tenths[i] - 10 * values[i])
    for i in order[: max(0, missing)]:
        tenths[i] += 1
    return [t / 10 for t in tenths]


def _losses(told: Explanation) -> list[float]:
    """Return all that was lost, in the order of the lines."""
    lost = [b.lost for b in told.blocks] + [s.lost for s in told.steps]
    lost += [told.lost_completion, told.lost_stops]
    return lost + [points for points in (told.lost_flat, told.lost_beyond) if points]


def _block_cells(terms: BlockTerms, common_pct: float) -> list[str]:
    """Return one block, one text a column."""
    free = math.isinf(terms.tolerance_pct)
    return [
        str(terms.block),
        _signed(terms.off_pct),
        _signed(-common_pct),
        f"{round_half_up(terms.doubt_pct, 1):.1f}",
        DASH if free else f"{round_half_up(terms.tolerance_pct, 1):.1f}",
        f"{round_half_up(terms.tolerances_off, 1):.1f}",
        f"{round_half_up(terms.level):.0f}",
        f"{round_half_up(terms.in_band):.0f}",
        DASH if terms.steady is None else f"{round_half_up(terms.steady):.0f}",
        f"{round_half_up(100 * terms.weight, 1):.1f}",
    ]


def _step_cells(terms: StepTerms) -> list[str]:
    """Return one step up, one text a column."""
    return [
        str(terms.second),
        f"{round_half_up(terms.planned_pct, 1):.1f}",
        f"{round_half_up(terms.run_pct, 1):.1f}",
        f"{round_half_up(terms.doubt_pct, 1):.1f}",
        f"{round_half_up(100 * terms.taken):.0f} %",
        f"{round_half_up(100 * terms.forced):.0f} %",
        f"{round_half_up(terms.worth, 1):.1f}",
    ]


def _table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], lost: Sequence[float], *, wide: bool
) -> list[Line]:
    """Return a table with the points lost as its last column."""
    kept = [(i, c) for i, c in enumerate(columns) if wide or c.is_kept]
    start = kept[0][1].width
    head = f"{kept[0][1].name:<{start}}" + "".join(f"{c.name:>{c.width}}" for _, c in kept[1:])
    lines = [Line.of(f"{head}{'Lost':>7}", DIM)]
    for row, points in zip(rows, lost, strict=False):
        text = f"{row[0]:<{start}}" + "".join(f"{row[i]:>{c.width}}" for i, c in kept[1:])
        lines.append(Line.of(text).add(f"{points:>7.1f}", BOLD))
    return lines


def _words(told: Explanation, review: Review) -> list[Line]:
    """Say how to read the columns."""
    scale = abs(round_half_up(told.common_pct, 1))
    side = "fast" if told.common_pct > 0 else "slow"
    common = (
        f"The middle of all blocks is {side}; {scale} % of it may be the watch's scale, and is "
        "taken off first. "
        if scale
        else ""
    )
    unsteady = any(terms.steady is None for terms in told.blocks)
    short = "; 71 and 29 % where a block is too short for that" if unsteady else ""
    text = (
        f"{common}A block counts 60 % by its level (off less doubt, in times of what is "
        f"allowed), 25 % by the share of it in band, 15 % by steadiness{short}. A step counts as "
        "far as it was taken, less what it was overdone by. "
        f"Method {review.method}: {FORMULA}."
    )
    return [Line.of(text, DIM)]


def _signed(value: float) -> str:
    """Return a percentage with its sign; nought has none."""
    rounded = round_half_up(value, 1)
    return f"{rounded:+.1f}" if rounded else "0.0"
