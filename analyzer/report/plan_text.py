"""A plan in words: every block as understood, which is what will be judged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.aims import aims_text
from analyzer.report.language import decimal, noted, say, say_n
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
    from analyzer.model.plan import Block, Plan, Role, Target, Tolerance
    from analyzer.units import Unit

BARS = "▁▂▃▄▅▆▇█"

WIDTH = 60
"""Columns of the drawing of the steps."""

HEADINGS = (noted("Block"), noted("Role"), noted("From"), noted("Pace"), noted("Held within"))

ROLES: dict[Role, str] = {
    "easy": noted("easy"),
    "progression": noted("progression"),
    "steady": noted("steady"),
    "rest": noted("rest"),
    "cooldown": noted("cooldown"),
}


def plan_line(plan: Plan) -> str:
    """Say a plan in one line: blocks, time, first and last pace."""
    targets = [b.target for b in plan.blocks if b.target and b.role in ("progression", "steady")]
    parts = [say_n("{n} block", "{n} blocks", len(plan.blocks)), _total_text(plan)]
    if targets:
        ends = (targets[0], targets[-1])
        first, last = (pace_text(pace_s_per_km(t.speed_mps), plan.units) for t in ends)
        shown = say("{first} to {last}", first=first, last=last) if first != last else first
        parts.append(f"{shown} /{plan.units}")
    return ", ".join(parts)


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
    rows = [f"{plan.name}", f"{plan_line(plan)}", ""]
    rows += [_heading(plan), "─" * 78]
    unscored = []
    for block, tolerance, start_s in zip(plan.blocks, tolerances, _starts(plan), strict=True):
        start = "–" if start_s is None else clock_text(start_s)
        name = block.name if len(block.name) <= 22 else block.name[:21] + "…"
        pace, foreign = _paces(block.target, plan)
        role = say(ROLES[block.role])
        held = (
            _held(block, tolerance, plan.units)
            if block.role not in ("rest", "cooldown")
            else say("not judged")
        )
        left = f"{block.index:>2}  {name:<23}{role:<12}{start:>7}"
        rows.append(f"{left}  {pace:<11}{foreign:<7}{held}".rstrip())
        is_unsaid = block.target is None and block.aim is None
        if is_unsaid and block.role not in ("rest", "cooldown"):
            unscored.append(str(block.index))
    rows += ["─" * 78, ""]
    rows += [f"    {_drawing(plan)}", ""]
    if unscored:
        rows.append(
            say_n(
                "Block {blocks} is run, but not scored for pace: no pace is given.",
                "Blocks {blocks} are run, but not scored for pace: no pace is given.",
                len(unscored),
                blocks=", ".join(unscored),
            )
        )
    rows += aims_text(plan.aims)
    rows.append(
        say(
            "Held within: seconds per {unit} too fast and too slow, with a watch under open sky.",
            unit=plan.units,
        )
    )
    if plan.start_s is not None:
        at = clock_text(plan.start_s)
        rows.append(say("Block 1 begins {time} after the start of the recording.", time=at))
    if plan.paces_from:
        rows.append(say("Paces: {source}.", source=plan.paces_from))
    rows += [
        say("Block {block}: {words}", block=b.index, words=b.notes) for b in plan.blocks if b.notes
    ]
    if plan.notes:
        rows.append(say("Coach: {words}", words=plan.notes))
    return "\n".join(rows)


def _heading(plan: Plan) -> str:
    """Return what stands above the columns."""
    block, role, start, pace, held = (say(name) for name in HEADINGS)
    other = "mi" if plan.units == "km" else "km"
    paces = f"{f'{pace} /{plan.units}':<11}{f'/{other}':<7}"
    return f"{block:<27}{role:<12}{start:>7}  {paces}{held}"


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
        "total": {
            "duration_s": None if None in seconds else sum(s for s in seconds if s is not None),
            "distance_m": _distance(plan),
        },
        "blocks": [
            _block(b, t, start) for b, t, start in zip(plan.blocks, tolerances, starts, strict=True)
        ],
        "advice": list(advice),
    }


def _starts(plan: Plan) -> list[float | None]:
    """Return when each block begins, after block 1 has; None once that is not known."""
    starts: list[float | None] = []
    clock_s: float | None = 0.0
    for block in plan.blocks:
        starts.append(clock_s)
        seconds = block.expected_duration_s
        clock_s = None if clock_s is None or seconds is None else clock_s + seconds
    return starts


def _distance(plan: Plan) -> float | None:
    """Return the length of the whole plan in metres at its paces; None if one is not known."""
    metres = [_metres(b) for b in plan.blocks]
    known = [m for m in metres if m is not None]
    return sum(known) if len(known) == len(metres) else None


def _metres(block: Block) -> float | None:
    """Return the length of a block: as given, or of its time at its pace."""
    if block.distance_m is not None:
        return block.distance_m
    return block.duration_s * block.target.speed_mps if block.duration_s and block.target else None


def _block(block: Block, tolerance: Tolerance | None, start_s: float | None) -> dict[str, object]:
    """Return one block for programs."""
    target = block.target
    pace = None if target is None else round_half_up(pace_s_per_km(target.speed_mps), 1)
    bounds = ramp = None
    if target is not None and target.fast_mps is not None and target.slow_mps is not None:
        pair = (target.fast_mps, target.slow_mps)
        bounds = [round_half_up(pace_s_per_km(v), 1) for v in pair]
    if target is not None and target.ramp_mps is not None:
        ramp = [round_half_up(pace_s_per_km(v), 1) for v in target.ramp_mps]
    return {
        "index": block.index,
        "name": block.name,
        "role": block.role,
        "starts_s": start_s,
        "planned": {
            "duration_s": block.duration_s,
            "distance_m": block.distance_m,
            "pace_s_per_km": pace,
            "pace_range_s_per_km": bounds,
            "ramp_s_per_km": ramp,
        },
        "tolerance": None
        if tolerance is None
        else {"fast_pct": _percent(tolerance.fast_pct), "slow_pct": _percent(tolerance.slow_pct)},
        "notes": block.notes or None,
        "aim": block.aim,
    }


def _percent(value: float) -> float | None:
    """Round a tolerance; None on the free side of a one-sided pace."""
    return round_half_up(value, 2) if math.isfinite(value) else None


def _paces(target: Target | None, plan: Plan) -> tuple[str, str]:
    """Return the pace in the plan's unit, and its middle in the other one."""
    if target is None:
        return "–", "–"
    middle = pace_s_per_km(target.speed_mps)
    foreign = pace_text(middle, "mi" if plan.units == "km" else "km")
    if target.ramp_mps is not None:
        first, last = (pace_text(pace_s_per_km(v), plan.units) for v in target.ramp_mps)
        return f"{first}→{last}", foreign
    if target.slow_mps is not None and target.fast_mps is not None:
        bounds = (target.slow_mps, target.fast_mps)
        slow, fast = (pace_text(pace_s_per_km(v), plan.units) for v in bounds)
        return f"{slow}–{fast}", foreign
    sign = {"slow": "≥ ", "fast": "≤ ", None: ""}[target.free_side]
    return sign + pace_text(middle, plan.units), foreign


def _held(block: Block, tolerance: Tolerance | None, units: Unit) -> str:
    """Say how far off is still held, in seconds per km or mile."""
    if tolerance is None or block.target is None:
        return say("not scored")
    pace = pace_s_per_km(block.target.speed_mps) * UNIT_M[units] / KM_M
    fast, slow = tolerance.fast_pct, tolerance.slow_pct
    left = say("any") if math.isinf(fast) else f"{-deviation_s_per_km(fast, pace):.0f} s"
    right = say("any") if math.isinf(slow) else f"{deviation_s_per_km(-slow, pace):.0f} s"
    return f"−{left} / +{right}"


def _total_text(plan: Plan) -> str:
    """Say time and distance of the whole plan, as far as they are known."""
    seconds = [b.expected_duration_s for b in plan.blocks]
    known = [s for s in seconds if s is not None]
    total = clock_text(sum(known)) if sum(known) >= 3600 else f"{sum(known) / 60:.0f} min"
    if len(known) < len(seconds):
        total = say("{time} and an open block", time=total)
    metres = _distance(plan)
    if metres is not None:
        total += f", {decimal(metres / KM_M, 1)} km"
    return total


def _drawing(plan: Plan) -> str:
    """Draw the steps: wider is longer, higher is faster."""
    known = [s for b in plan.blocks if (s := b.expected_duration_s) is not None]
    total = sum(known) or 1.0
    speeds = [b.target.speed_mps for b in plan.blocks if b.target]
    low, high = (min(speeds), max(speeds)) if speeds else (0.0, 0.0)
    row = ""
    for block in plan.blocks:
        seconds = block.expected_duration_s or total / 10
        columns = max(1, round(seconds / total * WIDTH))
        level = 0
        if block.target and high > low:
            share = (block.target.speed_mps - low) / (high - low)
            level = round(1 + share * (len(BARS) - 2))
        row += BARS[level] * columns
    return row[:74]
