"""Runs as a list to look through: the latest first, a page at a time, narrowed by what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import exists, func, select

from analyzer.archive.store.ask import joined, runs_of
from analyzer.archive.store.schema import ATHLETE, FINDING, RECORDING, RUN
from analyzer.archive.store.storable import storable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from analyzer.archive.store.records import StoredRun

MOST_NAMES = 500
"""More names of plans than this help nobody who chooses."""


class Wanted(NamedTuple):
    """
    Which runs are looked for; None is any.

    Parameters
    ----------
    since, until : date or None
        First and last day; runs of an unknown day are on none.
    athlete : str or None
        Whose; empty: nobody's.
    plan : str or None
        Part of what the plan is called.
    word : str or None
        The score in words.
    finding : str or None
        Code of a finding that is clear.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    athlete: str | None = None
    plan: str | None = None
    word: str | None = None
    finding: str | None = None


class Listed(NamedTuple):
    """A page of runs, without their packed reviews, and how many there are on all pages."""

    runs: tuple[StoredRun, ...]
    total: int


def _whose(name: str) -> ColumnElement[bool]:
    """Ask for the runs of somebody, or of nobody."""
    return ATHLETE.c.name == storable(name) if name else ATHLETE.c.name.is_(None)


def _found(code: str) -> ColumnElement[bool]:
    """Ask for runs with a finding that is clear."""
    of_run = FINDING.c.recording_id == RUN.c.recording_id
    return exists().where(of_run, FINDING.c.code == storable(code), FINDING.c.certainty == "clear")


CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "since": lambda day: RUN.c.day >= day,
    "until": lambda day: RUN.c.day <= day,
    "athlete": _whose,
    "plan": lambda part: RUN.c.plan_name.icontains(storable(part), autoescape=True),
    "word": lambda word: RUN.c.word == storable(word),
    "finding": _found,
}
"""What a field of `Wanted` asks for."""


def listed(connection: Connection, wanted: Wanted, start: int, most: int) -> Listed:
    """Return some runs from a place in the list on."""
    conditions = [
        condition(value)
        for field, condition in CONDITIONS.items()
        if (value := getattr(wanted, field)) is not None
    ]
    total = connection.execute(
        select(func.count(RUN.c.recording_id)).select_from(joined()).where(*conditions)
    ).scalar_one()
    latest_first = (
        RUN.c.day.desc().nulls_last(), RUN.c.start_utc.desc().nulls_last(), RECORDING.c.label,
        RUN.c.recording_id,
    )  # fmt: skip
    asked = select(RUN.c.recording_id).select_from(joined()).where(*conditions)
    numbers = connection.execute(asked.order_by(*latest_first).offset(start).limit(most))
    found = runs_of(connection, numbers.scalars().all(), is_packed=False)
    return Listed(tuple(found), total)


def plan_names(connection: Connection) -> tuple[str, ...]:
    """Return what plans are called, in order."""
    asked = select(RUN.c.plan_name).distinct().order_by(RUN.c.plan_name).limit(MOST_NAMES)
    return tuple(connection.execute(asked).scalars())
