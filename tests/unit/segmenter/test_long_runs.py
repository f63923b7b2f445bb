"""Plans of many hours: sought in longer bins, placed in those of 5 s (method 3.7)."""

import numpy as np
import pytest

from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.segmenter.bins import lay_bins
from analyzer.segmenter.expected import TAU, expected_blocks
from analyzer.segmenter.grid import bins_to_join
from analyzer.segmenter.likelihood import fit_stretches, sums_between
from analyzer.segmenter.refine import ends_of, placed_within
from analyzer.segmenter.tables import fit_tables
from tests.builders.exact import activity_of, plan_of, speeds_of
from tests.builders.simulate import Behaviour, PlannedBlock, simulate
from tests.builders.write_fit import write_fit

HOUR_S = 3600
QUARTERS = tuple((6 * HOUR_S, pace) for pace in (480.0, 440.0, 405.0, 370.0))
HOURS = tuple((HOUR_S, 600.0 * 0.96**i) for i in range(24))
"""Steps of 4 %: smaller ones are taken to lie where they were due, unless much speaks against."""


def expected(blocks):
    """Lay down what is expected of a plan of (seconds, pace)."""
    return expected_blocks(plan_of(blocks), (None,) * len(blocks))


def changed(blocks, off_s):
    """Make an exact run whose changes come so much later than planned, and list its changes."""
    edges = np.cumsum([0.0, *(seconds for seconds, _ in blocks)])
    edges[1:-1] += off_s
    pieces = [(s, pace) for s, (_, pace) in zip(np.diff(edges), blocks, strict=True)]
    return activity_of(speeds_of(*pieces)), edges[:-1]


def aligned(blocks, activity):
    """Align a run with its plan, first reading."""
    return align(plan_of(blocks), activity.laps, prepare(activity))[0]


def noisy(blocks, late_s, seed):
    """Simulate a run of a plan: what was recorded, and where its blocks were run."""
    plan = [PlannedBlock(pace, float(seconds)) for seconds, pace in blocks]
    run = simulate(plan, Behaviour(late_s=late_s), seed=seed)
    return read_bytes(write_fit(run), "run.fit"), run.blocks


@pytest.mark.parametrize("hours", [1.0, 2.5, 4.0])
def test_up_to_four_hours_bins_stay_five_seconds(hours):
    """A plan as long as the recording; 12.5 million starts times lengths are 4 h 55 min."""
    blocks = expected(((900 * hours, 300.0), (2700 * hours, 280.0)))
    assert bins_to_join(blocks, 3600 * hours) == 1


def test_a_plan_of_an_hour_is_sought_in_five_seconds_in_a_day():
    """17,280 starts times 720 lengths."""
    assert bins_to_join(expected(((900, 300.0), (2700, 280.0))), 24 * HOUR_S) == 1


def test_a_plan_of_a_day_is_sought_in_bins_of_25_s():
    """17,280 times 17,280 are 23.9 times 12.5 million; 5 by 5 bins make that 1."""
    assert bins_to_join(expected(QUARTERS), 24 * HOUR_S) == 5


@pytest.mark.parametrize(
    ("blocks", "off_s"),
    [(QUARTERS, (7, -33, 111)), (HOURS, np.arange(23) * 17 % 60 - 30)],
    ids=["four of six hours", "an hour each"],
)
def test_the_changes_of_a_day_are_found_to_the_five_seconds(blocks, off_s):
    """
    Off their due time by what is no multiple of the bins they are sought in.

    A change without legs and watch that take their time is found 5 s early (RESPONSE_S); and
    half a bin.
    """
    activity, changes = changed(blocks, off_s)
    found = aligned(blocks, activity)
    starts = [executed.start_s for executed in found.executed]
    assert starts == pytest.approx([0.0, *(changes[1:] - 5.0)], abs=2.5)
    assert found.notes == ()


@pytest.mark.slow
def test_confidence_and_interval_of_a_day_hold_with_noise():
    """Four of six hours, changed up to 97 s off: most within 15 s, those said to be sure all."""
    late_s = {2: 48.0, 3: -97.0, 4: 21.0}
    close, sure, inside = [], [], []
    for seed in range(4):
        activity, truth = noisy(QUARTERS, late_s, seed)
        found = aligned(QUARTERS, activity)
        for executed, true in zip(found.executed[1:], truth[1:], strict=True):
            off_s = abs(executed.start_s - true.executed_start_s)
            close.append(off_s <= 15.0)
            inside.append(executed.start_low_s <= true.executed_start_s <= executed.start_high_s)
            if executed.confidence > 0.97:
                sure.append(off_s <= 15.0)
    assert np.mean(close) > 0.6
    assert np.mean(inside) > 0.7
    assert sure
    assert all(sure)


def test_within_the_longer_bins_no_probability_is_lost():
    """Every boundary keeps what it had, whatever the pace says."""
    activity, _ = changed(QUARTERS, (0, 0, 0))
    bins = lay_bins(prepare(activity))
    blocks = expected(QUARTERS)
    mass = np.random.default_rng(1).random((5, bins.count // 5 + 1))
    mass /= 2 * mass.sum(axis=1, keepdims=True)
    ends = ends_of(bins, blocks, None, np.zeros(bins.count + 1))
    placed = placed_within(bins, blocks, mass, np.zeros(4), ends)
    assert placed.shape == (5, bins.count + 1)
    assert placed.sum(axis=1) == pytest.approx(mass.sum(axis=1))


def test_short_floats_fit_the_last_hours_of_a_day_as_exactly_as_the_first():
    """Sums over a day have more digits than a short float: each table counts from near by."""
    activity, changes = changed(HOURS, 0)
    bins = lay_bins(prepare(activity)).joined(5)
    blocks = expected(HOURS)
    tables = fit_tables(bins, blocks)
    for (least, fits), block, start_s in zip(tables, blocks, changes.tolist(), strict=True):
        start, length = int(start_s) // 25, 143
        a, b = np.array([start]), np.array([start + length])
        exact = fit_stretches(sums_between(bins, a, b), bins.sigma2, TAU, block.seconds)
        assert fits[start, length - least] == pytest.approx(exact.against(block)[0], abs=0.02)
