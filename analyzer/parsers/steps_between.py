"""How far it is from one sample to the next, from positions or the device's own distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.parsers.samples import Samples

METRES_PER_DEGREE = 111_195.0
"""Of latitude; close enough to tell standing from running and to compare tracks [m]."""


def metres_between(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Metres between neighbouring positions of a row, as on a plane; NaN where one is unknown."""
    north_m = np.diff(latitude_deg) * METRES_PER_DEGREE
    middle = np.radians((latitude_deg[..., :-1] + latitude_deg[..., 1:]) / 2)
    east_m = np.diff(longitude_deg) * METRES_PER_DEGREE * np.cos(middle)
    metres: Floats = np.hypot(north_m, east_m)
    return metres


def moved_between(samples: Samples) -> Floats:
    """Metres between neighbouring samples, by position, else by distance; else NaN."""
    by_position = metres_between(samples.latitude_deg, samples.longitude_deg)
    by_device = np.diff(samples.distance_m)
    return np.where(np.isfinite(by_position), by_position, by_device)


def way_between(samples: Samples) -> float:
    """Metres from the first sample to the last along all that are known."""
    return float(np.nansum(moved_between(samples))) if len(samples) > 1 else 0.0
