"""The watch's own distance of a lap, where records are too far apart to show it."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analyzer.model.activity import Lap, Span
from analyzer.review.lap_distance import with_lap_distances
from analyzer.structs import replace
from tests.builders.reviews import review_with

STEPS = ((100.0, 250.0), (100.0, 250.0))
"""Two blocks of 100 s at 4:10 /km: 400 m each."""


def made(*laps, every_s=3.0, basis="laps", run_m=396.0):
    """Return the blocks of a run whose records say 396 m for each block."""
    review = review_with((250.0, 250.0), steps=STEPS)
    blocks = tuple(replace(b, distance_m=run_m, timer_s=100.0) for b in review.blocks)
    records = SimpleNamespace(elapsed_time_s=np.arange(0.0, 201.0, every_s))
    activity: Any = SimpleNamespace(records=records, laps=laps)
    return with_lap_distances(blocks, replace(review.alignment, basis=basis), activity)


def lap(start_s, end_s, distance_m):
    """Make a lap."""
    return Lap(Span(start_s, end_s), "manual", None, end_s - start_s, distance_m)


def test_a_block_that_is_a_lap_has_the_distance_of_the_lap():
    """100 s over 400 m are 250 s/km; the records said 396 m."""
    first, second = made(lap(0, 100, 400.0), lap(100, 200, 402.0))
    assert (first.distance_m, first.pace_s_per_km) == (400.0, 250.0)
    assert first.deviation_s_per_km == pytest.approx(0.0)
    assert second.pace_s_per_km == pytest.approx(100 / 0.402)


def test_several_laps_that_fill_a_block_are_added():
    """A kilometre of the watch inside it changes nothing."""
    first, _ = made(lap(0, 40, 160.0), lap(40, 100, 241.0), lap(100, 200, 400.0))
    assert first.distance_m == pytest.approx(401.0)


@pytest.mark.parametrize(
    ("laps", "options"),
    [
        ((lap(0, 100, 400.0),), {"every_s": 1.0}),  # every second: the records know
        ((lap(0, 100, 400.0),), {"basis": "clock"}),  # the block is not the lap
        ((lap(0, 90, 360.0),), {}),  # ends elsewhere
        ((lap(0, 100, None),), {}),  # the watch does not say
        ((lap(0, 100, 440.0),), {}),  # 11 % more than the records: of something else
        ((), {}),
    ],
)
def test_else_the_records_count(laps, options):
    """Nothing is changed."""
    assert made(*laps, **options)[0].distance_m == 396.0
