"""Getting through a course second by second: true speeds, and where each section began."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tests.builders.world.draw import WANDER, stream
from tests.builders.world.runner import Legs, waves
from tests.builders.world.truth import BlockTruth, Event, Truth, window

if TYPE_CHECKING:
    from tests.builders.simulate import PlannedBlock
    from tests.builders.world.course import Course, Episode, Section
    from tests.builders.world.runner import Runner

UPHILL, DOWNHILL = 0.032, 0.016
"""Speed that 1 % of slope costs, and what it gives, at even effort; in ln v."""

SINKING_S = 600.0
"""Over how long a collapse sinks to its lowest speed [s]."""

PAUSE_AFTER_S = 3
"""A watch pauses by itself after so many seconds of standing."""

WANDERS_ABOVE_MPS = 1.0
"""A runner who stands does not wander."""

NEARLY_M = 15.0
"""A block that lacks no more than this by the watch's end was run to its end [m]."""

LONGEST_S = 2 * 3600
"""No run takes longer [s]."""


@dataclass(frozen=True)
class Started:
    """A section that began, and ended, at these seconds of the journey."""

    section: Section
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class Journey:
    """
    What was really run, one value for each second of elapsed time.

    ``effort_mps`` is the speed it would have been on the flat without wind; ``altitude_m``
    where the runner is.
    """

    speed_mps: np.ndarray
    effort_mps: np.ndarray
    altitude_m: np.ndarray
    is_event: np.ndarray
    is_paused: np.ndarray
    is_failing: np.ndarray
    started: tuple[Started, ...]
    events: tuple[Event, ...]

    @property
    def seconds(self) -> int:
        """Length [elapsed s]."""
        return int(self.speed_mps.size)

    def timer_s(self) -> np.ndarray:
        """Timer at the end of each second; it stands in pauses."""
        total: np.ndarray = np.cumsum(~self.is_paused).astype(np.float64)
        return total


class _Going:
    """The state of a run under way; `step` goes on by a second."""

    def __init__(
        self, course: Course, runner: Runner, wander: np.ndarray, error: np.ndarray, half_s: float
    ) -> None:
        self.course, self.runner, self.half_s = course, runner, half_s
        self.wander, self.error = wander, error
        self.legs = Legs(runner, course.sections[0].speed_mps)
        self.place, self.into_s, self.into_m = 0, 0.0, 0.0
        self.second, self.metres, self.stood_s = 0, 0.0, 0
        self.began = 0.0
        self.under_way: tuple[Episode, int] | None = None
        self.waiting = list(course.episodes)
        self.started: list[Started] = []
        self.events: list[Event] = []
        self.rows: list[tuple[float, float, float, bool, bool, bool]] = []

    @property
    def is_over(self) -> bool:
        return self.place >= len(self.course.sections)

    def step(self) -> None:
        """Run a second."""
        section = self.course.sections[self.place]
        episode = self._episode(section)
        wanted, response = section.speed_mps, self.runner.response_s
        if episode is not None:
            wanted, response = _wanted(episode[0], self.second - episode[1], response)
        speed = effort = self.legs.step(wanted, response)
        if speed > WANDERS_ABOVE_MPS and (episode is None or episode[0].speed_mps > 0):
            effort = speed * math.exp(self.wander[self.second])
            speed = effort * math.exp(self._ground())
        speed = speed if speed > 0.05 else 0.0
        is_standing = episode is not None and episode[0].speed_mps == 0 and speed < 0.5
        self.stood_s = self.stood_s + 1 if is_standing else 0
        is_paused = bool(episode and episode[0].is_paused and self.stood_s > PAUSE_AFTER_S)
        is_failing = bool(episode and episode[0].what == "collapse")
        self.rows.append(
            (speed, effort, self._altitude(), episode is not None, is_paused, is_failing)
        )
        self.metres += speed
        self.second += 1
        if not is_paused:
            self.into_s += 1
            self.into_m += speed * math.exp(self.error[self.second - 1])
            self._end_of(section)

    def _end_of(self, section: Section) -> None:
        """Go over to the next section where this one is done."""
        done = self.into_s >= (section.seconds or math.inf)
        if done or (section.metres is not None and self.into_m >= section.metres):
            self.started.append(Started(section, self.began, float(self.second)))
            self.began = float(self.second)
            self.place, self.into_s, self.into_m = self.place + 1, 0.0, 0.0

    def _episode(self, section: Section) -> tuple[Episode, int] | None:
        """Return what is going on, and the second it began at."""
        if self.under_way is not None:
            episode, since = self.under_way
            is_endless = math.isinf(episode.seconds)
            if self.second - since < episode.seconds and not (is_endless and section.block is None):
                return self.under_way
            self._close(episode, since)
        for episode in self.waiting:
            if episode.block == section.block and self.into_s >= episode.at_s:
                self.waiting.remove(episode)
                self.under_way = (episode, self.second)
                return self.under_way
        return None

    def _close(self, episode: Episode, since: int) -> None:
        """Write down an episode that is over."""
        length = float(self.second - since)
        self.events.append(Event(episode.what, episode.block, float(since), length))
        self.under_way = None

    def close(self) -> None:
        """Write down what the end of the run cut off."""
        if self.under_way is not None:
            self._close(*self.under_way)

    def _ground(self) -> float:
        """Return what slope and wind do to the speed, in ln v."""
        ground = self.course.ground
        wind = ground.out if self.second < self.half_s else ground.back
        if not ground.is_felt:
            return wind
        angle = 2 * math.pi * self.metres / ground.every_m
        grade_pct = 100 * ground.hill_m / 2 * math.sin(angle) * 2 * math.pi / ground.every_m
        return wind - (UPHILL if grade_pct > 0 else DOWNHILL) * grade_pct

    def _altitude(self) -> float:
        ground = self.course.ground
        return 40 + ground.hill_m / 2 * (1 - math.cos(2 * math.pi * self.metres / ground.every_m))


def _wanted(episode: Episode, since_s: float, usual_s: float) -> tuple[float, float]:
    """Return the speed of an episode by now, and how long a change takes in it."""
    wanted = episode.speed_mps
    if episode.sinks_to_mps is not None:
        done = min(1.0, since_s / SINKING_S)
        wanted += round(done, 1) * (episode.sinks_to_mps - wanted)
    return wanted, usual_s if episode.response_s is None else episode.response_s


def travel(course: Course, runner: Runner, error: np.ndarray, seed: int) -> Journey:
    """
    Go through a course.

    Parameters
    ----------
    course : Course
        What the runner means to do, and what happens.
    runner : Runner
        How.
    error : array, shape (LONGEST_S,)
        Error of the watch that blocks in metres are run by [ln v].
    seed : int
        Same seed, same wander.
    """
    rng = stream(seed, WANDER)
    aims = runner.aim * rng.standard_normal(len(course.sections))
    aimed = tuple(
        replace(s, speed_mps=s.speed_mps * math.exp(a))
        for s, a in zip(course.sections, aims, strict=True)
    )
    wander = waves(rng, LONGEST_S, runner.wander, runner.tilt)
    planned_s = sum(s.seconds or (s.metres or 0.0) / s.speed_mps for s in aimed)
    going = _Going(replace(course, sections=aimed), runner, wander, error, planned_s / 2)
    while not going.is_over and going.second < wander.size:
        going.step()
    going.close()
    late = int(course.late_s)
    speed, effort, altitude, is_event, is_paused, is_failing = (
        np.asarray(column)[late:] for column in zip(*going.rows, strict=True)
    )
    started = tuple(
        replace(s, start_s=s.start_s - late, end_s=s.end_s - late) for s in going.started
    )
    events = tuple(replace(e, at_s=(e.at_s or 0.0) - late) for e in going.events)
    return Journey(speed, effort, altitude, is_event, is_paused, is_failing, started, events)


def true_of(
    kind: str, course: Course, journey: Journey, plan: tuple[PlannedBlock, ...], error: np.ndarray
) -> Truth:
    """Write down the truth of a journey."""
    usable = ~(journey.is_event | journey.is_paused)
    by_block = {s.section.block: s for s in journey.started if s.section.block is not None}
    timer = np.concatenate(([0.0], journey.timer_s()))
    shown = np.where(journey.is_paused, 0.0, journey.speed_mps * np.exp(error[: journey.seconds]))
    counted = np.concatenate(([0.0], np.cumsum(shown)))
    first = next((s.start_s for s in journey.started if s.section.block is not None), 0.0)
    cursor = float(np.interp(first, np.arange(timer.size), timer)) + min(first, 0.0)
    blocks = []
    for i, planned in enumerate(plan, start=1):
        end = _clock_end(cursor, planned, timer, counted)
        at = np.searchsorted(timer, [max(cursor, 0.0), max(end, 0.0)]).tolist()
        mine = by_block.get(i)
        executed = None
        if mine is not None:
            executed = window(journey.speed_mps, usable, (mine.start_s, mine.end_s), planned)
        clock = window(journey.speed_mps, usable, (at[0], at[1]), planned)
        blocks.append(BlockTruth(i, executed, clock))
        cursor = end
    noted = tuple(Event(what, block) for what, block in course.notes)
    return Truth(kind, (*journey.events, *noted), tuple(blocks), cursor, course.left_out)


def _clock_end(
    start_s: float, planned: PlannedBlock, timer: np.ndarray, counted: np.ndarray
) -> float:
    """Return the timer second at which a block ends, by time or by metres on the watch."""
    if planned.seconds is not None:
        return start_s + planned.seconds
    goal = float(np.interp(start_s, timer, counted)) + (planned.metres or 0.0)
    if goal >= counted[-1] + NEARLY_M:  # not reached: so much longer at the block's pace
        missing_m = goal - float(counted[-1])
        return max(start_s, float(timer[-1])) + missing_m / 1000 * planned.pace
    if goal >= counted[-1]:
        return float(timer[-1])
    return float(timer[int(np.searchsorted(counted, goal))])
