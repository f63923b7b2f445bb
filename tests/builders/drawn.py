"""
Runs drawn at random from the set on which the method was first tried (section 14.6).

Starts early, blocks too long or short, fades, a missed block, a run cut short, a
cool-down, stops, hills, lost positions, and laps of every kind: more goes wrong
here than in one honest session, so that an answer that survives it deserves trust.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tests.builders.plans import EXAMPLE, FINE, KILOMETRES, MARATHON, MILES, THIRDS
from tests.builders.simulate import Behaviour, Device, SimulatedRun, Stop, simulate

if TYPE_CHECKING:
    from tests.builders.simulate import Parts, PlannedBlock

WANDER: Parts = ((0.020, 40.0), (0.010, 300.0))
HILLY_WANDER: Parts = (*WANDER, (0.018, 60.0))
"""The third part stands for hills."""

WALK_PACE = 1000 / 1.4
"""Jogging up and down before the start, in s/km."""


@dataclass(frozen=True)
class Drawn:
    """One draw; ``run`` is made from the other four."""

    plan: tuple[PlannedBlock, ...]
    behaviour: Behaviour
    device: Device
    seed: int
    smart_s: int

    @property
    def run(self) -> SimulatedRun:
        """The recording, thinned if the watch records smartly."""
        run = simulate(self.plan, self.behaviour, self.device, self.seed)
        return run.smart(self.smart_s) if self.smart_s > 1 else run


def drawn(seed: int) -> Drawn:
    """
    Draw a plan, a runner and a watch.

    Parameters
    ----------
    seed : int
        The method's tuning used 1 to 200; report on others.

    Returns
    -------
    Drawn
        The same for the same seed.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 9]))
    plan = (EXAMPLE, THIRDS, FINE)[int(rng.choice(3, p=(0.6, 0.2, 0.2)))]
    behaviour = replace(
        _pacing(rng, plan),
        before=_before(rng, plan),
        after=_after(rng, plan),
        skip=_skipped(rng, plan),
    )
    length = _length_s(plan, behaviour)
    behaviour = replace(behaviour, cut_s=_cut(rng, plan, behaviour), stops=_stops(rng, length))
    smart_s = int(rng.integers(2, 8)) if rng.random() < 0.2 else 1
    return Drawn(plan, behaviour, _device(rng), seed, smart_s)


FOOTPOD_NOISE: Parts = ((0.015, 4.0), (0.004, 30.0))
"""A foot pod errs less from second to second than positions do."""


def drawn_wide(seed: int) -> Drawn:
    """
    Draw from all plans and watches: also by kilometres and miles, with foot pods and steps.

    Blocks by distance, marathon blocks, a foot pod in place of positions, and a
    workout on the watch that leads by its own clock while the runner changes
    when it suits. Otherwise as `drawn`.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 10]))
    plans = (EXAMPLE, THIRDS, FINE, MARATHON, KILOMETRES, MILES)
    plan = plans[int(rng.choice(6, p=(0.25, 0.1, 0.1, 0.2, 0.2, 0.15)))]
    behaviour = replace(
        _pacing(rng, plan),
        before=_before(rng, plan),
        after=_after(rng, plan),
        skip=_skipped(rng, plan),
    )
    device = _device(rng)
    if rng.random() < 0.25:
        device = replace(
            device, has_positions=False, noise_parts=FOOTPOD_NOISE, scale_pct=0.5, bursts=0.0
        )
    if rng.random() < 0.25 and plan in (EXAMPLE, THIRDS, FINE, MARATHON):
        device = replace(device, laps="steps")
        behaviour = replace(behaviour, before=None, skip=frozenset())
    behaviour = replace(behaviour, stops=_stops(rng, _length_s(plan, behaviour)))
    smart_s = int(rng.integers(2, 8)) if rng.random() < 0.2 else 1
    return Drawn(plan, behaviour, device, seed, smart_s)


def _pacing(rng, plan) -> Behaviour:
    """Level = plan + common N(0, 2 %) + block N(0, 2.5 %); lengths N(0, 5) or N(0, 40) s off."""
    common = rng.normal(0, 0.02)
    blocks = range(1, len(plan) + 1)
    faster = {i: float(np.expm1(common + rng.normal(0, 0.025))) for i in blocks}
    off = rng.normal(0, 5 if rng.random() < 0.8 else 40, len(plan) - 1)
    late = {i + 2: float(at) for i, at in enumerate(np.cumsum(off))}
    fade = {i: float(rng.uniform(0.03, 0.10)) for i in blocks if rng.random() < 0.12}
    return Behaviour(faster=faster, late_s=late, fade=fade)


def _before(rng, plan) -> tuple[float, float] | None:
    """Half start the recording early, by up to 8 min, on foot or at an easy jog."""
    if rng.random() < 0.5:
        return None
    seconds = float(np.rint(rng.uniform(30, 480)))
    easy = plan[0].pace * float(np.exp(0.03 + rng.normal(0, 0.02)))
    return seconds, WALK_PACE if rng.random() < 0.3 else easy


def _after(rng, plan) -> tuple[float, float] | None:
    """Three in five run a cool-down."""
    if rng.random() < 0.4:
        return None
    easy = plan[0].pace * float(np.exp(0.05 + rng.normal(0, 0.03)))
    return float(np.rint(rng.uniform(120, 900))), easy


def _skipped(rng, plan) -> frozenset[int]:
    """One in seventeen leaves a block out, never the first."""
    which = int(rng.integers(2, len(plan) + 1))
    return frozenset({which}) if rng.random() < 0.06 and len(plan) > 3 else frozenset()


def _length_s(plan: tuple[PlannedBlock, ...], behaviour: Behaviour) -> float:
    """Seconds of the whole run, nothing cut short."""
    blocks = [b.duration_s for i, b in enumerate(plan, start=1) if i not in behaviour.skip]
    ends = (behaviour.before or (0.0, 0.0), behaviour.after or (0.0, 0.0))
    return sum(blocks) + sum(seconds for seconds, _ in ends)


def _cut(rng, plan, behaviour: Behaviour) -> float | None:
    """One in twelve stops early, by 0.2 to 1.3 of the last block's length."""
    share = rng.uniform(0.2, 1.3)
    if rng.random() >= 0.08:
        return None
    blocks_end = _length_s(plan, replace(behaviour, after=None))
    return float(np.rint(blocks_end - share * plan[-1].duration_s))


def _stops(rng, length: float) -> tuple[Stop, ...]:
    """Poisson(0.8) stops of 10 to 70 s, half of them auto-paused."""
    made = []
    for _ in range(int(rng.poisson(0.8))):
        at, seconds = float(np.rint(rng.uniform(60, length - 120))), float(rng.integers(10, 71))
        made.append(Stop(at, seconds, "watch" if rng.random() < 0.5 else "body"))
    return tuple(made)


def _device(rng) -> Device:
    """Return a watch that reads 0.5 % short, is lost now and then, and has laps of any kind."""
    laps = str(rng.choice(["none", "auto", "manual", "messy"], p=(0.30, 0.25, 0.30, 0.15)))
    messy = laps == "messy"
    return Device(
        laps="manual" if messy else laps,
        wander_parts=HILLY_WANDER if rng.random() < 0.4 else WANDER,
        bias_pct=-0.5,
        bursts=5.0,
        press_s=12.0 if messy else 3.0,
        press_missing=0.15 if messy else 0.03,
        press_extra=0.25 if messy else 0.03,
    )
