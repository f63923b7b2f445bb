"""Long lists in handy pieces: a statement takes so many values and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

CHUNK = 1000
"""Values of one statement; SQLite takes 32,766."""


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Return pieces of a list in order."""
    return (values[i : i + size] for i in range(0, len(values), size))
