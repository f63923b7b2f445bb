"""Standard errors, against the test values of the method."""

import pytest

from analyzer.scorer.noise import se_block_pct, se_pace_pct, se_step_pct, se_stretch_pct


@pytest.mark.parametrize(
    ("seconds", "pct"),
    [(30, 1.89), (60, 1.45), (120, 1.08), (180, 0.90), (300, 0.71), (570, 0.52), (600, 0.51),
     (900, 0.42), (1200, 0.36)],
)  # fmt: skip
def test_the_error_of_a_stretch_has_the_published_values(seconds, pct):
    """Method 5, test values."""
    assert se_stretch_pct(seconds) == pytest.approx(pct, abs=0.006)


def test_a_ten_minute_pace_at_four_minutes_is_sure_to_2_7_seconds():
    """SE_abs = hypot(0.51, 1.0) = 1.12 %, of 240 s/km = 2.7 s/km."""
    assert 2.4 * se_pace_pct(se_stretch_pct(600), 1.0) == pytest.approx(2.7, abs=0.03)


@pytest.mark.parametrize(("scale", "pct"), [(1.0, 0.97), (1.5, 1.20), (3.0, 2.03)])
def test_a_step_is_surer_than_a_pace(scale, pct):
    """SE_diff of two 570 s cores: most of the scale error is common."""
    random = se_stretch_pct(570)
    assert se_step_pct(random, random, scale) == pytest.approx(pct, abs=0.006)


def test_positions_err_at_the_ends_of_a_block_and_along_it():
    """sqrt(2) x 3 m in 200 m = 2.1 %; in 2400 m 0.18 %, and along the way 0.51 % as for others."""
    assert se_block_pct("positions", 50, 200) == pytest.approx(100 * 2**0.5 * 3 / 200)
    assert se_block_pct("positions", 600, 2400) == pytest.approx(se_stretch_pct(600))
    assert se_block_pct("positions", 600, 2400, 2.0) == pytest.approx(se_stretch_pct(600, 2.0))
