"""From lines to an answer that is never too long: whole lines, the least telling left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.assistant.tokens import MOST, price
from analyzer.report.brief.lines import ON_EVERY_PAGE, Line
from analyzer.report.brief.page_words import more_text
from analyzer.safe_text import clean_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

FOOT = 100
"""Kept free for the line that says what was left out [tokens]."""

LONGEST, LONGEST_TITLE = 300, 120
"""A line that is dearer is cut: names from files may be of any length [tokens]."""

MAX_LINE = 2000
"""Longest line that is looked at [characters]."""


class _Page(Struct, frozen=True):
    """The places of the lines that a page shows."""

    places: tuple[int, ...]


def page_of(lines: Sequence[Line], page: int = 1, most: int = MOST) -> str | None:
    """
    Return one page of an answer.

    The most telling lines come on the first page, in the order of the report; what it has
    no room for comes on the next. The title and the heads of tables stand on each.

    Parameters
    ----------
    lines : sequence of Line
        All of the answer.
    page : int
        From 1.
    most : int
        Tokens of a page.

    Returns
    -------
    str or None
        None where there are fewer pages.
    """
    shown = _safe(lines)
    if page == 1 and price(_text(shown)) <= most:
        return _text(shown)
    pages = _pages(shown, most - FOOT)
    if not 1 <= page <= len(pages):
        return None
    here = pages[page - 1]
    later = [shown[i] for rest in pages[page:] for i in rest.places]
    if len(pages) == 1:
        return _text([shown[i] for i in here.places])
    heads = [i for i, line in enumerate(shown) if line.kind in ON_EVERY_PAGE]
    body = _text([shown[i] for i in sorted({*heads, *here.places})])
    return f"{body}\n{more_text(page, len(pages), later)}"


def pages_of(lines: Sequence[Line], most: int = MOST) -> int:
    """Return how many pages an answer has."""
    shown = _safe(lines)
    return 1 if price(_text(shown)) <= most else len(_pages(shown, most - FOOT))


def _pages(lines: Sequence[Line], room: int) -> list[_Page]:
    """Share out the lines, the most telling first; a page takes what fits into it."""
    heads = sum(price(line.text) + 1 for line in lines if line.kind in ON_EVERY_PAGE)
    waiting = sorted(
        (i for i, line in enumerate(lines) if line.kind not in ON_EVERY_PAGE),
        key=lambda i: lines[i].rank,
    )
    pages: list[_Page] = []
    while waiting:
        free = room - heads
        places: list[int] = []
        for i in waiting:
            cost = price(lines[i].text) + 1
            if cost > free and places:
                break
            free -= cost
            places.append(i)
        waiting = waiting[len(places) :]
        pages.append(_Page(tuple(places)))
    return pages or [_Page(())]


def _text(lines: Sequence[Line]) -> str:
    """Put lines below each other."""
    return "\n".join(line.text for line in lines)


def _safe(lines: Sequence[Line]) -> list[Line]:
    """Return lines as they are shown: each one line, and none too dear."""
    return [
        replace(
            line, text=_shortened(line.text, LONGEST_TITLE if line.kind == "title" else LONGEST)
        )
        for line in lines
    ]


def _shortened(text: str, longest: int) -> str:
    """Put a text on one safe line, and cut it between words where it is too dear."""
    line = clean_text(text, MAX_LINE)
    if price(line) <= longest:
        return line
    kept = line
    while price(kept) > longest - 4:
        shorter = kept[: max(1, int(len(kept) * (longest - 4) / price(kept)))]
        kept = shorter if len(shorter) < len(kept) else kept[:-1]
    at = kept.rfind(" ")
    return (kept[:at] if at > len(kept) // 2 else kept).rstrip() + "…"
