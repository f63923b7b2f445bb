"""
How many tokens a text may be, for any assistant.

No tokenizer is at hand, and each assistant has another one. So a text is priced, dearer than
those that were measured would have it:

- An English word that reports use is a token for every three letters, a word of another
  language that they use one for every two and a half.
- Of other small letters two are a token; those that are rare in every language are one each, and
  so is each in a run of five without a vowel: nobody's vocabulary has such runs.
- A digit, a mark and a capital are a token each; signs of the reports (``▲``, ``±``, ``–``) two.
- Any other character is as many as UTF-8 has bytes for it, the most that a tokenizer of bytes can
  make of it.
- A blank goes with the letter or mark behind it, as all of them have it, and is a token elsewhere.

None of five tokenizers makes more tokens of an answer than its price, and none of names made to
be dear; docs/decisions/0024-what-an-answer-may-cost.md has the measurement.
"""

from __future__ import annotations

import re
import struct
from functools import cache, lru_cache
from importlib.resources import files

from analyzer.report.language import DOMAIN, LANGUAGES

MOST = 1000
"""Most tokens of an answer."""

FREE = "\0"
"""In place of a blank that is no token; no answer has it otherwise."""

DEAR_FROM = 5
"""So many small letters without a vowel between them are no word: each is a token."""

RARE = frozenset("jqxz")
"""Letters that few words have, and so few tokens of several letters."""

SIGNS = frozenset("▲▼●■·–→−±×…△▽äöüßÄÖÜ“”„é")
"""Two tokens at most, whatever the bytes."""

_LETTERS = r"[^\W\d_]+"
_WORD = re.compile(_LETTERS)
_PLACE = re.compile(r"\{\w+\}")
_FREE = re.compile(r" (?=[!-/:-~])")
_PART = re.compile(rf"{_LETTERS}|.", re.DOTALL)
_PIECE = re.compile(r"[a-z]+|.", re.DOTALL)
_NO_VOWEL = re.compile(rf"[^aeiouy]{{{DEAR_FROM},}}")


@lru_cache(maxsize=4096)
def price(text: str) -> int:
    """Return how many tokens a text is at most."""
    english, others = _words()
    total = 1  # some begin every text with a blank
    for part in _PART.findall(_FREE.sub(FREE, text)):
        if part == FREE:
            continue
        if part in english:
            total += max(1, len(part) // 3)
        elif part in others:
            total += -(-2 * len(part) // 5)
        else:
            total += sum(_price_of(piece) for piece in _PIECE.findall(part))
    return total


def _price_of(piece: str) -> int:
    """Price a run of small letters of no known word, or one other character."""
    if not piece.isascii():
        return 2 if piece in SIGNS else len(piece.encode("utf-8", "surrogatepass"))
    if not piece.islower():
        return 1
    dear = sum(len(run) for run in _NO_VOWEL.findall(piece))
    dear = max(dear, sum(letter in RARE for letter in piece))
    return dear + -(-(len(piece) - dear) // 2)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of all reports: the English ones, and those of other languages."""
    english: set[str] = set()
    others: set[str] = set()
    for catalogue in _catalogues():
        (table,) = struct.unpack_from("<I", catalogue, 16)
        _, first = struct.unpack_from("<2I", catalogue, table)  # all messages, then all their words
        english.update(_words_in(catalogue[:first]))
        others.update(_words_in(catalogue[first:]))
    return frozenset(english), frozenset(others - english)


def _catalogues() -> list[bytes]:
    """Return the compiled catalogues of all languages."""
    folder = files("analyzer.report") / "locale"
    names = [language for language in LANGUAGES if language != "en"]
    return [(folder / name / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes() for name in names]


def _words_in(text: bytes) -> list[str]:
    """Return the words of a text; a place for a fact in braces is none."""
    return _WORD.findall(_PLACE.sub("", text.decode("utf-8", "ignore")))
