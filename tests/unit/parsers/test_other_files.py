"""What is neither a recording nor a plan is named in one line, with the step that works."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from analyzer import read_activity, read_plan
from analyzer.errors import ActivityError, PlanError
from analyzer.parsers.read import read_all
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_workout import TIME, fit_file, step, tcx_file, tcx_step, tcx_workout
from tests.builders.write_xml import write_gpx, write_tcx

LONG = simulate(EXAMPLE, Behaviour(), Device(laps="auto"), 5)
RUN = simulate(EXAMPLE, Behaviour(cut_s=400.0), Device(laps="manual"), 5)


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


GARMIN_JSON = json.dumps({"workoutName": "8x400", "workoutSegments": [{"workoutSteps": []}]})
ROUTE = b'<gpx version="1.1"><rte><rtept lat="1" lon="2"/></rte></gpx>'
EMPTY_TCX = (
    b"<TrainingCenterDatabase><Activities><Activity Sport='Running'>\n"
    b"<Lap StartTime='2026-03-10T07:18:58Z'><TotalTimeSeconds>2880</TotalTimeSeconds></Lap>"
    b"</Activity></Activities></TrainingCenterDatabase>"
)

AS_A_RUN = {
    "w.zwo": (b"<workout_file><workout/></workout_file>", "a Zwift workout", "--plan"),
    "w.json": (GARMIN_JSON.encode(), "a Garmin Connect workout", "export the activity"),
    "plan.yaml": (EXAMPLE_YAML.encode(), "a plan", "--plan"),
    "plan.txt": (b"15min easy, 10min @ 4:00", "text", "--plan"),
    "w.fit": (fit_file(step(0, TIME, 60_000)), "a workout", "--plan"),
    "w.tcx": (tcx_file(tcx_workout(tcx_step())), "a workout", "--plan"),
    "empty.tcx": (EMPTY_TCX, "only the totals of 1 lap", "the file of the watch itself"),
    "route.gpx": (ROUTE, "a route without times", "not the course"),
    "a.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture", "FIT, GPX or TCX"),
    "a.jpg": (b"\xff\xd8\xff\xe0" + bytes(99), "a picture", "FIT, GPX or TCX"),
    "a.pdf": (b"%PDF-1.7\n" + bytes(99), "a PDF document", "FIT, GPX or TCX"),
    "a.xlsx": (_zip("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet", "export"),
    "a.csv": (b"time,pace,hr\n1,2,3\n2,3,4\n", "a table", "export the activity"),
    "login.fit": (b"<!DOCTYPE html><html><body>", "a web page", "log in"),
    "login.gpx": (b"<html><body>Sign in</body></html>", "a web page", "log in"),
    "empty.fit": (b"", "empty", "download it again"),
    "blank.gpx": (b" \n ", "blank", "download it again"),
}
"""Given as a recording: the content, what it is called, a part of the remedy."""

AS_A_PLAN = {
    "w.json": (GARMIN_JSON.encode(), "a Garmin Connect workout", ".fit"),
    "run.fit": (write_fit(RUN), "a recording", "as RUN"),
    "run.tcx": (write_tcx(RUN), "a recording", "as RUN"),
    "long.tcx": (
        write_tcx(LONG),
        "a recording",
        "as RUN",
    ),
    "run.gpx": (write_gpx(RUN), "a GPX track", "as RUN"),
    "route.gpx": (ROUTE, "a GPX track or route", "as RUN"),
    "a.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture", "in one line"),
    "a.pdf": (b"%PDF-1.7\n" + bytes(99), "a PDF document", "in one line"),
    "a.xlsx": (_zip("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet", "in one line"),
    "a.csv": (b"run,pace\n10min,4:00\n", "a table", "in one line"),
    "plans.zip": (_zip("a.yaml"), "a zip archive", "unpack it"),
    "login.yaml": (b"<!DOCTYPE html><html><body>", "a web page", "log in"),
    "empty.yaml": (b"", "empty", "blocks:"),
}
"""Given as a plan."""


@pytest.mark.parametrize("name", AS_A_RUN)
def test_what_is_no_recording_is_named(name, tmp_path):
    """In one line: the file, what it is, and what to do."""
    content, what, remedy = AS_A_RUN[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ActivityError) as caught:
        list(read_all(path))
    line = str(caught.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line
    assert what in line
    assert remedy in line


@pytest.mark.parametrize("name", AS_A_PLAN)
def test_what_is_no_plan_is_named(name, tmp_path):
    """In one line: the file, what it is, and what to do; never as a fault in YAML."""
    content, what, remedy = AS_A_PLAN[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    line = str(caught.value)
    assert line.startswith(f"{name}:")
    assert "\n" not in line
    assert what in line
    assert remedy in line


def test_a_folder_is_neither(tmp_path):
    """It is named, and how a file in it is given."""
    with pytest.raises(ActivityError, match="a folder, not a recording: name a file in it"):
        read_activity(tmp_path)
    with pytest.raises(PlanError, match=r"a folder, not a plan; name a file in it, or let --plans"):
        read_plan(tmp_path)


def test_a_plan_may_be_written_as_json(tmp_path):
    """YAML holds JSON; such a plan is not another file."""
    path = tmp_path / "plan.json"
    path.write_text('{"blocks": [{"run": "10min", "pace": "4:00"}]}')
    assert len(read_plan(path).blocks) == 1
