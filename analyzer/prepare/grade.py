"""
Slope under the runner, and what it costs: pace on the flat at equal effort (method 6).

Two models that differ by a factor of two near the flat; half their difference is
the error of what is adjusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.median import median

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.model.prepared import Slopes

SMOOTH_M, GPS_SMOOTH_M = 80.0, 300.0
"""Altitude is smoothed over this way: from a barometer, from GPS [m]."""

BAROMETER_M = 2.5
"""Altitude that bends by less than this over 10 s, as usual, is a barometer's [m]."""

BEND_S = 10
"""Distance of the three points that show how altitude bends [s]."""

RARE, LEAP_M = 0.99, 6.0
"""Of so many bends none is larger than this with a barometer, whatever the hills [share], [m]."""

CLIMB_MPS = 4.0
"""Nobody rises or falls faster on foot [m/s]."""

SPIKE_S, BACK_M, USUAL_CLIMB_MPS = 120, 5.0, 0.1
"""
Altitude that leapt and is back within so long was a spike [s]; back is as near as this [m],
and as much further as the way may have climbed meanwhile [m/s].
"""

STEP_M = 5.0
"""Altitude is laid on a grid of the way with this step [m]."""

KNOWN_SHARE = 0.95
"""Altitude known for less of the run than this is not used."""

MAX_GRADE = 0.30
"""The table ends here; Minetti's polynomial at 0.45 [ratio]."""

MINETTI_MAX = 0.45

TABLE_PCT = np.array((-30.0, -25.0, -20.0, -15.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0,
             2.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0))  # fmt: skip
TABLE_FACTOR = np.array((1.495, 1.273, 1.081, 0.941, 0.876, 0.876, 0.891, 0.918, 0.960, 1.0,
                1.055, 1.135, 1.228, 1.337, 1.459, 1.846, 2.297, 2.727, 3.158))  # fmt: skip
"""Equal heart rate, by grade in percent: third-party table of Strava's model of 2017."""


def equal_effort_factor(grade_ratio: Floats) -> Floats:
    """
    Return by how much faster the same effort runs on the flat, by heart rates of many runners.

    Parameters
    ----------
    grade_ratio : array
        Rise over run, positive uphill; NaN is unknown and stays so.

    Returns
    -------
    array
        1 on the flat; at 3 % uphill 1.095, at 7 % downhill 0.8835.
    """
    percent = 100 * np.minimum(np.maximum(grade_ratio, -MAX_GRADE), MAX_GRADE)
    factor: Floats = np.interp(percent, TABLE_PCT, TABLE_FACTOR)
    return np.where(np.isnan(grade_ratio), np.nan, factor)


def minetti_factor(grade_ratio: Floats) -> Floats:
    """
    Return the same by the energy cost of running on a treadmill [1]_.

    ``C(i) / C(0)``, ``C = 155.4 i^5 - 30.4 i^4 - 43.3 i^3 + 46.3 i^2 + 19.5 i + 3.6``.

    References
    ----------
    .. [1] Minetti et al. (2002), J Appl Physiol 93(3), 1039, eq. 4.
    """
    i = np.clip(grade_ratio, -MINETTI_MAX, MINETTI_MAX)
    cost = ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
    factor: Floats = cost / 3.6
    return factor


def effort_factor(grade_ratio: Floats, slopes: Slopes) -> Floats:
    """Return the factor of the model that was asked for; "off" shows that of Strava's table."""
    return minetti_factor(grade_ratio) if slopes == "minetti" else equal_effort_factor(grade_ratio)


def is_barometric(elevation_m: Floats) -> bool:
    """
    Whether altitude is smooth enough to come from a barometer.

    By ``h(t + 10 s) - 2 h(t) + h(t - 10 s)``: ``1.4826 MAD`` below 2.5 m, and 99 of 100
    below 6 m. Satellites are smooth for minutes and then leap by tens of metres.
    """
    bends = elevation_m[2 * BEND_S :] - 2 * elevation_m[BEND_S:-BEND_S] + elevation_m[: -2 * BEND_S]
    known = bends[np.isfinite(bends)]
    if known.size < 60:
        return False
    off_m = np.sort(np.abs(known - median(known)))
    rare_m = float(off_m[int(RARE * (off_m.size - 1))])
    return 1.4826 * median(off_m) < BAROMETER_M and rare_m < LEAP_M


def without_spikes(elevation_m: Floats) -> tuple[Floats, int]:
    """
    Take out altitude that leaps away and comes back: straight across, from before to after.

    Parameters
    ----------
    elevation_m : array, shape (n,)
        NaN is unknown.

    Returns
    -------
    elevation_m : array, shape (n,)
        The same, or a repaired copy.
    int
        How many seconds were replaced.
    """
    with np.errstate(invalid="ignore"):
        leaps = np.flatnonzero(np.abs(np.diff(elevation_m)) > CLIMB_MPS)
    repaired, replaced, done = elevation_m, 0, -1
    for i in leaps.tolist():
        if i < done:
            continue
        after = elevation_m[i + 1 : i + 1 + SPIKE_S]
        near_m = BACK_M + USUAL_CLIMB_MPS * np.arange(after.size)
        back = np.flatnonzero(np.abs(after - elevation_m[i]) <= near_m)
        if not back.size or not back[0]:
            continue
        if repaired is elevation_m:
            repaired = elevation_m.copy()
        done = i + 1 + int(back[0])
        repaired[i : done + 1] = np.linspace(elevation_m[i], elevation_m[done], done - i + 1)
        replaced += done - i - 1
    return repaired, replaced


def grade_ratio(
    elevation_m: Floats, distance_m: Floats, *, lacks_barometer: bool = False
) -> tuple[Floats, bool]:
    """
    Slope at every second, smoothed along the way.

    A mean over 80 m (300 m for altitude from GPS), then the difference over the
    same way: the noise of altitude makes slopes out of nothing otherwise.

    Parameters
    ----------
    elevation_m : array, shape (n,)
        NaN is unknown.
    distance_m : array, shape (n + 1,)
        Cumulative, at the edges of the seconds.
    lacks_barometer : bool
        The device is known to have none, however smooth its altitude.

    Returns
    -------
    grade_ratio : array, shape (n,)
        Rise over run; NaN throughout where altitude is not known well enough.
    is_barometric : bool
        Whether altitude can be trusted for scoring.
    """
    seconds = elevation_m.size
    unknown = np.full(seconds, np.nan)
    known = np.isfinite(elevation_m)
    way_m = float(distance_m[-1])
    if seconds < 60 or known.mean() < KNOWN_SHARE or way_m < 2 * GPS_SMOOTH_M:
        return unknown, False
    by_barometer = not lacks_barometer and is_barometric(elevation_m)
    middle_m = (distance_m[:-1] + distance_m[1:]) / 2
    moved = known & (np.diff(distance_m) > 0)
    if moved.sum() < 60:
        return unknown, False
    half = int((SMOOTH_M if by_barometer else GPS_SMOOTH_M) / 2 / STEP_M)
    grid_m = np.arange(0.0, way_m + STEP_M, STEP_M)
    altitude = np.interp(grid_m, middle_m[moved], elevation_m[moved])
    sums = np.concatenate(([0.0], np.cumsum(altitude)))
    i = np.arange(grid_m.size)
    first, last = np.maximum(i - half, 0), np.minimum(i + half + 1, grid_m.size)
    smooth = (sums[last] - sums[first]) / (last - first)
    before, after = np.maximum(i - half, 0), np.minimum(i + half, grid_m.size - 1)
    slope = (smooth[after] - smooth[before]) / ((after - before) * STEP_M)
    grades: Floats = np.interp(middle_m, grid_m, slope)
    return grades, by_barometer
