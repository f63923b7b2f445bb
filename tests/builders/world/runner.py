"""
A runner: how long a change of pace takes, how a held pace wanders, what the heart does.

Wander is a sum of waves of every length from 20 s to 15 min, with a spectrum drawn for each
runner; a change is a ramp or an exponential approach. Neither is the first world's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

Response = Literal["ramp", "approach"]
Heart = Literal["follows", "up", "falls slowly", "falls fast", "absent"]

WAVES = 48
"""How many waves a wander is made of."""

SHORTEST_S, LONGEST_S = 20.0, 900.0
"""Lengths of these waves [s]."""

NINETY = math.log(10.0)
"""An approach has come 90 % of the way after so many of its time constants."""

REST_BPM, BPM_PER_MPS = 58.0, 27.0
"""Heart rate at rest, and what a metre per second adds."""

RISE_S, FALL_S = 38.0, 60.0
"""Time constants of a heart that speeds up, and of one that calms down [s]."""

DRIFT_PER_H = 0.05
"""How much the heart rate drifts in an hour at the same pace, as a share."""

SLOW_FALL_BPM_PER_S = 2.5 / 60
"""How fast a heart falls that falls slowly though the pace collapsed."""


@dataclass(frozen=True)
class Runner:
    """
    One runner.

    Parameters
    ----------
    response : {'ramp', 'approach'}
        Shape of a change of pace.
    response_s : float
        How long it takes, to the end of the ramp or to 90 % of the way.
    wander : float
        Spread of a held pace in ln v.
    tilt : float
        Amplitude of a wave grows with its length to this power: 0 is restless, 1 slow.
    aim : float
        Spread by which each block is aimed off its pace, in ln v.
    press_delay_s, press_spread_s : float
        How long after a change the lap button is pressed.
    """

    response: Response
    response_s: float
    wander: float
    tilt: float
    aim: float
    press_delay_s: float
    press_spread_s: float


STEADY = Runner("approach", 2.0, 0.0, 0.5, 0.0, 0.0, 0.0)
"""Without error: what is left of a run is what happened in it."""


def draw_runner(rng: np.random.Generator) -> Runner:
    """Draw a runner: changes of 2 to 30 s, a held pace good to 0.6 to 1.8 %."""
    return Runner(
        response="ramp" if rng.random() < 0.5 else "approach",
        response_s=float(np.exp(rng.uniform(math.log(2.0), math.log(30.0)))),
        wander=float(rng.uniform(0.006, 0.018)),
        tilt=float(rng.uniform(0.0, 1.0)),
        aim=0.004,
        press_delay_s=float(rng.uniform(0.0, 4.0)),
        press_spread_s=float(rng.uniform(0.5, 3.0)),
    )


def waves(
    rng: np.random.Generator, seconds: int, spread: float, tilt: float, longest_s: float = LONGEST_S
) -> np.ndarray:
    """Return a sum of waves of random phase, with a spread and a spectrum; one value a second."""
    lengths = np.exp(rng.uniform(math.log(SHORTEST_S), math.log(longest_s), WAVES))
    sizes = lengths**tilt
    sizes *= spread * math.sqrt(2.0 / float(sizes @ sizes))
    phases = rng.uniform(0, 2 * np.pi, WAVES)
    angles = 2 * np.pi * np.arange(seconds)[:, None] / lengths + phases
    total: np.ndarray = np.sin(angles) @ sizes
    return total


@dataclass
class Legs:
    """The pace a runner is at, second by second: follows what is wanted, with a response."""

    runner: Runner
    speed_mps: float
    wanted_mps: float = math.nan
    from_mps: float = math.nan
    since_s: float = 0.0

    def step(self, wanted_mps: float, response_s: float) -> float:
        """Go on by a second and return the speed; a new wish begins a new change."""
        if self.runner.response == "approach":
            share = 1 - math.exp(-NINETY / response_s)
            self.speed_mps += share * (wanted_mps - self.speed_mps)
            return self.speed_mps
        if wanted_mps != self.wanted_mps:
            self.wanted_mps, self.from_mps, self.since_s = wanted_mps, self.speed_mps, 0.0
        self.since_s += 1.0
        done = min(1.0, self.since_s / response_s)
        self.speed_mps = self.from_mps + done * (wanted_mps - self.from_mps)
        return self.speed_mps


def heart_rate(effort_mps: np.ndarray, heart: Heart, failing: np.ndarray) -> np.ndarray:
    """
    Return the heart rate for an effort, as a speed on the flat at rest of mind [bpm].

    ``failing`` says which seconds belong to a collapse; there it follows ``heart``: up is
    4 % above where it was, though the legs are slower.
    """
    if heart == "absent":
        return np.full(effort_mps.size, np.nan)
    beats, now, before = [], REST_BPM + 35.0, math.nan
    for second, (effort, is_failing) in enumerate(
        zip(effort_mps.tolist(), failing.tolist(), strict=True)
    ):
        goal = (REST_BPM + BPM_PER_MPS * effort) * (1 + DRIFT_PER_H * second / 3600)
        before = before if is_failing and math.isfinite(before) else now
        if is_failing and heart == "up":
            goal = 1.04 * before
        elif is_failing and heart == "falls slowly":
            goal = max(goal, now - FALL_S * SLOW_FALL_BPM_PER_S)
        now += (goal - now) / (RISE_S if goal > now else FALL_S)
        if not is_failing:
            before = math.nan
        beats.append(now)
    return np.rint(np.minimum(beats, 205.0))
