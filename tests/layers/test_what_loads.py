"""What loads when: start-up is part of how a thing feels in the hand."""

import subprocess
import sys

import pytest

from analyzer.model.findings import FLAG_CODES
from tests.builders.command import loaded
from tests.places import PLAN, SAMPLES

pytestmark = pytest.mark.slow


def test_help_loads_nothing_heavy():
    """Neither numpy, pandas nor matplotlib."""
    assert loaded("--help") == set()


def test_help_for_assistants_does_not_load_their_protocol():
    """It takes a second; only who serves one waits for it."""
    assert loaded("mcp", "--help", watched=("mcp", "anyio", "numpy")) == set()


def test_help_makes_no_records():
    """To load what makes them would cost 5 ms of the 40 that it takes; help needs none."""
    assert loaded("--help", watched=("dataclasses", "msgspec")) == set()


def test_plan_check_loads_only_what_it_says():
    """Neither JSON nor the table of ``plan show``, and no dialect but the plan's own."""
    watched = (
        "json",
        "analyzer.report.plan_text",
        "analyzer.plans.intervals_text",
        "analyzer.plans.coach",
    )
    assert loaded("plan", "check", PLAN, watched=watched) == set()


def test_plan_check_and_show_load_no_numpy():
    """PyYAML alone."""
    assert loaded("plan", "check", PLAN) == {"yaml"}
    assert loaded("plan", "show", PLAN) == {"yaml"}


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_review_loads_neither_pandas_nor_matplotlib_nor_scipy(options):
    """And only the reader of its own format."""
    names = loaded(SAMPLES / "steady.fit", "--plan", PLAN, *options)
    assert not names & {"pandas", "matplotlib", "scipy", "gpxpy", "fit_tool"}


def test_only_a_file_without_a_local_time_loads_the_map_of_time_zones():
    """It costs 90 ms; a watch that writes its own time, as they do, need not wait."""
    assert "tzfpy" not in loaded(SAMPLES / "steady.fit", "--plan", PLAN, "--json")
    assert "tzfpy" in loaded(SAMPLES / "steady.gpx", "--plan", PLAN)


def test_a_review_makes_no_dataclass():
    """Each would cost half a millisecond, and there are thirty; records are structs in C."""
    names = loaded(SAMPLES / "steady.fit", "--plan", PLAN, watched=("dataclasses",))
    assert names == set()


def test_a_gpx_does_not_load_the_fit_decoder():
    """Each format its own library."""
    assert "fitdecode" not in loaded(SAMPLES / "steady.gpx", "--plan", PLAN)


@pytest.mark.parametrize("sample", ["truncated.fit", "steady.fit", "stopped.fit", "fade.fit"])
def test_a_review_does_not_load_masked_arrays(sample):
    """8 ms that np.median, np.quantile and np.unique would cost; `analyzer.median` sorts."""
    names = loaded(SAMPLES / sample, "--plan", PLAN, watched=("numpy.ma",))
    assert names == set()


OTHER_WAYS = (
    "analyzer.cli.compare",
    "analyzer.cli.inspect",
    "analyzer.cli.plan",
    "analyzer.plans.athletes",
    "analyzer.plans.coach",
    "analyzer.plans.line",
    "analyzer.plans.intervals_text",
    "analyzer.report.compare",
    "analyzer.report.drawing",
    "analyzer.report.explained",
    "analyzer.report.html",
    "analyzer.report.json_result",
    "analyzer.report.markdown",
    "analyzer.report.message",
    "analyzer.report.svg",
    "analyzer.report.tables",
    "analyzer.review.choose_plan",
    "analyzer.review.compare",
    "analyzer.review.workout_plan",
    "analyzer.review.zwift_plan",
    "analyzer.parsers.gpx",
    "analyzer.parsers.tcx",
    "analyzer.parsers.zips",
    "analyzer.parsers.zwo",
)
"""Other commands, forms, sources of a plan and formats of a recording."""

FINDINGS = tuple(f"analyzer.report.findings.{code.lower()}" for code in FLAG_CODES)


def test_a_plain_review_loads_no_other_way():
    """On the terminal, of a FIT by a plan in YAML, only what that needs."""
    assert loaded(SAMPLES / "steady.fit", "--plan", PLAN, watched=OTHER_WAYS) == set()


@pytest.mark.parametrize(
    ("sample", "found"), [("steady", set()), ("missed-block", {"missed_block"})]
)
def test_a_review_loads_the_words_of_its_own_findings_alone(sample, found):
    """A file for each kind; a run that was held needs none."""
    names = loaded(SAMPLES / f"{sample}.fit", "--plan", PLAN, watched=FINDINGS)
    assert names == {f"analyzer.report.findings.{code}" for code in found}


def test_the_page_is_there_before_the_library_of_the_store():
    """It costs a quarter of the start, and whoever drops a run needs none of it."""
    program = "import sys, analyzer.web.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=120
    )
    assert not {"sqlalchemy", "alembic", "pandas", "matplotlib"} & set(done.stdout.split())
