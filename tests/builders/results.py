"""Results of a batch, made by hand: what a store is asked to keep."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache

from analyzer.archive.records import BlockRow, FindingRow, Result, RunRow
from analyzer.archive.store.packed import pack
from tests.builders.reviews import mock_run

DAY = dt.date(2026, 3, 10)


def content_of(name: object) -> str:
    """Return what a file of that name might be known by."""
    return hashlib.sha256(str(name).encode()).hexdigest()


@cache
def packed_run() -> bytes:
    """Return the review of the design's mock, packed."""
    return pack(mock_run())


def run_row(day: dt.date | None = DAY, **changes) -> RunRow:
    """Make a run with two blocks and three findings."""
    start = dt.datetime(2026, 3, 10, 6, 30, tzinfo=dt.UTC)
    moved = None if day is None else start + (day - DAY)
    blocks = (
        BlockRow(1, "15 min easy", "easy", "run", 900.0, None, None, 301.5, 2.5, None, None,
                 "not_scored", 150.0),
        BlockRow(2, "1000 m", "progression", "run", None, 1000.0, 240.0, 230.25, 2.5, -9.75,
                 61.5, "too_fast", None),
    )  # fmt: skip
    findings = (
        FindingRow("TOO_FAST", 2, "clear", -9.75),
        FindingRow("TOO_FAST", 1, "possible", None),
        FindingRow("STOPPED", None, "clear", 19.0),
    )
    made = RunRow(
        day=day, start_utc=moved, elapsed_s=3323.0, moving_s=3304.0, distance_m=13650.5,
        device="garmin fr955", sport="running", session="s1", stimulus="t1",
        plan_name="Tuesday progression", plan_source="plan.yaml", score=62.7, score_low=57.7,
        score_high=69.7, word="loose", gained_s=38.0, lost_s=57.0, fade_pct=None,
        standing_s=19.0, steps_planned=3, steps_taken=2, method="1", blocks=blocks,
        findings=findings, packed=packed_run(),
    )  # fmt: skip
    return made._replace(**changes)


def result_of(name: object = "a", athlete: str | None = "Anna", **changes) -> Result:
    """Make the result of a file that was reviewed; ``run`` takes another run, or None."""
    run = changes.pop("run", None) or run_row()
    made = Result(
        content=content_of(name), label=f"squad/{name}.fit", outcome="reviewed",
        athlete=athlete, day=run.day, inputs="i1", run=run,
    )  # fmt: skip
    return made._replace(**changes)


def failed(name: object, **changes) -> Result:
    """Make the result of a file that could not be read."""
    made = result_of(name, None, outcome="failed", reason="unreadable", why="cut off", day=None)
    return made._replace(run=None, **changes)
