"""Recordings with a fault of a known size, made of sound simulated ones."""

from __future__ import annotations

import numpy as np

from tests.builders.simulate import SimulatedRun

POSITIONS = ("latitude_deg", "longitude_deg")
MEASURED = ("distance_m", "speed_mps", *POSITIONS, "elevation_m")
"""What comes from satellites, directly or not."""


def with_columns(run: SimulatedRun, columns: dict[str, np.ndarray]) -> SimulatedRun:
    """Put other columns in place of some."""
    return SimulatedRun(**{**vars(run), **columns})


def held(run: SimulatedRun, every_s: float, *columns: str) -> SimulatedRun:
    """Write some columns anew only every so many seconds; between, the last value stands."""
    last = np.searchsorted(run.elapsed_s, np.floor(run.elapsed_s / every_s) * every_s, side="right")
    return with_columns(run, {name: getattr(run, name)[last - 1] for name in columns})


def held_unevenly(run: SimulatedRun, longest_s: int, seed: int, *columns: str) -> SimulatedRun:
    """Write some columns anew after 2 to ``longest_s`` seconds, at random."""
    gaps = np.random.default_rng(seed).integers(2, longest_s + 1, run.elapsed_s.size)
    at = np.concatenate(([0], np.cumsum(gaps)))
    last = at[np.searchsorted(at, np.arange(run.elapsed_s.size), side="right") - 1]
    return with_columns(run, {name: getattr(run, name)[last] for name in columns})


def frozen(run: SimulatedRun, start_s: float, seconds: float, *columns: str) -> SimulatedRun:
    """Freeze some columns for a while; then they are where they would have been."""
    first, last = np.searchsorted(run.elapsed_s, [start_s, start_s + seconds])
    stuck = {}
    for name in columns:
        values = getattr(run, name).copy()
        values[first:last] = values[first]
        stuck[name] = values
    return with_columns(run, stuck)


def without(run: SimulatedRun, start_s: float, seconds: float, *columns: str) -> SimulatedRun:
    """Lose some columns for a while; the records stay, with the heart rate."""
    lost = (run.elapsed_s >= start_s) & (run.elapsed_s < start_s + seconds)
    return with_columns(run, {n: np.where(lost, np.nan, getattr(run, n)) for n in columns})


def without_records(run: SimulatedRun, start_s: float, seconds: float) -> SimulatedRun:
    """Lose the records of a while altogether."""
    kept = (run.elapsed_s < start_s) | (run.elapsed_s >= start_s + seconds)
    columns = {n: v[kept] for n, v in vars(run).items() if isinstance(v, np.ndarray)}
    return with_columns(run, columns)


def silent(run: SimulatedRun, *columns: str) -> SimulatedRun:
    """Leave columns out throughout."""
    return with_columns(run, {n: np.full(run.elapsed_s.size, np.nan) for n in columns})


def altitude_spikes(run: SimulatedRun, at_s: tuple[int, ...], metres: float) -> SimulatedRun:
    """Add spikes of 3 s to the altitude."""
    elevation = run.elevation_m.copy()
    for second in at_s:
        elevation[second : second + 3] += metres
    return with_columns(run, {"elevation_m": elevation})
