"""Two witnesses of one clock: what real watches wrote, and the usual zone of the place."""

import numpy as np

from analyzer.errors import ActivityError
from analyzer.parsers.read import read_activity
from analyzer.review.local_time import local_zone
from analyzer.structs import replace
from tests.places import REAL, needs_real

ENOUGH = 10
"""Fewer recordings would prove little."""


@needs_real
def test_the_zone_of_the_place_is_what_the_watch_showed():
    """Wherever a recording has both; on other machines as on this one."""
    compared = 0
    for path in sorted(p for p in REAL.rglob("*") if p.suffix in {".fit", ".gz"}):
        try:
            activity = read_activity(path)
        except ActivityError:
            continue
        if activity.zone is None or not np.isfinite(activity.records.latitude_deg).any():
            continue
        place = local_zone(replace(activity, zone=None))
        assert place is not None
        assert (place.offset_s, place.source) == (activity.zone.offset_s, "place"), path.name
        compared += 1
    assert compared >= ENOUGH
