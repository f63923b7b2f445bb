"""What holds for every input: an answer or a typed error, nothing else."""

import json
import random
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer import ActivityError, PlanError, read_plan, review_activity
from analyzer.errors import ProgcheckError
from analyzer.parsers.read import read_bytes
from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan
from analyzer.plans.write_fit import fit_workout
from tests.builders.hostile_plans import hostile_plans
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx
from tests.places import PLAN, ROOT

pytestmark = pytest.mark.slow

SHORT = Behaviour(cut_s=240.0)


@pytest.fixture(scope="module")
def files():
    """Return four minutes in three formats."""
    run = simulate(EXAMPLE, SHORT, Device(laps="auto"), 2)
    return {"a.fit": write_fit(run), "a.gpx": write_gpx(run), "a.tcx": write_tcx(run)}


def read_and_review(content: bytes, name: str) -> None:
    """Read and review whatever it is; typed errors are an answer."""
    try:
        review_activity(read_bytes(content, name), read_plan(PLAN))
    except ProgcheckError as error:
        assert str(error)


@pytest.mark.parametrize("name", ["a.fit", "a.gpx", "a.tcx"])
def test_a_mutant_of_a_good_file_is_read_or_refused(files, name):
    """Forty seeded mutants of each: bytes changed, cut out, doubled."""
    rng = random.Random(7)
    content = files[name]
    for _ in range(40):
        mutant = bytearray(content)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(mutant))
            kind = rng.randrange(3)
            if kind == 0:
                mutant[at] = rng.randrange(256)
            elif kind == 1:
                del mutant[at : at + rng.randint(1, 40)]
            else:
                mutant[at:at] = mutant[at : at + rng.randint(1, 40)]
        read_and_review(bytes(mutant), name)


@pytest.mark.parametrize("name", ["a.fit", "a.gpx"])
def test_a_file_cut_anywhere_gives_a_prefix_of_its_records(files, name):
    """At sixty places: what is left was there before, or an error says so."""
    content = files[name]
    whole = read_bytes(content, name).records
    for i in range(1, 60):
        cut = content[: len(content) * i // 60]
        try:
            part = read_bytes(cut, name)
        except ActivityError:
            continue
        n = len(part.records)
        assert list(part.records.elapsed_time_s) == list(whole.elapsed_time_s[:n])
        assert {"FILE_CUT"} <= {w.code for w in part.warnings}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_are_an_activity_or_an_activity_error(content):
    """Nothing else leaves the reader."""
    try:
        read_bytes(content, "x")
    except ActivityError as error:
        assert "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_a_plan_or_a_plan_error(text):
    """In one line and as YAML."""
    for read in (parse_line, lambda t: parse_plan(t, "x.yaml")):
        try:
            read(text)
        except PlanError as error:
            assert str(error)


WORDS = st.sampled_from(
    ["10min", "2km", "15min easy", "4x10min", "@", "4:00", "3:50", "/km", ",", "->", "-10s", "easy",
     "open", "previous", ">=", "%", "95%", "rest", "1mi", "half", "x", ":", "- ", "{run: 10min}"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_sentence_of_plan_words_is_a_plan_or_a_plan_error(text):
    """Nearly right is where parsers break."""
    try:
        plan = parse_line(text)
    except PlanError:
        return
    assert plan.blocks
    assert [b.index for b in plan.blocks] == list(range(1, len(plan.blocks) + 1))


GOOD_PLANS = {
    "plan.yaml": PLAN.read_bytes(),
    "whole.yaml": b"""version: 1
units: mi
paces: {easy: 8:30-9:00, threshold: 6:20, tempo: 95% threshold}
tolerance: {fast: 3s, slow: 2%}
blocks:
  - 15min easy
  - 3x10min @ 7:00, previous - 10s, -10s
  - repeat: 3
    blocks:
      - {run: 1mi, pace: 4:10 -> 3:50 /km, tolerance: 3s, name: fast, role: progression}
      - {rest: 2min}
  - {run: open, pace: ">=9:00", notes: relax}
match: laps
start: 00:03:10
athlete: anna
""",
    "line.txt": b"15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km; 2km @ 95% 4:00, open easy\n",
    "steps.txt": b"Warm up\n- 15m easy\n\nMain set 4x\n- 1km 4:00-3:50/km Pace\n- 2m rest\n",
    "workout.fit": fit_workout(parse_line("15min easy, 3x10min @ 4:00 -10s, open easy")).content,
    "workout.tcx": b"""<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Workouts><Workout Sport="Running">
<Name>Tuesday</Name><Step xsi:type="Step_t"><StepId>1</StepId><Name>easy</Name>
<Duration xsi:type="Time_t"><Seconds>600</Seconds></Duration><Intensity>Active</Intensity>
<Target xsi:type="Speed_t"><SpeedZone xsi:type="CustomSpeedZone_t"><LowInMetersPerSecond>3.0
</LowInMetersPerSecond><HighInMetersPerSecond>3.3</HighInMetersPerSecond></SpeedZone></Target>
</Step></Workout></Workouts></TrainingCenterDatabase>
""",
}


def read_file(folder, name, content):
    """Read a plan from a real file: a plan, or errors that all say what is wrong."""
    path = folder / name
    path.write_bytes(content)
    try:
        plan = read_plan(path)
    except PlanError as error:
        assert str(error)
        assert all(p.message for p in error.problems)
        return None
    assert 1 <= len(plan.blocks) <= 1000
    assert plan.source == name
    return plan


@pytest.mark.parametrize("name", GOOD_PLANS)
def test_the_good_plans_are_good(name, tmp_path):
    """Else their mutants would prove little."""
    assert read_file(tmp_path, name, GOOD_PLANS[name]) is not None


ENDINGS = st.sampled_from(["yaml", "yml", "txt", "fit", "tcx", "plan"])
TMP = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@TMP
@given(st.binary(max_size=400), ENDINGS)
def test_any_bytes_of_a_file_are_a_plan_or_a_plan_error(tmp_path, content, ending):
    """Whatever the file is called."""
    read_file(tmp_path, f"x.{ending}", content)


BITS = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"4:00", b"->", b" - ", b", ", b"\n", b"\n  - ", b": ", b"@", b"%", b"{", b"}", b"[",
         b"&a ", b"*a", b"!!int ", b"---\n", b"'", b"99999999", b"1000x", b"previous",
         b"\xe2\x80\x93", b"\xff",
         b"\r", b"\t", b"\0", b"<", b"repeat: 999", b"easy", b"10m", b"/mi", b"0"]
    ),
)  # fmt: skip


@TMP
@given(
    st.sampled_from(sorted(GOOD_PLANS)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), BITS), min_size=1, max_size=6),
)
def test_a_mutant_of_a_good_plan_is_a_plan_or_a_plan_error(tmp_path, name, changes):
    """Of every kind of plan: bytes cut out, other bytes put in."""
    content = GOOD_PLANS[name]
    for where, length, put in changes:
        at = round(where * len(content))
        content = content[:at] + put + content[at + length :]
    read_file(tmp_path, name, content)


MEASURE = """
import json, resource, sys
from pathlib import Path
from analyzer.errors import PlanError
from analyzer.review.plan_source import read_plan
answered = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_plan(path)
    except PlanError as error:
        str(error)
    answered += 1
try:  # the peak since the program was loaded; the other one counts the parent's too
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
except OSError:
    unit = 1024**2 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
print(json.dumps([answered, peak]))
"""


def test_every_hostile_plan_is_answered_within_200_mb(tmp_path):
    """Nesting, long texts, many names, errors and repeats, as large as a plan may be."""
    pytest.importorskip("resource")
    for name, content in hostile_plans().items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        capture_output=True, check=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    answered, peak_mb = json.loads(done.stdout)
    assert answered == len(hostile_plans())
    assert peak_mb < 200


ARGUMENTS = st.sampled_from(
    ["--plan", "10min @ 4:00", "-o", "-", "--json", "--session", "--start", "1:00", "--match",
     "laps", "--units", "mi", "--fail-under", "50", "--fail-on", "STOPPED", "-q", "-v", "--help",
     "plan", "check", "show", "inspect", "schema", "review", "", " ", "--", "nowhere.fit",
     "nowhere.yaml", "\x00", "\udc80", "é", "-x", "2", "0", "nan"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(ARGUMENTS, max_size=5))
def test_any_arguments_end_with_a_code_of_the_contract(arguments):
    """Never a traceback, never a fault of ours."""
    import contextlib
    import io

    from analyzer.cli import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    assert code in (0, 2, 3, 4, 5)
    assert "Traceback" not in err.getvalue()
