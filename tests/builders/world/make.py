"""A run of a kind: the same for the same kind and seed on any machine."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.builders.plans import EXAMPLE, FINE, KILOMETRES, MARATHON
from tests.builders.world.draw import (
    ERROR,
    EVENT,
    RUNNER,
    SECOND_WATCH,
    WATCH,
    Draw,
    stream,
)
from tests.builders.world.journey import LONGEST_S, travel, true_of
from tests.builders.world.kinds import KINDS
from tests.builders.world.recording import record
from tests.builders.world.runner import draw_runner
from tests.builders.world.truth import Event
from tests.builders.world.watch import draw_watch, error

if TYPE_CHECKING:
    from tests.builders.simulate import PlannedBlock
    from tests.builders.world.course import Course, Damage
    from tests.builders.world.journey import Journey
    from tests.builders.world.recording import Recording
    from tests.builders.world.runner import Runner
    from tests.builders.world.truth import Truth
    from tests.builders.world.watch import Watch

PLANS = {"example": EXAMPLE, "marathon": MARATHON, "2 km steps": KILOMETRES, "5 s/km steps": FINE}
"""The plans of this world; seeds take turns."""


@dataclass(frozen=True, eq=False)
class Made:
    """A recording, the plan it was run by, and its truth."""

    plan_name: str
    plan: tuple[PlannedBlock, ...]
    has_presses: bool
    recording: Recording
    truth: Truth


def plan_name_of(seed: int) -> str:
    """Return the plan of a seed: four plans in turn."""
    return list(PLANS)[seed % len(PLANS)]


def has_presses_of(seed: int) -> bool:
    """Whether the runner of a seed presses lap: four seeds do, then four do not."""
    return seed // len(PLANS) % 2 == 1


def course_of(kind: str, seed: int) -> Course:
    """Return what happens in a run of a kind."""
    rng = stream(seed, EVENT + 100 + zlib.crc32(kind.encode()))
    return KINDS[kind](Draw(PLANS[plan_name_of(seed)], rng))


def make(kind: str, seed: int, *, runner: Runner | None = None, watch: Watch | None = None) -> Made:
    """
    Make a run of a kind.

    Runner, watch, wander and noise belong to the seed alone, so that a run of another kind
    with the same seed is the same run without the event. A runner or watch may be set.
    """
    runner = runner or draw_runner(stream(seed, RUNNER))
    watch = watch or draw_watch(stream(seed, WATCH))
    return _made(kind, seed, runner, watch, watch, ERROR)


def make_pair(kind: str, seed: int) -> tuple[Made, Made]:
    """Make two recordings of one run, by the watch the runner looks at and by another one."""
    runner, watch = draw_runner(stream(seed, RUNNER)), draw_watch(stream(seed, WATCH))
    other = draw_watch(stream(seed, SECOND_WATCH))
    return (
        _made(kind, seed, runner, watch, watch, ERROR),
        _made(kind, seed, runner, watch, other, SECOND_WATCH),
    )


def _made(kind: str, seed: int, runner: Runner, leading: Watch, watch: Watch, number: int) -> Made:
    """Go through a course by one watch, and record it by another or the same."""
    name, course = plan_name_of(seed), course_of(kind, seed)
    led_by = error(stream(seed, ERROR), leading, LONGEST_S) + course.scale
    journey = travel(course, runner, led_by, seed)
    truth = true_of(kind, course, journey, PLANS[name], led_by)
    rng = stream(seed, number + 1000)
    own = led_by - course.scale
    if number != ERROR:
        own = error(stream(seed, number), watch, LONGEST_S)
    has_presses = has_presses_of(seed)
    recording = record(journey, course, runner, watch, own, rng, has_presses=has_presses)
    if course.damage is not None:
        at_s = _moment(course.damage, journey)
        recording = course.damage.spoil(recording, at_s, course.damage.seconds)
        event = Event(course.damage.what, course.damage.block or 1, at_s, course.damage.seconds)
        truth = replace(truth, events=(*truth.events, event))
    return Made(name, PLANS[name], has_presses, recording, truth)


def _moment(damage: Damage, journey: Journey) -> float:
    """Return when something is lost [elapsed s]."""
    starts = {s.section.block: s.start_s for s in journey.started}
    return starts[damage.block] + damage.at_s if damage.block is not None else damage.at_s
