"""One review on the card: sentence, score, table, chart and advice, readable on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.card import (
    INK,
    LEFT,
    NOTE,
    RIGHT,
    SIDES,
    Page,
    kept_together,
    render_card,
)
from analyzer.report.chart import draw_chart
from analyzer.report.headline import headline
from analyzer.report.language import after_colon, capital, say
from analyzer.report.measures import distance_text
from analyzer.report.people import name_text
from analyzer.report.view import block_row, score_words, unit_of
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.review import Review
    from analyzer.report.view import Row
    from analyzer.units import Unit

DOTS = {"too_fast": "▲", "too_slow": "▼", "held": "●", "not_scored": "·"}

MOST_ROWS = 9
"""Longer tables are folded; what was off is shown first."""

LOOSE_ROWS = 6
"""Longer tables are set tighter."""

NAME, PLANNED, RUN, OFF = LEFT + 44, 436, 576, 622
"""Columns of the table: left edges, of planned and run the right ones [px]."""

SIZES = ((52, 2), (44, 3), (36, 4), (32, 6))
"""Sizes of the sentence [px], and how many lines each may take."""


def png_file(reviews: Sequence[Review], units: Unit | None = None) -> tuple[bytes, ...]:
    """Draw a card for each review as a picture."""
    return tuple(render_figure(review, "png", units) for review in reviews)


def svg_file(reviews: Sequence[Review], units: Unit | None = None) -> tuple[bytes, ...]:
    """Draw a card for each review as a drawing."""
    return tuple(render_figure(review, "svg", units) for review in reviews)


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
        draw_chart(page.figure, review, unit, bottom + 46, end)

    return render_card(form, draw)


def _head(page: Page, review: Review, unit: Unit) -> float:
    """Write title, sentence and score; return where they end."""
    page.text(LEFT, 76, _about(review, unit), 25, color=NOTE)
    page.text(RIGHT, 76, "progcheck", 25, color=NOTE, ha="right")
    first, second = headline(review, unit)
    y = page.sentence(kept_together(first), SIZES, 98.0)
    if second:
        y = page.lines(page.wrapped(second, 26)[:2], y + 4, 26, 38, color=NOTE)
    page.rule(y + 36)
    return _score(page, review, y + 102)


def _about(review: Review, unit: Unit) -> str:
    """Return who, which plan and how far, short enough for one line."""
    name = clean_text(name_text(review), 14)
    plan = clean_text(review.plan.name, 24 if name else 34)
    distance = distance_text(review.activity.distance_m, unit)
    return " · ".join(part for part in (name, plan, distance) if part)


def _score(page: Page, review: Review, y: float) -> float:
    """Write score, word and range; return where they end."""
    score, word, sure = score_words(review)
    if not sure:
        page.text(LEFT, y, capital(word), 36, weight="bold")
        return y
    number = page.text(LEFT, y, score, 62, weight="bold")
    most = say("of 100")
    page.text(number.get_window_extent().x1 + 14, y, f"{most}, {word}", 31)
    page.text(RIGHT, y, sure, 26, color=NOTE, ha="right")
    return y


def _cut(text: str, most: int) -> str:
    """Shorten a text to a number of characters."""
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
    step, size = (47.0, 28) if len(rows) <= LOOSE_ROWS else (40.0, 25)
    y = top + 26
    for x, words, ha in (
        (LEFT, say("Block"), "left"), (PLANNED, say("Planned"), "right"),
        (RUN, say("Run"), "right"), (OFF, say("Off by"), "left"),
    ):  # fmt: skip
        page.text(x, y, words, 24, color=NOTE, ha=ha)
    page.rule(y + 14, 1.6)
    for row in rows:
        y += step
        if row is None:
            page.text(NAME, y, "…", size, color=NOTE)
            continue
        _row(page, row, y, size)
        page.rule(y + step * 0.32, 0.6)
    return y + step * 0.32


def _row(page: Page, row: Row, y: float, size: int) -> None:
    """Write one block of the table."""
    colour = SIDES[row.kind]
    page.text(LEFT, y, row.index, size, weight="bold")
    page.text(NAME, y, _cut(row.name, 18), size)
    page.text(PLANNED, y, row.planned, size, color=NOTE, ha="right")
    page.text(RUN, y, row.run, size, weight="bold", color=colour, ha="right")
    is_held = row.kind == "held"
    page.text(OFF, y, DOTS[row.kind], size * 0.8, color=NOTE if is_held else colour)
    words = row.off if row.is_run and row.kind != "not_scored" else row.verdict
    weight = "bold" if row.kind in ("too_fast", "too_slow") else "normal"
    page.text(OFF + 36, y, _cut(words, 24), size, color=INK if is_held else colour, weight=weight)


def _foot(page: Page, review: Review, unit: Unit) -> float:
    """Write what to do next time; return where the chart above may end."""
    suggestion = next_time(review, unit)
    if suggestion is None:
        return 1270.0
    words = say("Next time: {advice}", advice=after_colon(suggestion))
    lines = page.wrapped(kept_together(words), 25, "bold")[:2]
    above = 1310.0 - 33 * len(lines)
    page.lines(lines, above, 25, 33, weight="bold")
    return above - 55
