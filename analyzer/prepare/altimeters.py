"""
Watches without a barometer: their altitude comes from satellites or from a map (method 6).

Only models whose makers list no barometric altimeter stand here. A model that is not in the
table may have one; its altitude is then judged by its own noise.
"""

from __future__ import annotations

import re

FORERUNNERS = frozenset((
    10, 15, 25, 30, 35, 45, 50, 55, 60, 70,
    101, 110, 201, 205, 210, 220, 225, 230, 235, 245,
    301, 305, 310, 405, 410, 610, 620, 630, 735,
))  # fmt: skip
"""Garmin Forerunner by number; letters behind it (245 Music, 310XT, 45S) change nothing here."""

OTHERS = ("polar m400", "polar m430", "ambit3 run", "tomtom runner")
"""Others, by what their name begins with or contains."""

NUMBER = re.compile(r"\b(?:forerunner|fr)[\s_-]?(\d+)", re.IGNORECASE)


def lacks_barometer(device: str | None) -> bool:
    """
    Whether a device is known to have no barometer.

    >>> lacks_barometer("garmin fr245m"), lacks_barometer("Garmin Forerunner 955")
    (True, False)
    """
    if device is None:
        return False
    match = NUMBER.search(device)
    if match is not None:
        return int(match[1]) in FORERUNNERS
    return any(name in device.lower() for name in OTHERS)
