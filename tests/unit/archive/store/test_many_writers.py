"""Several processes write to one store, and some are killed: what was saved is there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analyzer.archive.store.store import Store
from tests.places import ROOT

pytestmark = pytest.mark.slow

WRITER = """
import sys
from analyzer.archive.store.store import Store
from tests.builders.results import result_of
target, writer, batches = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(target, create=True) as store:
    for batch in range(batches):
        names = [f"{writer}-{batch}-{i}" for i in range(10)]
        shared = [result_of(f"shared-{i}", f"Athlete {i}") for i in range(5)]
        store.save([*(result_of(n, f"Athlete {writer}") for n in names), *shared])
        print(batch, flush=True)
"""


def writer(target, number, batches):
    """Start a process that saves batch after batch, and says so after each."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, target, str(number), str(batches)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_ten_writers_lose_nothing(target):
    """All at once, from before there is a store: a hundred batches, some results shared."""
    writers = [writer(target, number, 10) for number in range(10)]
    for process in writers:
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        assert len(out.split()) == 10
    with Store.open(target) as store:
        assert store.info().runs == 10 * 10 * 10 + 5
        assert store.check() == []


def test_a_writer_that_is_killed_loses_nothing_that_was_saved(target):
    """Thirty times at random moments: what it said was saved is there, and the store is sound."""
    rng = random.Random(17)
    said: dict[int, int] = {}
    for number in range(30):
        process = writer(target, number, 10_000)
        assert process.stdout is not None
        assert process.stdout.readline()
        time.sleep(rng.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate(timeout=60)
        said[number] = 1 + out.count("\n")
    with Store.open(target) as store:
        labels = [stored.label for stored in store.runs(is_packed=False)]
        assert store.check() == []
    saved: dict[tuple[int, int], int] = {}
    for label in labels:
        words = Path(label).stem.split("-")
        if words[0] != "shared":
            key = int(words[0]), int(words[1])
            saved[key] = saved.get(key, 0) + 1
    assert set(saved.values()) == {10}, "a batch is there in part"
    for number, batches in said.items():
        assert all((number, batch) in saved for batch in range(batches))
