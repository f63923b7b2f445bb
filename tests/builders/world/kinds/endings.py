"""Blocks left out, a watch started late, a run stopped early, and what comes after the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tests.builders.world.course import Course, Section, as_planned

if TYPE_CHECKING:
    from tests.builders.world.draw import Draw

Which = Literal["first", "middle", "last"]


def cool_down(draw: Draw) -> tuple[Section, ...]:
    """Jog for 4 to 12 min, 5 to 20 % slower than the first block."""
    speed = draw.between(0.80, 0.95) * draw.speed_mps(1)
    return (Section(None, speed, round(draw.between(240, 720))),)


def cooled_down(draw: Draw) -> Course:
    """As planned, then a cool-down."""
    return Course((*as_planned(draw.plan), *cool_down(draw)))


def left_out(which: Which, *, then_cool_down: bool):
    """
    Return the kind that leaves a block out.

    "First" is the first hard one: without the easy block there is nothing to be told from
    a recording begun late.
    """

    def kind(draw: Draw) -> Course:
        last = len(draw.plan)
        block = {"first": 2, "middle": draw.block(3, last - 1), "last": last}[which]
        sections = [s for s in as_planned(draw.plan) if s.block != block]
        after = cool_down(draw) if then_cool_down else ()
        return Course(
            (*sections, *after), left_out=(block,), notes=(("left out", block),)
        )  # fmt: skip

    return kind


def started_late(draw: Draw) -> Course:
    """Start the watch 1 to 4 min after block 1 was begun."""
    late_s = round(draw.between(60, 240))
    return Course(as_planned(draw.plan), late_s=late_s, notes=(("started late", 1),))


def begun_later(draw: Draw) -> Course:
    """Start the watch 1 to 5 min before block 1: stand a little, then jog."""
    stand = Section(None, 0.0, round(draw.between(10, 60)))
    jog = Section(None, draw.between(0.80, 0.93) * draw.speed_mps(1), round(draw.between(50, 240)))
    return Course((stand, jog, *as_planned(draw.plan)))


def stopped_early(draw: Draw) -> Course:
    """End with 10 to 50 % of the last block still to run."""
    *sections, last = as_planned(draw.plan)
    share = draw.between(0.5, 0.9)
    short = replace(
        last,
        seconds=None if last.seconds is None else round(share * last.seconds),
        metres=None if last.metres is None else round(share * last.metres),
    )
    return Course((*sections, short), notes=(("stopped early", len(draw.plan)),))
