"""The simulator does what it says, and its truth is the truth."""

import numpy as np
import pytest

from tests.builders.plans import EXAMPLE, IN_NUMBERS, KILOMETRES, ONE_LINE
from tests.builders.simulate import Behaviour, Device, Stop, simulate

pytestmark = pytest.mark.slow

QUIET = Device(wander=0.0, noise=0.0)
"""No wander, no watch error: what is left is the behaviour."""


def haversine_m(latitude_deg, longitude_deg) -> np.ndarray:
    """Return steps between neighbouring positions on a sphere of 6371.0088 km."""
    lat, lon = np.radians(latitude_deg), np.radians(longitude_deg)
    half: np.ndarray = np.sin(np.diff(lat) / 2) ** 2
    half += np.cos(lat[1:]) * np.cos(lat[:-1]) * np.sin(np.diff(lon) / 2) ** 2
    steps: np.ndarray = 2 * 6_371_008.8 * np.arcsin(np.sqrt(half))
    return steps


def test_the_clock_of_the_plan_begins_with_block_1():
    """After 140 s of jogging block 1 lasts from 140 to 1040 s, at its own 5:00."""
    run = simulate(EXAMPLE, Behaviour(before=(140.0, 400.0)), QUIET, 1)
    first = run.blocks[0]
    assert (first.clock_start_s, first.clock_end_s) == (140.0, 1040.0)
    assert first.clock_pace == pytest.approx(300, rel=0.005)


def test_a_step_skipped_on_the_watch_has_no_window_and_the_next_moves_up():
    """Block 4 left out: block 5 is run, and judged, from 2100 to 2700 s."""
    run = simulate(EXAMPLE, Behaviour(skip=frozenset({4})), Device(wander=0.0, laps="steps"), 1)
    fourth, fifth = run.blocks[3:]
    assert (fourth.clock_start_s, fourth.clock_pace, fourth.executed_start_s) == (None, None, None)
    assert (fifth.clock_start_s, fifth.clock_end_s) == (2100.0, 2700.0)
    assert [lap.step for lap in run.laps] == [0, 1, 2, 4]


def test_a_block_skipped_without_a_workout_leaves_the_clock_alone():
    """Nothing tells the watch: the plan's fourth block stays at 2100 to 2700 s."""
    run = simulate(EXAMPLE, Behaviour(skip=frozenset({4})), QUIET, 1)
    assert run.blocks[3].clock_start_s == 2100.0
    assert run.blocks[3].clock_pace == pytest.approx(210, rel=0.005)


def test_a_block_in_metres_ends_where_the_watch_has_counted_them():
    """2000 m on the watch, whatever was really run, with a stop in it or not."""
    stopped = Behaviour(stops=(Stop(900, 50),))
    for behaviour in (Behaviour(), stopped):
        run = simulate(KILOMETRES, behaviour, Device(scale_pct=2.0), 5)
        for block in run.blocks[1:]:
            assert block.clock_start_s is not None
            assert block.clock_end_s is not None
            window = [block.clock_start_s, block.clock_end_s]
            assert np.diff(np.interp(window, run.timer_s, run.distance_m)) == pytest.approx(2000)
            assert block.executed_start_s == pytest.approx(block.clock_start_s, abs=0.5)


def test_a_watch_that_reads_short_makes_the_runner_run_on():
    """At -2 %, 2000 m on the watch are 2000 / 0.98 really run: 2 % more time than planned."""
    run = simulate(KILOMETRES, Behaviour(), Device(wander=0.0, noise=0.0, bias_pct=-2.0), 1)
    last = run.blocks[-1]
    assert last.clock_start_s is not None
    assert last.clock_end_s is not None
    assert last.clock_end_s - last.clock_start_s == pytest.approx(500 / 0.98, rel=0.005)
    assert last.clock_pace == pytest.approx(250, rel=0.005)


def test_noise_alone_parts_what_is_shown_from_what_is_true():
    """Without watch noise the distances are equal; wander moves both."""
    run = simulate(EXAMPLE, Behaviour(), Device(noise=0.0), 3)
    assert np.array_equal(run.true_m, run.distance_m)
    assert run.blocks[1].clock_pace != pytest.approx(240, abs=0.01)


def test_the_scale_error_is_one_percent_from_run_to_run():
    """Over 200 seeds: the sum over 3300 s averages the fast noise to 0.2 %."""
    runs = [simulate(EXAMPLE, Behaviour(), Device(wander=0.0), seed) for seed in range(200)]
    log_ratio = [np.log(run.distance_m[-1] / run.true_m[-1]) for run in runs]
    assert np.std(log_ratio) == pytest.approx(0.0102, rel=0.15)
    assert np.mean(log_ratio) == pytest.approx(0, abs=0.0025)


@pytest.mark.parametrize("seed", range(4))
def test_positions_add_up_to_the_distance_shown(seed):
    """Haversine sums are within 0.3 % of the watch's distance, each second or each third."""
    run = simulate(EXAMPLE, seed=seed)
    for seen in (run, run.smart(3)):
        total = haversine_m(seen.latitude_deg, seen.longitude_deg).sum()
        assert total == pytest.approx(run.distance_m[-1], rel=0.003)


def test_nobody_lives_on_the_loop():
    """Within 2 km of 0.5 N 30 W, in the open sea."""
    run = simulate(EXAMPLE, seed=1)
    assert np.abs(run.latitude_deg - 0.5).max() < 0.02
    assert np.abs(run.longitude_deg + 30).max() < 0.02


def test_surges_swing_about_the_plan():
    """5 % up and down in turns of 40 s: some 3.6 % after the 6 s response, none on average."""
    run = simulate(EXAMPLE, Behaviour(surging={2: (0.05, 40.0)}), QUIET, 1)
    speed = np.diff(run.true_m)[940:1480]
    assert np.log(speed).std() == pytest.approx(0.036, abs=0.004)
    assert run.blocks[1].clock_pace == pytest.approx(240, rel=0.005)
    assert np.diff(run.true_m)[1600:2000].std() == pytest.approx(0, abs=1e-6)


def test_even_effort_is_slower_uphill():
    """20 m hills on a 2.5 km loop reach 5 % of grade, and 2.7 % of speed for each of them."""
    run = simulate(
        EXAMPLE, Behaviour(is_even_effort=True), Device(wander=0.0, noise=0.0, hills_m=20.0), 1
    )
    grade = np.diff(run.elevation_m) / np.diff(run.true_m)
    assert grade.max() == pytest.approx(20 * 2 * np.pi / 2500, rel=0.01)
    block = slice(1000, 1500)
    speed = np.diff(run.true_m)[block]
    assert np.corrcoef(speed, grade[block])[0, 1] < -0.9
    assert speed.max() / speed.min() == pytest.approx(np.exp(2 * 2.7 * 0.0503), rel=0.05)


def test_bursts_touch_few_seconds_and_only_the_watch():
    """Five stretches of 2 to 9 s on average, 30 to 80 % wrong; the runner is the same."""
    clean = simulate(EXAMPLE, Behaviour(), Device(), 8)
    lost = simulate(EXAMPLE, Behaviour(), Device(bursts=5.0), 8)
    assert np.array_equal(clean.true_m, lost.true_m)
    changed = np.abs(np.log(np.diff(lost.distance_m) / np.diff(clean.distance_m))) > 0.2
    assert 2 <= changed.sum() <= 100


def test_a_pause_is_no_record_and_no_timer():
    """40 s paused after 1200 s: the next record is 41 s on, the timer 1 s."""
    run = simulate(EXAMPLE, Behaviour(stops=(Stop(1200, 40, "watch"),)), Device(), 2)
    assert run.pauses == ((1200.0, 1240.0, "watch"),)
    assert np.diff(run.elapsed_s)[1200] == 41
    assert np.diff(run.timer_s).max() == 1
    assert run.elapsed_at(1200) == 1200
    assert run.elapsed_at(1300) == 1340


def test_standing_with_the_timer_running_adds_time_and_no_distance():
    """55 s at 0 m/s; the block's pace includes them, as the clock does."""
    stopped = simulate(EXAMPLE, Behaviour(stops=(Stop(1790, 55),)), QUIET, 7)
    assert (np.diff(stopped.true_m) == 0).sum() == 55
    assert stopped.blocks[2].clock_pace == pytest.approx(230 * 600 / 545, rel=0.005)


def test_the_heart_follows_the_effort_and_stays_high_in_a_blow_up():
    """Higher in every block of the plan; after the collapse no lower than in the block before."""
    plan = simulate(EXAMPLE, Behaviour(), QUIET, 1).heart_rate_bpm
    ends = plan[[890, 1490, 2090, 2690, 3290]]
    assert np.all(np.diff(ends) > 0)
    assert 110 < ends[0] < ends[-1] < 200
    broken = simulate(EXAMPLE, Behaviour(pace_from=(2500.0, 285.0)), QUIET, 1).heart_rate_bpm
    assert broken[3000] >= plan[2000]


def test_presses_are_forgotten_and_made_by_mistake():
    """With all forgotten there is one lap; with as many mistakes as changes there are more."""
    none = simulate(EXAMPLE, Behaviour(), Device(laps="manual", press_missing=1.0), 4)
    assert len(none.laps) == 1
    neat = simulate(EXAMPLE, Behaviour(), Device(laps="manual"), 4)
    extra = simulate(EXAMPLE, Behaviour(), Device(laps="manual", press_extra=1.0), 4)
    assert len(neat.laps) == 5
    assert len(extra.laps) > 5


@pytest.mark.parametrize("laps", ["none", "auto", "manual", "steps"])
def test_laps_cover_the_run_without_gap(laps):
    """Each begins where the one before ended; time and distance add up."""
    behaviour = Behaviour(stops=(Stop(1200, 40, "watch"),), after=(240.0, 330.0))
    run = simulate(EXAMPLE, behaviour, Device(laps=laps), 6)
    edges = [0.0, *(lap.end_s for lap in run.laps)]
    assert [lap.start_s for lap in run.laps] == edges[:-1]
    assert edges[-1] == run.elapsed_s[-1]
    assert sum(lap.distance_m for lap in run.laps) == pytest.approx(run.distance_m[-1])
    assert sum(lap.timer_s for lap in run.laps) == pytest.approx(run.timer_s[-1])


@pytest.mark.parametrize("name", sorted(ONE_LINE))
def test_each_plan_in_numbers_is_the_plan_in_words(name):
    """The simulator knows no plan files; this holds the two together."""
    from analyzer import read_plan

    blocks = read_plan(ONE_LINE[name]).blocks
    said = [(b.duration_s, b.distance_m, 1000 / b.target.speed_mps) for b in blocks if b.target]
    numbers = [(b.seconds, b.metres, b.pace) for b in IN_NUMBERS[name]]
    assert len(said) == len(blocks) == len(numbers)
    for in_words, in_numbers in zip(said, numbers, strict=True):
        assert in_words == pytest.approx(in_numbers)


@pytest.mark.parametrize("laps", ["beeps", "steps"])
def test_the_watch_keeps_its_own_clock_whatever_the_runner_does(laps):
    """Every change 100 s early: laps still end at 900, 1500, .. (a press a few seconds off)."""
    run = simulate(EXAMPLE, Behaviour(shift_s=-100.0), Device(laps=laps), 8)
    ends = [lap.end_s for lap in run.laps[:4]]
    assert ends == pytest.approx([900, 1500, 2100, 2700], abs=10 if laps == "beeps" else 0.5)
    starts = [b.executed_start_s for b in run.blocks[1:]]
    assert starts == pytest.approx([800, 1400, 2000, 2600])
