"""Hills and wind: the plan is followed by effort, and the pace shows the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders.world.course import Course, Ground, as_planned

if TYPE_CHECKING:
    from tests.builders.world.draw import Draw


def hills(draw: Draw) -> Course:
    """Run at even effort over hills of 10 to 35 m, one every 700 to 2500 m."""
    every_m = draw.between(700, 2500)
    height_m = min(draw.between(10, 35), 0.012 * every_m)
    return Course(as_planned(draw.plan), ground=Ground(height_m, every_m, is_felt=True))


def wind(draw: Draw) -> Course:
    """Run out against a wind that costs 2 to 5 %, and back with 50 to 80 % of it."""
    cost = draw.between(0.02, 0.05)
    return Course(
        as_planned(draw.plan), ground=Ground(out=-cost, back=draw.between(0.5, 0.8) * cost)
    )
