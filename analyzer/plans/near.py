"""The word that was meant: for "did you mean", looked up only when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 40
"""Longer words are no slip of the pen [characters]."""


def near_word(word: str, words: Iterable[str]) -> str | None:
    """Return the word most like another, None if none is near."""
    if len(word) > LONGEST:
        return None
    import difflib  # only for what is wrong

    found = difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return found[0] if found else None
