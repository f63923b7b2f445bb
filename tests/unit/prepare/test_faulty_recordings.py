"""Faults of a known size, written as FIT, TCX and GPX: distance, timer and verdict stay right."""

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
import pytest

from analyzer import review_activity
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from tests.builders import faults
from tests.builders.exact import plan_of
from tests.builders.faults import MEASURED, POSITIONS
from tests.builders.simulate import Device, PlannedBlock, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx

pytestmark = pytest.mark.slow

WRITERS: dict[str, Callable[..., bytes]] = {"fit": write_fit, "tcx": write_tcx, "gpx": write_gpx}
CALM = Device(wander=0.4, noise=0.4, scale_pct=0.0)
SHARES = ((600, 1.0), (480, 1.05), (480, 1.1), (420, 1.16))
"""Seconds of each block, and how many times as fast as the first."""


def blocks_at(speed_mps):
    """Blocks of (seconds, s/km); the first at this speed."""
    return tuple((seconds, 1000 / (speed_mps * share)) for seconds, share in SHARES)


@cache
def run_at(speed_mps, seed=7, **options):
    """Run them as planned; the faults make runs of their own from it."""
    plan = tuple(PlannedBlock(pace, seconds=seconds) for seconds, pace in blocks_at(speed_mps))
    return simulate(plan, None, Device(**{**vars(CALM), **options}), seed)


def read(run, form):
    """Write a run and read it again."""
    return read_bytes(WRITERS[form](run), f"run.{form}")


def clear_flags(activity, speed_mps):
    """Codes of what is held for certain against a run that went by the plan."""
    review = review_activity(activity, plan_of(blocks_at(speed_mps)))
    return {
        flag.code for flag in review.flags if flag.certainty == "clear" and flag.code != "LOW_DATA"
    }


def assert_right(run, activity, speed_mps, within=0.005, length_m=None):
    """Distance as the device counted it, timer to the second, nothing held against the runner."""
    prepared = prepare(activity)
    length_m = run.distance_m[-1] if length_m is None else length_m
    assert prepared.distance_m[-1] == pytest.approx(length_m, rel=within)
    assert prepared.seconds == pytest.approx(run.timer_s[-1], abs=1)
    assert clear_flags(activity, speed_mps) == set()
    return prepared


@pytest.mark.parametrize("form", ["fit", "tcx"])
@pytest.mark.parametrize(
    ("speed", "every_s"), [*product((1.0, 2.0, 3.0, 4.0), (1, 2, 3, 5, 8, 10))]
)
def test_a_distance_written_every_few_seconds_keeps_its_metres(form, speed, every_s):
    """Held for 1 to 10 s at 1 to 4 m/s; positions and speed are as they were."""
    run = faults.held(run_at(speed), every_s, "distance_m")
    prepared = assert_right(run, read(run, form), speed)
    assert not prepared.is_replaced[:-every_s].any()  # coarse sampling, but measured


@pytest.mark.parametrize("form", ["fit", "tcx"])
@pytest.mark.parametrize(("speed", "every_s"), [*product((1.0, 2.5, 4.0), (2, 5, 10))])
def test_a_distance_alone_written_every_few_seconds_keeps_its_metres(form, speed, every_s):
    """A counter without positions or speed beside it, as a foot pod's."""
    run = run_at(speed, has_positions=False)
    run = faults.silent(faults.held(run, every_s, "distance_m"), "speed_mps")
    assert_right(run, read(run, form), speed)


@pytest.mark.parametrize(("speed", "longest_s"), [*product((1.0, 2.5, 4.0), (4, 7, 10))])
def test_a_distance_written_at_odd_intervals_keeps_its_metres(speed, longest_s):
    """After 2 to 10 s, at random."""
    run = faults.held_unevenly(run_at(speed), longest_s, 3, "distance_m")
    assert_right(run, read(run, "fit"), speed)


@pytest.mark.parametrize("form", ["gpx", "tcx", "fit"])
@pytest.mark.parametrize(("speed", "every_s"), [*product((1.0, 2.0, 3.0, 4.0), (2, 4, 7, 10))])
def test_positions_written_every_few_seconds_keep_their_metres(form, speed, every_s):
    """Within 1 % of the way between the positions that there are."""
    run = faults.silent(run_at(speed), "distance_m", "speed_mps")
    run = faults.held(run, every_s, *POSITIONS)
    way_m = run_at(speed).distance_m[-1]
    assert_right(run, read(run, form), speed, within=0.01, length_m=way_m)


@pytest.mark.parametrize("seconds", [20, 60, 120, 180])
@pytest.mark.parametrize("start_s", [40, 700, 1500])
@pytest.mark.parametrize("with_records", [True, False])
def test_a_hole_keeps_its_metres_and_judges_nobody(seconds, start_s, with_records):
    """Nothing but the heart rate for 20 to 180 s, or no record: the same metres, unknown speed."""
    run = run_at(3.0)
    faulty = (
        faults.without(run, start_s, seconds, *MEASURED)
        if with_records
        else faults.without_records(run, start_s, seconds)
    )
    prepared = assert_right(run, read(faulty, "tcx"), 3.0)
    inside = slice(start_s, start_s + seconds - 1)
    assert not prepared.is_moving[inside].any()
    assert not prepared.is_standing[inside].any()
    assert prepared.is_replaced[inside].all()
    assert [w.kind for w in prepared.warnings] == ["holes"]


@pytest.mark.parametrize("form", ["fit", "tcx"])
@pytest.mark.parametrize("seconds", [10, 30, 60, 90])
def test_a_late_first_fix_is_unknown_and_adds_no_metres(form, seconds):
    """What was run before it is not known: neither standing, nor distance, nor a slow pace."""
    run = faults.silent(run_at(3.0), "distance_m", "speed_mps")
    faulty = faults.without(run, 0, seconds, *MEASURED)
    after_m = run_at(3.0).distance_m
    activity = read(faulty, form)
    prepared = assert_right(
        run, activity, 3.0, within=0.01, length_m=after_m[-1] - after_m[seconds]
    )
    assert not prepared.is_standing.any()
    first = review_activity(activity, plan_of(blocks_at(3.0))).blocks[0]
    assert first.pace_s_per_km == pytest.approx(1000 / 3.0, rel=0.02)


def test_a_counter_that_waits_for_the_first_fix_is_not_standing():
    """Distance 0 and no position for 60 s, with 170 steps a minute: unknown."""
    run = faults.without(run_at(3.0), 0, 60, *POSITIONS)
    distance = np.maximum(run.distance_m - run.distance_m[60], 0.0)
    speed = np.where(run.elapsed_s < 60, 0.0, run.speed_mps)
    faulty = faults.with_columns(run, {"distance_m": distance, "speed_mps": speed})
    prepared = assert_right(faulty, read(faulty, "fit"), 3.0)
    assert not prepared.is_standing.any()
    assert not prepared.is_moving[:59].any()


@pytest.mark.parametrize("seconds", [15, 30, 60, 120])
def test_a_frozen_distance_that_leaps_was_run_at_an_unknown_speed(seconds):
    """Held for 15 to 120 s while the steps went on: all metres, and no stop."""
    run = faults.frozen(run_at(3.0), 700, seconds, "distance_m", "speed_mps", *POSITIONS)
    prepared = assert_right(run, read(run, "fit"), 3.0)
    assert not prepared.is_standing.any()
    assert not prepared.is_moving[702 : 700 + seconds - 2].any()


@pytest.mark.parametrize("form", ["fit", "tcx"])
@pytest.mark.parametrize("beside", ["positions", "speed"])
@pytest.mark.parametrize("speed", [2.0, 3.5])
def test_a_distance_in_kilometres_is_told_and_put_right(form, beside, speed):
    """A thousandth of what positions or speed say; what stands beside it tells."""
    run = run_at(speed)
    faulty = faults.silent(run, *(POSITIONS if beside == "speed" else ("speed_mps",)))
    faulty = faults.with_columns(faulty, {"distance_m": run.distance_m / 1000})
    activity = read(faulty, form)
    prepared = assert_right(run, activity, speed, within=0.01)
    assert ("DISTANCE_DISAGREES", "kilometres") in {(w.code, w.kind) for w in prepared.warnings}
    assert prepared.scale_error_pct >= 1.5


def test_a_speed_of_half_the_distance_is_told_and_makes_no_stop():
    """The distance, which the positions confirm, is believed."""
    run = run_at(3.0)
    faulty = faults.with_columns(run, {"speed_mps": run.speed_mps / 2})
    prepared = assert_right(run, read(faulty, "fit"), 3.0)
    (warning,) = prepared.warnings
    assert (warning.kind, warning.facts) == ("speed_slower", {"percent": 50.0})
    assert np.isnan(prepared.device_speed_mps).all()


def test_a_speed_of_nothing_is_no_stop_while_the_metres_go_on():
    """Device speed 0 for 60 s at 3 m/s and 170 steps a minute: the runner ran."""
    run = run_at(3.0)
    stuck = (run.elapsed_s >= 700) & (run.elapsed_s < 760)
    faulty = faults.with_columns(run, {"speed_mps": np.where(stuck, 0.0, run.speed_mps)})
    prepared = assert_right(run, read(faulty, "fit"), 3.0)
    assert prepared.stops == ()


def test_two_spikes_in_altitude_leave_every_block_scored():
    """50 m up for 3 s, twice: the altitude is put right, and said to be."""
    run = faults.altitude_spikes(run_at(3.0), (120, 300), 50.0)
    activity = read(run, "fit")
    prepared = assert_right(run, activity, 3.0)
    assert prepared.elevation_m == pytest.approx(
        prepare(read(run_at(3.0), "fit")).elevation_m, abs=1
    )
    assert [(w.code, w.kind) for w in prepared.warnings] == [("GLITCHES_REPAIRED", "altitude")]
    review = review_activity(activity, plan_of(blocks_at(3.0)))
    assert all(block.score is not None for block in review.blocks)
