"""Recordings from the bytes that were dropped on the page."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING

from analyzer.errors import ActivityError, LimitError
from analyzer.parsers.read import read_each
from analyzer.report.measures import distance_text
from analyzer.review.local_time import run_day
from analyzer.safe_text import clean_text
from analyzer.units import clock_text
from analyzer.web.work.records import ReadRun, Unread

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.parsers.read import Read
    from analyzer.units import Unit

MOST = 50
"""Recordings of one archive that are looked at one by one; a whole export has a page of its own."""

MAX_LABEL = 240
"""Longest name of a recording, with that of its archive [characters]."""


def read_runs(content: bytes, name: str, units: Unit | None) -> tuple[ReadRun | Unread, ...]:
    """
    Read every recording of a file that was dropped.

    Parameters
    ----------
    content : bytes
        Of a FIT, GPX or TCX file, plain or ``.gz``, or a zip of them.
    name : str
        What the file is called.
    units : {'km', 'mi'} or None
        Of the distance in the line about each.

    Raises
    ------
    ActivityError
        If none can be used.
    """
    found: list[ReadRun | Unread] = []
    for read in read_each(io.BytesIO(content), name=name):
        if len(found) == MOST:
            problem = f"more than {MOST} recordings"
            raise LimitError(name, problem, "", "give it to the squad page as a whole export")
        found.append(_run(read, units))
    errors = [each for each in found if isinstance(each, Unread)]
    if len(errors) == len(found) == 1:
        raise ActivityError(name, errors[0].why)
    return tuple(found)


def _run(read: Read, units: Unit | None) -> ReadRun | Unread:
    """Return one recording as it travels."""
    activity, label = read.activity, clean_text(read.label, MAX_LABEL)
    if isinstance(activity, ActivityError):
        return Unread(label, str(activity).removeprefix(f"{activity.source}: "))
    has_workout = activity.workout is not None and bool(activity.workout.steps)
    day = run_day(activity)
    packed = pickle.dumps(activity, pickle.HIGHEST_PROTOCOL)
    return ReadRun(label, read.content, packed, day, _about(activity, units), has_workout)


def _about(activity: Activity, units: Unit | None) -> str:
    """Return a line about a recording: day, distance, time."""
    records = activity.records
    distance_m = float(records.distance_m[-1]) if len(records) else float("nan")
    day = run_day(activity)
    parts = [
        "" if day is None else f"{day:%A} {day.day} {day:%B %Y}",
        distance_text(distance_m, units or "km") if distance_m == distance_m else "",  # noqa: PLR0124
        clock_text(float(records.elapsed_time_s[-1])) if len(records) else "",
    ]
    return " · ".join(part for part in parts if part)
