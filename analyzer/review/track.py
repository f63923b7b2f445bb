"""Positions to a line in metres, without the places where runners live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.track import Track

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.track import Shown

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a ball with a radius of 6,371 km."""

HIDDEN_M = 200.0
"""Left out at both ends: there are front doors [m]."""

SPACING_M = 8.0
"""Points nearer than this to the last one are not drawn [m]."""


def make_track(activity: Activity, shown: Shown) -> Track | None:
    """
    Lay the way out flat.

    Parameters
    ----------
    activity : Activity
        With positions.
    shown : {'ends', 'full'}
        Whether the first and last 200 m along the way are left out.

    Returns
    -------
    Track or None
        None without positions, or where too little of it is left.
    """
    records = activity.records
    located = np.isfinite(records.latitude_deg) & np.isfinite(records.longitude_deg)
    if located.sum() < 3:
        return None
    elapsed_s = records.elapsed_time_s[located]
    latitude, longitude = records.latitude_deg[located], records.longitude_deg[located]
    turned = np.unwrap(longitude, period=360.0)  # across the date line
    north = (latitude - latitude.mean()) * METRES_PER_DEGREE
    east = (turned - turned.mean()) * METRES_PER_DEGREE * np.cos(np.radians(latitude.mean()))
    way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))))
    hidden = 0.0 if shown == "full" else HIDDEN_M
    inside = (way >= hidden) & (way <= way[-1] - hidden)
    drawn = inside & (np.diff(np.floor(way / SPACING_M), prepend=-1.0) > 0)
    if drawn.sum() < 3:
        return None
    east, north = east[drawn], north[drawn]
    middle_east, middle_north = (east.min() + east.max()) / 2, (north.min() + north.max()) / 2
    return Track(elapsed_s[drawn], east - middle_east, north - middle_north)
