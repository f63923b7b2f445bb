"""What is recorded around a run: a walk or a ferry in a pause, the drive home, the drive there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.builders.simulate import SimulatedRun

DEGREES_PER_METRE = 1 / (np.pi / 180 * 6_371_008.8)
"""Of latitude."""


def carried(run: SimulatedRun, metres: float) -> SimulatedRun:
    """Move the runner so far north in each pause; his watch counts nothing of it."""
    latitude = run.latitude_deg.copy()
    for start_s, *_ in run.pauses:
        latitude[run.elapsed_s > start_s] += metres * DEGREES_PER_METRE
    return replace(run, latitude_deg=latitude)


def driven(
    run: SimulatedRun, seconds: int, speed_mps: float, *, standing_s: int = 120, is_before: bool
) -> SimulatedRun:
    """Stand and drive behind the run, or drive and stand before it, with the timer running."""
    speed = np.concatenate((np.zeros(standing_s), np.full(seconds, speed_mps)))
    speed = speed[::-1] if is_before else speed
    way_m = np.cumsum(speed)
    at_s = np.arange(1, speed.size + 1, dtype=float)
    run_s, run_m = run.elapsed_s[-1], run.distance_m[-1]
    edge = 0 if is_before else -1
    added = {
        "elapsed_s": at_s - 1 if is_before else run_s + at_s,
        "timer_s": at_s - 1 if is_before else run.timer_s[-1] + at_s,
        "true_m": way_m,
        "distance_m": way_m - speed if is_before else run_m + way_m,
        "speed_mps": speed,
        "latitude_deg": run.latitude_deg[edge]
        + (way_m - (way_m[-1] if is_before else 0)) * DEGREES_PER_METRE,
        "longitude_deg": np.full(speed.size, run.longitude_deg[edge]),
        "elevation_m": np.full(speed.size, run.elevation_m[edge]),
        "heart_rate_bpm": np.full(speed.size, 90.0),
        "cadence_spm": np.zeros(speed.size),
    }
    later = {"elapsed_s": speed.size, "timer_s": speed.size, "distance_m": way_m[-1]}
    columns = {}
    for name, values in added.items():
        own = getattr(run, name)
        own = own + later.get(name, 0.0) if is_before else own
        columns[name] = np.concatenate((values, own) if is_before else (own, values))
    return SimulatedRun(**{**vars(run), "laps": (), **columns})
