"""How far it is from one sample to the next, from positions or the device's own distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.parsers.samples import Samples

METRES_PER_DEGREE = 111_195.0
"""Of latitude; close enough to tell standing from running and to compare tracks [m]."""


def moved_between(samples: Samples) -> Floats:
    """Metres between neighbouring samples, by position, else by distance; else NaN."""
    lat, lon = samples.latitude_deg, samples.longitude_deg
    north_m = np.diff(lat) * METRES_PER_DEGREE
    east_m = np.diff(lon) * METRES_PER_DEGREE * np.cos(np.radians((lat[:-1] + lat[1:]) / 2))
    by_position: Floats = np.hypot(north_m, east_m)
    by_device = np.diff(samples.distance_m)
    return np.where(np.isfinite(by_position), by_position, by_device)
