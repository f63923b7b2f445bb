"""The evening of a coach, reviewed and kept: a folder as a server is started in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from analyzer.archive.batch import Batch
from analyzer.archive.rules import Rules
from analyzer.archive.sources.find import find
from analyzer.archive.store.store import Store
from tests.places import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

EVENING = SAMPLES / "evening"

EXPORTS = sorted(EVENING.glob("*.zip"))
"""An export of each athlete."""

STORE = "progcheck.db"


def kept_evening(folder: Path) -> Path:
    """Review the evening in a folder, with its ``athletes.yaml``; returns the store."""
    shutil.copy(EVENING / "athletes.yaml", folder)
    found = list(find([str(EVENING)]))
    rules = Rules(athletes=str(folder / "athletes.yaml"))
    with Store.open(str(folder / STORE), create=True) as store:
        Batch(found, rules, store, lambda *_: None).run(jobs=2)
    return folder / STORE


def contents(folder: Path, athlete: str) -> list[str]:
    """Return what an athlete's runs are known by, the latest first."""
    with Store.open(str(folder / STORE)) as store:
        return [run.content for run in store.runs(athletes=[athlete])][::-1]
