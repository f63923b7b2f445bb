"""Breaks inside one block: walked, jogged, or stood at traffic lights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders.world.course import Course, Episode, as_planned

if TYPE_CHECKING:
    from tests.builders.world.course import What
    from tests.builders.world.draw import Draw

SHORTEST_S, LONGEST_S = 45.0, 180.0
"""How long a break lasts [s]."""


def _break(draw: Draw, what: What, speed_mps: float) -> Course:
    """Break off once, well inside a block; the same pace before and after."""
    seconds, block = round(draw.between(SHORTEST_S, LONGEST_S)), draw.block(1)
    at_s = round(draw.into(block, seconds))
    episode = Episode(what, block, at_s, seconds, speed_mps)
    return Course(as_planned(draw.plan), (episode,))


def walk(draw: Draw) -> Course:
    """Walk at 1.4 to 1.8 m/s: a toilet, a stone in the shoe."""
    return _break(draw, "walk break", draw.between(1.4, 1.8))


def jog(draw: Draw) -> Course:
    """Jog at 60 to 75 % of the easy block's speed."""
    return _break(draw, "jog break", draw.between(0.60, 0.75) * draw.speed_mps(1))


def _lights(draw: Draw, *, is_paused: bool) -> Course:
    """Stand at one to three lights for 25 to 75 s, each in a block of its own."""
    count = int(draw.rng.integers(1, 4))
    blocks = sorted(1 + draw.rng.permutation(len(draw.plan))[:count])
    stops = []
    for block in (int(b) for b in blocks):
        seconds = round(draw.between(25, 75))
        at_s = round(draw.into(block, seconds))
        stops.append(Episode("stop", block, at_s, seconds, 0.0, is_paused=is_paused))
    return Course(as_planned(draw.plan), tuple(stops))


def lights(draw: Draw) -> Course:
    """Let the timer run on meanwhile."""
    return _lights(draw, is_paused=False)


def lights_paused(draw: Draw) -> Course:
    """Let the watch pause by itself."""
    return _lights(draw, is_paused=True)
