"""Every real recording: read without a traceback, totals as the device's own."""

import csv
import functools

import numpy as np
import pytest

from analyzer import ActivityError, read_activity, read_plan, review_activity
from analyzer.prepare.prepare import prepare
from analyzer.structs import replace
from tests.places import REAL, needs_real

pytestmark = [needs_real, pytest.mark.slow]

WITHIN = 0.005
"""Distance and timer time agree with the device's own totals within 0.5 %."""

TIMER_EXCEPTIONS = {
    "TestFilesForFitnessApps--20200103_intervals.tcx": "the file gives its lap time in minutes",
    "activereader--testdata.tcx": "190 s: one second is 0.5 %, and the last point is late",
    "runpandas--stopped_example.gpx": "a GPX has no timer; holes under 0.5 m/s are pauses",
    "workoutizer--garmin_example.gpx": "a GPX has no timer; no hole is longer than 10 s",
}
DISTANCE_EXCEPTIONS = {
    "activereader--testdata.tcx": "2.2 of 159 m were covered while the timer stood still",
    "runpandas--stopped_example.gpx": "positions; the catalogue sums them across the pauses too",
}
PLAIN = "5min easy, 5min @ 5:30, 5min @ 5:20, 5min @ 5:10"


@functools.cache
def catalogue():
    """Rows of the catalogue by file."""
    if not REAL.is_dir():
        return {}
    with (REAL / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def names(*folders):
    """Names of the files in some folders."""
    return sorted(f for f in catalogue() if f.split("/")[0] in folders)


RUNS = names("runs")


@functools.cache
def activity_of(name):
    """Read one file once."""
    return read_activity(REAL / name)


@pytest.mark.parametrize("name", RUNS)
def test_timer_time_agrees_with_the_device(name):
    """Within 0.5 % (and the second of the last record); exceptions have their reason above."""
    said = float(catalogue()[name]["timer_s"])
    read = float(activity_of(name).records.timer_time_s[-1])
    agrees = abs(read - said) <= WITHIN * said + 1.0
    assert agrees or name.split("/")[1] in TIMER_EXCEPTIONS


@pytest.mark.parametrize("name", RUNS)
def test_distance_agrees_with_the_device(name):
    """Within 0.5 % (and a metre); exceptions have their reason above."""
    said = float(catalogue()[name]["distance_m"])
    read = float(prepare(activity_of(name)).distance_m[-1])
    agrees = abs(read - said) <= WITHIN * said + 1.0
    assert agrees or name.split("/")[1] in DISTANCE_EXCEPTIONS


@pytest.mark.parametrize("name", RUNS)
def test_no_metre_of_the_device_is_lost(name):
    """What its counter gained from first to last record, within a quarter percent (pauses)."""
    activity = activity_of(name)
    counter = activity.records.distance_m[np.isfinite(activity.records.distance_m)]
    prepared = prepare(activity)
    if prepared.distance_source == "device" and name.split("/")[1] not in DISTANCE_EXCEPTIONS:
        counted_m = counter[-1] - counter[0]
        assert prepared.distance_m[-1] == pytest.approx(counted_m, rel=0.0025, abs=1)


def test_two_files_of_one_run_without_a_barometer_give_one_pace():
    """Its own altitude and one from a map put blocks up to 9 s/km apart; neither is scored."""
    plan = replace(read_plan(PLAIN), start_s=0.0)  # it was not this session: any start would do
    reviews = [
        review_activity(activity_of(f"runs/connectstats--activity_234979239.{e}"), plan)
        for e in ("fit", "tcx")
    ]
    for fit, tcx in zip(*(r.blocks for r in reviews), strict=True):
        assert fit.scored_pace_s_per_km == pytest.approx(tcx.scored_pace_s_per_km, abs=1)
        assert not fit.is_adjusted
        assert not tcx.is_adjusted


@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_reviewed_against_a_plain_plan(name):
    """Twenty minutes against anything: numbers or unknowns, never a traceback."""
    review = review_activity(activity_of(name), read_plan(PLAIN))
    assert len(review.blocks) == 4
    clocks = review.activity
    assert 0 <= clocks.moving_time_s <= clocks.timer_time_s + 1e-6
    assert clocks.timer_time_s <= clocks.elapsed_time_s + 1e-6


@pytest.mark.parametrize("name", names("odd", "plans", "structured"))
def test_odd_files_are_read_or_refused_in_one_line(name):
    """An Activity or an ActivityError, nothing else."""
    try:
        activity_of(name)
    except ActivityError as error:
        line = str(error)
        assert "\n" not in line
        assert len(line) <= 300


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("odd/python-fitparse--antfs-dump.63.fit", "no distance"),
        ("odd/python-fitparse--sample-activity-indoor-trainer.fit", "no distance"),
        ("odd/gpxpy--cerknicko-without-times.gpx", "no time"),
        ("odd/gpxpy--Mojstrovka.gpx", "all records have the same time"),
        ("plans/TestFilesForFitnessApps--Half_Mile_Repeats_workout.fit", "--plan"),
    ],
)
def test_what_cannot_be_judged_says_why(name, says):
    """Without distance or time there is nothing to review: exit 3."""
    with pytest.raises(ActivityError, match=says) as caught:
        read_activity(REAL / name)
    assert caught.value.exit_code == 3


def test_one_run_in_two_formats_has_one_length():
    """activity_234979239 as FIT and TCX: distance within 0.1 %, timer within 3 s of 9 pauses."""
    fit, tcx = (activity_of(f"runs/connectstats--activity_234979239.{e}") for e in ("fit", "tcx"))
    assert prepare(fit).distance_m[-1] == pytest.approx(prepare(tcx).distance_m[-1], rel=1e-3)
    assert fit.records.timer_time_s[-1] == pytest.approx(tcx.records.timer_time_s[-1], abs=3)


def test_the_laps_of_a_structured_recording_point_at_its_steps():
    """14 steps on the watch, 14 of 15 laps carry an index (formats.md, section 12)."""
    activity = activity_of("structured/fitparse-rs--hrv-activity.fit")
    assert activity.workout is not None
    assert len(activity.workout.steps) == 14
    assert sum(lap.step_index is not None for lap in activity.laps) == 14


def test_a_clock_that_was_never_set_leaves_the_date_unknown():
    """Never 1989."""
    activity = activity_of("runs/python-fitparse--compressed-speed-distance.fit")
    assert activity.start_time is None
    assert "DATE_UNKNOWN" in {w.code for w in activity.warnings}
    assert len(activity.records) == 755
