"""What holds for the executed changes of any run, however it is recorded."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import read_plan
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from tests.builders.plans import EXAMPLE, ONE_LINE
from tests.builders.simulate import Behaviour, Device, LapMark, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx

FEW = settings(max_examples=12, deadline=None)
SEEDS = st.integers(0, 2000)


def changes(content: bytes, name: str = "run.fit", plan: str = "example"):
    """Shifts and confidences of the four inner changes, first reading."""
    activity = read_bytes(content, name)
    found = align(read_plan(ONE_LINE[plan]), activity.laps, prepare(activity))[0]
    inner = [e for e in found.executed[1:] if e is not None]
    return np.array([e.shift_s for e in inner]), np.array([e.confidence for e in inner])


def both_sure(one, other) -> np.ndarray:
    """Which changes both recordings place surely."""
    return np.asarray((one[1] > 0.9) & (other[1] > 0.9))


@FEW
@given(SEEDS)
def test_a_cool_down_moves_no_change(seed):
    """Ten minutes more of easy running: surely placed changes stay within 20 s."""
    plain = simulate(EXAMPLE, Behaviour(), Device(), seed)
    longer = simulate(EXAMPLE, Behaviour(after=(600.0, 330.0)), Device(), seed)
    # The noise of a longer run is another draw: only what is sure must agree.
    one, other = changes(write_fit(plain)), changes(write_fit(longer))
    assert np.all(np.abs(one[0] - other[0])[both_sure(one, other)] <= 20)


@FEW
@given(SEEDS)
def test_smart_recording_moves_no_change(seed):
    """Every third record: surely placed changes stay within 10 s."""
    run = simulate(EXAMPLE, Behaviour(), Device(), seed)
    one, other = changes(write_fit(run)), changes(write_fit(run.smart(3)))
    assert np.all(np.abs(one[0] - other[0])[both_sure(one, other)] <= 10)


@FEW
@given(SEEDS)
def test_fit_and_gpx_of_one_run_agree(seed):
    """Distance from the watch or from positions: surely placed changes within 10 s."""
    run = simulate(EXAMPLE, Behaviour(), Device(), seed)
    one, other = changes(write_fit(run)), changes(write_gpx(run), "run.gpx")
    assert np.all(np.abs(one[0] - other[0])[both_sure(one, other)] <= 10)


@FEW
@given(SEEDS, st.integers(-600, 600))
def test_the_hour_of_the_day_changes_nothing(seed, shift_s):
    """The same run begun at another second gives the very same changes."""
    run = simulate(EXAMPLE, Behaviour(), Device(), seed)
    activity = read_bytes(write_fit(run), "run.fit")
    start = activity.start_time
    assert start is not None
    moved = replace(activity, start_time=start + timedelta(seconds=shift_s))
    plan = read_plan(ONE_LINE["example"])
    one, other = (align(plan, a.laps, prepare(a))[0] for a in (activity, moved))
    assert one == other


@FEW
@given(SEEDS)
def test_presses_late_or_early_by_the_same_mirror_each_other(seed):
    """Presses 4 s late and 4 s early of the clock move a sure change by at most their 8 s."""
    run = simulate(EXAMPLE, Behaviour(), Device(), seed)
    found = []
    for off in (-4.0, 4.0):
        ends = [900 + off, 1500 + off, 2100 + off, 2700 + off, float(run.timer_s[-1])]
        starts = [0.0, *ends[:-1]]
        laps = tuple(
            LapMark(a, b, "manual", None, 0.0, b - a) for a, b in zip(starts, ends, strict=True)
        )
        found.append(changes(write_fit(replace(run, laps=laps))))
    places = [shift + off for (shift, _), off in zip(found, (-4.0, 4.0), strict=True)]
    assert np.all(np.abs(places[0] - places[1]) <= 8 + 8)


@FEW
@given(SEEDS, st.sampled_from(sorted(ONE_LINE)))
def test_starts_are_in_order_and_inside_their_intervals(seed, plan):
    """Whatever plan is laid on whatever run: no start before the one before it."""
    activity = read_bytes(write_fit(simulate(EXAMPLE, Behaviour(), Device(), seed)), "run.fit")
    for reading in align(read_plan(ONE_LINE[plan]), activity.laps, prepare(activity)):
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
    assert np.array_equal(changes(write_fit(run))[0], changes(write_fit(plain))[0])
