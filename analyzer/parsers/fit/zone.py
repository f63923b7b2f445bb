"""The local time that a watch wrote beside UTC, where it can be believed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.local_time import LEAST_OFFSET_S, MOST_OFFSET_S, LocalZone
from analyzer.parsers.fit.values import seconds

if TYPE_CHECKING:
    from analyzer.parsers.fit.part import Part
    from analyzer.parsers.samples import Samples

ACTIVITY, LOCAL_TIMESTAMP, TIMESTAMP = 34, 5, 253
"""Global message number and fields."""

QUARTER_S = 900
"""All zones in use differ from UTC by whole quarters of an hour [s]."""

SLACK_S = 120.0
"""The two times may have been written so far apart [s]; what fits no quarter is no zone."""

UTC_COPIED_DEG = 45.0
"""
Further from Greenwich, a local time that equals UTC is a copy of it: no place there keeps
UTC [degrees of longitude; 3 h of the sun].
"""


def watch_zone(part: Part, samples: Samples) -> LocalZone | None:
    """
    Return how far the clock of the watch was ahead of UTC.

    Parameters
    ----------
    part : Part
        Its activity message holds both times.
    samples : Samples
        Whose positions tell a local time from a copy of UTC.

    Returns
    -------
    LocalZone or None
        None where the watch wrote no local time, or one that cannot be: 0, a time since
        power-up, more than 14 h off, between the quarters of an hour.
    """
    for message in part.of(ACTIVITY):
        local_s, utc_s = (seconds(message.fields.get(n)) for n in (LOCAL_TIMESTAMP, TIMESTAMP))
        ahead_s = local_s - utc_s
        if not math.isfinite(ahead_s):
            continue
        offset_s = QUARTER_S * round(ahead_s / QUARTER_S)
        is_zone = LEAST_OFFSET_S <= offset_s <= MOST_OFFSET_S
        if not is_zone or abs(ahead_s - offset_s) > SLACK_S:
            continue
        if offset_s == 0 and _is_far_from_greenwich(samples):
            continue
        return LocalZone(offset_s, "watch")
    return None


def _is_far_from_greenwich(samples: Samples) -> bool:
    """Whether the run was where no place keeps UTC; False without positions."""
    known = samples.longitude_deg[np.isfinite(samples.longitude_deg)]
    return bool(known.size) and abs(float(np.sort(known)[known.size // 2])) > UTC_COPIED_DEG
