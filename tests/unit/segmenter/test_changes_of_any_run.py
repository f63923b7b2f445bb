"""What holds for the executed changes of any run, however it is recorded."""

import dataclasses
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from analyzer import read_plan
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.plans import EXAMPLE, ONE_LINE
from tests.builders.simulate import Behaviour, Device, LapMark, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx

pytestmark = pytest.mark.slow

SEEDS = (3, 211, 402, 577, 913, 1104, 1502, 1986)
"""Eight runners; each is simulated and read once for all tests."""

any_run = pytest.mark.parametrize("seed", SEEDS)


@cache
def run_of(seed):
    """Simulate a runner who does what the example plan says."""
    return simulate(EXAMPLE, Behaviour(), Device(), seed)


@cache
def activity_of(seed):
    """Read that run from its FIT file."""
    return read_bytes(write_fit(run_of(seed)), "run.fit")


@cache
def readings_of(activity, plan="example"):
    """Lay a plan on a recording."""
    return align(read_plan(ONE_LINE[plan]), activity.laps, prepare(activity))


def changes(activity):
    """Shifts and confidences of the four inner changes, first reading."""
    inner = [e for e in readings_of(activity)[0].executed[1:] if e is not None]
    return np.array([e.shift_s for e in inner]), np.array([e.confidence for e in inner])


def both_sure(one, other) -> np.ndarray:
    """Which changes both recordings place surely."""
    return np.asarray((one[1] > 0.9) & (other[1] > 0.9))


@any_run
def test_a_cool_down_moves_no_change(seed):
    """Ten minutes more of easy running: surely placed changes stay within 20 s."""
    longer = simulate(EXAMPLE, Behaviour(after=(600.0, 330.0)), Device(), seed)
    # The noise of a longer run is another draw: only what is sure must agree.
    one = changes(activity_of(seed))
    other = changes(read_bytes(write_fit(longer), "run.fit"))
    assert np.all(np.abs(one[0] - other[0])[both_sure(one, other)] <= 20)


@any_run
def test_smart_recording_moves_no_change(seed):
    """Every third record: surely placed changes stay within 10 s."""
    one = changes(activity_of(seed))
    other = changes(read_bytes(write_fit(run_of(seed).smart(3)), "run.fit"))
    assert np.all(np.abs(one[0] - other[0])[both_sure(one, other)] <= 10)


@any_run
def test_fit_and_gpx_of_one_run_agree(seed):
    """Distance from the watch or from positions: surely placed changes within 10 s."""
    one = changes(activity_of(seed))
    other = changes(read_bytes(write_gpx(run_of(seed)), "run.gpx"))
    assert np.all(np.abs(one[0] - other[0])[both_sure(one, other)] <= 10)


@pytest.mark.parametrize("shift_s", [-600, -61, 0, 1, 37, 600])
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_the_hour_of_the_day_changes_nothing(seed, shift_s):
    """The same run begun at another second gives the very same changes."""
    activity = activity_of(seed)
    start = activity.start_time
    assert start is not None
    moved = replace(activity, start_time=start + timedelta(seconds=shift_s))
    assert readings_of(activity)[0] == readings_of(moved)[0]


@any_run
def test_presses_late_or_early_by_the_same_mirror_each_other(seed):
    """Presses 4 s late and 4 s early of the clock move a sure change by at most their 8 s."""
    run = run_of(seed)
    found = []
    for off in (-4.0, 4.0):
        ends = [900 + off, 1500 + off, 2100 + off, 2700 + off, float(run.timer_s[-1])]
        starts = [0.0, *ends[:-1]]
        laps = tuple(
            LapMark(a, b, "manual", None, 0.0, b - a) for a, b in zip(starts, ends, strict=True)
        )
        found.append(changes(read_bytes(write_fit(dataclasses.replace(run, laps=laps)), "run.fit")))
    places = [shift + off for (shift, _), off in zip(found, (-4.0, 4.0), strict=True)]
    assert np.all(np.abs(places[0] - places[1]) <= 8 + 8)


@pytest.mark.parametrize("plan", sorted(ONE_LINE))
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_starts_are_in_order_and_inside_their_intervals(seed, plan):
    """Whatever plan is laid on whatever run: no start before the one before it."""
    for reading in readings_of(activity_of(seed), plan):
        known = [e for e in reading.executed if e is not None]
        assert [e.start_s for e in known] == sorted(e.start_s for e in known)
        for e in known:
            assert e.start_low_s <= e.start_s <= e.start_high_s
            assert 0 <= e.confidence <= 1


@pytest.mark.parametrize("laps", ["none", "auto"])
def test_automatic_laps_say_nothing(laps):
    """Kilometre laps change no executed start."""
    run = simulate(EXAMPLE, Behaviour(), Device(laps=laps), 5)
    plain = simulate(EXAMPLE, Behaviour(), Device(laps="none"), 5)
    one, other = (changes(read_bytes(write_fit(r), "run.fit"))[0] for r in (run, plain))
    assert np.array_equal(one, other)
