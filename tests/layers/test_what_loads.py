"""What loads when: start-up is part of how a thing feels in the hand."""

import subprocess
import sys

import pytest

from tests.places import PLAN, SAMPLES

PROBE = """
import sys
from analyzer.cli import main
code = main({arguments!r})
sys.stdout.flush()
print(code, *sorted(m for m in {watched!r} if m in sys.modules), file=sys.stderr)
"""

WATCHED = [
    "numpy",
    "pandas",
    "matplotlib",
    "scipy",
    "fit_tool",
    "fitdecode",
    "gpxpy",
    "yaml",
    "tzfpy",
]


def loaded(*arguments):
    """Names of the watched libraries that one command loads."""
    program = PROBE.format(arguments=[str(a) for a in arguments], watched=WATCHED)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == "0"
    return set(names)


def test_help_loads_nothing_heavy():
    """Neither numpy, pandas nor matplotlib."""
    assert loaded("--help") == set()


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


def test_a_gpx_does_not_load_the_fit_decoder():
    """Each format its own library."""
    assert "fitdecode" not in loaded(SAMPLES / "steady.gpx", "--plan", PLAN)


def test_a_review_does_not_load_masked_arrays():
    """8 ms that np.median, np.quantile and np.unique would cost; `analyzer.median` sorts."""
    program = PROBE.format(
        arguments=[str(SAMPLES / "truncated.fit"), "--plan", str(PLAN)], watched=["numpy.ma"]
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60
    )
    assert done.stderr.splitlines()[-1] == "0"
