"""Foreign text made safe to show: names on one line, without control characters."""

from __future__ import annotations

import unicodedata

MAX_NAME = 120
"""Longest name of a device, plan or block that is shown [characters]."""

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing: they can make a line read as another one."""


INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2065"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
"""Characters that nobody sees; joiners are none of them, as scripts and emoji need them."""

TAGS = range(0xE0000, 0xE0080)
"""A second, invisible alphabet."""


def is_unsafe(character: str) -> bool:
    """Whether a character could move the cursor, turn the writing, hide, or break an encoder."""
    if character.isascii():
        return not character.isprintable()
    code = ord(character)
    is_nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # no XML may hold these
    return (
        is_nothing
        or code in TAGS
        or character in BIDI
        or character in INVISIBLE
        or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    )


def clean_text(text: str, max_length: int = MAX_NAME) -> str:
    """
    One line of text that is safe in any report.

    Control, direction, surrogate and invisible characters are left out, runs of white
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
    safe = ("".join(c for c in word if not is_unsafe(c)) for word in words)
    line = " ".join(word for word in safe if word)
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
