"""FADE, SURGING and GREEDY by pace: the shape of a block, on runs without noise."""

import numpy as np
import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.scorer.flags.fade import trend_pct
from analyzer.scorer.score import score
from analyzer.scorer.waves import wave_size
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, plan_of, prepared_of, speeds_of
from tests.builders.plans import IN_NUMBERS, ONE_LINE
from tests.builders.simulate import NOISE, WANDER, Behaviour, Device, simulate, wandering
from tests.builders.write_fit import write_fit

pytestmark = pytest.mark.slow


def flags_of(speeds, plan=None):
    """Code, block and certainty of every flag."""
    plan, prepared = plan or plan_of(), prepared_of(speeds)
    result = score(plan, prepared, align(plan, (), prepared)[0])
    return {(f.code, f.block): f for f in result.flags}


def test_the_trend_of_a_line_is_its_fall_and_has_no_error():
    """From 0 to -8 in 57 steps: over n means the line falls by -8 n / (n - 1)."""
    trend, error = trend_pct(np.linspace(0.0, -8.0, 57))
    assert trend == pytest.approx(-8 * 57 / 56)
    assert error == pytest.approx(0.0, abs=1e-9)


def test_the_interval_of_a_trend_holds_nought_where_a_pace_is_held():
    """400 held blocks of 570 s with wander and noise: 90 % intervals hold 0 in 86 to 94 %."""
    rng = np.random.default_rng(7)
    held = [
        100 * (wandering(rng, 570, NOISE, 1.0) + wandering(rng, 570, WANDER, 1.0))
        for _ in range(400)
    ]
    found = [trend_pct(block.reshape(57, 10).mean(axis=1)) for block in held]
    assert 0.86 < np.mean([abs(t) < 1.645 * e for t, e in found]) < 0.94


def test_a_block_that_loses_eight_percent_is_fading():
    """The last block falls from 3:30 in a straight line by 8 % of speed."""
    last = 1000 / 210 * np.exp(-0.08 * np.arange(600) / 600)
    found = flags_of(np.concatenate((speeds_of(*EXAMPLE[:4]), last)))
    flag = found["FADE", 5]
    assert flag.certainty == "clear"
    assert flag.value == pytest.approx(-8 * 585 / 600, abs=0.3)


def test_a_planned_ramp_is_no_fade():
    """Slower by plan is not fading: on plan no block has a trend."""
    assert not any(code == "FADE" for code, _ in flags_of(speeds_of(*EXAMPLE)))


def test_waves_of_forty_seconds_have_the_size_of_a_sine():
    """A sine of amplitude 5 % spreads by 5 / sqrt(2) = 3.54 %; noise taken out: a little less."""
    t = np.arange(600)
    size, _, period_s = wave_size(5 * np.sin(2 * np.pi * t / 40))
    # noise in the band, 2 s^2 t / (1 + (2 pi f t)^2) over 1/120..1/20 Hz, is about 5.6 %^2
    assert size == pytest.approx((12.5 - 5.6) ** 0.5, abs=0.4)
    assert period_s == pytest.approx(40.0)


def test_waves_of_ten_seconds_are_noise_and_of_ten_minutes_drift():
    """Both lie outside of 20 to 120 s."""
    t = np.arange(600)
    for period_s in (10.0, 600.0):
        assert wave_size(5 * np.sin(2 * np.pi * t / period_s))[0] == 0.0


def test_a_block_run_in_waves_is_surging():
    """+-6 % every 20 s about the planned pace, in block 3 only."""
    speeds = speeds_of(*EXAMPLE)
    wave = np.where(np.arange(600) % 40 < 20, 1.06, 0.94)
    speeds[1500:2100] *= wave
    found = flags_of(speeds)
    assert found["SURGING", 3].certainty == "clear"
    assert not any(code == "SURGING" and block != 3 for code, block in found)


def test_a_stop_is_no_wave():
    """Standing a minute in block 3 surges nowhere."""
    speeds = speeds_of(*EXAMPLE)
    speeds[1700:1760] = 0.0
    assert not any(code == "SURGING" for code, _ in flags_of(speeds))


def test_a_block_of_which_no_speed_is_known_has_no_waves():
    """Moving by its distance in one leap, 0 m in every other second: nothing to look at."""
    speeds = speeds_of(*EXAMPLE)
    speeds[1500:2100] = 0.0
    prepared = replace(prepared_of(speeds), is_moving=np.ones(speeds.size, dtype=bool))
    plan = plan_of()
    result = score(plan, prepared, align(plan, (), prepared)[0])
    assert not any(f.code == "SURGING" and f.block == 3 for f in result.flags)


def test_a_block_at_the_pace_of_the_next_is_greedy():
    """4:00 run at 3:50: 4.26 % fast, the step is 4.26 %: over half of it."""
    found = flags_of(speeds_of((900, 300), (1200, 230), (600, 220), (600, 210)))
    flag = found["GREEDY", 2]
    assert flag.certainty == "clear"
    assert flag.value == pytest.approx(-10.0, abs=0.3)
    assert flag.facts.by == "pace"


def test_the_last_block_cannot_be_greedy():
    """No faster block follows it."""
    found = flags_of(speeds_of(*EXAMPLE[:4], (600, 200)))
    assert ("TOO_FAST", 5) in found
    assert not any(code == "GREEDY" for code, _ in found)


@pytest.mark.parametrize(
    ("behaviour", "device"),
    [
        (Behaviour(), Device(bursts=10.0)),
        (Behaviour(shift_s=45.0), Device()),
        (Behaviour(shift_s=60.0), Device()),
        (Behaviour(fast_start=(3, 30.0, 0.3)), Device()),
    ],
    ids=["bursts of the watch", "45 s late", "60 s late", "half a minute forced"],
)
def test_a_watch_that_is_lost_and_a_change_within_a_block_are_no_waves(behaviour, device):
    """Of 12 runs each at most one is told as clearly surging."""
    plan = read_plan(ONE_LINE["example"])
    clear = 0
    for seed in range(840, 852):
        run = simulate(IN_NUMBERS["example"], behaviour, device, seed)
        review = review_activity(read_bytes(write_fit(run), "run.fit"), plan)
        clear += any(f.code == "SURGING" and f.certainty == "clear" for f in review.flags)
    assert clear <= 1


def test_the_start_of_a_ramp_is_told_against_the_start_of_the_ramp():
    """From 4:00 to 3:30 run at 3:40 throughout: the first 150 s ask for about 3:55."""
    plan = read_plan("15min easy @ 5:00, 10min @ 4:00 -> 3:30")
    flag = flags_of(speeds_of((900, 300), (600, 220)), plan)["FAST_START", 2]
    assert flag.facts.planned_s_per_km == pytest.approx(235.5, abs=1.5)
    assert flag.facts.pace_s_per_km == pytest.approx(220.0, abs=0.5)
