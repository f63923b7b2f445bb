"""What was driven before, behind or between is not the run; what is only fast is."""

import numpy as np
import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from tests.builders.around_the_run import driven
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, SimulatedRun, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx
from tests.places import PLAN

pytestmark = pytest.mark.slow

RUN = simulate(EXAMPLE, device=Device(noise=0.3), seed=71)
TIMER_S, DISTANCE_M = RUN.timer_s[-1], RUN.distance_m[-1]
DRIVES = {
    "home": driven(RUN, 600, 13.9, is_before=False),
    "home, at once": driven(RUN, 600, 12.0, standing_s=0, is_before=False),
    "home, slowly": driven(RUN, 400, 8.5, standing_s=400, is_before=False),
    "there": driven(RUN, 500, 15.0, is_before=True),
    "both ways": driven(
        driven(RUN, 900, 12.0, is_before=True), 800, 12.0, standing_s=300, is_before=False
    ),
}


@pytest.mark.parametrize("write", [write_fit, write_gpx])
@pytest.mark.parametrize("drive", DRIVES)
def test_a_drive_is_left_out_and_named(drive, write):
    """Time, distance and verdict are those of the run."""
    activity = read_bytes(write(DRIVES[drive]), "run")
    review = review_activity(activity, read_plan(PLAN))
    assert review.activity.distance_m == pytest.approx(DISTANCE_M, rel=0.005)
    assert review.activity.elapsed_time_s == pytest.approx(TIMER_S, abs=12)
    assert [f.code for f in review.flags if f.certainty == "clear"] == []
    told = {w.kind for w in activity.warnings if w.code == "NOT_THE_RUN"}
    assert told == {"both ways": {"before", "after"}, "there": {"before"}}.get(drive, {"after"})


def test_a_lift_in_between_is_a_pause():
    """Half the run, six minutes in a car, the other half: the time and way of the two halves."""
    half = RUN.elapsed_s.size // 2
    first, second = (_part(RUN, part) for part in (slice(0, half), slice(half, None)))
    there = driven(first, 360, 14.0, is_before=False)
    whole = _joined(there, second)
    activity = read_bytes(write_fit(whole), "run.fit")
    review = review_activity(activity, read_plan(PLAN))
    assert len(activity.pauses) == 1
    assert review.activity.timer_time_s == pytest.approx(TIMER_S, abs=2)
    assert review.activity.distance_m == pytest.approx(DISTANCE_M, rel=0.005)
    assert [w.kind for w in activity.warnings if w.code == "NOT_THE_RUN"] == ["between"]


def test_a_sprint_is_no_drive():
    """40 s downhill at 8.5 m/s stay in the run."""
    fast = Behaviour(paces={2: 1000 / 8.5})
    plan = [EXAMPLE[0], type(EXAMPLE[0])(118.0, seconds=40), *EXAMPLE[1:]]
    run = simulate(plan, fast, Device(noise=0.3), seed=72)
    activity = read_bytes(write_fit(run), "run.fit")
    assert activity.records.elapsed_time_s[-1] == run.elapsed_s[-1]
    assert "NOT_THE_RUN" not in {w.code for w in activity.warnings}


@pytest.mark.parametrize("source", ["latitude_deg", "distance_m"])
def test_what_only_one_source_says_is_no_drive(source):
    """Positions that drift away for two minutes, or a counter that runs off."""
    values = getattr(RUN, source).copy()
    off = np.clip(np.arange(values.size) - 1800, 0, 120) * (1e-4 if source[0] == "l" else 12.0)
    run = SimulatedRun(**{**vars(RUN), source: values + off})
    activity = read_bytes(write_fit(run), "run.fit")
    assert "NOT_THE_RUN" not in {w.code for w in activity.warnings}
    assert activity.records.elapsed_time_s[-1] == RUN.elapsed_s[-1]


def test_who_makes_a_runners_steps_is_running():
    """Whatever speed positions, counter and speed agree on."""
    drive = driven(RUN, 600, 13.9, is_before=False)
    steps = np.where(drive.speed_mps > 8, 176.0, drive.cadence_spm)
    activity = read_bytes(write_fit(SimulatedRun(**{**vars(drive), "cadence_spm": steps})), "r.fit")
    assert "NOT_THE_RUN" not in {w.code for w in activity.warnings}


def test_of_tracks_of_several_sports_the_runs_are_taken():
    """The ride home in a track of its own is left out, by its type."""
    run, ride = write_gpx(RUN), write_gpx(driven(RUN, 900, 6.0, is_before=False), kind="cycling")
    rows = ride.split(b"<trkseg>")[1].split(b"\n")[RUN.elapsed_s.size + 120 :]
    track = b"<trk><type>cycling</type><trkseg>" + b"\n".join(rows)
    content = run.replace(b"</gpx>", b"") + track
    activity = read_bytes(content, "run.gpx")
    assert activity.sport == "running"
    assert activity.records.elapsed_time_s[-1] == RUN.elapsed_s[-1]
    assert ("SEVERAL_ACTIVITIES", "other_tracks") in {(w.code, w.kind) for w in activity.warnings}


def _part(run: SimulatedRun, part: slice) -> SimulatedRun:
    """Cut a stretch out of a run."""
    columns = {n: v[part] for n, v in vars(run).items() if isinstance(v, np.ndarray)}
    return SimulatedRun(**{**vars(run), **columns, "laps": ()})


def _joined(first: SimulatedRun, second: SimulatedRun) -> SimulatedRun:
    """Let one recording go on with another, at the place and time the first one ended."""
    columns = {}
    for name, values in vars(first).items():
        if isinstance(values, np.ndarray):
            more = getattr(second, name)
            if name in ("elapsed_s", "timer_s", "distance_m", "true_m", "latitude_deg"):
                step = 0.0 if name == "latitude_deg" else 1.0
                more = more - more[0] + values[-1] + step
            columns[name] = np.concatenate((values, more))
    return SimulatedRun(**{**vars(first), **columns})
