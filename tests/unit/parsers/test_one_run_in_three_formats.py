"""One simulated run as FIT, TCX and GPX gives the same review."""

import gzip
import io

import numpy as np
import pytest

from analyzer import read_activity, read_plan, review_activity
from analyzer.parsers.read import read_bytes
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import Step, write_fit
from tests.builders.write_xml import write_gpx, write_tcx
from tests.places import PLAN, SAMPLES

PAUSED = Behaviour(stops=(Stop(1200, 40, "watch"), Stop(2500, 60, "runner")))


@pytest.fixture(scope="module")
def run():
    """Return a run with an auto-pause and a pressed pause."""
    return simulate(EXAMPLE, PAUSED, Device(laps="manual"), 4)


@pytest.fixture(scope="module")
def activities(run):
    """Read the same run from three formats."""
    contents = {"fit": write_fit(run), "tcx": write_tcx(run), "gpx": write_gpx(run)}
    return {name: read_bytes(content, f"run.{name}") for name, content in contents.items()}


def test_fit_keeps_what_was_written(run, activities):
    """Distance to the centimetre, speed to the mm/s, positions to the semicircle."""
    records = activities["fit"].records
    assert records.elapsed_time_s == pytest.approx(run.elapsed_s)
    assert records.timer_time_s == pytest.approx(run.timer_s, abs=1)
    assert np.abs(records.distance_m - run.distance_m).max() <= 0.0051
    assert np.abs(records.speed_mps - run.speed_mps).max() <= 0.00051
    assert np.abs(records.latitude_deg - run.latitude_deg).max() < 1e-7
    assert np.abs(records.cadence_spm - run.cadence_spm).max() <= 1.01


def test_pauses_name_who_stopped_the_timer(activities):
    """The events of the FIT file say auto and manual; a hole in a GPX says nothing."""
    assert [p.by for p in activities["fit"].pauses] == ["watch", "runner"]
    assert {p.by for p in activities["gpx"].pauses} == {"gap"}


@pytest.mark.parametrize("name", ["fit", "tcx", "gpx"])
def test_all_formats_have_one_timer(run, activities, name):
    """100 s of pauses in each of them, to the second at each end."""
    timer = activities[name].records.timer_time_s[-1]
    assert timer == pytest.approx(run.timer_s[-1], abs=2.5)


def test_block_paces_agree_between_the_formats(activities):
    """FIT and TCX within 0.5 s/km, GPX within 3 s/km."""
    plan = read_plan(PLAN)
    paces = {
        name: [b.pace_s_per_km or 0.0 for b in review_activity(a, plan).blocks]
        for name, a in activities.items()
    }
    for fit, tcx, gpx in zip(paces["fit"], paces["tcx"], paces["gpx"], strict=True):
        assert abs(fit - tcx) <= 0.5
        assert abs(fit - gpx) <= 3.0


def test_the_content_decides_and_a_false_name_is_told(run):
    """A GPX called .fit is read as GPX."""
    activity = read_bytes(write_gpx(run), "run.fit")
    assert activity.format == "gpx"
    assert "NAME_MISLEADS" in {w.code for w in activity.warnings}


def test_gzip_is_read_in_place(run):
    """Of any format; the records are the same."""
    plain = read_bytes(write_fit(run), "run.fit")
    packed = read_activity(io.BytesIO(gzip.compress(write_fit(run), mtime=0)), name="run.fit.gz")
    assert packed.records.distance_m == pytest.approx(plain.records.distance_m)
    assert packed.warnings == ()


def test_the_workout_travels_with_the_recording():
    """Five steps, a speed range each, laps pointing at them."""
    activity = read_activity(SAMPLES / "workout-steps.fit")
    assert activity.workout is not None
    assert [s.duration_s for s in activity.workout.steps] == [900, 600, 600, 600, 600]
    assert [lap.step_index for lap in activity.laps] == [0, 1, 2, 3, 4]


def test_a_foot_pod_on_a_treadmill_is_named():
    """No positions, a stride sensor: the distance is the foot pod's."""
    activity = read_activity(SAMPLES / "treadmill.fit")
    assert activity.is_footpod
    assert activity.sub_sport == "treadmill"
    review = review_activity(activity, read_plan(PLAN))
    assert review.activity.distance_source == "footpod"


def test_a_session_that_is_not_there_is_refused():
    """With how many there are."""
    from analyzer import ActivityError

    with pytest.raises(ActivityError, match="no session 3; the file has 1 session"):
        read_activity(SAMPLES / "steady.fit", session=3)


def test_the_running_session_of_a_multisport_file_is_taken():
    """A ride of 20 min, then the run: the run is reviewed, session 1 gives the ride."""
    content = two_sessions()
    activity = read_bytes(content, "brick.fit")
    assert (activity.sport, activity.session, activity.sessions) == ("running", 2, 2)
    assert activity.records.elapsed_time_s[-1] == pytest.approx(1200, abs=1)
    assert activity.totals.distance_m == pytest.approx(4800)
    ride = read_bytes(content, "brick.fit", session=1)
    assert ride.sport == "cycling"
    assert "SPORT_NOT_RUNNING" in {w.code for w in ride.warnings}


def two_sessions() -> bytes:
    """Write a ride at 8 m/s and a run at 4 m/s into one file."""
    from tests.builders.write_fit import ENUM, UINT16, UINT32, Encoder, _at

    out = Encoder()
    out.add(0, (0, ENUM, 4), (1, UINT16, 1), (2, UINT16, 4024))
    for second in range(2500):
        metres = 8 * second if second <= 1200 else 9600 + 4 * max(0, second - 1290)
        out.add(20, (253, UINT32, _at(second)), (5, UINT32, 100 * metres))
    for start, sport, metres in ((0, 2, 9600), (1290, 1, 4800)):
        out.add(
            18, (253, UINT32, _at(start + 1200)), (2, UINT32, _at(start)), (7, UINT32, 1_200_000),
            (8, UINT32, 1_200_000), (9, UINT32, 100 * metres), (5, ENUM, sport), (6, ENUM, 0),
        )  # fmt: skip
    return out.file()


@pytest.mark.slow
def test_our_encoder_writes_what_fitdecode_reads(run):
    """Every record, with a matching checksum, by a decoder that is not ours."""
    import fitdecode

    with fitdecode.FitReader(
        io.BytesIO(write_fit(run, (Step(600, 4.0, 4.2, "a step"),), "a plan")),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        frames = [f for f in reader if f.frame_type == fitdecode.FIT_FRAME_DATA]
    assert sum(f.name == "record" for f in frames) == run.elapsed_s.size
    step = next(f for f in frames if f.name == "workout_step")
    assert step.get_value("duration_time") == 600
    assert step.get_value("custom_target_speed_low") == 4.0


def test_the_plan_text_is_the_plan_in_numbers():
    """The YAML of the samples and the numbers of the simulator say the same."""
    from analyzer.plans.read import parse_plan

    plan = parse_plan(EXAMPLE_YAML, "progression.yaml")
    assert [b.duration_s for b in plan.blocks] == [b.seconds for b in EXAMPLE]
    paces = [1000 / b.target.speed_mps for b in plan.blocks if b.target]
    assert paces == pytest.approx([b.pace for b in EXAMPLE])
