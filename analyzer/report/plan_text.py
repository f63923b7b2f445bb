"""A plan in words: every block as understood, which is what will be judged."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.aims import aims_text
from analyzer.report.doubts import doubts_text, understood_text
from analyzer.report.language import noted, say, say_n
from analyzer.report.plan_line import distance_m, durations_s, plan_line
from analyzer.units import (
    KM_M,
    UNIT_M,
    clock_text,
    deviation_s_per_km,
    pace_s_per_km,
    pace_text,
    round_half_up,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.plan import Block, Plan, Role, Target, Tolerance
    from analyzer.units import Unit

BARS = "▁▂▃▄▅▆▇█"

WIDTH = 60
"""Columns of the drawing of the steps."""

COLUMNS = 78
"""Longest line."""

HEADINGS = (noted("Block"), noted("Role"), noted("From"), noted("Pace"), noted("Held within"))

ROLES: dict[Role, str] = {
    "easy": noted("easy"),
    "progression": noted("progression"),
    "steady": noted("steady"),
    "rest": noted("rest"),
    "cooldown": noted("cooldown"),
}


def plan_text(plan: Plan, tolerances: tuple[Tolerance | None, ...]) -> str:
    """
    Show a plan as it will be judged.

    Parameters
    ----------
    plan : Plan
        As read.
    tolerances : tuple of Tolerance or None
        From `block_tolerances`, for a watch under open sky.

    Returns
    -------
    str
        Plain text within 80 columns.
    """
    table = [_row(row) for row in plan_rows(plan, tolerances)]
    rule = "─" * COLUMNS
    rows = [plan.name, plan_line(plan), "", _heading(plan), rule, *table, rule, ""]
    return "\n".join([*rows, f"    {_drawing(plan)}", "", *plan_notes(plan, COLUMNS)])


class PlanRow(Struct, frozen=True):
    """One block of the table, in words."""

    index: str
    name: str
    role: str
    start: str
    pace: str
    other_unit: str
    held: str


def plan_rows(plan: Plan, tolerances: tuple[Tolerance | None, ...]) -> list[PlanRow]:
    """Put every block as it will be judged into words."""
    return [
        _words(block, tolerance, start_s, plan)
        for block, tolerance, start_s in zip(plan.blocks, tolerances, _starts(plan), strict=True)
    ]


def _words(block: Block, tolerance: Tolerance | None, start_s: float | None, plan: Plan) -> PlanRow:
    """Put one block into words."""
    pace, other_unit = _paces(block.target, plan)
    return PlanRow(
        index=str(block.index),
        name=block.name,
        role=say(ROLES[block.role]),
        start="–" if start_s is None else clock_text(start_s),
        pace=pace,
        other_unit=other_unit,
        held=_held(block, tolerance, plan.units) if _is_judged(block) else say("not judged"),
    )


def _row(row: PlanRow) -> str:
    """Return one block of the table."""
    name = row.name if len(row.name) <= 22 else row.name[:21] + "…"
    left = f"{row.index:>2}  {name:<23}{row.role:<12}{row.start:>7}"
    return f"{left}  {row.pace:<11}{row.other_unit:<7}{row.held}".rstrip()


def _is_judged(block: Block) -> bool:
    """Whether a block is judged at all; rests and cool-downs are not."""
    return block.role not in ("rest", "cooldown")


def plan_notes(plan: Plan, width: int | None = None) -> list[str]:
    """Say how to read the table, what is not scored, and what the coach wrote."""
    unscored = [
        str(b.index) for b in plan.blocks if b.target is None and b.aim is None and _is_judged(b)
    ]
    lines = []
    if unscored:
        lines.append(
            say_n(
                "Block {blocks} is run, but not scored for pace: no pace is given.",
                "Blocks {blocks} are run, but not scored for pace: no pace is given.",
                len(unscored),
                blocks=", ".join(unscored),
            )
        )
    texts = [*understood_text(plan.understood), *doubts_text(plan.doubts), *aims_text(plan.aims)]
    for text in texts:
        lines += [text] if width is None else wrap(text, width, break_on_hyphens=False)
    lines.append(
        say(
            "Held within: seconds per {unit} too fast and too slow, with a watch under open sky.",
            unit=plan.units,
        )
    )
    if plan.start_s is not None:
        at = clock_text(plan.start_s)
        lines.append(say("Block 1 begins {time} after the start of the recording.", time=at))
    if plan.paces_from:
        lines.append(say("Paces: {source}.", source=plan.paces_from))
    lines += [
        say("Block {block}: {words}", block=b.index, words=b.notes) for b in plan.blocks if b.notes
    ]
    return [*lines, say("Coach: {words}", words=plan.notes)] if plan.notes else lines


def _heading(plan: Plan) -> str:
    """Return the headings of the columns."""
    block, role, start, pace, held = plan_headings()
    other = "mi" if plan.units == "km" else "km"
    paces = f"{f'{pace} /{plan.units}':<11}{f'/{other}':<7}"
    return f"{block:<27}{role:<12}{start:>7}  {paces}{held}"


def plan_headings() -> tuple[str, ...]:
    """Name the columns: block, role, start, pace, and how far off is held."""
    return tuple(say(name) for name in HEADINGS)


def plan_dict(
    plan: Plan, tolerances: tuple[Tolerance | None, ...], advice: tuple[str, ...] = ()
) -> dict[str, object]:
    """Return a plan for programs: blocks as in the result, with role and tolerance."""
    starts = _starts(plan)
    seconds = [b.expected_duration_s for b in plan.blocks]
    return {
        "name": plan.name,
        "source": plan.source,
        "units": plan.units,
        "match": plan.match,
        "start_s": plan.start_s,
        "athlete": plan.athlete,
        "paces_from": plan.paces_from or None,
        "notes": plan.notes or None,
        "understood": plan.understood or None,
        "doubts": doubts_text(plan.doubts),
        "total": {
            "duration_s": None if None in seconds else sum(s for s in seconds if s is not None),
            "distance_m": distance_m(plan),
        },
        "blocks": [
            _block(b, t, start) for b, t, start in zip(plan.blocks, tolerances, starts, strict=True)
        ],
        "advice": list(advice),
    }


def _starts(plan: Plan) -> list[float | None]:
    """Return when each block begins, after block 1 has; None once that is unknown."""
    starts: list[float | None] = []
    clock_s: float | None = 0.0
    for block in plan.blocks:
        starts.append(clock_s)
        seconds = block.expected_duration_s
        clock_s = None if clock_s is None or seconds is None else clock_s + seconds
    return starts


def _block(block: Block, tolerance: Tolerance | None, start_s: float | None) -> dict[str, object]:
    """Return one block for programs."""
    return {
        "index": block.index,
        "name": block.name,
        "role": block.role,
        "starts_s": start_s,
        "planned": {
            "duration_s": block.duration_s,
            "distance_m": block.distance_m,
            **_target(block.target),
        },
        "tolerance": None
        if tolerance is None
        else {"fast_pct": _percent(tolerance.fast_pct), "slow_pct": _percent(tolerance.slow_pct)},
        "notes": block.notes or None,
        "aim": block.aim,
    }


def _target(target: Target | None) -> dict[str, object]:
    """Return the paces that are asked for [s/km]; None where there are none of a kind."""
    pace = bounds = ramp = None
    if target is not None:
        pace = _rounded_pace(target.speed_mps)
        ends = (target.fast_mps, target.slow_mps)
        bounds = [_rounded_pace(v) for v in ends if v is not None]
        ramp = [_rounded_pace(v) for v in target.ramp_mps or ()]
    return {
        "pace_s_per_km": pace,
        "pace_range_s_per_km": bounds if bounds and len(bounds) == 2 else None,
        "ramp_s_per_km": ramp or None,
    }


def _rounded_pace(speed_mps: float) -> float:
    """Return a pace to a tenth of a second [s/km]."""
    return round_half_up(pace_s_per_km(speed_mps), 1)


def _percent(value: float) -> float | None:
    """Round a tolerance; None on the free side of a one-sided pace."""
    return round_half_up(value, 2) if math.isfinite(value) else None


def _paces(target: Target | None, plan: Plan) -> tuple[str, str]:
    """Return the pace in the plan's unit, and its middle in the other one."""
    if target is None:
        return "–", "–"
    other_unit = pace_text(pace_s_per_km(target.speed_mps), "mi" if plan.units == "km" else "km")
    return pace_range_text(target, plan.units), other_unit


def pace_range_text(target: Target, units: Unit) -> str:
    """Say what pace is asked for: ``4:00``, ``4:10–3:50``, ``5:00→4:20``, ``≥ 4:30``."""
    if target.ramp_mps is not None:
        first, last = (pace_text(pace_s_per_km(v), units) for v in target.ramp_mps)
        return f"{first}→{last}"
    if target.slow_mps is not None and target.fast_mps is not None:
        bounds = (target.slow_mps, target.fast_mps)
        slow, fast = (pace_text(pace_s_per_km(v), units) for v in bounds)
        return f"{slow}–{fast}"
    sign = {"slow": "≥ ", "fast": "≤ ", None: ""}[target.free_side]
    return sign + pace_text(pace_s_per_km(target.speed_mps), units)


def _held(block: Block, tolerance: Tolerance | None, units: Unit) -> str:
    """Say how far off still counts as held, in seconds per km or mile."""
    if tolerance is None or block.target is None:
        return say("not scored")
    pace = pace_s_per_km(block.target.speed_mps) * UNIT_M[units] / KM_M
    fast, slow = tolerance.fast_pct, tolerance.slow_pct
    left = say("any") if math.isinf(fast) else f"{-deviation_s_per_km(fast, pace):.0f} s"
    right = say("any") if math.isinf(slow) else f"{deviation_s_per_km(-slow, pace):.0f} s"
    return f"−{left} / +{right}"


def _drawing(plan: Plan) -> str:
    """Draw the steps: wider is longer, higher is faster."""
    total_s = sum(durations_s(plan)) or 1.0
    speeds = [b.target.speed_mps for b in plan.blocks if b.target]
    row = ""
    for block in plan.blocks:
        seconds = block.expected_duration_s or total_s / 10
        row += BARS[_level(block.target, speeds)] * max(1, round(seconds / total_s * WIDTH))
    return row[:74]


def _level(target: Target | None, speeds: Sequence[float]) -> int:
    """Return which bar a block is drawn by: the lowest without a pace, the highest the fastest."""
    if target is None or max(speeds) == min(speeds):
        return 0
    share = (target.speed_mps - min(speeds)) / (max(speeds) - min(speeds))
    return round(1 + share * (len(BARS) - 2))
