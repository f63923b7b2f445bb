"""The plan of a run, from wherever the page has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import PlanError
from analyzer.plans.document import fail
from analyzer.plans.whose import Whose
from analyzer.review.choose_plan import PlanFolder
from analyzer.review.local_time import run_day
from analyzer.review.pipeline import carried_plan
from analyzer.review.plan_dialects import ENDINGS, PlanFile, dialect_of
from analyzer.review.plan_source import SQUAD_NAMES, find_squad, read_plan
from analyzer.review.typed_plan import plan_typed

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.web.settings import Settings
    from analyzer.web.work.records import PlanAsked


def plan_names(settings: Settings) -> tuple[str, ...]:
    """Return the plans of the folder, by name; none where there is no folder."""
    if settings.plans is None:
        return ()
    try:
        files = sorted(Path(settings.plans).iterdir())
    except OSError:
        return ()
    return tuple(
        f.name for f in files if f.suffix.lower() in ENDINGS and f.name.lower() not in SQUAD_NAMES
    )


def squad_of(settings: Settings) -> Path | None:
    """Return the coach's file of paces: the one named, else the one among the plans or here."""
    return find_squad(Path(settings.plans or "."), settings.athletes)


def athlete_names(settings: Settings) -> tuple[str, ...]:
    """Return whose paces are known, by name; none where the file of paces cannot be read."""
    squad = squad_of(settings)
    if squad is None:
        return ()
    from analyzer.plans.athletes import read_squad  # few servers have one

    try:
        return tuple(sorted(a.name for a in read_squad(squad).athletes.values()))
    except PlanError:
        return ()


def plan_of(asked: PlanAsked, activity: Activity, settings: Settings) -> Plan:
    """
    Return the plan a run shall be judged by.

    Raises
    ------
    PlanError
        With every problem of it at once.
    """
    if asked.kind == "carried":
        return carried_plan(activity)
    if asked.kind == "fitting":
        return _fitting(asked, activity, settings)
    if asked.kind == "folder":
        if asked.name not in plan_names(settings):  # and no path leads out of the folder
            raise fail(asked.name, "no such plan in the folder")
        path = Path(settings.plans or "") / asked.name
        day = run_day(activity)
        return read_plan(path, athletes=settings.athletes, athlete=asked.athlete, day=day)
    whose = Whose(squad_of(settings), asked.athlete, run_day(activity))
    if asked.kind == "text":
        return plan_typed(asked.text, whose)
    file = PlanFile(asked.name, asked.content)
    return dialect_of(file).load_reader()(file.content, file.name, whose)


def _fitting(asked: PlanAsked, activity: Activity, settings: Settings) -> Plan:
    """Return the workout in the recording, else the plan of the folder that fits."""
    try:
        return carried_plan(activity)
    except PlanError:
        if settings.plans is None:
            raise
    folder = PlanFolder(Path(settings.plans), settings.athletes, asked.athlete)
    return folder.choose(activity).plan
