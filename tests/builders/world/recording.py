"""What a watch makes of a journey: a record a second, laps, pauses."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.builders.simulate import LapMark
from tests.builders.world.runner import heart_rate, waves

if TYPE_CHECKING:
    from tests.builders.world.course import Course
    from tests.builders.world.journey import Journey
    from tests.builders.world.runner import Runner
    from tests.builders.world.watch import Watch

HARBOUR = (-12.0, -22.0)
"""Where the runs begin [deg]: open sea, so nobody lives there."""

METRES_PER_DEGREE = math.pi / 180 * 6_371_008.8

BEND_M = 700.0
"""The way winds; a bend to the left and one to the right take so many metres."""

POSITION_M, POSITION_S = 2.0, 300.0
"""Spread and longest waves of the error of a position, north and east alike."""

STEPS_SPM, STEPS_PER_MPS = 141.0, 9.0
"""Cadence of a runner: at no speed, and for each metre per second more."""

FASTEST_MPS = 6.5
"""Who goes faster than this, drives: no plan of this world is run at 2:34 /km."""

WALKING_MPS, WALKING_SPM = 2.0, 112.0
"""Below this speed a runner walks, at this cadence."""


@dataclass(frozen=True, eq=False)
class Recording:
    """
    A recording as the FIT encoder takes it, one entry a record; NaN is not recorded.

    ``elapsed_s`` counts from the first record, ``timer_s`` stands in pauses, in which
    nothing is recorded. ``true_mps`` is the speed really run in the second that ends there.
    """

    elapsed_s: np.ndarray
    timer_s: np.ndarray
    distance_m: np.ndarray
    speed_mps: np.ndarray
    latitude_deg: np.ndarray
    longitude_deg: np.ndarray
    elevation_m: np.ndarray
    heart_rate_bpm: np.ndarray
    cadence_spm: np.ndarray
    true_mps: np.ndarray
    has_positions: bool
    laps: tuple[LapMark, ...]
    pauses: tuple[tuple[float, float, str], ...]

    def between(self, start_s: float, seconds: float) -> np.ndarray:
        """Say which records lie in a stretch of elapsed time."""
        inside: np.ndarray = (self.elapsed_s >= start_s) & (self.elapsed_s < start_s + seconds)
        return inside

    def with_columns(self, **columns: Any) -> Recording:
        """Put other columns in place of some."""
        return replace(self, **columns)

    def only(self, kept: np.ndarray) -> Recording:
        """Keep some of the records."""
        columns = {n: v[kept] for n, v in vars(self).items() if isinstance(v, np.ndarray)}
        return replace(self, **columns)


def smoothed(speed: np.ndarray, seconds: int) -> np.ndarray:
    """Return the mean of the last seconds."""
    total = np.concatenate((np.full(seconds, speed[0]), speed)).cumsum()
    mean: np.ndarray = (total[seconds:] - total[:-seconds]) / seconds
    return mean


def record(
    journey: Journey,
    course: Course,
    runner: Runner,
    watch: Watch,
    error: np.ndarray,
    rng: np.random.Generator,
    *,
    has_presses: bool,
) -> Recording:
    """
    Record a journey.

    Parameters
    ----------
    journey, course, runner
        What is recorded.
    watch : Watch
        By what.
    error : array
        Error of the watch in ln v, a value a second.
    rng : Generator
        For positions and presses.
    has_presses : bool
        Whether the runner presses lap at each change.
    """
    n = journey.seconds
    drift = (watch.drift + course.drift) * (np.arange(n) / n - 0.5)
    shown = journey.speed_mps * np.exp(error[:n] + course.scale + drift)
    shown = np.where(journey.is_paused, 0.0, shown)
    distance = np.concatenate(([0.0], np.cumsum(shown)))
    timer = np.concatenate(([0.0], journey.timer_s()))
    run = Recording(
        elapsed_s=np.arange(n + 1, dtype=float),
        timer_s=timer,
        distance_m=distance,
        speed_mps=np.concatenate((shown[:1], smoothed(shown, watch.smoothing_s))),
        **_way(journey, rng),
        heart_rate_bpm=_first_too(heart_rate(journey.effort_mps, course.heart, journey.is_failing)),
        cadence_spm=_first_too(_cadence(journey.speed_mps)),
        true_mps=_first_too(journey.speed_mps),
        has_positions=not (watch.is_indoors or course.is_indoors),
        laps=_laps(_presses(journey, runner, rng) if has_presses else [], timer, distance),
        pauses=tuple(_pauses(journey.is_paused)),
    )
    return run.only(np.concatenate(([True], ~journey.is_paused)))


def _first_too(values: np.ndarray) -> np.ndarray:
    """Give the first record, before the first second, the value of that second."""
    return np.concatenate((values[:1], values))


def _cadence(speed: np.ndarray) -> np.ndarray:
    """Return steps a minute: none when standing or driving, few when walking."""
    running = STEPS_SPM + STEPS_PER_MPS * speed
    steps = np.where(speed < WALKING_MPS, WALKING_SPM, running)
    return np.where((speed < 0.4) | (speed > FASTEST_MPS), 0.0, steps)


def _way(journey: Journey, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Lay the run on a winding way through the sea, with errors of position and altitude."""
    n = journey.seconds + 1
    metres = np.concatenate(([0.0], np.cumsum(journey.speed_mps)))
    heading = 0.6 * np.sin(2 * np.pi * metres / BEND_M)
    steps = np.diff(metres, prepend=0.0)
    off = [waves(rng, n, POSITION_M, 0.5, POSITION_S) for _ in range(2)]
    north = np.cumsum(steps * np.cos(heading)) + off[0]
    east = np.cumsum(steps * np.sin(heading)) + off[1]
    shrink = math.cos(math.radians(HARBOUR[0]))
    return {
        "latitude_deg": HARBOUR[0] + north / METRES_PER_DEGREE,
        "longitude_deg": HARBOUR[1] + east / (METRES_PER_DEGREE * shrink),
        "elevation_m": _first_too(journey.altitude_m) + waves(rng, n, 0.4, 1.0, 900.0),
    }


def _pauses(is_paused: np.ndarray) -> list[tuple[float, float, str]]:
    """Return start and end of each pause [elapsed s]; all are by the watch."""
    change = np.diff(np.concatenate(([0], is_paused.astype(int), [0])))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return [(float(a), float(b), "watch") for a, b in zip(starts, ends, strict=True)]


def _presses(journey: Journey, runner: Runner, rng: np.random.Generator) -> list[int]:
    """Return the elapsed seconds at which lap was pressed: at each change, a little late."""
    changes = [s.end_s for s in journey.started if s.end_s < journey.seconds - 20]
    changes += [s.start_s for s in journey.started[:1] if s.start_s > 0]
    off = runner.press_delay_s + runner.press_spread_s * rng.standard_normal(len(changes))
    at = [round(c + o) for c, o in zip(sorted(changes), off, strict=True)]
    return [a for a in at if 3 < a < journey.seconds - 3]


def _laps(presses: list[int], timer: np.ndarray, distance: np.ndarray) -> tuple[LapMark, ...]:
    """Cut laps at the presses."""
    edges = [0, *presses, timer.size - 1]
    triggers = [*("manual" for _ in presses), "session_end"]
    return tuple(
        LapMark(
            float(a),
            float(b),
            how,
            None,
            float(distance[b] - distance[a]),
            float(timer[b] - timer[a]),
        )
        for a, b, how in zip(edges, edges[1:], triggers, strict=False)
    )
