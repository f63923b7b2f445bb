"""Records in another order are sorted; a clock that was set is put right, and laps follow it."""

from dataclasses import replace

import numpy as np
import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.device_clock import rising
from analyzer.parsers.read import read_bytes
from analyzer.parsers.samples import samples_of
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_tcx
from tests.places import PLAN

pytestmark = pytest.mark.slow

RUN = simulate(EXAMPLE, device=Device(laps="manual", noise=0.3), seed=81)
DAYS_S = 11 * 86400.0


def in_blocks(size: int, count: int) -> list[int]:
    """Swap every two neighbouring blocks of so many records."""
    order = np.arange(count)
    for a in range(0, count - 2 * size, 2 * size):
        order[a : a + 2 * size] = np.concatenate(
            (order[a + size : a + 2 * size], order[a : a + size])
        )
    return order.tolist()


@pytest.mark.parametrize("has_positions", [True, False])
@pytest.mark.parametrize("size", [1, 2, 13, 60, 300, 1500])
def test_records_written_in_another_order_are_sorted(size, has_positions):
    """Nothing is lost, and it is said."""
    run = simulate(EXAMPLE, device=Device(noise=0.3, has_positions=has_positions), seed=81)
    order = in_blocks(size, run.elapsed_s.size)
    activity = read_bytes(write_fit(run, order=order), "run.fit")
    assert len(activity.records) == run.elapsed_s.size
    assert activity.records.distance_m == pytest.approx(run.distance_m, abs=0.01)
    warning = next(w for w in activity.warnings if w.code == "CLOCK_REPAIRED")
    assert set(warning.facts) == {"unordered"}
    assert warning.dropped == 0


def test_records_in_another_order_keep_a_pause():
    """Five minutes between two blocks are no reason to leave either out."""
    run = simulate(EXAMPLE, Behaviour(stops=(Stop(1500, 300, "runner"),)), seed=82)
    activity = read_bytes(write_fit(run, order=in_blocks(40, run.elapsed_s.size)), "run.fit")
    assert len(activity.records) == run.elapsed_s.size
    assert len(activity.pauses) == 1


def test_a_clock_set_back_is_no_other_order():
    """It tells the same hour twice, and the way goes on as before."""
    at_s = [*np.arange(600.0), *np.arange(600.0, 1200.0) - 300]
    way_m = list(np.arange(1200.0) * 3)
    put = rising(samples_of(at_s, {"distance_m": way_m}))
    assert "unordered" not in put.counts


@pytest.mark.parametrize("jump_s", [DAYS_S, -DAYS_S, -5000.0])
@pytest.mark.parametrize("laps", ["manual", "steps", "auto"])
def test_laps_follow_a_clock_that_was_set_on_the_run(laps, jump_s):
    """All of them stay, at the seconds of the run at which they were."""
    run = simulate(EXAMPLE, device=Device(laps=laps, noise=0.3), seed=83)
    whole = read_bytes(write_fit(run), "run.fit").laps
    mended = read_bytes(write_fit(run, clock_set=(400.0, jump_s)), "run.fit")
    assert "CLOCK_REPAIRED" in {w.code for w in mended.warnings}
    assert [lap.trigger for lap in mended.laps] == [lap.trigger for lap in whole]
    spans = [(lap.span.start_s, lap.span.end_s) for lap in mended.laps]
    assert spans == [pytest.approx((p.span.start_s, p.span.end_s), abs=1.5) for p in whole]


def test_pauses_follow_a_clock_that_was_set_on_the_run():
    """The review is as good as without the jump."""
    run = simulate(
        EXAMPLE,
        Behaviour(stops=(Stop(2000, 60, "runner"),)),
        Device(laps="manual", noise=0.3),
        seed=84,
    )
    activity = read_bytes(write_fit(run, clock_set=(400.0, DAYS_S)), "run.fit")
    assert [p.span.duration_s for p in activity.pauses] == pytest.approx([60], abs=1)
    review = review_activity(activity, read_plan(PLAN))
    assert review.alignment.basis == "laps"
    assert [f.code for f in review.flags if f.certainty == "clear" and f.code != "STOPPED"] == []


@pytest.mark.parametrize("back_s", [30, 90, 600, 1800, 7200, 86_400])
@pytest.mark.parametrize("form", ["fit", "tcx"])
def test_a_clock_set_back_loses_nothing_whether_or_not_it_catches_up(back_s, form):
    """55 min with the clock set back after 25: the way goes on, so it was the clock."""
    run = simulate(EXAMPLE, None, Device(laps="manual", scale_pct=0.0), seed=21)
    content = write_fit(run, clock_set=(1500, -back_s)) if form == "fit" else _set_back(run, back_s)
    activity = read_bytes(content, f"run.{form}")
    assert float(activity.records.timer_time_s[-1]) == pytest.approx(3300, abs=1)
    assert len(activity.records) == run.elapsed_s.size
    assert [w.facts for w in activity.warnings if w.code == "CLOCK_REPAIRED"] == [{"set": 1}]


def _set_back(run, back_s):
    """Write a TCX whose clock is set back after 1500 s."""
    late = run.elapsed_s >= 1500
    return write_tcx(replace(run, elapsed_s=np.where(late, run.elapsed_s - back_s, run.elapsed_s)))


def test_records_that_stand_in_the_file_twice_are_left_out_once():
    """The time steps back, and so does the way: no clock was set."""
    times = [*range(200), *range(100, 300)]
    distance_m = [3.0 * t for t in times]
    made = rising(samples_of([float(t) for t in times], {"distance_m": distance_m}))
    assert list(made.samples.time_s) == list(range(300))
    assert made.counts == {"overlapping": 100}
