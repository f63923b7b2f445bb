"""Stores of runs that were made up, for what asks a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.records import Result
from analyzer.archive.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from analyzer.archive.records import RunRow


def stored(path: Path, runs: Mapping[str | None, Sequence[RunRow]]) -> Path:
    """Keep the runs of each athlete in a store, and return where it is."""
    results = [
        Result(
            content=f"{place:04x}{number:060x}",
            label=f"{name or 'nobody'}/{number}.fit",
            outcome="reviewed",
            athlete=name,
            day=row.day,
            inputs="inputs",
            run=row,
        )
        for place, (name, rows) in enumerate(runs.items())
        for number, row in enumerate(rows)
    ]
    with Store.open(str(path), create=True) as store:
        store.save(results)
    return path
