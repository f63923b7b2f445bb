"""Groups that follow themselves, folded into repeats: 50 steps is all a watch takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

T = TypeVar("T", bound="Hashable")

LONGEST_GROUP = 49
"""Longer groups would not fit a watch together with their repeat."""


class Repeat(Struct, Generic[T], frozen=True):
    """A group of items, and how often it is run in all; 2 or more."""

    items: tuple[T, ...]
    times: int


def folded(items: Sequence[T], *, only_mixed: bool = False) -> tuple[T | Repeat[T], ...]:
    """
    Write a sequence with as few steps as repeats without nesting allow.

    A repeat is a step of its own, so a group of two run twice makes three steps of
    four, and two equal items in a row stay as they are. From the end to the front,
    each place takes the cheapest of: the item alone, or a group that starts here,
    repeated as often as it follows itself; the group where both cost the same, as a
    coach writes "run, rest" four times and a last run.

    Parameters
    ----------
    items : sequence of hashable
        Equal items are the same step.
    only_mixed : bool
        Fold no group that is one item over and over.

    Returns
    -------
    tuple
        Items and repeats; unfolded they are the sequence again.
    """
    count = len(items)
    numbers: dict[T, int] = {}
    shape = [numbers.setdefault(item, len(numbers)) for item in items]
    cost = [0] * (count + 1)
    choice = [(1, 1)] * count
    runs = [0] * (LONGEST_GROUP + 1)  # runs[n]: items from here on that equal the one n later
    for at in range(count - 1, -1, -1):
        best, chosen = 1 + cost[at + 1], (1, 1)
        here = shape[at]
        for length in range(1, min(LONGEST_GROUP, count - at - 1) + 1):
            if here != shape[at + length]:
                runs[length] = 0
                continue
            runs[length] += 1
            if runs[length] < length:
                continue
            times = 1 + runs[length] // length
            if times == 2 and length == 1:
                continue
            steps = length + 1 + cost[at + length * times]
            is_better = steps < best or (steps == best and chosen == (1, 1))
            if is_better and not (only_mixed and len(set(shape[at : at + length])) == 1):
                best, chosen = steps, (length, times)
        cost[at], choice[at] = best, chosen
    return _chosen(items, choice)


def _chosen(items: Sequence[T], choice: list[tuple[int, int]]) -> tuple[T | Repeat[T], ...]:
    """Lay out what was chosen at each place."""
    out: list[T | Repeat[T]] = []
    at = 0
    while at < len(items):
        length, times = choice[at]
        out.append(items[at] if times == 1 else Repeat(tuple(items[at : at + length]), times))
        at += length * times
    return tuple(out)
