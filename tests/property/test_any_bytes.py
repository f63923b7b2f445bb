"""What holds for every input: an answer or a typed error, nothing else."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer import ActivityError, PlanError, read_plan, review_activity
from analyzer.errors import ProgcheckError
from analyzer.parsers.read import read_bytes
from analyzer.plans.read import parse_line, parse_plan
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx
from tests.places import PLAN

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
    """Sixty seeded mutants of each: bytes changed, cut out, doubled."""
    rng = random.Random(7)
    content = files[name]
    for _ in range(60):
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


@settings(max_examples=300, deadline=None)
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


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_sentence_of_plan_words_is_a_plan_or_a_plan_error(text):
    """Nearly right is where parsers break."""
    try:
        plan = parse_line(text)
    except PlanError:
        return
    assert plan.blocks
    assert [b.index for b in plan.blocks] == list(range(1, len(plan.blocks) + 1))


ARGUMENTS = st.sampled_from(
    ["--plan", "10min @ 4:00", "-o", "-", "--json", "--session", "--start", "1:00", "--match",
     "laps", "--units", "mi", "--fail-under", "50", "--fail-on", "STOPPED", "-q", "-v", "--help",
     "plan", "check", "show", "inspect", "schema", "review", "", " ", "--", "nowhere.fit",
     "nowhere.yaml", "\x00", "\udc80", "é", "-x", "2", "0", "nan"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
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
