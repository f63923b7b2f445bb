"""``--explain``: where every point of the score went, in tables whose last column adds up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.language import decimal, noted, say
from analyzer.report.measures import DASH
from analyzer.report.styled import Line
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.explanation import BlockTerms, Explanation, StepTerms
    from analyzer.model.review import Review

BOLD, DIM = "bold", "dim"


class Column(Struct, frozen=True):
    """One column of a table; ``is_kept`` on narrow terminals too."""

    name: str
    width: int
    is_kept: bool = True


BLOCK_COLUMNS = (
    Column(noted("Block"), 7),
    Column(noted("Off, %"), 6),
    Column(noted("Scale"), 7, is_kept=False),
    Column(noted("Doubt"), 7, is_kept=False),
    Column(noted("Allowed"), 9, is_kept=False),
    Column(noted("Times"), 7),
    Column(noted("Level"), 7),
    Column(noted("In band"), 9),
    Column(noted("Steady"), 8),
    Column(noted("Worth"), 6, is_kept=False),
)

STEP_COLUMNS = (
    Column(noted("Step to"), 9),
    Column(noted("Planned, %"), 11),
    Column(noted("Run, %"), 8),
    Column(noted("Doubt"), 7, is_kept=False),
    Column(noted("Taken"), 10),
    Column(noted("Overdone"), 10),
    Column(noted("Worth"), 18, is_kept=False),
)

TABLE_WIDTH = 80

FORMULA = "docs/methods/scoring.md"

SCALE_FAST = noted(
    "All blocks taken together were fast; {percent} % of that may be the watch's scale, and is "
    "taken off first."
)
SCALE_SLOW = noted(
    "All blocks taken together were slow; {percent} % of that may be the watch's scale, and is "
    "taken off first."
)
BLOCKS_COUNT = noted(
    "A block's score is 60 % its level (how far off, less the doubt, as a multiple of what is "
    "allowed), 25 % its share in band, and 15 % its steadiness."
)
BLOCKS_TOO_SHORT = noted(
    "A block's score is 60 % its level (how far off, less the doubt, as a multiple of what is "
    "allowed), 25 % its share in band, and 15 % its steadiness; 71 and 29 % where a block is too "
    "short for the last."
)
"""How to read the columns."""


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
    explanation = review.score.explanation
    if explanation is None or review.score.overall is None:
        return [Line.of(say("Where the points went"), BOLD), Line.of(say("Nothing was scored."))]
    lost = adding_up(_losses(explanation, review))
    blocks, steps = len(explanation.blocks), len(explanation.steps)
    wide = width >= TABLE_WIDTH
    lines = [Line.of(say("Where the points went"), BOLD), Line()]
    cells = [_block_cells(b, explanation.common_pct) for b in explanation.blocks]
    lines += _table(BLOCK_COLUMNS, cells, lost, wide=wide)
    if explanation.steps:
        cells = [_step_cells(s) for s in explanation.steps]
        lines += [Line(), *_table(STEP_COLUMNS, cells, lost[blocks:], wide=wide)]
    names = [name for name, _ in _of_the_session(explanation, review)]
    rest = list(zip(names, lost[blocks + steps :], strict=True))
    edge = len(lines[-1].plain)
    lines.append(Line())
    lines += [
        Line.of(f"{words:<{edge - 6}}").add(f"{decimal(points, 1):>6}", BOLD)
        for words, points in rest
    ]
    total = round_half_up(sum(lost), 1)
    exact = round_half_up(100 - total, 1)
    in_all = say("Lost in total")
    lines.append(Line.of(f"{in_all:<{edge - 6}}{decimal(total, 1):>6}", BOLD))
    lines += [Line(), Line.of(_sum(review, total, exact)), *_words(explanation, review)]
    return lines


def _sum(review: Review, total: float, exact: float) -> str:
    """Add up, with the score before rounding where rounding twice would show another one."""
    overall = review.score.overall or 0.0
    facts = {
        "total": decimal(total, 1),
        "exact": decimal(exact, 1),
        "shown": f"{round_half_up(overall):.0f}",
    }
    if round_half_up(exact) == round_half_up(overall):
        return say("100 less {total} is {exact}, shown as {shown}.", **facts)
    return say(
        "100 less {total} is {exact} ({before} before rounding), shown as {shown}.",
        **facts,
        before=decimal(math.floor(100 * overall) / 100, 2),
    )


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


def _losses(explanation: Explanation, review: Review) -> list[float]:
    """Return all that was lost, in the order of the lines."""
    lost = [b.lost for b in explanation.blocks] + [s.lost for s in explanation.steps]
    return lost + [points for _, points in _of_the_session(explanation, review)]


def _of_the_session(explanation: Explanation, review: Review) -> list[tuple[str, float]]:
    """Name what the session as a whole lost, and how much; what is rare only where it happened."""
    not_run = round_half_up(100 * (1 - review.score.completion), 1)
    rare = (
        (say("Changes made early"), explanation.lost_early),
        (say("Too little progression"), explanation.lost_flat),
        (say("A score is never below 0"), explanation.lost_beyond),
    )
    return [
        (say("Not run: {percent} %", percent=decimal(not_run)), explanation.lost_completion),
        (say("Stops and breaks"), explanation.lost_stops),
        *((name, points) for name, points in rare if points),
    ]


def _block_cells(terms: BlockTerms, common_pct: float) -> list[str]:
    """Return one block, one text a column."""
    free = math.isinf(terms.tolerance_pct)
    return [
        str(terms.block),
        _signed(terms.off_pct),
        _signed(-common_pct),
        _tenths(terms.doubt_pct),
        DASH if free else _tenths(terms.tolerance_pct),
        _tenths(terms.tolerances_off),
        f"{round_half_up(terms.level):.0f}",
        f"{round_half_up(terms.in_band):.0f}",
        DASH if terms.steady is None else f"{round_half_up(terms.steady):.0f}",
        _tenths(100 * terms.weight),
    ]


def _step_cells(terms: StepTerms) -> list[str]:
    """Return one step up, one text a column."""
    return [
        str(terms.second),
        _tenths(terms.planned_pct),
        _tenths(terms.run_pct),
        _tenths(terms.doubt_pct),
        f"{round_half_up(100 * terms.taken):.0f} %",
        f"{round_half_up(100 * terms.forced):.0f} %",
        _tenths(terms.worth),
    ]


def _table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], lost: Sequence[float], *, wide: bool
) -> list[Line]:
    """Return a table with the points lost as its last column."""
    names = [say(column.name) for column in columns]
    kept = [(i, c) for i, c in enumerate(columns) if wide or c.is_kept]
    start = kept[0][1].width
    head = f"{names[0]:<{start}}" + "".join(f"{names[i]:>{c.width}}" for i, c in kept[1:])
    lost_name = say("Lost")
    lines = [Line.of(f"{head}{lost_name:>7}", DIM)]
    for row, points in zip(rows, lost, strict=False):
        text = f"{row[0]:<{start}}" + "".join(f"{row[i]:>{c.width}}" for i, c in kept[1:])
        lines.append(Line.of(text).add(f"{decimal(points, 1):>7}", BOLD))
    return lines


def _words(explanation: Explanation, review: Review) -> list[Line]:
    """Say how to read the columns."""
    texts = []
    scale = abs(round_half_up(explanation.common_pct, 1))
    if scale:
        message = SCALE_FAST if explanation.common_pct > 0 else SCALE_SLOW
        texts.append(say(message, percent=decimal(scale)))
    is_short = any(terms.steady is None for terms in explanation.blocks)
    texts += [
        say(BLOCKS_TOO_SHORT if is_short else BLOCKS_COUNT),
        say("A step counts as far as it was taken, less what it was overdone by."),
        say("Method {method}: {where}.", method=review.method, where=FORMULA),
    ]
    return [Line.of(" ".join(texts), DIM)]


def _tenths(value: float) -> str:
    """Return a number with one decimal."""
    return decimal(round_half_up(value, 1), 1)


def _signed(value: float) -> str:
    """Return a percentage with its sign; nought has none."""
    rounded = round_half_up(value, 1)
    return ("+" if rounded > 0 else "") + decimal(rounded, 1)
