"""Texts that depend on a number."""

from __future__ import annotations

from msgspec import Struct


class Counted(Struct, frozen=True):
    """A text that depends on a number: the fact it counts, its words for one and for more."""

    fact: str
    one: str
    many: str


Words = str | tuple[Counted, ...]
"""A text, or texts that each count a fact; those whose fact is absent are left out."""
