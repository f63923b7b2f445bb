"""A report as lines, each with how telling it is: where there is little room, some give way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.report.language import noted_n, say_n
from analyzer.report.styled import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["title", "head", "block", "finding", "run", "athlete", "file", "problem", "note"]
"""What a line is: titles and heads stand on every page, the others are counted where left out."""

ON_EVERY_PAGE: tuple[Kind, ...] = ("title", "head")

COUNTED: Mapping[Kind, tuple[str, str]] = {
    "block": noted_n("{n} block", "{n} blocks"),
    "finding": noted_n("{n} finding", "{n} findings"),
    "run": noted_n("{n} run", "{n} runs"),
    "athlete": noted_n("{n} athlete", "{n} athletes"),
    "file": noted_n("{n} file", "{n} files"),
    "problem": noted_n("{n} problem", "{n} problems"),
    "note": noted_n("{n} note", "{n} notes"),
}

BETWEEN = " | "
"""Between the cells of a row."""


NAME = 24
"""Columns of a block's name in a row: the numbers behind it matter more."""


class Line(Struct, frozen=True):
    """
    One line of an answer.

    Parameters
    ----------
    text : str
        Whole: it is shown as it is, or left out.
    kind : Kind
        What it is.
    rank : int
        How telling it is; the lowest is the last to give way.
    count : int
        How many of its kind it names.
    """

    text: str
    kind: Kind = "note"
    rank: int = 5
    count: int = 1


def named(index: str, name: str) -> str:
    """Return number and name of a block."""
    return f"{index} {cut(name, NAME)}"


def row(cells: Iterable[str]) -> str:
    """Return the cells of a row as one line."""
    return BETWEEN.join(cells)


def counted(lines: Iterable[Line]) -> str:
    """Say how many lines there are of each kind: ``41 blocks, 2 findings``."""
    count: Counter[Kind] = Counter()
    for line in lines:
        count[line.kind] += line.count
    return ", ".join(
        say_n(words[0], words[1], count[kind]) for kind, words in COUNTED.items() if count[kind]
    )
