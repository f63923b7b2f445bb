"""Random runs are sound recordings and come in the stated shares."""

import numpy as np
import pytest

from tests.builders.drawn import drawn, drawn_wide
from tests.builders.seeds import REPORTING, REPORTING_DRAWN, REPORTING_MORE, TUNING

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def draws():
    """Draw 400 runs; only drawn, not simulated."""
    return [drawn(seed) for seed in range(5000, 5400)]


def test_one_seed_is_one_draw():
    """To the last field."""
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


@pytest.mark.parametrize(
    ("of", "share"),
    [
        (lambda d: d.behaviour.before is not None, 0.50),
        (lambda d: d.behaviour.after is not None, 0.60),
        (lambda d: d.behaviour.cut_s is not None, 0.08),
        (lambda d: len(d.plan) == 5, 0.60),
        (lambda d: d.device.laps == "auto", 0.25),
        (lambda d: d.device.press_missing == 0.15, 0.15),
        (lambda d: d.smart_s > 1, 0.20),
    ],
    ids=["early start", "cool-down", "cut", "example plan", "auto laps", "messy laps", "smart"],
)
def test_the_shares_are_those_of_the_method(draws, of, share):
    """Within three standard errors of a share among 400."""
    seen = np.mean([of(d) for d in draws])
    assert abs(seen - share) < 3 * (share * (1 - share) / 400) ** 0.5


@pytest.mark.parametrize("seed", range(9000, 9040))
def test_every_draw_is_a_sound_recording(seed):
    """Time rises, distance never falls, executed blocks are in order and have a length."""
    run = drawn(seed).run
    assert np.all(np.diff(run.elapsed_s) > 0)
    assert np.all(np.diff(run.timer_s) > 0)
    assert np.all(np.diff(run.distance_m) >= 0)
    pairs = [(b.executed_start_s, b.executed_end_s) for b in run.blocks]
    ends = [at for pair in pairs for at in pair if at is not None]
    assert ends == sorted(ends)


@pytest.mark.parametrize("seed", range(9000, 9040))
def test_every_wide_draw_is_a_sound_recording(seed):
    """All plans and watches: time rises, distance never falls, and what was run has a truth."""
    draw = drawn_wide(seed)
    run = draw.run
    assert np.all(np.diff(run.elapsed_s) > 0)
    assert np.all(np.diff(run.distance_m) >= 0)
    assert len(run.blocks) == len(draw.plan)
    assert all(b.executed_start_s is not None or b.index in draw.behaviour.skip for b in run.blocks)


def test_a_wide_draw_takes_every_plan_and_watch():
    """Among 200: six plans, foot pods, workout steps."""
    draws = [drawn_wide(seed) for seed in range(200)]
    assert len({d.plan for d in draws}) == 6
    assert any(not d.device.has_positions for d in draws)
    assert any(d.device.laps == "steps" for d in draws)


def test_no_run_is_both_tuned_on_and_reported_on():
    """The named seeds do not meet."""
    reported = [*REPORTING, *REPORTING_DRAWN, *REPORTING_MORE]
    assert not set(TUNING) & set(reported)
    assert len(set(reported)) == len(reported)
