"""Roughness: what a recording shows of its own noise, and what a runner cannot change about it."""

import numpy as np
import pytest

from analyzer.prepare.roughness import MAX_ROUGHNESS, roughness
from analyzer.scorer.noise import se_stretch_pct
from tests.builders.simulate import NOISE, WANDER, wandering

ROUGH = ((0.082, 2.0),)


def speeds(*noises, seconds=3600, seed=3):
    """Return 4 m/s with noises on it."""
    rng = np.random.default_rng(seed)
    return 4 * np.exp(sum(wandering(rng, seconds, parts, 1.0) for parts in noises))


def known(array):
    """Every second was run and measured."""
    return np.ones(array.size, dtype=bool)


def test_the_noise_of_the_two_watches_has_roughness_one():
    """It was measured on them: 8.2 % over 2 s; an hour of it scatters by a tenth."""
    run = speeds(ROUGH)
    assert roughness(run, known(run)) == pytest.approx(1.0, abs=0.1)


def test_the_noise_of_a_smooth_watch_is_four_tenths_as_rough_and_wander_adds_nothing():
    """3.5 % over 4 s; a runner's 1.5 % over 40 s hardly moves within 10 s."""
    smooth = speeds(NOISE)
    wandered = speeds(NOISE, WANDER)
    assert roughness(smooth, known(smooth)) == pytest.approx(0.40, abs=0.03)
    assert roughness(wandered, known(wandered)) == pytest.approx(0.40, abs=0.03)


def test_surges_are_the_runner_and_not_the_watch():
    """Waves of 5 % every 40 s raise it by no more than a tenth."""
    t = np.arange(3600)
    run = speeds(NOISE) * np.exp(0.05 * np.sin(2 * np.pi * t / 40))
    assert roughness(run, known(run)) < 0.5


def test_it_is_bounded_and_unknown_is_smooth():
    """A recording that leaps about is 2 at most; a minute of running says nothing."""
    wild = speeds(((0.8, 0.5),))
    assert roughness(wild, known(wild)) == MAX_ROUGHNESS
    short = speeds(ROUGH, seconds=60)
    assert roughness(short, known(short)) == 0.0
    assert roughness(wild, ~known(wild)) == 0.0


@pytest.mark.parametrize(("seconds", "pct"), [(30, 2.89), (60, 2.08), (300, 0.94), (600, 0.67)])
def test_a_rough_recording_is_less_sure(seconds, pct):
    """8.2 sqrt(2 x 2/T [1 - 2/T (1 - exp(-T/2))]) at roughness 1; half as rough is the floor's."""
    assert se_stretch_pct(seconds, 1.0) == pytest.approx(pct, abs=0.01)
    assert se_stretch_pct(seconds, 0.5) == se_stretch_pct(seconds)
