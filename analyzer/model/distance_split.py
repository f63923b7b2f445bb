"""One kilometre or mile of a run, as a watch lists them."""

from __future__ import annotations

from msgspec import Struct


class DistanceSplit(Struct, frozen=True):
    """
    One unit of distance; the last one may be shorter.

    Parameters
    ----------
    number : int
        Counted from 1, from the start of the recording.
    start_s, end_s : float
        On the elapsed clock.
    distance_m : float
        Its length.
    pace_s_per_km : float
        By the elapsed clock, as a watch has it: standing counts.
    heart_rate_bpm : float or None
        Mean.
    climbed_m, descended_m : float or None
        Up and down, in steps that a barometer can tell.
    """

    number: int
    start_s: float
    end_s: float
    distance_m: float
    pace_s_per_km: float
    heart_rate_bpm: float | None
    climbed_m: float | None
    descended_m: float | None
