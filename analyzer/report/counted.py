"""Texts that depend on a number, as a table holds them."""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """A text that depends on a number: the fact it counts, its words for one and for more."""

    fact: str
    one: str
    many: str


Words = str | tuple[Counted, ...]
"""A text, or texts that each count a fact; those whose fact is absent are left out."""


def counted(fact: str, words: tuple[str, str]) -> tuple[Counted]:
    """Make the words of a warning that counts one fact."""
    return (Counted(fact, *words),)
