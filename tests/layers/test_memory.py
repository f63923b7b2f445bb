"""A long run fits into a small machine: the whole process, from start to report."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.builders.simulate import Behaviour, Device, PlannedBlock, simulate
from tests.builders.write_xml import write_gpx

pytestmark = pytest.mark.slow

MOST_MB = 120
"""Most memory of a process that reviews a GPX of six and a half hours."""

CHILD = """
import re, sys
from analyzer.cli import main
code = main(sys.argv[1:])
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def long():
    """Write six and a half hours."""
    block = PlannedBlock(330, seconds=6.5 * 3600)
    return write_gpx(simulate((block,), Behaviour(), Device(wander=0, noise=0), 3))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted otherwise there")
@pytest.mark.parametrize(
    "comment", [b"", b"<!-- read element by element -->"], ids=["at once", "by element"]
)
def test_a_gpx_of_six_and_a_half_hours_takes_little_memory(long, comment, tmp_path):
    """In one block, as in many."""
    path = tmp_path / "long.gpx"
    path.write_bytes(long.replace(b"<trkseg>", comment + b"<trkseg>"))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), "--plan", "30min easy, 6h @ 5:30"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        text=True,
        timeout=120,
    )
    assert int(done.stdout.split()[-1]) < MOST_MB
