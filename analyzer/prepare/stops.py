"""Where the body stood still, and the ramps on either side (method 1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.median import median
from analyzer.model.activity import Span
from analyzer.model.prepared import Stop
from analyzer.prepare.held import WALKING_SPM
from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats, Pause
    from analyzer.model.clock import TimerClock
    from analyzer.model.prepared import StoppedBy
    from analyzer.prepare.grid import Grid

STANDING_MPS = 0.8
"""Slower is standing: shuffling on the spot included, walking not [m/s]."""

RUNNING_MPS = 1.6
"""Distance that goes on like this is no standing, whatever the device's speed says [m/s]."""

MIN_STOP_S = 5.0
"""Shorter is no stop [s]."""

MERGE_S = 3.0
"""Stops closer together are one [s]."""

RAMP_SHARE = 0.7
"""Slower than this share of the speed nearby, beside a stop, is braking or starting [ratio]."""

MAX_RAMP_S = 15
"""Longest ramp beside a stop [s]."""

NEARBY_S = 120
"""What counts as nearby for a ramp [s]."""

RANK: dict[StoppedBy, int] = {"runner": 0, "watch": 1, "gap": 2, "body": 3}
"""Which evidence names a stop when several show it: the strongest first."""


class Standing(Struct, frozen=True):
    """Stops on the elapsed clock, and the timer seconds they and their ramps take."""

    stops: tuple[Stop, ...]
    is_standing: Bools
    is_moving: Bools


def centred_mean(values: Floats, width: int) -> Floats:
    """Mean over ``width`` seconds around each, over what is there at the ends."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    i = np.arange(values.size)
    first = np.maximum(i - width // 2, 0)
    last = np.minimum(i + width // 2 + 1, values.size)
    means: Floats = (sums[last] - sums[first]) / (last - first)
    return means


def find_stops(
    grid: Grid, clock: TimerClock, uncertain_gaps: frozenset[Pause] = frozenset()
) -> Standing:
    """
    Find where the body stood, whether or not the timer ran.

    The device's own speed is the finest sign of it, but distance must not
    contradict it: a speed of 0 while the metres went on is a sensor that failed.

    Parameters
    ----------
    grid : Grid
        Before glitches are repaired. Seconds of which nothing was measured are never
        standing by themselves, and where the speed is unknown not moving either.
    clock : TimerClock
        With the pauses; those of 5 s or more are stops.
    uncertain_gaps : frozenset of Pause
        Pauses that may hide movement.

    Returns
    -------
    Standing
        Stops in order, merged when less than 3 s apart.
    """
    speed_mps = grid.speed_mps
    slow = (_tested_speed(grid) < STANDING_MPS) & ~grid.is_interpolated
    seen = [(a, b) for a, b in stretches(slow) if b - a >= MIN_STOP_S]
    is_standing = np.zeros(speed_mps.size, dtype=np.bool_)
    found: list[Stop] = []
    for a, b in seen:
        is_standing[a:b] = True
        start_s = float(clock.elapsed_at(np.array([a]))[0])
        end_s = float(clock.elapsed_at(np.array([b]), after_pause=False)[0])
        found.append(Stop(Span(start_s, end_s), "body", is_certain=True))
    found += [
        Stop(p.span, p.by, is_certain=p not in uncertain_gaps)
        for p in clock.pauses
        if p.span.duration_s >= MIN_STOP_S
    ]
    stops = _merged(sorted(found, key=lambda s: s.span.start_s))
    is_left_out = is_standing | grid.is_unknown
    is_ramp = _ramps(speed_mps, is_left_out, _edges(stops, clock, speed_mps.size))
    return Standing(stops, is_standing, ~is_left_out & ~is_ramp)


def _tested_speed(grid: Grid) -> Floats:
    """Return the device's speed where it is known and can be true, else that of the distance."""
    by_distance = centred_mean(grid.speed_mps, 5)
    tested = np.where(np.isfinite(grid.device_speed_mps), grid.device_speed_mps, by_distance)
    for a, b in stretches(tested < STANDING_MPS):
        if b - a >= MIN_STOP_S and _ran_on(grid, slice(a, b)):
            tested[a:b] = by_distance[a:b]
    return tested


def _ran_on(grid: Grid, cut: slice) -> bool:
    """Whether distance and cadence contradict a device speed of next to nothing."""
    cadence = grid.cadence_spm[cut]
    cadence = cadence[np.isfinite(cadence)]
    if cadence.size and median(cadence) < WALKING_SPM:
        return False
    return float(grid.speed_mps[cut].mean()) >= RUNNING_MPS


def _merged(stops: list[Stop]) -> tuple[Stop, ...]:
    """Join stops that touch or lie less than 3 s apart; the strongest evidence names them."""
    merged: list[Stop] = []
    for stop in stops:
        if merged and stop.span.start_s - merged[-1].span.end_s < MERGE_S:
            last = merged.pop()
            end_s = max(last.span.end_s, stop.span.end_s)
            by = min(last.by, stop.by, key=RANK.__getitem__)
            certain = last.is_certain or stop.is_certain
            merged.append(Stop(Span(last.span.start_s, end_s), by, is_certain=certain))
        else:
            merged.append(stop)
    return tuple(merged)


def _edges(stops: tuple[Stop, ...], clock: TimerClock, seconds: int) -> list[tuple[int, int]]:
    """Return first and last (excluded) timer second of each stop."""
    starts = clock.timer_at(np.array([s.span.start_s for s in stops], dtype=np.float64))
    ends = clock.timer_at(np.array([s.span.end_s for s in stops], dtype=np.float64))
    clipped = np.clip(np.rint(np.stack((starts, ends), axis=-1)), 0, seconds).astype(int)
    return [(int(a), int(b)) for a, b in clipped]


def _ramps(speed_mps: Floats, is_left_out: Bools, edges: list[tuple[int, int]]) -> Bools:
    """Mark the seconds of braking and starting on either side of each stop."""
    is_ramp = np.zeros(speed_mps.size, dtype=np.bool_)
    for a, b in edges:
        nearby = slice(max(0, a - NEARBY_S), b + NEARBY_S)
        running = speed_mps[nearby][~is_left_out[nearby]]
        if running.size == 0:
            continue
        slow = RAMP_SHARE * median(running)
        i = a - 1
        while i >= max(0, a - MAX_RAMP_S) and speed_mps[i] < slow:
            is_ramp[i] = True
            i -= 1
        i = b
        while i < min(speed_mps.size, b + MAX_RAMP_S) and speed_mps[i] < slow:
            is_ramp[i] = True
            i += 1
    return is_ramp & ~is_left_out
