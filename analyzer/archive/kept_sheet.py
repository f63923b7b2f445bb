"""The squad over some days, from what a store keeps: the sheet, its runs, who is greeted how."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.days import Days
from analyzer.archive.squad import heard_of, squad_sheet
from analyzer.archive.store.packed import unpack
from analyzer.archive.trends import scores_shown
from analyzer.archive.whom import by_athlete
from analyzer.model.squad import SquadRun
from analyzer.plans.athletes import known_as, read_squad
from analyzer.review.plan_source import find_squad

if TYPE_CHECKING:
    from analyzer.archive.store.records import StoredRun
    from analyzer.archive.store.store import Store
    from analyzer.model.review import Review
    from analyzer.model.squad import SquadSheet
    from analyzer.model.trends import Shown
    from analyzer.plans.athletes import Squad

WEEK = dt.timedelta(days=6)
"""From the first to the last of seven days."""


class KeptSheet(NamedTuple):
    """
    A squad sheet, and what it is made of.

    Parameters
    ----------
    sheet : SquadSheet
        A row an athlete.
    runs : tuple of (StoredRun, Review)
        The runs of those days whose athlete is known, each with its review.
    nobodys : tuple of StoredRun
        Those on no row, as nobody knows whose they are.
    """

    sheet: SquadSheet
    runs: tuple[tuple[StoredRun, Review], ...]
    nobodys: tuple[StoredRun, ...]


def folder_of(store: str) -> Path:
    """Return the folder of a store; of one on a server the folder that we are in."""
    return Path() if "://" in store else Path(store).parent


def squad_beside(store: str, athletes: str | None) -> Squad | None:
    """
    Read the file of the squad: the one named, else the one that lies next to the store.

    Raises
    ------
    PlanError
        If it cannot be read.
    """
    found = find_squad(folder_of(store), athletes)
    return None if found is None else read_squad(found)


def latest_week(kept: Store, until: dt.date | None = None) -> Days:
    """Return the seven days that end with a day, or with that of the latest run."""
    last = until or kept.info().last_day
    return Days() if last is None else Days(last - WEEK, last)


def kept_sheet(
    kept: Store, days: Days, known: Squad | None, *, is_followed: bool = True
) -> KeptSheet:
    """
    Lay the runs of some days on a sheet.

    Parameters
    ----------
    kept : Store
        Where they are.
    days : Days
        Which.
    known : Squad or None
        Who has a row even without a run; None: everybody in the store.
    is_followed : bool
        Whether it says where scores go, for which all of an athlete's runs are looked at.
    """
    stored = list(kept.runs(since=days.first, until=days.last))
    names = [a.name for a in (kept.athletes() if known is None else known.athletes.values())]
    runs = tuple((run, unpack(run.run.packed)) for run in stored if run.athlete)
    said = kept.said(run.content for run, _ in runs)
    reviews = [
        SquadRun(run.athlete or "", review, heard_of(run, said.get(run.content)))
        for run, review in runs
    ]
    trends = _trends(kept, {run.athlete for run in reviews}, days) if is_followed else {}
    nobodys = tuple(run for run in stored if not run.athlete)
    return KeptSheet(squad_sheet(reviews, names, days, trends), runs, nobodys)


def _trends(kept: Store, athletes: set[str], days: Days) -> dict[str, Shown]:
    """Return where the scores of athletes go, from their first run in the store to these days."""
    if not athletes:
        return {}
    asked = kept.runs(until=days.last, athletes=sorted(athletes), is_packed=False)
    runs, _ = by_athlete(asked)
    return {athlete: scores_shown(rows) for athlete, rows in runs.items()}


def greetings_of(sheet: SquadSheet, known: Squad | None) -> dict[str, str]:
    """Return what the athletes of a sheet are greeted by, where the coach says so."""
    greeted = ((row.athlete, greeting_of(row.athlete, known)) for row in sheet.rows)
    return {athlete: greeting for athlete, greeting in greeted if greeting}


def greeting_of(athlete: str, known: Squad | None) -> str:
    """Return what an athlete is greeted by; empty where the coach does not say."""
    found = None if known is None else known.athletes.get(known_as(athlete))
    return "" if found is None else found.greeting or ""
