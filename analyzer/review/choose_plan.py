"""Which plan of a folder was run: by date, athlete, steps and length, never by pace."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import NoFittingPlanError, PlanError
from analyzer.parsers.workout_file import is_recording
from analyzer.plans.athletes import known_as, read_squad
from analyzer.plans.document import fail
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.review.local_time import run_day
from analyzer.review.plan_dialects import ENDINGS
from analyzer.review.plan_source import SQUAD_NAMES, find_squad, read_plan
from analyzer.units import clock_text

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.model.activity import Activity, Lap
    from analyzer.model.plan import Block, Plan

MAX_PLANS = 1000

HEAD_BYTES = 65_536
"""As much of a file tells a recording from a workout."""

CLOSE, NEAR = 0.02, 0.10
"""A run that is this much longer or shorter than the plan is as long; is nearly as long."""

CLOSE_S = 60.0
"""So it is within a minute, however short the plan."""

LAP_S, LAP_M, LAP_SHARE = 5.0, 20.0, 0.02
"""A lap is as long as a block within seconds, metres, or a share of the block."""

_DATE = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")

Rank = tuple[int, ...]


class Fit(Struct, frozen=True):
    """
    How well a plan fits a recording, apart from how it was run.

    ``rank`` compares: its day in the name, workout on the watch, a day beside it, laps,
    length. ``why`` says it in words.
    """

    plan: Plan
    rank: Rank
    why: str


class Choice(Struct, frozen=True):
    """The plan that fits, why, and the files of the folder that could not be read."""

    plan: Plan
    why: str
    skipped: tuple[str, ...] = ()


@dataclass(slots=True)
class PlanFolder:
    """
    The plans of a folder, for any number of recordings; each file is read as rarely as may be.

    Paces take no part in the choice: a runner who forced every block would be given a faster
    plan, and the report would say that it was held.

    Parameters
    ----------
    folder : Path
        With plans of any kind; a date in a file's name is the day it is meant for. Recordings
        among them are passed over.
    athletes, athlete : optional
        As for `read_plan`; plans that name somebody else are passed over.
    """

    folder: Path
    athletes: str | Path | None = None
    athlete: str | None = None
    files: tuple[Path, ...] | None = None
    squad: Path | None = field(init=False)
    read: dict[tuple[Path, dt.date | int | None], Plan | PlanError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look for the file of paces once."""
        self.squad = find_squad(self.folder, self.athletes)

    def choose(self, activity: Activity) -> Choice:
        """
        Pick the plan that a recording was run by.

        Returns
        -------
        Choice
            The plan, read by the paces of the recording's day.

        Raises
        ------
        NoFittingPlanError
            If none fits, or two fit alike; with their names.
        """
        day = run_day(activity)
        readings = self._readings(day)
        plans = [plan for plan in readings if not isinstance(plan, PlanError)]
        lines = [str(plan).splitlines()[0] for plan in readings if isinstance(plan, PlanError)]
        skipped = tuple(f"{line} (passed over)" for line in dict.fromkeys(lines))
        fits = [f for p in plans if (f := fit_of(p, activity, day, self.athlete)) is not None]
        best = max((f.rank for f in fits), default=None)
        equal = [f for f in fits if f.rank == best]
        if len(equal) != 1:
            raise self._refused(activity, [f.plan.source for f in equal], skipped)
        return Choice(equal[0].plan, equal[0].why, skipped)

    def _readings(self, day: dt.date | None) -> list[Plan | PlanError]:
        """Read the plans whose names do not say that they are for another day."""
        files = self._files()
        era = None if self.squad is None else _era(self.squad, day)
        near = [path for path in files if days_apart(path.name, day) in (None, 0, 1)]
        return [self._plan(path, day, era) for path in near]

    def _files(self) -> tuple[Path, ...]:
        """List what may be a plan; the file of paces and recordings are none."""
        if self.files is None:
            self.files = plans_in(self.folder, self.squad)
        return self.files

    def _plan(self, path: Path, day: dt.date | None, era: int | None) -> Plan | PlanError:
        """Read a plan once; if by an athlete's paces, once for each time they changed."""
        for key in (None, era, day or era):
            if (path, key) in self.read:
                return self.read[path, key]
        try:
            plan = read_plan(path, athletes=self.athletes, day=day, default_athlete=self.athlete)
        except PlanError as error:
            self.read[path, None if self.squad is None else day or era] = error
            return error
        self.read[path, era if plan.athlete else None] = plan
        return plan

    def _refused(self, activity: Activity, alike: list[str], skipped: tuple[str, ...]) -> PlanError:
        """Name the plans between which the user has to choose."""
        names = alike or [p.name for p in self._files()]
        shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        if alike:
            text = f"{len(names)} plans fit equally well: {shown}; name the right one with --plan"
        else:
            noun = "plan" if len(names) == 1 else "plans"
            text = (
                f"no plan fits, of {len(names)} {noun} ({shown}): they are for other days, "
                "athletes or lengths; name the plan with --plan"
            )
        more = f"; {skipped[0]}" if skipped and not alike else ""
        return NoFittingPlanError(activity.source, f"{text}{more}", len(alike), skipped)


def plans_in(folder: Path, squad: Path | None) -> tuple[Path, ...]:
    """List the files of a folder that may be plans, by name; PlanError where there are none."""
    name = folder.name or str(folder)
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise fail(name, f"not a folder of plans ({reason}); check --plans") from error
    others = SQUAD_NAMES if squad is None else (*SQUAD_NAMES, squad.name)
    plans = tuple(
        path
        for path in files
        if path.name not in others and path.name[0] != "." and not _is_recording(path)
    )
    if len(plans) > MAX_PLANS:
        text = f"{len(plans)} plans, over the limit of {MAX_PLANS}; use a folder for each season"
        raise fail(name, text)
    if not plans:
        raise fail(name, f"no plan in this folder; a plan ends in {', '.join(ENDINGS)}")
    return plans


def choose_plan(
    activity: Activity,
    folder: Path,
    *,
    athletes: str | Path | None = None,
    athlete: str | None = None,
) -> Choice:
    """Pick the plan of a folder for one recording: see `PlanFolder`."""
    return PlanFolder(folder, athletes, athlete).choose(activity)


def _era(squad: Path, day: dt.date | None) -> int:
    """Return how many of the days on which paces change lie before a day; -1 for the latest."""
    try:
        days = read_squad(squad).days
    except PlanError:
        return -1  # every plan that needs it will say so
    return -1 if day is None else bisect_right(days, day)


def _is_recording(path: Path) -> bool:
    """Whether a file is a run, not a plan for one."""
    if path.suffix.lower() not in (".fit", ".tcx"):
        return False
    try:
        with path.open("rb") as file:
            return is_recording(file.read(HEAD_BYTES))
    except OSError:
        return False


def days_apart(name: str, day: dt.date | None) -> int | None:
    """Return how many days a file's name and a recording are apart; None if one has no date."""
    meant = date_in(name)
    return None if meant is None or day is None else abs((meant - day).days)


def fit_of(plan: Plan, activity: Activity, day: dt.date | None, athlete: str | None) -> Fit | None:
    """Say how a plan fits; None if it does not."""
    if athlete and plan.athlete and known_as(plan.athlete) != known_as(athlete):
        return None
    apart = days_apart(plan.source, day)
    dated = 0 if apart is None else 2 - apart  # a day apart may be a session put off
    steps = _same_steps(plan, activity)
    laps = _laps(plan, activity)
    length = _length(plan, activity)
    if not (length or steps or laps or dated == 2):
        return None
    total_s = float(activity.records.timer_time_s[-1])
    reasons = (
        (dated, f"{date_in(plan.source)} in its name"),
        (steps, "the workout on the watch"),
        (laps and not steps, "laps as long as its blocks"),
        (length, f"as long as the run ({clock_text(total_s)})"),
    )
    why = ", ".join(reason for holds, reason in reasons if holds)
    return Fit(plan, (int(dated == 2), steps, dated, laps, length), why)


def date_in(name: str) -> dt.date | None:
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
    return int(all(_is_as_long(block, lap) for block, lap in zip(sized, laps, strict=False)))


def _is_as_long(block: Block, lap: Lap) -> bool:
    """Whether a lap is as long as a block, by distance where the block has one."""
    by_distance = block.distance_m is not None
    planned = block.distance_m if by_distance else block.duration_s
    run = lap.distance_m if by_distance else lap.timer_s
    if planned is None or run is None:
        return False
    return abs(run - planned) <= max(LAP_M if by_distance else LAP_S, LAP_SHARE * planned)


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
