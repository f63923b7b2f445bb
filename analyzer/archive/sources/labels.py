"""What a file is called where people see it: safe, short, unique, and without e-mail addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from analyzer.archive.sources.kinds import split_ending
from analyzer.safe_text import escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PART = 80
"""Longest name of a file or folder in a label [characters]."""

NOTHING_LEFT = "file"
NO_FOLDER = "folder"

_EMAIL = re.compile(r"[^\s/\\<>(),;:]*(?:@|%40)[^\s/\\<>(),;:@_]*", re.IGNORECASE)
_AT_THE_EDGES = " _-.,;"


def without_email(text: str) -> str:
    """Take out all that may be an e-mail address."""
    return _EMAIL.sub("", text).strip(_AT_THE_EDGES) if "@" in text or "%40" in text else text


def shown_part(name: str, *, is_folder: bool = False) -> str:
    r"""
    Return the name of a file or folder as a part of a label.

    Parameters
    ----------
    name : str
        As the system has it: anything, undecodable bytes and line breaks too.
    is_folder : bool
        Whether it has no ending to be kept.

    Returns
    -------
    str
        In one line, without ``/`` and addresses; its ending is kept where it was cut.
    """
    whole = unicodedata.normalize("NFC", name.replace("/", "_"))
    stem, ending = (whole, "") if is_folder else split_ending(whole)
    stem = without_email(stem) or (NO_FOLDER if is_folder else NOTHING_LEFT)
    return escape_text(stem, LONGEST_PART - len(ending)) + escape_text(ending)


def unique_parts(parts: Iterable[str]) -> list[str]:
    """
    Make the names in one folder differ, as what hid a person may have made them equal.

    Unique in each folder, they are unique in all, and no list of all labels is kept.
    """
    taken: set[str] = set()
    unique = []
    for part in parts:
        stem, ending = split_ending(part)
        free, number = part, 1
        while free in taken:
            number += 1
            free = f"{stem} ({number}){ending}"
        taken.add(free)
        unique.append(free)
    return unique


def joined(*parts: str) -> str:
    """Put a label together."""
    return "/".join(part for part in parts if part)
