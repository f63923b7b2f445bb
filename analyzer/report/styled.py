"""
Lines of styled text: wrapped by words, with escape codes or without.

Own, because rich takes 20 ms to load, a tenth of a whole review, and all that
was used of it is this (docs/decisions/0005).
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct, field

CODES = {"bold": "1", "dim": "2", "blue": "34", "yellow": "33"}
"""Styles: the terminal's own palette keeps its contrast, light or dark."""

FAST, SLOW, DIM, BOLD = "blue", "yellow", "dim", "bold"

SIDES = {"too_fast": FAST, "too_slow": SLOW, "held": "", "not_scored": DIM}
"""Style of a verdict."""


def cells(text: str) -> int:
    """Columns a text takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def cut(text: str, columns: int) -> str:
    """Shorten a text to a number of columns, with an ellipsis."""
    if cells(text) <= columns:
        return text
    while text and cells(text) > columns - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def padded(text: str, columns: int) -> str:
    """Pad a text to a number of columns."""
    return text + " " * max(0, columns - cells(text))


class Line(Struct):
    """One line: pieces of text, each with the names of its styles."""

    pieces: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, style: str = "") -> Line:
        """Make a line of one piece."""
        return cls([(text, style)])

    def add(self, text: str, style: str = "") -> Line:
        """Add a piece, and return the line."""
        self.pieces.append((text, style))
        return self

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.pieces)

    def rendered(self, *, colour: bool) -> str:
        """Return the line with escape codes, or without; no blanks at its end."""
        if not colour:
            return self.plain.rstrip()
        out = []
        for text, style in self.pieces:
            codes = ";".join(CODES[name] for name in style.split())
            out.append(f"\x1b[{codes}m{text}\x1b[0m" if codes and text.strip() else text)
        return "".join(out).rstrip()

    def wrapped(self, width: int, indent: int = 0) -> list[Line]:
        """
        Break the line between words.

        Parameters
        ----------
        width : int
            Columns of each line; a longer word is broken.
        indent : int
            Blanks in front of every line but the first.
        """
        lines = [Line()]
        used = 0
        for word, style, space in self._words(width - indent):
            needed = cells(word) + (1 if space and used else 0)
            start = indent if len(lines) > 1 else 0
            if used and start + used + needed > width:
                lines.append(Line([(" " * indent, "")] if indent else []))
                used = 0
                needed = cells(word)
            lines[-1].add((" " if space and used else "") + word, style)
            used += needed
        return lines

    def _words(self, longest: int) -> list[tuple[str, str, bool]]:
        """Return (word, style, whether a blank comes before it)."""
        words: list[tuple[str, str, bool]] = []
        space = False
        for text, style in self.pieces:
            for part in re.findall(r"[ ]+|[^ ]+", text):
                if part.startswith(" "):
                    space = True
                    continue
                words += [
                    (part[at : at + longest], style, space and at == 0)
                    for at in range(0, len(part), longest)
                ]
                space = False
        return words
