"""
A watch: what it errs by from second to second, in the long run, and in scale.

The autocorrelation is that of real watches: autoregressive models of third order, fitted once
by least squares to ln of the speed between neighbouring distances, brought to 1 Hz, less its
mean over 61 s, in windows of 120 s without standing. The recordings are those of
../shared/activities/runs; what the runner does within a minute is in them, too. Spreads are
not taken from there (they are 11 to 24 %, some of it such wander) but drawn: 0.8 to 3 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.builders.world.runner import waves

MODELS: dict[str, tuple[float, float, float]] = {
    "COROS Pace 2": (0.80, -0.43, 0.26),
    "Garmin fenix 6": (0.26, 0.07, -0.01),
    "Garmin fenix 6X": (0.67, 0.02, -0.01),
    "Garmin fenix 2": (0.41, 0.15, 0.04),
    "Garmin Forerunner 645": (0.66, 0.10, 0.02),
}
"""
Weights of the last three seconds. In order: 20210507_run_coros_pace_2.fit (18 windows),
20210507_run_garmin_fenix_6.fit (19), track_cs_544406.fit (22), activity-small-fenix2-run.fit
(20) and 2019-09-18-16-02-35.fit (7, a record every 3 s).
"""

SLOW = 0.3
"""Slow errors (20 s to 10 min: trees, bends, the sky) as a share of the fast ones."""

SETTLING_S = 60
"""Seconds made and thrown away, so that the errors do not begin at 0."""


@dataclass(frozen=True)
class Watch:
    """
    One watch on one run.

    ``spread`` is that of the error of one second in ln v, ``scale`` the error of the whole
    run, ``drift`` how much that changes from start to end. ``smoothing_s`` is how many
    seconds the shown speed is a mean of.
    """

    model: str
    spread: float
    scale: float
    drift: float = 0.0
    smoothing_s: int = 3
    is_indoors: bool = False


EXACT = Watch("Garmin fenix 6", 0.0, 0.0)
"""Without error."""


def draw_watch(rng: np.random.Generator) -> Watch:
    """Draw a watch: noise of 0.8 to 3 %, a scale good to 0.8 %."""
    return Watch(
        model=list(MODELS)[int(rng.integers(len(MODELS)))],
        spread=float(np.exp(rng.uniform(np.log(0.008), np.log(0.03)))),
        scale=float(0.008 * rng.standard_normal()),
        smoothing_s=int(rng.integers(1, 6)),
    )


def _autoregressive(
    rng: np.random.Generator, seconds: int, weights: tuple[float, ...]
) -> np.ndarray:
    """Return an autoregressive series of spread 1."""
    values = [0.0] * len(weights)
    for shock in rng.standard_normal(seconds + SETTLING_S).tolist():
        values.append(shock + sum(w * v for w, v in zip(weights, values[:-4:-1], strict=True)))
    made = np.asarray(values[-seconds:])
    series: np.ndarray = made / made.std()
    return series


def error(rng: np.random.Generator, watch: Watch, seconds: int) -> np.ndarray:
    """Return the error of a watch in ln v, one value a second; without the drift."""
    fast = watch.spread * _autoregressive(rng, seconds, MODELS[watch.model])
    slow = waves(rng, seconds, SLOW * watch.spread, 0.5, 600.0)
    total: np.ndarray = fast + slow + watch.scale - watch.spread**2 / 2
    return total
