"""``progcheck batch`` as a process: exit codes, one line for what is wrong, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.archive.store.store import Store
from tests.builders.exports import PLAN_LINE, activities

PLANNED = ("--plan", PLAN_LINE)
FULL = Path("/dev/full")


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    """Lay one run of Anna's into a folder, and name the folder around it."""
    (tmp_path / "in" / "anna").mkdir(parents=True)
    (tmp_path / "in" / "anna" / "a.fit").write_bytes(activities(1)[0].content)
    return tmp_path


def batch(cwd: Path, *options: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    taken = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    command = [sys.executable, "-m", "analyzer", "batch", *options]
    return subprocess.run(command, cwd=cwd, text=True, check=False, **taken)  # type: ignore[call-overload, no-any-return]


def test_the_account_is_json_and_a_second_call_finds_the_store_beside_the_runs(evening):
    for kind in ("reviewed", "unchanged"):
        done = batch(evening, ".", *PLANNED, "--json", "--quiet")
        account = json.loads(done.stdout)
        assert (done.returncode, done.stderr, account[kind]) == (0, "", 1)
        assert account["failed"] == []


@pytest.mark.parametrize(
    ("options", "code", "line"),
    [
        (["in", "--plan", "nowhere.yaml"], 4, "nowhere.yaml: no such file"),
        (["in", "--plan", "4min @ 4"], 4, "plan:1:8: '4' is not a pace"),
        (["in", "--plans", "nowhere"], 4, "nowhere: no such folder of plans"),
        (["in", *PLANNED, "--athletes", "nowhere.yaml"], 4, "nowhere.yaml: no such file"),
        (["in", *PLANNED, "--store", "in"], 74, "in: is a folder"),
        (["in", *PLANNED, "--store", "in/anna/a.fit"], 74, "a.fit: is no progcheck store"),
        (["in", *PLANNED, "--since", "yesterday"], 2, "progcheck batch: Invalid value"),
    ],
)
def test_what_is_wrong_from_the_start_is_said_before_any_run_is_opened(
    evening, options, code, line
):
    done = batch(evening, *options)
    assert done.returncode == code
    assert done.stderr.startswith(line)
    assert "a.fit: failed" not in done.stderr
    assert done.stdout == ""
    assert not (evening / "progcheck.db").exists()


def test_a_path_that_is_not_there_is_counted_as_failed(evening):
    done = batch(evening, "in", "nowhere", *PLANNED, "--json")
    account = json.loads(done.stdout)
    assert (done.returncode, account["found"], account["reviewed"]) == (5, 2, 1)
    assert [each["source"] for each in account["failed"]] == ["nowhere"]


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_behind_the_lines_ends_no_batch(evening):
    with FULL.open("w") as full:
        done = batch(evening, "in", *PLANNED, "--json", stderr=full)
    assert (done.returncode, json.loads(done.stdout)["reviewed"]) == (0, 1)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_an_account_that_cannot_be_written_is_one_line_and_the_reviews_are_kept(evening):
    with FULL.open("w") as full:
        done = batch(evening, "in", *PLANNED, "--json", "--quiet", stdout=full)
    assert done.returncode == 74
    assert len(done.stderr.splitlines()) == 1
    with Store.open(str(evening / "progcheck.db")) as kept:
        assert kept.info().runs == 1
