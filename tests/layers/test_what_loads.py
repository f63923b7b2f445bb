"""What loads when: start-up is part of how a thing feels in the hand."""

import pytest

from tests.builders.command import loaded
from tests.places import PLAN, SAMPLES

pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize("sample", ["truncated.fit", "steady.fit", "stopped.fit", "fade.fit"])
def test_a_review_does_not_load_masked_arrays(sample):
    """8 ms that np.median, np.quantile and np.unique would cost; `analyzer.median` sorts."""
    assert "numpy.ma" not in loaded(SAMPLES / sample, "--plan", PLAN)
