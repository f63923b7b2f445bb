"""Aerobic decoupling: how far heart rate drifts away from speed within one block."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.model.activity import Floats

SETTLING_S = 150
"""Heart rate still climbs towards the effort of the block [s]. Left out."""

MIN_DURATION_S = 8 * 60
"""Shorter blocks say nothing about drift [s]."""

MAX_SPEED_CHANGE = 0.03
"""Halves run at different speeds cannot be compared [ratio]."""


def decoupling_pct(speed_mps: Floats, heart_rate_bpm: Floats) -> float | None:
    """
    Loss of speed per heartbeat from the first half of a block to the second.

    Positive means drift: more beats, or less speed, at the same effort. Below
    5 % is usually read as a sound aerobic base [1]_.

    Parameters
    ----------
    speed_mps, heart_rate_bpm : array, shape (n,)
        One value a second, so that a mean is a mean in time. NaN is unknown;
        speed 0 stands.

    Returns
    -------
    float or None
        Percent of the first half's speed per beat. None if the block is shorter
        than 8 minutes, if a half holds no running second with both signals, or
        if the halves differ by more than 3 % in speed.

    Raises
    ------
    ValueError
        If the columns differ in length.

    Notes
    -----
    Halves are equal in time, not in number of known seconds: where the strap
    lost contact for a while, counting seconds would shift the middle.

    References
    ----------
    .. [1] J. Friel, "Aerobic endurance and decoupling", TrainingPeaks blog.
    """
    if speed_mps.shape != heart_rate_bpm.shape:
        msg = "the columns of a block must have one length"
        raise ValueError(msg)
    seconds = speed_mps.size
    if seconds < MIN_DURATION_S:
        return None
    middle = (SETTLING_S + seconds) // 2
    known = (speed_mps > 0) & (heart_rate_bpm > 0)
    halves = (slice(SETTLING_S, middle), slice(middle, seconds))
    if not all(known[half].any() for half in halves):
        return None
    speed_1, speed_2 = (float(speed_mps[h][known[h]].mean()) for h in halves)
    if abs(speed_2 - speed_1) > MAX_SPEED_CHANGE * speed_1:
        return None
    rate_1, rate_2 = (float(heart_rate_bpm[h][known[h]].mean()) for h in halves)
    return 100.0 * (speed_1 / rate_1 - speed_2 / rate_2) / (speed_1 / rate_1)
