"""Runs side by side on a card for a chat: a row a run, all drawn on the same axes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.report.card import (
    BAND,
    BLUE,
    HEIGHT,
    INK,
    LEFT,
    NOTE,
    ORANGE,
    PAPER,
    RIGHT,
    SIDES,
    WIDTH,
    Page,
    kept_together,
    render_card,
)
from analyzer.report.compare.axes import shared_axes, stretches
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import MINUS, columns, run_row, side_unit, title_text
from analyzer.report.frame import band_of, drawn_blocks, span_of
from analyzer.report.language import say
from analyzer.report.styled import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.comparison import Compared, SideBySide
    from analyzer.model.review import Review
    from analyzer.report.compare.axes import SharedAxes
    from analyzer.report.compare.view import Cell, Column, RunRow
    from analyzer.units import Unit

MOST_RUNS = 12
"""More rows could not be read on a phone."""

MOST_COLUMNS = 6
"""With more blocks the signs are in the drawing."""

STRETCHES = {"": INK, "fast": BLUE, "slow": ORANGE}

SIZES = ((44, 2), (38, 3), (32, 4), (28, 7))
"""Sizes of the sentence [px], and how many lines each may take."""

DRAWN_FROM, DRAWN_TO, CELLS_FROM = 336, 560, 576
"""Where the drawings begin and end, and where the blocks begin [px]."""

HIGHEST_ROW, SUMMARY_ROW, WORD_ROW = 230.0, 168.0, 96.0
"""Height of a row at most, and from where on its findings and its word have room [px]."""

MOST_POINTS = 300


def png_file(side: SideBySide, units: Unit | None = None) -> tuple[bytes, ...]:
    """Draw the cards as pictures."""
    return render_comparison_figures(side, "png", units)


def svg_file(side: SideBySide, units: Unit | None = None) -> tuple[bytes, ...]:
    """Draw the cards as drawings."""
    return render_comparison_figures(side, "svg", units)


def render_comparison_figures(
    side: SideBySide, form: str = "png", units: Unit | None = None
) -> tuple[bytes, ...]:
    """
    Draw as many cards as the runs need, all on the same axes, about as many runs on each.

    Parameters
    ----------
    side : SideBySide
        What to show, at most 12 runs on a card.
    form : {'png', 'svg'}
        As pictures or as drawings.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.

    Returns
    -------
    tuple of bytes
        The same for the same runs, on any day.
    """
    count = -(-len(side.runs) // MOST_RUNS)
    ends = [len(side.runs) * i // count for i in range(count + 1)]
    shown = (range(first, end) for first, end in pairwise(ends))
    return tuple(_card(side, places, form, units) for places in shown)


def _card(side: SideBySide, places: range, form: str, units: Unit | None) -> bytes:
    """Draw the card of some of the runs, by their places."""
    unit = side_unit(side, units)

    def draw(page: Page) -> None:
        top = _head(page, side)
        bottom = _foot(page, side, unit, places)
        heads = columns(side, unit)
        top = _names(page, heads, top + 44)
        axes = shared_axes(run.review for run in side.runs)
        height = min(HIGHEST_ROW, (bottom - top) / len(places))
        for i, place in enumerate(places):
            run = side.runs[place]
            _run(page, run, run_row(run, unit), (top + i * height, height), axes)

    return render_card(form, draw)


def _head(page: Page, side: SideBySide) -> float:
    """Write title and sentences; return where they end."""
    page.text(LEFT, 76, cut(title_text(side), 54), 25, color=NOTE)
    page.text(RIGHT, 76, "progcheck", 25, color=NOTE, ha="right")
    first, second = sentences(side)
    y = page.sentence(kept_together(first), SIZES, 96.0)
    if second:
        lines = page.wrapped(kept_together(second), 26)[:4]
        y = page.lines(lines, y + 4, 26, 38, color=NOTE)
    page.rule(y + 32)
    return y + 32


def _foot(page: Page, side: SideBySide, unit: Unit, places: range) -> float:
    """Say how to read the card; return where the rows above may end."""
    signs = say("▲ too fast, ▼ too slow, ■ not finished.")
    signs = ", ".join(part.replace(" ", "\u00a0") for part in signs.split(", "))
    numbers = say("{unit} off the plan: {minus} faster, + slower.", unit=f"s/{unit}", minus=MINUS)
    scores = say("Scores: 90 % range.")
    is_table = len(side.blocks) <= MOST_COLUMNS
    words = " ".join((numbers, signs, scores) if is_table else (signs, scores))
    if len(places) < len(side.runs):
        first, last, total = places.start + 1, places.stop, len(side.runs)
        part = say("Runs {first} to {last} of {total}.", first=first, last=last, total=total)
        words = f"{part} {words}"
    lines = page.wrapped(words, 22)
    above = 1318.0 - 30 * len(lines)
    page.lines(lines, above, 22, 30, color=NOTE)
    return above - 10


def _places(count: int) -> list[float]:
    """Return the right edge of each block's column."""
    each = (RIGHT - CELLS_FROM) / count
    return [CELLS_FROM + each * (i + 1) for i in range(count)]


def _names(page: Page, heads: Sequence[Column], y: float) -> float:
    """Write the names of the columns; return where they end."""
    if len(heads) <= MOST_COLUMNS:
        for head, x in zip(heads, _places(len(heads)), strict=True):
            page.text(x, y, head.index, 24, weight="bold", ha="right")
            page.text(x, y + 28, cut(head.planned, 6), 21, color=NOTE, ha="right")
        page.text(LEFT, y + 28, say("Score"), 21, color=NOTE)
        y += 28
    else:
        page.text(LEFT, y, say("Score"), 21, color=NOTE)
        blocks = say("Blocks 1 to {last}", last=heads[-1].index)
        page.text(DRAWN_FROM, y, blocks, 21, color=NOTE)
    page.rule(y + 14, 1.6)
    return y + 14


def _run(
    page: Page,
    run: Compared,
    row: RunRow,
    place: tuple[float, float],
    axes: SharedAxes | None,
) -> None:
    """Write and draw one run; top and height of its place in pixels."""
    top, height = place
    lines = page.wrapped(kept_together(row.summary), 22)[:2] if height >= SUMMARY_ROW else []
    middle = top + (height - 30 * len(lines)) / 2
    _label(page, row, middle, has_word=height >= WORD_ROW and not lines)
    page.lines(lines, top + height - 24 - 30 * len(lines), 22, 30, color=NOTE)
    is_table = len(row.cells) <= MOST_COLUMNS
    room = min(height - 16 - 36 * len(lines), 110.0)
    right = DRAWN_TO if is_table else RIGHT
    draw_run(page, run.review, axes, (DRAWN_FROM, middle - room / 2, right, middle + room / 2))
    if is_table:
        for cell, x in zip(row.cells, _places(len(row.cells)), strict=True):
            _cell(page, cell, x, middle + 8)
    elif axes is not None:
        _signs(page, run.review, row, axes, middle - room / 2)
    page.rule(top + height, 0.6)


def _label(page: Page, row: RunRow, middle: float, *, has_word: bool) -> None:
    """Write what a run is called, its score with the range, and its word where there is room."""
    y = middle - (20 if has_word else 8)
    page.text(LEFT, y, cut(row.label, 17), 25, weight="bold")
    score = page.text(LEFT, y + 31, row.score, 25, weight="bold")
    if row.sure:
        page.text(score.get_window_extent().x1 + 12, y + 31, row.sure, 22, color=NOTE)
    if has_word:
        page.text(LEFT, y + 59, row.word, 20, color=NOTE)


def _cell(page: Page, cell: Cell, x: float, y: float) -> None:
    """Write one block of one run, its sign in front."""
    is_off = cell.kind in ("too_fast", "too_slow")
    style = {"color": SIDES[cell.kind], "weight": "bold" if is_off else "normal", "ha": "right"}
    words = page.text(x, y, cell.off, 23, **style)
    sign = NOTE if cell.kind == "held" else SIDES[cell.kind]
    page.text(words.get_window_extent().x0 - 3, y, cell.glyph, 17, color=sign, ha="right")


def draw_run(
    page: Page, review: Review, axes: SharedAxes | None, box: tuple[float, float, float, float]
) -> None:
    """Draw one run over its plan on the shared axes; x and y of the box in pixels."""
    blocks = drawn_blocks(review)
    if axes is None or not blocks:
        return
    left, top, right, bottom = box
    drawing = page.figure.add_axes(
        (left / WIDTH, 1 - bottom / HEIGHT, (right - left) / WIDTH, (bottom - top) / HEIGHT),
        facecolor=PAPER,
    )
    drawing.set_axis_off()
    start_s, _ = span_of(blocks)
    drawing.set_xlim(start_s, start_s + axes.length_s)
    drawing.set_ylim(axes.low_mps, axes.high_mps)
    for block in blocks:
        band = band_of(block)
        if band is not None:
            ends = [block.start_s, block.end_s]
            drawing.fill_between(ends, band[0], band[1], color=BAND, linewidth=0)
    for stretch in stretches(review, MOST_POINTS):
        x, y = zip(*stretch.points, strict=True)
        width = 1.6 if stretch.side else 1.2
        drawing.plot(x, y, color=STRETCHES[stretch.side], linewidth=width)


def _signs(page: Page, review: Review, row: RunRow, axes: SharedAxes, y: float) -> None:
    """Put the sign of every block that was off above its place in the drawing."""
    start_s, _ = span_of(drawn_blocks(review)) if drawn_blocks(review) else (0.0, 0.0)
    for block, cell in zip(review.blocks, row.cells, strict=True):
        if block.start_s is None or block.end_s is None or cell.glyph in "●·":
            continue
        share = ((block.start_s + block.end_s) / 2 - start_s) / axes.length_s
        x = DRAWN_FROM + share * (RIGHT - DRAWN_FROM)
        page.text(x, y + 10, cell.glyph, 17, color=SIDES[cell.kind], ha="center")
