"""A squad sheet on a card for a chat: those who need the coach first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.card import INK, LEFT, NOTE, RIGHT, SIDES, Page, kept_together, render_card
from analyzer.report.compare.axes import shared_axes
from analyzer.report.compare.figure import draw_run
from analyzer.report.language import say
from analyzer.report.squad.sentences import sentences
from analyzer.report.squad.view import row_words, title_text
from analyzer.report.styled import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.squad import SquadRow, SquadSheet
    from analyzer.report.squad.view import RowWords
    from analyzer.units import Unit

SIZES = ((44, 2), (36, 3), (30, 4), (26, 6))
"""Sizes of the sentence [px], and how many lines each may take."""

DRAWN_FROM = 800
"""Where the drawings begin, and the words end [px]."""

WORDS_TO = DRAWN_FROM - 24

HEAD, STEP, PADDING = 32.0, 26.0, 14.0
"""Height of the line with the name, of each line below, and around a row [px]."""

LEAST_ROW = 96.0
"""A row is never lower, so that its drawing can be read [px]."""

DRAWN_HEIGHT = 56.0

FOOT, FOOT_LINES = 1318.0, 50.0
"""Where the card ends, and the height of what says how to read it [px]."""


def png_file(sheet: SquadSheet, units: Unit | None = None) -> tuple[bytes, ...]:
    """Draw the cards as pictures."""
    return render_squad_figures(sheet, "png", units)


def svg_file(sheet: SquadSheet, units: Unit | None = None) -> tuple[bytes, ...]:
    """Draw the cards as drawings."""
    return render_squad_figures(sheet, "svg", units)


def render_squad_figures(
    sheet: SquadSheet, form: str = "png", units: Unit | None = None
) -> tuple[bytes, ...]:
    """
    Draw as many cards as the athletes need, those who need the coach on the first.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    form : {'png', 'svg'}
        As pictures or as drawings.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.

    Returns
    -------
    tuple of bytes
        The same for the same sheet, on any day.
    """
    cards: list[bytes] = []
    next_place = 0

    def draw(page: Page) -> None:
        nonlocal next_place
        top = _head(page, sheet)
        shown = _shown(page, sheet.rows[next_place:], units, top)
        for row, words, lines in shown:
            top = _row(page, row, words, lines, top)
        places = range(next_place, next_place + len(shown))
        _foot(page, places, len(sheet.rows))
        next_place = places.stop

    while not cards or next_place < len(sheet.rows):
        cards.append(render_card(form, draw))
    return tuple(cards)


def _head(page: Page, sheet: SquadSheet) -> float:
    """Write title and sentences; return where they end."""
    page.text(LEFT, 76, cut(title_text(sheet), 54), 25, color=NOTE)
    page.text(RIGHT, 76, "progcheck", 25, color=NOTE, ha="right")
    first, second = sentences(sheet)
    y = page.sentence(kept_together(first), SIZES, 96.0)
    if second:
        y = page.lines(page.wrapped(second, 26)[:3], y + 4, 26, 38, color=NOTE)
    page.rule(y + 26, 1.6)
    return y + 26


def _shown(
    page: Page, rows: Sequence[SquadRow], units: Unit | None, top: float
) -> list[tuple[SquadRow, RowWords, list[str]]]:
    """Return as many rows as there is room for, one at least, each with its sentence in lines."""
    shown: list[tuple[SquadRow, RowWords, list[str]]] = []
    for row in rows:
        words = row_words(row, units)
        lines = page.wrapped(kept_together(words.first), 20, width=WORDS_TO - LEFT)
        top += _height(lines)
        if shown and top > FOOT - FOOT_LINES:
            break
        shown.append((row, words, lines))
    return shown


def _height(lines: Sequence[str]) -> float:
    """Return how high the row of an athlete is."""
    return max(LEAST_ROW, HEAD + STEP * len(lines) + PADDING + 8)


def _row(page: Page, row: SquadRow, words: RowWords, lines: list[str], top: float) -> float:
    """Write and draw one athlete; return where the row ends."""
    bottom = top + _height(lines)
    name = page.text(LEFT, top + HEAD, cut(words.athlete, 22), 25, weight="bold")
    x = name.get_window_extent().x1 + 14
    style = "bold" if words.group == "need" else "normal"
    if words.need:
        x = page.text(x, top + HEAD, words.need, 21, weight=style).get_window_extent().x1 + 14
    scored = f"{words.score} ({words.sure})" if words.sure else ""
    about = " ".join(part for part in (scored, words.arrow) if part)
    page.text(WORDS_TO, top + HEAD, about, 22, weight="bold", ha="right")
    page.lines(lines, top + HEAD + 4, 20, STEP, color=INK if words.group == "need" else NOTE)
    if row.review is not None:
        axes = shared_axes([row.review])
        draw_run(page, row.review, axes, (DRAWN_FROM, top + 12, RIGHT, top + 12 + DRAWN_HEIGHT))
        _signs(page, words, top + 12 + DRAWN_HEIGHT)
    page.rule(bottom, 0.6)
    return bottom


def _signs(page: Page, words: RowWords, y: float) -> None:
    """Put the sign of each block below the drawing, evenly; a long plan has them smaller."""
    if not words.cells:
        return
    each = (RIGHT - DRAWN_FROM) / len(words.cells)
    size = 14 if each >= 14 else max(5.0, each)
    for i, cell in enumerate(words.cells):
        colour = NOTE if cell.kind == "held" else SIDES[cell.kind]
        x = DRAWN_FROM + each * (i + 0.5)
        page.text(x, y + 14, cell.glyph, size, color=colour, ha="center")


def _foot(page: Page, places: range, total: int) -> None:
    """Say how to read the card, and which of the athletes are on it if it is one of several."""
    words = say("▲ too fast, ▼ too slow, ■ not finished.") + " " + say("Scores: 90 % range.")
    if len(places) < total:
        first, last = places.start + 1, places.stop
        part = say("Athletes {first} to {last} of {total}.", first=first, last=last, total=total)
        words = f"{part} {words}"
    lines = page.wrapped(words, 20)[:2]
    page.lines(lines, FOOT - 26 * len(lines), 20, 26, color=NOTE)
