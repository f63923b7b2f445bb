"""The word that was meant: for "did you mean", looked up only when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 40
"""In longer words no slip of the pen is looked for [characters]."""


MOST = 12
"""Most words that are looked at closely; a plan may define 200 names and misspell a thousand."""


def near_word(word: str, words: Iterable[str]) -> str | None:
    """Return the word most like another, None if none is near."""
    if len(word) > LONGEST:
        return None
    import difflib  # only for what is wrong

    word = word.lower()
    letters = set(word)
    likely = sorted(words, key=lambda other: len(letters ^ set(other)))[:MOST]
    alike = difflib.get_close_matches(word, likely, n=1, cutoff=0.6)
    return alike[0] if alike else None
