"""Runs as the store has them, from a few numbers: for what asks many of them."""

from __future__ import annotations

import datetime as dt

from analyzer.archive.records import BlockRow, RunRow

MONDAY = dt.date(2026, 1, 5)
"""Day 0."""


def run_row_of(day: int | None, score: float | None = 80.0, **changes) -> RunRow:
    """Make the run of a day, counted from a Monday; the other fields are as ``changes`` say."""
    date = None if day is None else MONDAY + dt.timedelta(days=day)
    start = None if date is None else dt.datetime.combine(date, dt.time(17), dt.UTC)
    row = RunRow(
        day=date,
        start_utc=start,
        elapsed_s=3300.0,
        moving_s=3300.0,
        distance_m=13_500.0,
        device="Garmin Forerunner 955",
        sport="running",
        session="a" * 16,
        stimulus="a" * 16,
        plan_name="Tuesday progression",
        plan_source="plan.yaml",
        score=score,
        score_low=None if score is None else max(0.0, score - 5.0),
        score_high=None if score is None else min(100.0, score + 5.0),
        word=None if score is None else "mostly held",
        gained_s=None if score is None else 20.0,
        lost_s=None if score is None else 15.0,
        fade_pct=None if score is None else 1.0,
        standing_s=0.0,
        steps_planned=4,
        steps_taken=4,
        method="2",
        blocks=(),
        findings=(),
        packed=b"",
    )
    return row._replace(**changes)


def block_row_of(number: int, seconds: float, planned: float, run: float | None = None) -> BlockRow:
    """Make a block of so many seconds, planned and run at a pace [s/km]."""
    return BlockRow(
        number=number,
        name="",
        role="progression",
        status="run",
        planned_s=seconds,
        planned_m=None,
        planned_s_per_km=planned,
        pace_s_per_km=run or planned,
        pace_se_s_per_km=2.0,
        deviation_s_per_km=(run or planned) - planned,
        score=90.0,
        verdict="held",
        heart_rate_bpm=None,
    )
