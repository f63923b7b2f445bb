"""The evening of a coach, reviewed and kept: a folder as a server is started in."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.batch import Batch
from analyzer.archive.rules import Rules
from analyzer.archive.sources.find import find
from analyzer.archive.store.store import Store
from tests.places import SAMPLES

if TYPE_CHECKING:
    from analyzer.archive.store.records import StoredRun

EVENING = SAMPLES / "evening"

EXPORTS = sorted(EVENING.glob("*.zip"))
"""An export of each athlete."""

SQUAD = EVENING / "athletes.yaml"

STORE = "progcheck.db"

LATEST = "2026-03-31"
"""The day of the latest runs."""


def kept_evening(folder: Path) -> Path:
    """Put the evening's store and ``athletes.yaml`` into a folder; returns the store."""
    shutil.copy(SQUAD, folder)
    (folder / STORE).write_bytes(_store())
    return folder / STORE


@cache
def _store() -> bytes:
    """Review the evening once a process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / STORE
        found = list(find([str(EVENING)]))
        with Store.open(str(path), create=True) as store:
            Batch(found, Rules(athletes=str(SQUAD)), store, lambda *_: None).run(jobs=2)
        return path.read_bytes()


def kept_run(folder: Path, athlete: str, day: str = LATEST) -> StoredRun:
    """Return the run of an athlete on a day."""
    with Store.open(str(folder / STORE)) as store:
        runs = list(store.runs(athletes=[athlete]))
    (found,) = [run for run in runs if str(run.run.day) == day]
    return found
