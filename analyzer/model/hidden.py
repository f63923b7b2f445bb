"""What stands in place of names where a report shall tell nobody."""

from __future__ import annotations

from string import ascii_uppercase

RUN, PLAN = "run", "plan"
"""In place of the names of files."""


def letters_of(place: int) -> str:
    """Return the letters of a place, from 0: ``A`` to ``Z``, then ``AA``, ``AB``."""
    count, at = divmod(place, len(ascii_uppercase))
    return (letters_of(count - 1) if count else "") + ascii_uppercase[at]
