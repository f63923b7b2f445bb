"""The samples are what the builders make now, and hold what they promise."""

import json

import numpy as np
import pytest

from analyzer import read_activity, read_plan, review_activity
from tests.builders.plans import EXAMPLE
from tests.builders.samples import SAMPLES as WHOLE
from tests.builders.samples import WITH_WORKOUT, files
from tests.builders.simulate import NOISE, Behaviour, Device, simulate, wandering
from tests.places import SAMPLES

pytestmark = pytest.mark.slow


def test_the_committed_samples_are_byte_for_byte_the_same():
    """``make samples`` changes nothing."""
    made = files()
    found = (p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*") if p.is_file())
    committed = set(found) - {"README.md"}
    assert committed == set(made)
    different = [name for name, content in made.items() if (SAMPLES / name).read_bytes() != content]
    assert different == []


def test_without_wander_and_noise_the_truth_is_the_plan():
    """Less what the 6 s response costs at each change of pace: under 0.7 s/km."""
    run = simulate(EXAMPLE, Behaviour(), Device(wander=0.0, noise=0.0), 1)
    for block, planned in zip(run.blocks, EXAMPLE, strict=True):
        assert block.clock_pace == pytest.approx(planned.pace, abs=0.7)
    assert np.array_equal(run.true_m, run.distance_m)


def test_the_noise_has_the_stated_spread_and_memory():
    """3.5 % over 4 s and 1 % over 30 s: together 3.64 %, and exp(-1/4) of the first a second on."""
    noise = wandering(np.random.default_rng(3), 200_000, NOISE, 1.0)
    assert noise.std() == pytest.approx((0.035**2 + 0.01**2) ** 0.5, rel=0.03)
    expected = (0.035**2 * np.exp(-1 / 4) + 0.01**2 * np.exp(-1 / 30)) / (0.035**2 + 0.01**2)
    assert np.corrcoef(noise[:-1], noise[1:])[0, 1] == pytest.approx(expected, abs=0.01)


def test_one_seed_is_one_run():
    """And another seed another."""
    one, same, other = (simulate(EXAMPLE, seed=s) for s in (1, 1, 2))
    assert np.array_equal(one.distance_m, same.distance_m)
    assert not np.array_equal(one.distance_m, other.distance_m)


def test_changes_made_early_are_in_the_truth():
    """Every change 120 s early: block 2 is begun at 780 s, the clock still says 900 s."""
    run = simulate(EXAMPLE, Behaviour(shift_s=-120.0), Device(), 1)
    assert run.blocks[1].executed_start_s == 780
    assert run.blocks[1].clock_start_s == 900


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_what_progcheck_measures_is_the_truth(name):
    """Block by block, within 2.6 of the standard errors it states (99 % if they are honest)."""
    plan = "kilometres.yaml" if name == "kilometres" else "progression.yaml"
    chosen = None if name in WITH_WORKOUT else read_plan(SAMPLES / plan)
    review = review_activity(read_activity(SAMPLES / f"{name}.fit"), chosen)
    truth = json.loads((SAMPLES / "truth.json").read_text())[name]
    for block, true in zip(review.blocks, truth, strict=True):
        if block.pace_s_per_km is None or block.pace_se_s_per_km is None:
            assert true["executed_start_s"] is None
            continue
        assert abs(block.pace_s_per_km - true["clock_pace"]) <= 2.6 * block.pace_se_s_per_km
