"""The second world: each kind of run does what it says, and its truth is the truth."""

import numpy as np
import pytest

from tests.builders import seeds
from tests.builders.plans import EXAMPLE
from tests.builders.world.draw import stream
from tests.builders.world.journey import LONGEST_S
from tests.builders.world.kinds import COLLAPSES, KINDS, LEFT_OUT, PLAIN, SHIFTED
from tests.builders.world.make import make, make_pair
from tests.builders.world.runner import STEADY, Legs, Runner, draw_runner, waves
from tests.builders.world.watch import EXACT, MODELS, Watch, draw_watch, error

pytestmark = pytest.mark.slow

PRESSED, SILENT = 4, 8
"""Seeds of the example plan, with lap presses and without."""

TWO = (PRESSED, SILENT)


def exact(kind, seed=SILENT):
    """Make a run without wander and without error: what is left is what happened."""
    return make(kind, seed, runner=STEADY, watch=EXACT)


def only_event(made):
    """Return the one event of a run."""
    (event,) = made.truth.events
    return event


def inside(made, event):
    """Say which records lie in an event, 10 s inside it."""
    return made.recording.between(event.at_s + 10, event.seconds - 20)


def test_its_seeds_are_nobody_elses():
    """Nothing was ever tuned on them, and no other table reports them."""
    others = (seeds.TUNING, seeds.REPORTING, seeds.REPORTING_DRAWN, seeds.REPORTING_MORE)
    assert not any(set(seeds.WORLD) & set(other) for other in others)
    assert len(seeds.WORLD) == 60


@pytest.mark.parametrize("shape", ["ramp", "approach"])
def test_a_change_of_pace_takes_the_response_of_its_runner(shape):
    """From 3 to 4 m/s in 20 s: a ramp is there, half-way after 10 s; an approach has come 90 %."""
    legs = Legs(Runner(shape, 20.0, 0.0, 0.5, 0.0, 0.0, 0.0), 3.0)
    speeds = [legs.step(4.0, 20.0) for _ in range(20)]
    assert speeds[9] == pytest.approx({"ramp": 3.5, "approach": 4 - 0.1**0.5}[shape])
    assert speeds[-1] == pytest.approx({"ramp": 4.0, "approach": 3.9}[shape])


def test_runners_take_2_to_30_s_to_change_and_wander_each_in_their_own_way():
    """Over 200 of them: the whole range, both shapes."""
    runners = [draw_runner(stream(seed, 1)) for seed in range(200)]
    responses = [r.response_s for r in runners]
    assert 2 <= min(responses) < 3
    assert 25 < max(responses) <= 30
    assert {r.response for r in runners} == {"ramp", "approach"}
    assert len({round(r.tilt, 3) for r in runners}) > 150


def test_a_wander_has_the_spread_it_was_drawn_with():
    """Of many: 1 % within a tenth, though each run has its own."""
    made = [waves(stream(seed, 3), 3600, 0.01, 0.5).std() for seed in range(40)]
    assert np.mean(made) == pytest.approx(0.01, rel=0.1)


@pytest.mark.parametrize("model", MODELS)
def test_a_watch_errs_with_the_autocorrelation_of_its_model(model):
    """Neighbouring seconds correlate as the Yule-Walker equations of its weights say."""
    a, b, c = MODELS[model]
    # r1 = a + b r1 + c r2 and r2 = a r1 + b + c r1, solved for r1.
    r1 = (a + c * b) / (1 - b - c * (a + c))
    made = error(stream(5, 4), Watch(model, 0.01, 0.0), LONGEST_S)
    slow_free = made - np.convolve(made, np.ones(121) / 121, mode="same")
    found = np.corrcoef(slow_free[1:], slow_free[:-1])[0, 1]
    assert found == pytest.approx(r1, abs=0.06)
    assert np.abs(np.roots([1, -a, -b, -c])).max() < 1


def test_watches_have_noise_of_0_8_to_3_percent_and_a_scale_of_their_own():
    """Over 200 of them."""
    watches = [draw_watch(stream(seed, 2)) for seed in range(200)]
    assert 0.008 <= min(w.spread for w in watches) < 0.009
    assert 0.028 < max(w.spread for w in watches) <= 0.03
    assert np.std([w.scale for w in watches]) == pytest.approx(0.008, rel=0.2)
    assert {w.model for w in watches} == set(MODELS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_suits_plans_in_metres_and_with_short_blocks_and_lies_in_its_recording(kind):
    """Time goes on, distance never goes back, events lie inside the recording."""
    for seed in (6, 7):
        made = make(kind, seed)
        run = made.recording
        assert (np.diff(run.elapsed_s) >= 1).all()
        assert (np.diff(run.distance_m) >= 0).all()
        assert len(made.truth.blocks) == len(made.plan)
        for event in made.truth.events:
            if event.at_s is not None:
                end_s = event.at_s + (event.seconds or 0.0)
                assert 0 <= event.at_s <= end_s <= run.elapsed_s[-1] + 1


def test_the_same_seed_is_the_same_run():
    """Every column, and the truth."""
    one, two = make("walk break", 3), make("walk break", 3)
    assert np.array_equal(one.recording.distance_m, two.recording.distance_m)
    assert one.truth == two.truth


def test_a_plain_run_is_the_plan():
    """Blocks of 15 and 4 x 10 min, each where the clock has it, at its pace once it is reached."""
    blocks = exact(PLAIN).truth.blocks
    starts = [0, 900, 1500, 2100, 2700]
    assert [b.executed.start_s for b in blocks] == starts
    assert [b.clock.start_s for b in blocks] == starts
    assert all(abs(b.executed.deviation_pct) < 0.2 for b in blocks)


def test_laps_are_pressed_at_each_change_or_not_at_all():
    """Four changes and the end; a steady runner presses in the same second."""
    laps = exact(PLAIN, PRESSED).recording.laps
    assert [lap.start_s for lap in laps] == [0, 900, 1500, 2100, 2700]
    assert len(exact(PLAIN, SILENT).recording.laps) == 1


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("walk break", 1.4, 1.8), ("jog break", 2.0, 2.5)]
)
def test_a_break_lies_inside_one_block_with_the_same_pace_on_both_sides(kind, low, high):
    """45 to 180 s of walking, or of jogging at 60 to 75 % of the easy block's 3.33 m/s."""
    for seed in TWO:
        made = exact(kind, seed)
        event, speed = only_event(made), made.recording.true_mps
        assert 45 <= event.seconds <= 180
        assert low <= speed[inside(made, event)].mean() <= high
        block = made.truth.block(event.block)
        assert block.executed.start_s + 30 < event.at_s
        assert event.at_s + event.seconds < block.executed.end_s - 30
        pace = 1000 / EXAMPLE[event.block - 1].pace
        around = [int(event.at_s) - 5, int(event.at_s + event.seconds) + 20]
        assert speed[around] == pytest.approx([pace, pace], rel=0.01)
        assert abs(block.executed.deviation_pct) < 1.0


def test_lights_stop_the_runner_and_the_timer_only_with_auto_pause():
    """Distance stands; paused seconds have no record, and the timer is shorter by them."""
    made = exact("traffic lights")
    assert all(made.recording.true_mps[inside(made, e)].max() < 0.1 for e in made.truth.events)
    assert made.recording.timer_s[-1] == made.recording.elapsed_s[-1] == 3300
    made = exact("traffic lights, auto-pause")
    run = made.recording
    paused = sum(end - start for start, end, _ in run.pauses)
    assert paused > 10 * len(made.truth.events)
    assert run.timer_s[-1] == 3300 == run.elapsed_s[-1] - paused
    assert run.elapsed_s.size == 3301


def test_a_dropout_is_a_hole_and_the_distance_goes_on_behind_it():
    """40 to 120 records fewer than the plain run, the others the same."""
    made, plain = exact("dropout"), exact(PLAIN)
    event = only_event(made)
    assert 40 <= event.seconds <= 120
    assert made.recording.elapsed_s.size == 3301 - event.seconds
    assert made.recording.distance_m[-1] == plain.recording.distance_m[-1]


def test_a_frozen_distance_leaps_to_where_the_runner_is():
    """Level with the heart beating on; then all of it in one second."""
    made, plain = exact("frozen, then a leap"), exact(PLAIN)
    event, run = only_event(made), made.recording
    stuck = run.between(event.at_s, event.seconds)
    assert np.ptp(run.distance_m[stuck]) == 0
    assert run.speed_mps[stuck].max() == 0
    assert run.cadence_spm[stuck].min() > 150
    assert np.array_equal(run.distance_m[~stuck], plain.recording.distance_m[~stuck])


def test_before_a_late_fix_nothing_is_counted():
    """No position and no distance at first; what was run until then is missing at the end."""
    made, plain = exact("late first fix"), exact(PLAIN)
    event, run = only_event(made), made.recording
    blind = run.between(0, event.seconds)
    assert np.isnan(run.latitude_deg[blind]).all()
    assert run.distance_m[blind].max() == 0
    missing = plain.recording.distance_m[-1] - run.distance_m[-1]
    assert missing == pytest.approx(event.seconds * 1000 / 300, rel=0.05)


def test_a_tunnel_takes_the_positions_and_shows_40_to_100_percent_of_the_speed():
    """Over 20 tunnels; about half of them are made good at the exit."""
    made_good = 0
    for seed in range(0, 80, 4):
        made = exact("tunnel", seed)
        event, run = only_event(made), made.recording
        within = inside(made, event)
        assert np.isnan(run.latitude_deg[within]).all()
        share = np.diff(run.distance_m[within]).mean() / run.true_mps[within].mean()
        assert 0.39 <= share <= 1.01
        made_good += np.diff(run.distance_m).max() > 10
    assert 3 <= made_good <= 16


def test_a_drifting_scale_is_2_percent_apart_from_start_to_end():
    """Shown by true speed, 1 % off at each end, in opposite ways."""
    run = exact("scale drifts by 2 %").recording
    share = np.diff(run.distance_m) / run.true_mps[1:]
    assert abs(share[-1] - share[0]) == pytest.approx(0.02, rel=0.05)


def test_a_treadmill_has_no_positions_a_scale_of_its_own_and_one_leap():
    """2 to 4 % off, and 40 to 120 m in one second."""
    made = exact("treadmill")
    run = made.recording
    steps = np.diff(run.distance_m)
    assert not run.has_positions
    assert 40 <= steps.max() <= 130
    assert (steps > 20).sum() == 1
    assert 0.019 < abs(np.median(steps / run.true_mps[1:]) - 1) < 0.042


def test_after_the_run_somebody_drives_home():
    """The plan as ever; then standing, then 7 m/s or more."""
    made = exact("drive home")
    speed = made.recording.true_mps
    assert made.truth.blocks == exact(PLAIN).truth.blocks
    assert speed[3330:3355].max() < 0.5
    assert speed[-200:].min() >= 6.9


@pytest.mark.parametrize("kind", COLLAPSES)
def test_a_collapse_follows_forcing_and_lasts_to_the_end_of_the_plan(kind):
    """Blocks 2 and 3 at the next pace, 4 and 5 % fast; then two thirds to four fifths of it."""
    made = exact(kind)
    event = only_event(made)
    # 4:00 run at 1.01 times 3:50: 5.3 % in ln v; 3:50 at 1.01 times 3:40: 5.4 %.
    assert made.truth.block(2).executed.deviation_pct == pytest.approx(5.3, abs=0.3)
    assert event.what == "collapse"
    assert event.block in (3, 4)
    assert event.at_s + event.seconds == 3300
    planned = 1000 / EXAMPLE[event.block - 1].pace
    after = made.recording.true_mps[int(event.at_s) + 60 : 3290]
    assert 0.61 * planned < after.min() <= after.max() < 0.83 * planned
    assert ("cool-down" in kind) == (made.recording.elapsed_s[-1] > 3400)


def test_the_heart_rises_falls_slowly_falls_fast_or_is_absent():
    """Four minutes into the collapse: above, a little below, far below, unknown."""
    changes = {}
    for kind in COLLAPSES:
        made = exact(kind)
        at = int(only_event(made).at_s)
        beats = made.recording.heart_rate_bpm
        changes[kind] = beats[at + 240] - beats[at]
    assert changes["collapse, heart up"] > 3
    assert -13 < changes["collapse, heart falls slowly"] < -5
    assert changes["collapse, heart falls fast"] < -15
    assert np.isnan(changes["collapse, heart absent"])


def test_a_collapse_may_be_recovered_from():
    """4 to 6 min of it, then the plan again."""
    made = exact("collapse, recovery")
    event = only_event(made)
    assert 240 <= event.seconds <= 360
    assert abs(made.truth.block(5).executed.deviation_pct) < 1


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_a_block_left_out_was_not_run_and_the_others_moved_up(kind):
    """600 s less; no executed window for it, the next one begins where it would have."""
    made = exact(kind)
    (block,) = made.truth.left_out
    assert {"first": block == 2, "middle": block in (3, 4), "last": block == 5}[kind.split()[0]]
    assert made.truth.block(block).executed is None
    if block < 5:
        after = made.truth.block(block + 1)
        assert after.executed.start_s == made.truth.block(block).clock.start_s
        assert abs(after.executed.deviation_pct) < 0.3
    end_s = made.recording.elapsed_s[-1]
    assert end_s > 2900 if "cool-down" in kind else end_s == 2700


def test_a_watch_started_late_misses_the_beginning_of_block_1():
    """1 to 4 min; every window moves to the front by the same time."""
    made = exact("watch started late")
    late_s = 3300 - made.recording.elapsed_s[-1]
    assert 60 <= late_s <= 240
    assert made.truth.block(2).executed.start_s == 900 - late_s
    assert made.truth.block(2).clock.start_s == 900 - late_s


def test_block_1_may_be_begun_after_the_recording():
    """1 to 5 min of standing and jogging first; the plan's clock begins behind them."""
    made = exact("block 1 begun later")
    first = made.truth.block(1).executed.start_s
    assert 60 <= first <= 300
    assert made.truth.block(2).clock.start_s == first + 900


def test_a_run_stopped_early_lacks_10_to_50_percent_of_its_last_block():
    """60 to 300 of its 600 s."""
    assert 60 <= 3300 - exact("stopped early").recording.elapsed_s[-1] <= 300


def test_reversed_steps_have_the_fastest_first():
    """Block 2 at 3:30 instead of 4:00, block 5 the other way round: 13.4 % in ln v."""
    blocks = exact("steps reversed").truth.blocks
    assert blocks[1].executed.deviation_pct == pytest.approx(13.4, abs=0.5)
    assert blocks[4].executed.deviation_pct == pytest.approx(-13.4, abs=0.5)


def test_an_unrelated_run_has_no_block_of_the_plan():
    """One easy pace, slower than the easy block's, for 35 to 60 min."""
    made = exact("unrelated easy run")
    assert all(b.executed is None for b in made.truth.blocks)
    assert 2100 <= made.recording.elapsed_s[-1] <= 3600
    assert made.truth.block(1).clock.deviation_pct < -3


@pytest.mark.parametrize("kind", SHIFTED)
def test_every_change_comes_early_or_late_by_the_same_time(kind):
    """All four of them; start and end stay."""
    made = exact(kind)
    shift = int(kind.split()[2]) * (-1 if "early" in kind else 1)
    off = [b.executed.start_s - b.clock.start_s for b in made.truth.blocks]
    assert off == [0, shift, shift, shift, shift]
    assert made.recording.elapsed_s[-1] == 3300


def test_hills_slow_a_runner_uphill_and_the_wind_on_the_way_out():
    """Slower where the ground rises; slower in the first half than in the second."""
    run = exact("hills").recording
    rising = np.gradient(run.elevation_m) > 0.02
    level = 1000 / 300
    assert np.ptp(run.elevation_m) > 8
    assert run.true_mps[:900][rising[:900]].mean() < level < run.true_mps[:900][~rising[:900]].max()
    blocks = exact("wind, out and back").truth.blocks
    assert -5.2 < blocks[0].executed.deviation_pct < -1.8
    assert blocks[4].executed.deviation_pct > 0.9


def test_surges_come_again_and_again_in_one_block():
    """Each 20 to 40 s and 10 to 18 % faster; between them the block's own pace."""
    made = exact("fartlek surges")
    events = made.truth.events
    (block,) = {e.block for e in events}
    assert len(events) >= 5
    assert all(20 <= e.seconds <= 40 for e in events)
    first = made.recording.true_mps[inside(made, events[0])]
    assert 1.08 < first.max() * EXAMPLE[block - 1].pace / 1000 < 1.19
    assert abs(made.truth.block(block).executed.deviation_pct) < 1.5


def test_two_watches_record_one_truth():
    """The same speeds really run, other distances."""
    one, two = make_pair(PLAIN, 1)
    assert one.truth == two.truth
    assert np.array_equal(one.recording.true_mps, two.recording.true_mps)
    assert abs(one.recording.distance_m[-1] - two.recording.distance_m[-1]) > 1


def test_what_happens_leaves_runner_and_watch_alone():
    """Until the first stop a run of any kind is the plain run of the same seed."""
    plain, other = make(PLAIN, 2), make("walk break", 2)
    first = int(only_event(other).at_s)
    same = slice(0, first)
    assert np.array_equal(plain.recording.distance_m[same], other.recording.distance_m[same])
