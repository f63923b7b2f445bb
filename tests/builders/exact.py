"""Runs without noise, second by second, for tests that derive their numbers by hand."""

from __future__ import annotations

import math

import numpy as np

from analyzer.model.activity import Activity, DeviceTotals, Lap, Pause, Records, Span
from analyzer.model.clock import TimerClock
from analyzer.model.plan import Block, Plan, Role, Target
from analyzer.model.prepared import Prepared, Stop
from analyzer.model.review import ActivitySummary, FamiliarNumbers, PlanSummary, Review
from analyzer.review.trace import make_trace
from analyzer.scorer.score import score
from analyzer.segmenter.align import align

EXAMPLE = ((900, 300.0), (600, 240.0), (600, 230.0), (600, 220.0), (600, 210.0))
"""The plan every page comes back to: (seconds, s/km), the easy block at 5:00."""


def plan_of(blocks=EXAMPLE, **options) -> Plan:
    """Make a plan from (seconds, pace) pairs: the first one easy, the others progression."""
    made = []
    for index, (seconds, pace) in enumerate(blocks, start=1):
        role: Role = "easy" if index == 1 and len(blocks) > 1 else "progression"
        target = Target(1000.0 / pace) if pace else None
        made.append(Block(index, f"block {index}", role, float(seconds), None, target))
    return Plan("test plan", "test", tuple(made), **options)


def speeds_of(*pieces) -> np.ndarray:
    """One speed a second from (seconds, pace in s/km) pieces; pace 0 stands still."""
    return np.concatenate([np.full(int(s), 1000.0 / p if p else 0.0) for s, p in pieces])


def records_of(run_mps: np.ndarray, pauses=(), **columns) -> Records:
    """Make 1 Hz records; speed i lies between second i and i + 1; pauses gain nothing."""
    elapsed = np.arange(run_mps.size + 1, dtype=np.float64)
    timer = TimerClock(tuple(pauses)).timer_at(elapsed)
    gained = np.where(np.diff(timer) > 0, run_mps, 0.0)
    nan = np.full(elapsed.size, np.nan)
    given = {name: np.asarray(values, dtype=np.float64) for name, values in columns.items()}
    names = (
        "speed_mps", "latitude_deg", "longitude_deg", "elevation_m", "heart_rate_bpm",
        "cadence_spm", "power_w",
    )  # fmt: skip
    distance = given.pop("distance_m", np.concatenate(([0.0], np.cumsum(gained))))
    return Records(elapsed, timer, distance, *(given.get(n, nan.copy()) for n in names))


def activity_of(run_mps: np.ndarray, *, pauses=(), laps=(), **columns) -> Activity:
    """Build an activity with those records; laps as (start, end, trigger, step index) tuples."""
    made = tuple(Lap(Span(a, b), trigger, step) for a, b, trigger, step in laps)
    return Activity(
        source="run.fit",
        format="fit",
        records=records_of(run_mps, pauses, **columns),
        sport="running",
        laps=made,
        pauses=tuple(pauses),
        totals=DeviceTotals(),
    )


def pause(start_s: float, end_s: float, by="watch") -> Pause:
    """Build a pause on the elapsed clock."""
    return Pause(Span(start_s, end_s), by)


def prepared_of(
    speed_mps: np.ndarray, *, scale=1.0, source="device", stops=(), **columns
) -> Prepared:
    """Build a prepared run directly; standing seconds are those with speed 0."""
    standing = speed_mps == 0
    nan = np.full(speed_mps.size, np.nan)
    return Prepared(
        clock=columns.get("clock", TimerClock(())),
        distance_m=np.concatenate(([0.0], np.cumsum(speed_mps))),
        speed_mps=speed_mps.copy(),
        effort_mps=speed_mps.copy(),
        grade_ratio=columns.get("grade_ratio", nan.copy()),
        device_speed_mps=columns.get("device_speed_mps", nan.copy()),
        heart_rate_bpm=nan.copy(),
        cadence_spm=nan.copy(),
        elevation_m=nan.copy(),
        is_moving=~standing,
        is_standing=standing,
        is_replaced=columns.get("is_replaced", np.zeros(speed_mps.size, dtype=bool)),
        stops=tuple(Stop(Span(a, b), by, is_certain=True) for a, b, by in stops),
        distance_source=source,
        scale_error_pct=scale,
    )


def scored(pieces, plan=None, **options):
    """Score a run without noise against the example plan, on the clock."""
    plan = plan or plan_of()
    prepared = prepared_of(speeds_of(*pieces), **options)
    return score(plan, prepared, align(plan, (), prepared)[0])


def codes(result, certainty="clear"):
    """Name the flags as (code, block)."""
    return [(f.code, f.block) for f in result.flags if f.certainty == certainty]


def off(*percents):
    """Return the example, each block faster by so many percent."""
    return [(s, p / math.exp(x / 100)) for (s, p), x in zip(EXAMPLE, percents, strict=True)]


STOP = [(900, 300), (600, 240), (300, 230), (60, 0), (240, 230), (600, 220), (600, 210)]
"""Block 3 with a stop of a minute: (seconds, s/km), 0 is standing."""


def review_of(pieces, plan=None, name="test plan", **options) -> Review:
    """Review a run without noise."""
    plan = plan or plan_of()
    prepared = prepared_of(speeds_of(*pieces), **options)
    alignment = align(plan, (), prepared)[0]
    result = score(plan, prepared, alignment)
    seconds = float(prepared.seconds)
    activity = ActivitySummary(
        "run.fit", "fit", "running", None, seconds, seconds, seconds,
        float(prepared.distance_m[-1]), prepared.seconds + 1, None, "device", 1.0,
        stops=prepared.stops,
    )  # fmt: skip
    return Review(
        activity,
        PlanSummary(name, "plan.yaml", len(plan.blocks), plan.units),
        alignment,
        result.blocks,
        result.score,
        result.flags,
        FamiliarNumbers(None),
        make_trace(prepared, plan.blocks, result.blocks),
    )
