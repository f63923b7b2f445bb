"""A recording made ready for judging: an even one-second grid on the timer clock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats, RecordingWarning, Span
    from analyzer.model.clock import TimerClock

DistanceSource = Literal["footpod", "device", "positions", "speed"]

Slopes = Literal["strava", "minetti", "off"]
"""How slopes are turned into pace on the flat: by heart rate, by energy cost, or not at all."""

StoppedBy = Literal["body", "runner", "watch", "gap"]
"""What shows the stop: standing seen in the data, stop button, auto-pause, or a hole."""


class Stop(Struct, frozen=True):
    """
    The body stood still, timer running or not.

    Parameters
    ----------
    span : Span
        On the elapsed clock.
    by : {'body', 'runner', 'watch', 'gap'}
        What shows it; a pause outranks what the speed shows.
    is_certain : bool
        False for a hole in the records that may hide movement.
    """

    span: Span
    by: StoppedBy
    is_certain: bool


class Prepared(Struct, frozen=True, eq=False):
    """
    The run on an even 1 s grid of the timer clock, so that a mean is a mean in time.

    Edges are the seconds 0, 1, .. n; second i lies between edge i and i + 1.

    Parameters
    ----------
    clock : TimerClock
        The way between timer and elapsed time.
    distance_m : array, shape (n + 1,)
        Cumulative distance at the edges, glitches repaired; starts at 0, never falls.
    speed_mps : array, shape (n,)
        Distance gained in each second.
    effort_mps : array, shape (n,)
        What is judged: ``speed_mps``, or the speed that the same effort runs on the
        flat where slopes are scored (``is_adjusted``).
    grade_ratio : array, shape (n,)
        Rise over run, smoothed along the way; NaN is unknown.
    has_barometer : bool
        Altitude is good enough for slopes to be scored.
    is_adjusted : bool
        Slopes are scored: they matter in this session and can be trusted.
    slopes : {'strava', 'minetti', 'off'}
        The model that was asked for.
    device_speed_mps : array, shape (n,)
        The device's own speed; NaN where there is none.
    heart_rate_bpm, cadence_spm, elevation_m : array, shape (n,)
        Interpolated over at most 10 s; NaN is unknown.
    is_moving : array of bool, shape (n,)
        Neither standing nor in the ramp beside a stop, and of known speed.
    is_standing : array of bool, shape (n,)
        Inside a stop while the timer ran.
    is_replaced : array of bool, shape (n,)
        Speed was not measured here: a repaired glitch, or a gap over 10 s.
    known_from_s, known_to_s : float
        Timer seconds between which distance is known; a late first position comes later than 0.
    stops : tuple of Stop
        In order, on the elapsed clock.
    distance_source : {'footpod', 'device', 'positions', 'speed'}
        Where distance came from.
    scale_error_pct : float
        Standard error common to all distances of the run (``beta`` of the method).
    roughness : float
        How rough the speed is from second to second; 1 is the pair of watches the
        error was measured on, 0 a smooth one.
    is_fine : bool
        Records are a second apart, most of them.
    warnings : tuple of RecordingWarning
        One for each kind of repair made here.
    is_unchecked : bool
        Not one position checks the scale, which arm or foot alone may put off by percents,
        alike in all blocks.
    guesses : array of bool, shape (n,), optional
        Seconds whose metres the device guessed without positions; None without any.
    """

    clock: TimerClock
    distance_m: Floats
    speed_mps: Floats
    effort_mps: Floats
    grade_ratio: Floats
    device_speed_mps: Floats
    heart_rate_bpm: Floats
    cadence_spm: Floats
    elevation_m: Floats
    is_moving: Bools
    is_standing: Bools
    is_replaced: Bools
    stops: tuple[Stop, ...]
    distance_source: DistanceSource
    scale_error_pct: float
    roughness: float = 0.0
    is_fine: bool = False
    has_barometer: bool = False
    is_adjusted: bool = False
    slopes: Slopes = "strava"
    known_from_s: float = 0.0
    known_to_s: float = math.inf
    warnings: tuple[RecordingWarning, ...] = ()
    is_unchecked: bool = False
    guesses: Bools | None = None

    def __post_init__(self) -> None:
        """Make the columns read-only."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    @property
    def is_unknown(self) -> Bools:
        """Seconds of which nobody knows the speed: inside a hole, or a leap that was spread."""
        return self.is_replaced & ~self.is_moving & ~self.is_standing

    def guessed(self, start_s: float, end_s: float) -> tuple[int, float]:
        """Whole seconds between two timer seconds that the device guessed, and their metres."""
        cut = slice(math.ceil(start_s), math.floor(end_s))
        if self.guesses is None:
            return 0, 0.0
        return int(self.guesses[cut].sum()), float(self.speed_mps[cut][self.guesses[cut]].sum())

    @property
    def seconds(self) -> int:
        """Length of the grid in seconds of timer time."""
        return int(self.speed_mps.size)
