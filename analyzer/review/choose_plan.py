"""Which plan of a folder was run: by date, athlete, steps and length, never by pace."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.errors import PlanError, PlanProblem
from analyzer.plans.document import fail
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.review.plan_source import SQUAD_NAMES, read_plan
from analyzer.units import clock_text

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.model.activity import Activity
    from analyzer.model.plan import Block, Plan

ENDINGS = (".yaml", ".yml", ".txt", ".fit", ".tcx")
"""What a plan in a folder is called."""

MAX_PLANS = 1000

CLOSE, NEAR = 0.02, 0.10
"""A run that is this much longer or shorter than the plan is as long; is nearly as long."""

CLOSE_S = 60.0
"""So it is within a minute, however short the plan."""

LAP_S, LAP_M, LAP_SHARE = 5.0, 20.0, 0.02
"""A lap is as long as a block within seconds, metres, or a share of the block."""

_DATE = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")

Rank = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Fit:
    """
    How well a plan fits a recording, apart from how it was run.

    ``rank`` compares: date in its name, workout on the watch, laps, length. ``why`` says
    it in words.
    """

    plan: Plan
    rank: Rank
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The plan that fits, why, and the files of the folder that could not be read."""

    plan: Plan
    why: str
    skipped: tuple[str, ...] = ()


def choose_plan(
    activity: Activity,
    folder: Path,
    *,
    athletes: str | Path | None = None,
    athlete: str | None = None,
) -> Choice:
    """
    Pick the plan of a folder that a recording was run by.

    Paces take no part: a runner who forced every block would be given a faster plan, and
    be told that it was held.

    Parameters
    ----------
    activity : Activity
        The recording.
    folder : Path
        With plans of any kind; a date in a file's name is the day it is meant for.
    athletes, athlete : optional
        As for `read_plan`; plans that name somebody else are passed over.

    Returns
    -------
    Choice
        The plan, read by the paces of the recording's day.

    Raises
    ------
    PlanError
        If none fits, or two fit alike; with their names.
    """
    day = run_day(activity)
    plans, skipped = _plans(folder, day, athletes, athlete)
    if not plans:
        more = f"; {skipped[0]}" if skipped else ""
        raise fail(folder.name or str(folder), f"no plan in this folder{more}")
    fits = [f for p in plans if (f := _fit(p, activity, day, athlete)) is not None]
    if not fits:
        raise _refused(activity, "none of them fits", plans)
    best = max(fits, key=lambda f: f.rank)
    equal = [f for f in fits if f.rank == best.rank]
    if len(equal) > 1:
        raise _refused(activity, "they fit alike", [f.plan for f in equal])
    return Choice(best.plan, best.why, skipped)


def run_day(activity: Activity) -> dt.date | None:
    """Return the day of a recording; None if its date is unknown."""
    return activity.start_time.date() if activity.start_time is not None else None


def _plans(
    folder: Path, day: dt.date | None, athletes: str | Path | None, athlete: str | None
) -> tuple[list[Plan], tuple[str, ...]]:
    """Read every plan of a folder; what cannot be read is named."""
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise fail(folder.name or str(folder), f"no folder of plans ({reason})") from error
    if len(files) > MAX_PLANS:
        text = f"{len(files)} files, over the limit of {MAX_PLANS}; keep a season's plans together"
        raise fail(folder.name or str(folder), text)
    plans, skipped = [], []
    for path in files:
        if path.name in SQUAD_NAMES:
            continue
        try:
            plan = read_plan(path, athletes=athletes, day=day, default_athlete=athlete)
            plans.append(plan)
        except PlanError as error:
            skipped.append(f"{str(error).splitlines()[0]} (passed over)")
    return plans, tuple(skipped)


def _refused(activity: Activity, reason: str, plans: list[Plan]) -> PlanError:
    """Name the plans between which the user has to choose."""
    names = [p.source for p in plans[:4]]
    shown = ", ".join(names) + (f" and {len(plans) - 4} more" if len(plans) > 4 else "")
    text = f"{len(plans)} plans, and {reason}: {shown}; name the right one with --plan"
    if len(plans) == 1:
        text = f"{shown} does not fit: another day, athlete or length; name the plan with --plan"
    return PlanError(activity.source, (PlanProblem(text),))


def _fit(plan: Plan, activity: Activity, day: dt.date | None, athlete: str | None) -> Fit | None:
    """Say how a plan fits; None if it does not."""
    if athlete and plan.athlete and plan.athlete.lower() != athlete.lower():
        return None
    meant = _date_in(plan.source)
    apart = None if meant is None or day is None else abs((meant - day).days)
    if apart is not None and apart > 1:
        return None  # a day apart may be the clock of another zone
    dated = 0 if apart is None else 2 - apart
    steps = _same_steps(plan, activity)
    laps = _laps(plan, activity)
    length = _length(plan, activity)
    if not (length or steps or laps or dated == 2):
        return None
    why = []
    if dated and meant is not None:
        why.append(f"{meant} in its name")
    if steps:
        why.append("the workout on the watch")
    elif laps:
        why.append("laps as long as its blocks")
    if length:
        total_s = float(activity.records.timer_time_s[-1])
        why.append(f"as long as the run ({clock_text(total_s)})")
    return Fit(plan, (dated, steps, laps, length), ", ".join(why))


def _date_in(name: str) -> dt.date | None:
    """Return the day in a file's name: ``2026-03-06 tuesday.yaml``."""
    match = _DATE.search(name)
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def _same_steps(plan: Plan, activity: Activity) -> int:
    """Return 2 if the watch carried these blocks and paces, 1 for these blocks, else 0."""
    workout = activity.workout
    if workout is None or not workout.steps:
        return 0
    try:
        carried = plan_from_workout(workout, activity.source).blocks
    except PlanError:
        return 0
    if [_size(b) for b in carried] != [_size(b) for b in plan.blocks]:
        return 0
    pairs = zip(carried, plan.blocks, strict=True)
    return 2 if all(_overlap(a, b) for a, b in pairs) else 1


def _size(block: Block) -> tuple[float | None, float | None]:
    """Return a block's length as watches round it."""
    metres = block.distance_m
    return block.duration_s, None if metres is None else round(metres, 1)


def _overlap(block: Block, other: Block) -> bool:
    """Whether the paces of two blocks have one in common; blocks without a pace agree."""
    if block.target is None or other.target is None:
        return block.target is other.target
    a, b = block.target, other.target
    slow = max(a.slow_mps or a.speed_mps, b.slow_mps or b.speed_mps)
    fast = min(a.fast_mps or a.speed_mps, b.fast_mps or b.speed_mps)
    return slow <= 1.001 * fast


def _laps(plan: Plan, activity: Activity) -> int:
    """Return 1 if the laps that were pressed are as long as the blocks, else 0."""
    laps = [lap for lap in activity.laps if lap.span.end_s - lap.span.start_s > LAP_S]
    sized = [b for b in plan.blocks if not b.is_open]
    if len(sized) < 2 or not len(sized) <= len(laps) <= len(plan.blocks) + 1:
        return 0
    for block, lap in zip(sized, laps, strict=False):
        wanted, found = block.duration_s, lap.timer_s
        slack = LAP_S
        if block.distance_m is not None:
            wanted, found, slack = block.distance_m, lap.distance_m, LAP_M
        if wanted is None or found is None or abs(found - wanted) > max(slack, LAP_SHARE * wanted):
            return 0
    return 1


def _length(plan: Plan, activity: Activity) -> int:
    """Return 2 if the run is as long as the plan, 1 if nearly or by an open block, else 0."""
    run_s = float(activity.records.timer_time_s[-1])
    seconds = [b.expected_duration_s for b in plan.blocks]
    known_s = sum(s for s in seconds if s is not None)
    if not known_s:
        return 0
    over_s = run_s - known_s
    if None in seconds and over_s > 0:
        return 1
    if abs(over_s) <= max(CLOSE_S, CLOSE * known_s):
        return 2
    return 1 if abs(over_s) <= NEAR * known_s else 0
