"""Words of a line of intervals.icu text, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.plans.document import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\S+")
_TIMES = re.compile(r"\d{1,12}[x\u00d7]", re.ASCII | re.IGNORECASE)


class Phrase(Struct, frozen=True):
    """Words of a line with one blank between them, each knowing its column."""

    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]

    def word(self, start: int, end: int) -> Word:
        """Return a piece of the text with its place in the line."""
        first = self.words[bisect_right(self.starts, start) - 1]
        return Word(self.text[start:end], first.line, first.column)


def phrase_of(words: list[Word]) -> Phrase:
    """Set words in a row; dashes of every kind become ``-``."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    text = " ".join(w.text for w in words).translate({0x2013: "-", 0x2014: "-", 0x2212: "-"})
    return Phrase(tuple(words), text, tuple(starts))


def words_of(line: str, number: int, start: int = 0) -> list[Word]:
    """Cut a line into words with their places; the line counts from 1."""
    return [Word(m[0], number, m.start() + 1) for m in _WORD.finditer(line, start)]


def times_among(words: Sequence[Word]) -> Word | None:
    """Return ``4x`` or ``4 x`` among words, if it is there."""
    for i, word in enumerate(words):
        is_split = word.text.lower() in ("x", "\u00d7") and i and words[i - 1].text.isdecimal()
        if is_split or _TIMES.fullmatch(word.text):
            return word
    return None
