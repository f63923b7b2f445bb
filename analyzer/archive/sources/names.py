"""Names of people, folders and exports, made alike: case, accents, order and hyphens aside."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i",
})  # fmt: skip
"""Letters that Unicode does not take apart."""


def bare_letters(text: str) -> str:
    """Return a text in small letters without accents."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in bare if not unicodedata.combining(c))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name: ``Müller-Doe_Jane`` is muller, doe, jane."""
    return tuple(re.findall(r"[^\W_]+", bare_letters(text)))


def person_key(text: str) -> tuple[str, ...]:
    """Return what equal names have in common: ``Doe, Jane`` and ``jane_doe`` are one."""
    return tuple(sorted(words_of(text))) or (text.strip(),)
