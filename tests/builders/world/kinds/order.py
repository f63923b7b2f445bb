"""The plan followed at other times, backwards, in surges, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.builders.world.course import Course, Episode, Section, as_planned

if TYPE_CHECKING:
    from tests.builders.world.draw import Draw


def plain(draw: Draw) -> Course:
    """As planned."""
    return Course(as_planned(draw.plan))


def shifted(shift_s: float):
    """
    Return the kind that makes every change later by this [s]; negative is early.

    Start and end stay where they are: the first block grows, the last one shrinks. Half a
    block is the most, so that no block is passed over.
    """

    def kind(draw: Draw) -> Course:
        first, *middle, last = as_planned(draw.plan)
        shift = max(-0.5 * shortest_s(draw), min(0.5 * shortest_s(draw), shift_s))
        return Course((_longer(first, shift), *middle, _longer(last, -shift)))

    return kind


def shortest_s(draw: Draw) -> float:
    """Return how long the plan's shortest block takes [s]."""
    return min(block.duration_s for block in draw.plan)


def _longer(section: Section, seconds: float) -> Section:
    """Make a section so many seconds longer."""
    if section.seconds is not None:
        return replace(section, seconds=section.seconds + seconds)
    return replace(section, metres=(section.metres or 0.0) + seconds * section.speed_mps)


def backwards(draw: Draw) -> Course:
    """Run the first block, then the others in reverse order: the fastest first."""
    first, *others = as_planned(draw.plan)
    swapped = [
        replace(own, speed_mps=other.speed_mps)
        for own, other in zip(others, reversed(others), strict=True)
    ]
    return Course((first, *swapped))


def unrelated(draw: Draw) -> Course:
    """Run easily for 35 to 60 min, 3 to 15 % slower than the first block: another run."""
    speed = draw.between(0.85, 0.97) * draw.speed_mps(1)
    return Course((Section(None, speed, round(draw.between(2100, 3600))),))


def surges(draw: Draw) -> Course:
    """Surge in one block by 10 to 18 %, for 20 to 40 s each 60 to 90 s, to its end."""
    block = draw.block(1)
    every_s, length_s = draw.between(60, 90), round(draw.between(20, 40))
    faster = draw.between(1.10, 1.18) * draw.speed_mps(block)
    room_s = draw.plan[block - 1].duration_s - 20
    count = int((room_s - 30) // every_s)
    made = tuple(
        Episode("surge", block, round(30 + i * every_s), length_s, faster, 5.0)
        for i in range(count)
    )
    return Course(as_planned(draw.plan), made)
