"""Batches as tests run them: on real files, with real workers and a real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.batch import Batch
from analyzer.archive.rules import Rules
from analyzer.archive.sources.find import find
from analyzer.archive.store.store import Store
from tests.builders.exports import PLAN_LINE

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.archive.account import Account

BY_LINE = Rules(plan=PLAN_LINE)
"""One plan for all, as `squad_exports` has them run."""


def judged(folder: Path, store: Path, rules: Rules = BY_LINE, *, jobs: int = 1) -> Account:
    """Run a batch over a folder."""
    found = list(find([folder], since=rules.since))
    with Store.open(str(store), create=True) as kept:
        return Batch(found, rules, kept, lambda result, done, total: None).run(jobs)


def exported(store: Path) -> bytes:
    """Return all that a store has of its runs."""
    table = store.with_suffix(".csv")
    with Store.open(str(store)) as kept:
        kept.export(str(table))
    return table.read_bytes()
