"""Forced early, then blown up: the pace collapses, whatever the heart does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.builders.world.course import Course, Episode, Section, as_planned
from tests.builders.world.kinds.endings import cool_down

if TYPE_CHECKING:
    from tests.builders.world.draw import Draw
    from tests.builders.world.runner import Heart

HEARTS: tuple[Heart, ...] = ("up", "falls slowly", "falls fast", "absent")
"""What the heart does in a collapse."""

DEEPEST, SHALLOWEST = 0.66, 0.80
"""Speed after a collapse, as a share of what was planned then."""


def _forced(draw: Draw) -> tuple[Section, ...]:
    """Run the two blocks after the first one at the pace of the next one each, 1 % faster."""
    return tuple(
        replace(section, speed_mps=1.01 * draw.speed_mps(place + 1)) if place in (2, 3) else section
        for place, section in enumerate(as_planned(draw.plan), start=1)
    )


def _collapsed(draw: Draw, heart: Heart, seconds: float, *, then_cool_down: bool) -> Course:
    """
    Collapse within 10 to 50 % of the last block but one, or of one before it.

    At least one and a half blocks are left, so that it lasts for minutes.
    """
    block = draw.block(max(3, len(draw.plan) - 2), len(draw.plan) - 1)
    at_s = round(draw.between(0.1, 0.5) * draw.plan[block - 1].duration_s)
    speed = draw.between(DEEPEST, SHALLOWEST) * draw.speed_mps(block)
    sinking = None if draw.is_heads() else 0.94 * speed
    response_s = draw.between(4, 40)
    episode = Episode("collapse", block, at_s, seconds, speed, response_s, sinks_to_mps=sinking)
    after = cool_down(draw) if then_cool_down else ()
    return Course((*_forced(draw), *after), (episode,), heart=heart)


def collapse(heart: Heart, *, then_cool_down: bool):
    """Return the kind that collapses until the end of the plan."""

    def kind(draw: Draw) -> Course:
        return _collapsed(draw, heart, float("inf"), then_cool_down=then_cool_down)

    return kind


def recovering(draw: Draw) -> Course:
    """Collapse for 4 to 6 min, then take up the plan again; heart and cool-down as they fall."""
    heart = HEARTS[int(draw.rng.integers(len(HEARTS)))]
    seconds, is_followed = round(draw.between(240, 360)), draw.is_heads()
    return _collapsed(draw, heart, seconds, then_cool_down=is_followed)


def unforced(draw: Draw) -> Course:
    """Collapse without having forced anything."""
    heart = HEARTS[int(draw.rng.integers(len(HEARTS)))]
    course = _collapsed(draw, heart, float("inf"), then_cool_down=draw.is_heads())
    after = course.sections[len(draw.plan) :]
    return replace(course, sections=(*as_planned(draw.plan), *after))
