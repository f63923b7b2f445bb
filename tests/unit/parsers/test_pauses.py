"""A pause is a pause, however it is written: the timer and the distance are those of the run."""

import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from tests.builders.around_the_run import carried
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx
from tests.places import PLAN

pytestmark = pytest.mark.slow

PAUSES = (Stop(1500, 240, "runner"), Stop(2800, 95, "runner"))
TIMER_S = sum(b.duration_s for b in EXAMPLE)
"""What was run: the pauses came on top."""

RUN = simulate(EXAMPLE, Behaviour(stops=PAUSES), Device(noise=0.3), seed=61)
WALKED = carried(RUN, 270.0)
FERRIED = carried(RUN, 4200.0)
WAYS = {
    "both events": lambda: write_fit(RUN),
    "both events, ferried": lambda: write_fit(FERRIED),
    "only stops": lambda: write_fit(RUN, events="stops"),
    "only stops, walked": lambda: write_fit(WALKED, events="stops"),
    "only starts": lambda: write_fit(RUN, events="starts"),
    "only starts, walked": lambda: write_fit(WALKED, events="starts"),
    "no events": lambda: write_fit(RUN, events="none"),
    "no events, ferried": lambda: write_fit(FERRIED, events="none"),
    "segments": lambda: write_gpx(RUN, is_split=True),
    "segments, walked": lambda: write_gpx(WALKED, is_split=True),
    "segments, ferried": lambda: write_gpx(FERRIED, is_split=True),
    "holes": lambda: write_gpx(RUN),
    "tracks": lambda: write_tcx(RUN, is_split=True),
    "tracks, walked": lambda: write_tcx(WALKED, is_split=True),
    "tracks, laps by elapsed time": lambda: write_tcx(WALKED, is_split=True, lap_time="elapsed"),
    "lap time": lambda: write_tcx(RUN),
    "lap time, ferried": lambda: write_tcx(FERRIED),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_pause_counts_neither_as_time_nor_as_way(way):
    """Timer within a second, distance within 0.5 % of what was run, and no fault is clear."""
    activity = read_bytes(WAYS[way](), "run")
    assert len(activity.pauses) == 2
    assert activity.records.timer_time_s[-1] == pytest.approx(TIMER_S, abs=1.0)
    assert prepare(activity).distance_m[-1] == pytest.approx(RUN.distance_m[-1], rel=0.005)
    review = review_activity(activity, read_plan(PLAN))
    assert [f.code for f in review.flags if f.certainty == "clear" and f.code != "STOPPED"] == []
    assert "DISTANCE_DISAGREES" not in {w.code for w in review.activity.warnings}


def test_a_segment_after_lost_positions_is_no_pause():
    """A hole of 40 s that was crossed at the runner's own speed was run through."""
    content = write_gpx(simulate(EXAMPLE, device=Device(noise=0.3), seed=62))
    head, *points = content.split(b"<trkpt ")
    kept = [*points[:1000], b"</trkseg><trkseg>", *points[1040:]]
    joined = head + b"".join(p if p.startswith(b"<") else b"<trkpt " + p for p in kept)
    activity = read_bytes(joined, "tunnel.gpx")
    assert activity.pauses == ()
    assert activity.records.timer_time_s[-1] == pytest.approx(TIMER_S, abs=1)


def test_a_segment_without_a_hole_is_no_pause():
    """Some recorders begin one every kilometre."""
    content = write_gpx(simulate(EXAMPLE, seed=62))
    head, *points = content.split(b"<trkpt ")
    points.insert(1000, b"</trkseg><trkseg>")
    joined = head + b"".join(p if p.startswith(b"<") else b"<trkpt " + p for p in points)
    assert read_bytes(joined, "run.gpx").pauses == ()


@pytest.mark.parametrize("wrong", [b'lat="90.0000000"', b'lat="91.0000000"', b'lat="-45.0000000"'])
@pytest.mark.parametrize("is_split", [True, False])
def test_a_wrong_point_beside_a_pause_hides_no_pause(wrong, is_split):
    """At the pole, beyond it, or on the other side of the world: the first one after 240 s."""
    lines = write_gpx(RUN, is_split=is_split).split(b"\n")
    at = next(i for i, line in enumerate(lines) if b"T06:59:01" in line)  # 1501 s + 240 s
    begin = lines[at].index(b"lat=")
    lines[at] = lines[at][:begin] + wrong + lines[at][lines[at].index(b" lon=") :]
    activity = read_bytes(b"\n".join(lines), "run.gpx")
    assert len(activity.pauses) == 2
    assert activity.records.timer_time_s[-1] == pytest.approx(TIMER_S, abs=3)
    assert prepare(activity).distance_m[-1] == pytest.approx(RUN.distance_m[-1], rel=0.005)


def test_a_stop_at_the_end_is_no_pause():
    """Nor is one in the middle behind which the records go on second by second."""
    run = simulate(EXAMPLE, seed=63)
    assert read_bytes(write_fit(run, events="stops"), "run.fit").pauses == ()
    one_press = simulate(EXAMPLE, Behaviour(stops=(Stop(1500, 0, "runner"),)), seed=63)
    assert read_bytes(write_fit(one_press, events="stops"), "run.fit").pauses == ()


def test_a_timer_that_explains_a_hole_is_believed_and_told():
    """The runner walked 270 m in the hole, so that only the device's own timer shows the pause."""
    activity = read_bytes(write_fit(WALKED, events="none"), "run.fit")
    warning = next(w for w in activity.warnings if w.code == "TIMER_DISAGREES")
    assert (warning.kind, warning.facts["count"]) == ("explained", 2)
    assert activity.records.timer_time_s[-1] == pytest.approx(TIMER_S, abs=1)


def test_a_timer_that_nothing_explains_is_told():
    """The session says two minutes less, and there is no hole: the records are used."""
    run = simulate(EXAMPLE, seed=63)
    short = write_fit(run).replace(*_timer_fields(run.timer_s[-1], run.timer_s[-1] - 120))
    activity = read_bytes(short, "run.fit")
    warning = next(w for w in activity.warnings if w.code == "TIMER_DISAGREES")
    assert warning.kind == "unexplained"
    assert warning.facts == {"said": "53:00", "recorded": "55:00"}
    assert activity.pauses == ()


def _timer_fields(said_s: float, instead_s: float) -> tuple[bytes, bytes]:
    """Elapsed and timer time as they stand beside one another in a session, and another timer."""
    elapsed, timer = (round(1000 * s).to_bytes(4, "little") for s in (said_s, instead_s))
    return elapsed + elapsed, elapsed + timer


@pytest.mark.parametrize("every_s", [1, 7, 10, 12])
def test_the_devices_own_timer_explains_a_hole_however_far_apart_records_are(every_s):
    """Two stops of 47 and 300 s and no timer events: 55 min, as the session says."""
    behaviour = Behaviour(stops=(Stop(1300, 47, "runner"), Stop(2000, 300, "runner")))
    run = simulate(EXAMPLE, behaviour, Device(laps="manual", scale_pct=0.0), seed=5)
    sparse = run if every_s == 1 else run.smart(every_s)
    activity = read_bytes(write_fit(sparse, events="none"), "run.fit")
    assert float(activity.records.timer_time_s[-1]) == pytest.approx(3300, abs=1)
