"""The empty card of 1080 x 1350 for a review or a comparison: paper, colours, placing of words."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH, HEIGHT, DPI = 1080, 1350, 100

PAPER, INK, NOTE, BAND, LINE = "#fcfbf8", "#1b1e21", "#5c5f62", "#e3e0d8", "#d9d6cf"
BLUE, BLUE_AREA = "#0068a3", "#9cc6df"
ORANGE, ORANGE_AREA = "#8a5a00", "#edc05f"
"""Okabe-Ito blue and orange, dark enough as text; blue is faster, orange slower."""

SIDES = {"too_fast": BLUE, "too_slow": ORANGE, "held": INK, "not_scored": NOTE}
"""Colour of a verdict."""

LEFT, RIGHT = 56, 1024

FONT = "DejaVu Sans"
"""Comes with matplotlib, so the card looks the same everywhere."""


def render_card(form: str, draw: Callable[[Page], None]) -> bytes:
    """
    Return a card as a picture or a drawing; the same for the same content, on any day.

    Parameters
    ----------
    form : {'png', 'svg'}
        As a picture or as a drawing.
    draw : callable
        Places everything on the empty page.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings: Any = {
        "font.family": FONT,
        "svg.fonttype": "none",
        "svg.hashsalt": "progcheck",
        "text.parse_math": False,
        "path.simplify": True,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # A name in a script the font lacks is drawn as boxes; that is no news for stderr.
        warnings.filterwarnings("ignore", r"Glyph \d+", UserWarning)
        figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(figure)
        draw(Page(figure))
        out = io.BytesIO()
        metadata: dict[str, str | None] = (
            {"Software": None} if form == "png" else {"Date": None, "Creator": None}
        )
        figure.savefig(out, format=form, facecolor=PAPER, metadata=metadata)
    return out.getvalue()


class Page:
    """Text and lines placed in pixels from the top left corner."""

    def __init__(self, figure: Any) -> None:  # noqa: ANN401 - matplotlib loads later
        self.figure = figure

    def text(self, x: float, y: float, words: str, size: float, **style: Any) -> Any:  # noqa: ANN401
        """Write words with their baseline at y; size in pixels."""
        style.setdefault("color", INK)
        return self.figure.text(
            x / WIDTH, 1 - y / HEIGHT, words, fontsize=size * 72 / DPI, va="baseline", **style
        )

    def wrapped(
        self, words: str, size: float, weight: str = "normal", width: int = RIGHT - LEFT
    ) -> list[str]:
        """Break words into as few lines as a width allows [px], all about equally long."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=FONT, size=size * 72 / DPI, weight=weight)
        renderer = self.figure.canvas.get_renderer()

        def length(text: str) -> float:
            return float(renderer.get_text_width_height_descent(text, font, ismath=False)[0])

        widths = [length(f"{word} ") for word in words.split(" ")]
        lines = _filled(words, widths, width)
        room = next(
            most
            for most in range(int(width * 0.4), width + 1, 8)
            if len(_filled(words, widths, most)) <= len(lines) or most + 8 > width
        )
        balanced = _filled(words, widths, room)
        return balanced if len(balanced) <= len(lines) else lines

    def sentence(self, words: str, sizes: tuple[tuple[int, int], ...], y: float) -> float:
        """
        Write a sentence in bold, as large as it fits; return where it ends.

        Parameters
        ----------
        words : str
            The sentence.
        sizes : tuple of (int, int)
            Sizes, the largest first [px], and on how many lines each may stand; what
            is too long for the last is cut after its lines.
        y : float
            Where the line above ends.
        """
        tried = [(size, most, self.wrapped(words, size, "bold")) for size, most in sizes]
        fitting = (row for row in tried if len(row[2]) <= row[1])
        size, most, lines = next(fitting, tried[-1])
        for line in lines[:most]:
            y += size * 1.28
            self.text(LEFT, y, line, size, weight="bold")
        return y

    def lines(self, lines: list[str], y: float, size: float, step: float, **style: Any) -> float:  # noqa: ANN401
        """Write lines, the first one step below y; return where they end."""
        for line in lines:
            y += step
            self.text(LEFT, y, line, size, **style)
        return y

    def rule(self, y: float, width: float = 1.0) -> None:
        """Draw a hairline."""
        from matplotlib.lines import Line2D

        at = 1 - y / HEIGHT
        ends = [LEFT / WIDTH, RIGHT / WIDTH]
        self.figure.add_artist(Line2D(ends, [at, at], color=LINE, linewidth=width))


def _filled(words: str, widths: list[float], most: float) -> list[str]:
    """Fill lines with words up to a width, as a typewriter does."""
    lines: list[list[str]] = [[]]
    used = 0.0
    for word, width in zip(words.split(" "), widths, strict=True):
        if lines[-1] and used + width > most:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += width
    return [" ".join(line) for line in lines]


def kept_together(text: str) -> str:
    """Put no-break spaces between a number and its unit."""
    return re.sub(r"(?<=\d) (?=s\b|min\b)", "\u00a0", text)
