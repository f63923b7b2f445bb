"""``progcheck watch`` on a real folder: what comes in is reviewed once it is complete."""

from __future__ import annotations

import contextlib
import io
import queue
import signal
import subprocess
import sys
import threading
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from analyzer.archive.store.store import Store
from tests.builders.exports import PLAN_LINE, activities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("watchfiles")

pytestmark = pytest.mark.slow

PATIENCE_S = 60.0
"""Only a watch that tells nothing at all waits as long."""


class Watching:
    """A watch that runs; its lines as they come."""

    def __init__(self, folder: str, store: Path, cwd: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "analyzer", "watch", folder, "--plan", PLAN_LINE,
                "--store", str(store), *options,
            ],
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self.lines: list[str] = []
        self._queue: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._queue.put(line)

    def tells(self, words: str) -> str:
        """Wait until a line has these words."""
        while True:
            line = self._queue.get(timeout=PATIENCE_S)
            self.lines.append(line)
            if words in line:
                return line

    def interrupted(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE_S)
        self.close()
        return code

    def close(self) -> None:
        self.process.kill()
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()
        self.process.wait()
        while not self._queue.empty():
            self.lines.append(self._queue.get())


@contextlib.contextmanager
def watching(folder: str, store: Path, cwd: Path, *options: str) -> Iterator[Watching]:
    """Watch a folder that has one run, from when that is told: no new file is missed."""
    watch = Watching(folder, store, cwd, *options)
    try:
        watch.tells("first.fit")
        yield watch
    finally:
        watch.close()


@pytest.fixture(scope="module")
def runs() -> list[bytes]:
    """Return recordings of different days."""
    return [each.content for each in activities(6, every_other_sport=0)]


@pytest.fixture
def folder(tmp_path: Path, runs: list[bytes]) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "first.fit").write_bytes(runs[0])
    return made


def kept(store: Path) -> dict[str, bool]:
    """Return the runs of a store by label, and whether something of each is lost."""
    with Store.open(str(store)) as opened:
        return {run.label: run.is_recovered for run in opened.runs()}


@pytest.mark.parametrize("named", [".", "in", "../in", "link"])
def test_a_new_run_is_reviewed_however_the_folder_is_named(folder, runs, tmp_path, named):
    (tmp_path / "link").symlink_to(folder)
    cwd = folder if named.startswith(".") else tmp_path
    store = tmp_path / "s.db"
    with watching(named, store, cwd) as watch:
        (folder / "second.fit").write_bytes(runs[1])
        watch.tells("second.fit")
        assert watch.interrupted() == 130
    assert kept(store) == {"first.fit": False, "second.fit": False}
    assert "Traceback" not in "".join(watch.lines)


def test_runs_that_come_in_bit_by_bit_by_a_browser_in_a_zip_or_not_at_all(folder, runs, tmp_path):
    store = folder / "progcheck.db"  # where it lies if somebody watches the folder they are in
    with watching(str(folder), store, tmp_path, "--report", "md") as watch:
        with (folder / "slow.fit").open("wb") as file:
            for at in range(0, len(runs[1]), 1 + len(runs[1]) // 8):
                file.write(runs[1][at : at + 1 + len(runs[1]) // 8])
                file.flush()
                time.sleep(0.3)  # the end is the same if the machine makes more of it
        watch.tells("slow.fit")
        (folder / "loaded.fit.part").write_bytes(runs[2])
        (folder / "loaded.fit.part").rename(folder / "loaded.fit")
        watch.tells("loaded.fit")
        (folder / "gone.fit").write_bytes(runs[3])
        (folder / "gone.fit").unlink()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("anna/packed.fit", runs[4])
        (folder / "export.zip").write_bytes(packed.getvalue())
        watch.tells("export/anna/packed.fit")
        (folder / "anna").mkdir()
        (folder / "anna" / "late.fit").write_bytes(runs[5])
        watch.tells("anna/late.fit")
        assert watch.interrupted() == 130
    names = ["anna/late.fit", "export/anna/packed.fit", "first.fit", "loaded.fit", "slow.fit"]
    assert kept(store) == dict.fromkeys(names, False)
    assert sorted(path.stem for path in folder.rglob("*.md")) == ["first", "late", "loaded", "slow"]
    assert not [line for line in watch.lines if "failed" in line or "Traceback" in line]


def test_a_folder_that_is_moved_in_is_reviewed_with_all_that_is_in_it(folder, runs, tmp_path):
    (tmp_path / "out" / "anna" / "march").mkdir(parents=True)
    for number in (1, 2):
        (tmp_path / "out" / "anna" / "march" / f"{number}.fit").write_bytes(runs[number])
    with watching(str(folder), tmp_path / "s.db", tmp_path) as watch:
        (tmp_path / "out" / "anna").rename(folder / "anna")
        watch.tells("anna/march/1.fit")
        watch.tells("anna/march/2.fit")
        watch.interrupted()
