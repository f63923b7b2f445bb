"""Reviews put together by hand: any story a report may have to tell, whatever the scorer finds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np

from analyzer.model.activity import Pause, Span
from analyzer.model.alignment import Alignment, Placement
from analyzer.model.block_result import BlockResult, Planned, Verdict
from analyzer.model.findings import (
    BlowUp,
    Change,
    Cost,
    Fade,
    FastStart,
    Flag,
    GreedyByPace,
    LowData,
    MissedBlock,
    NoStep,
    Stopped,
    Surging,
    TooFast,
    TooSlow,
    Truncated,
    WalkBreak,
)
from analyzer.model.plan import Tolerance
from analyzer.model.prepared import Stop
from analyzer.model.review import (
    ActivitySummary,
    Excursion,
    FamiliarNumbers,
    PlanSummary,
    Review,
    Score,
    Trace,
    Word,
)
from analyzer.structs import replace

STEPS = ((900.0, 300.0), (600.0, 240.0), (600.0, 230.0), (600.0, 220.0), (600.0, 210.0))
"""The plan every page comes back to: (seconds, s/km)."""

NAMES = ("15 min easy", "10 min", "10 min", "10 min", "10 min")


def block_of(index, start_s, seconds, planned, run, **changes) -> BlockResult:
    """Make one block; its verdict is 2 % of pace, as far as reports need one."""
    known = planned is not None and run is not None
    off = run - planned if known else None
    side: Verdict = "not_scored" if off is None else "too_fast" if off < 0 else "too_slow"
    is_held = off is not None and abs(off) <= 0.02 * planned
    verdict: Verdict = "held" if is_held else side
    made = BlockResult(
        index=index, name=f"block {index}", role="progression", status="run",
        planned=Planned(seconds, None, planned), tolerance=Tolerance(2.0, 2.0),
        start_s=start_s, end_s=start_s + seconds, elapsed_s=seconds, timer_s=seconds,
        moving_s=seconds, standing_s=0.0, distance_m=1000 * seconds / run if run else None,
        pace_s_per_km=run, pace_se_s_per_km=2.5 if run else None, gap_s_per_km=None,
        deviation_s_per_km=off,
        speed_deviation_pct=100 * float(np.log(planned / run)) if known else None,
        scored_pace_s_per_km=run,
        scored_speed_deviation_pct=100 * float(np.log(planned / run)) if known else None,
        verdict=verdict, score=90.0 if known else None, in_band_pct=90.0 if known else None,
        steadiness_pct=1.8, heart_rate_bpm=150.0 + 8 * index, cadence_spm=176.0,
    )  # fmt: skip
    return replace(made, **changes)


RECORDS: dict[str, Any] = {
    "TOO_FAST": TooFast,
    "TOO_SLOW": TooSlow,
    "FAST_START": FastStart,
    "GREEDY": GreedyByPace,
    "LATE_CHANGE": Change,
    "NON_PROGRESSION": NoStep,
    "FADE": Fade,
    "BLOW_UP": BlowUp,
    "SURGING": Surging,
    "STOPPED": Stopped,
    "WALK_BREAK": WalkBreak,
    "MISSED_BLOCK": MissedBlock,
    "TRUNCATED": Truncated,
    "LOW_DATA": LowData,
}
"""The evidence that belongs to each code."""


def flag_of(
    code,
    block,
    certainty="clear",
    value=None,
    cost_s=None,
    cost_se_s=None,
    gained_s=None,
    unit="s/km",
    **facts,
) -> Flag:
    """
    Make a flag: ``facts`` are the fields of its code's record.

    ``by="timing"`` makes a block left early of GREEDY. Where nothing can be told there is
    no evidence, unless some is handed over.
    """
    low, high = (None, None) if value is None else (value - 4.0, value + 4.0)
    record = Change if code == "GREEDY" and facts.get("by") == "timing" else RECORDS[code]
    evidence = None if certainty == "cannot_tell" and not facts else record(**facts)
    cost = None if cost_s is None else Cost(cost_s, cost_se_s, gained_s)
    return Flag(code, block, certainty, value, low, high, unit, evidence, cost)


def trace_of(blocks, *, wobble=0.012, stops=(), excursions=()) -> Trace:
    """Draw a line that wanders about the paces of the blocks, broken at stops."""
    timed = [b for b in blocks if b.start_s is not None and b.end_s is not None]
    end_s = timed[-1].end_s if timed else 0.0
    elapsed = np.arange(2.5, end_s or 0.0, 5.0)
    speed = np.full(elapsed.size, np.nan)
    for block in timed:
        inside = (elapsed >= block.start_s) & (elapsed < block.end_s)
        if block.pace_s_per_km:
            speed[inside] = 1000 / block.pace_s_per_km
    speed = speed * (1 + wobble * (np.sin(elapsed / 37) + np.sin(elapsed / 101 + 1)))
    for stop in stops:
        speed[(elapsed >= stop.span.start_s) & (elapsed <= stop.span.end_s)] = np.nan
    nan = np.full(elapsed.size, np.nan)
    covered = np.cumsum(np.nan_to_num(speed) * 5.0)
    return Trace(elapsed, speed, nan, nan.copy(), covered, tuple(excursions))


def stop_of(start_s, end_s, by="body") -> Stop:
    """Make a stop on the elapsed clock."""
    return Stop(Span(start_s, end_s), by, is_certain=True)


def review_with(
    paces=(300.0, 240.0, 230.0, 220.0, 210.0),
    flags=(),
    *,
    steps=STEPS,
    score=95.0,
    stops=(),
    excursions=(),
    changes=(),
    **activity,
) -> Review:
    """
    Build a review from the pace of each block and the flags.

    ``changes`` maps the index of a block to fields that differ; None among
    ``paces`` is a block that was not run.
    """  # fmt: skip
    blocks, start_s = [], 0.0
    for index, ((seconds, planned), run) in enumerate(zip(steps, paces, strict=True), start=1):
        name = NAMES[index - 1] if steps is STEPS else f"{seconds / 60:g} min"
        made = block_of(index, start_s, seconds, planned, run, name=name)
        made = replace(made, role="easy") if index == 1 and len(steps) > 1 else made
        blocks.append(replace(made, **dict(changes).get(index, {})))
        start_s += seconds
    words: tuple[tuple[Word, float], ...] = (("held", 90.0), ("mostly held", 75.0), ("loose", 60.0))
    word: Word | None = None
    if score is not None:
        word = next((w for w, least in words if score >= least), "not the planned session")
    summary = ActivitySummary(
        "run.fit", "fit", "running", datetime(2026, 3, 10, 6, 30, tzinfo=UTC), start_s, start_s,
        start_s, sum(b.distance_m or 0.0 for b in blocks), int(start_s) + 1, "garmin fr955",
        "device", 1.0, stops=tuple(stops),
    )  # fmt: skip
    low = None if score is None else max(score - 5.0, 0.0)
    high = None if score is None else min(score + 7.0, 100.0)
    return Review(
        replace(summary, **activity),
        PlanSummary("Tuesday progression", "plan.yaml", len(blocks)),
        Alignment(
            "clock", 0.97, 0.0,
            tuple(
                Placement(b.index, b.status, b.start_s, b.end_s, b.start_s, b.end_s)
                for b in blocks
            ),
        ),
        tuple(blocks),
        Score(score, low, high, word, score, score, 1.0, 0.0),
        tuple(flags),
        FamiliarNumbers(None if score is None else 32.0),
        trace_of(blocks, stops=stops, excursions=excursions),
    )  # fmt: skip


TOO_FAST_3 = flag_of(
    "TOO_FAST", 3, value=-13.6, cost_s=57.0, pace_s_per_km=216.4, planned_s_per_km=230.0,
    next_planned_s_per_km=220.0, gained_s=38.0, cost_se_s=13.0,
)  # fmt: skip

BLOW_UP_5 = flag_of(
    "BLOW_UP", 5, value=28.0, at_s=2959.0, before_s_per_km=216.0, after_s_per_km=244.0,
    duration_s=364.0, slowdown_pct=12.2, is_severe=False,
)  # fmt: skip

NO_STEP_4 = flag_of(
    "NON_PROGRESSION", 4, value=3.7, pace_s_per_km=220.1, previous_s_per_km=216.4,
    previous_block=3, planned_step_s_per_km=-10.0,
)  # fmt: skip


def mock_run() -> Review:
    """Return the run of the design's mock: a gear early in block 3, a collapse in block 5."""
    stop = stop_of(2232.0, 2251.0, "watch")
    return review_with(
        (295.9, 239.0, 216.4, 220.1, 232.0),
        (TOO_FAST_3, NO_STEP_4, BLOW_UP_5),
        score=62.7,
        stops=(stop,),
        excursions=(Excursion(1500.0, 2100.0, "fast"), Excursion(2800.0, 3300.0, "slow")),
        distance_m=13650.0,
        elapsed_time_s=3323.0,
        timer_time_s=3304.0,
        pauses=(Pause(stop.span, "watch"),),
    )


def unknown_run() -> Review:
    """Return a review in which nothing is known but that there is a file and a plan."""
    nothing = dict.fromkeys(
        (
            "start_s", "end_s", "elapsed_s", "timer_s", "moving_s", "standing_s", "distance_m",
            "pace_se_s_per_km", "steadiness_pct", "heart_rate_bpm", "cadence_spm", "tolerance",
            "in_band_pct", "score",
        )
    )  # fmt: skip
    gone = {"status": "not_seen", "verdict": "not_scored", "planned": Planned(None, None, None)}
    made = review_with(
        (None,) * 5, score=None, changes={i: {**nothing, **gone} for i in range(1, 6)},
        sport=None, start_time=None, device=None, elapsed_time_s=0.0, timer_time_s=0.0,
        moving_time_s=0.0, distance_m=0.0, records=2,
    )  # fmt: skip
    return replace(
        made,
        alignment=replace(made.alignment, confidence=None),
        score=replace(made.score, blocks=None, progression=None, completion=0.0),
    )
