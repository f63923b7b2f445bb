"""Foreign text made safe to show: names on one line, without control characters."""

from __future__ import annotations

import unicodedata

MAX_NAME = 120
"""Longest name of a device, plan or block that is shown [characters]."""

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing: they can make a line read as another one."""


def is_unsafe(character: str) -> bool:
    """Whether a character could move the cursor, turn the writing, or break an encoder."""
    return character in BIDI or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def clean_text(text: str, max_length: int = MAX_NAME) -> str:
    """
    One line of text that is safe in any report.

    Control, direction and surrogate characters are left out, runs of white
    space become one blank, and what is too long ends in an ellipsis.

    Parameters
    ----------
    text : str
        Anything a file, plan or user may hold.
    max_length : int
        Longest result in characters.

    Returns
    -------
    str
        In Unicode form NFC; may be empty.
    """
    words = unicodedata.normalize("NFC", text[: 4 * max_length]).split()
    line = " ".join("".join(c for c in word if not is_unsafe(c)) for word in words).strip()
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def escape_text(text: str, max_length: int = MAX_NAME) -> str:
    r"""
    One line that shows unsafe characters as escapes, for quoting what was wrong.

    Parameters
    ----------
    text : str
        What stood in the file.
    max_length : int
        Longest result in characters.

    Returns
    -------
    str
        ``\x1b`` in place of an escape character, and so on.
    """
    shown = "".join(
        c.encode("unicode_escape", "surrogatepass").decode("ascii") if is_unsafe(c) else c
        for c in text[: 4 * max_length]
    )
    return shown if len(shown) <= max_length else shown[: max_length - 1] + "…"
