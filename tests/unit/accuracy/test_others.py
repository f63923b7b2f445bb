"""Peers do what their names say, so that beating them means something."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.accuracy.others import PEERS
from tests.builders.exact import EXAMPLE, plan_of, prepared_of, speeds_of

pytestmark = pytest.mark.slow

STARTS_S = [0, 900, 1500, 2100, 2700]
"""Sums of the lengths of the example: 900, then 600 each."""

LAPS = "laps, in order"
BY_PACE = [name for name in PEERS if name != LAPS]
SLIDING = [name for name in BY_PACE if "offset" in name or "exact" in name]
"""Peers that may start block 1 later than the recording."""


def found(name: str, *pieces, presses_s=(), blocks=EXAMPLE) -> np.ndarray:
    """Return the starts by one peer, of a run made of pieces."""
    prepared = prepared_of(speeds_of(*pieces))
    return PEERS[name](plan_of(blocks), prepared, np.array(presses_s, dtype=np.float64))


@pytest.mark.parametrize("name", BY_PACE)
def test_exact_run_is_found(name):
    """A run exactly as planned has every boundary within 10 s of where it was."""
    np.testing.assert_allclose(found(name, *EXAMPLE), STARTS_S, atol=10)


@pytest.mark.parametrize("name", SLIDING)
def test_early_recording_is_found(name):
    """Two minutes of jogging before the plan move every boundary by 120 s."""
    starts_s = found(name, (120, 360.0), *EXAMPLE)
    np.testing.assert_allclose(starts_s, [120 + s for s in STARTS_S], atol=10)


def test_clock_does_not_look():
    """Two minutes of jogging before the plan leave the clock where it was."""
    starts_s = found("the clock, from the start of the recording", (120, 360.0), *EXAMPLE)
    assert starts_s.tolist() == STARTS_S


def test_presses_are_boundaries():
    """Presses are taken in order for the starts of blocks 2, 3, .., a fifth one for none."""
    pressed_s = [905, 1490, 2100, 2706, 3300]
    assert found(LAPS, *EXAMPLE, presses_s=pressed_s).tolist() == [0, 905, 1490, 2100, 2706]


def test_too_few_presses():
    """Blocks beyond the last press have no start."""
    starts_s = found(LAPS, *EXAMPLE, presses_s=[905, 1490])
    np.testing.assert_array_equal(starts_s, [0, 905, 1490, np.nan, np.nan])


def test_cut_run_ends_early():
    """A run of 1200 s, too short for 0.4 times 3300 s, has reached block 2 and no later one."""
    starts_s = found("exact target, with durations", (900, 300.0), (300, 240.0))
    np.testing.assert_allclose(starts_s, [0, 900, np.nan, np.nan, np.nan], atol=10)


@pytest.mark.parametrize("name", PEERS)
def test_short_recording_has_an_answer(name):
    """A recording of at most 5 minutes gives a start or NaN for each block, block 1 inside it."""
    plans = (EXAMPLE, EXAMPLE[:1], ((20, 200.0), (20, None), (300, 240.0)))
    for blocks, pace, seconds in product(plans, (300.0, 0.0), (1, 4, 59, 300)):
        starts_s = found(name, (seconds, pace), blocks=blocks)
        assert starts_s.shape == (len(blocks),), (blocks, pace, seconds)
        assert 0 <= starts_s[0] < 300, (blocks, pace, seconds)
