"""The lines of a text at which some places of it lie."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def lines_at(text: str, places: Sequence[int]) -> list[int]:
    r"""
    Return the line of each place, counted from 1; places rise.

    >>> lines_at("a\nb\nc", [0, 2, 4])
    [1, 2, 3]
    """
    breaks = (text.count("\n", a, b) for a, b in pairwise((0, *places)))
    return [1 + count for count in accumulate(breaks)]
