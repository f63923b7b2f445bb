"""Reviews and checked plans as programs get them: the JSON of the command line."""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import ActivityError
from analyzer.parsers.read import read_each
from analyzer.report.json_result import dumps
from analyzer.review.pipeline import review_activity
from analyzer.structs import replace
from analyzer.web.refusals import RefusedError
from analyzer.web.work.planned import plan_of
from analyzer.web.work.records import PlanAsked

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.activity import Activity
    from analyzer.model.plan import Match
    from analyzer.model.prepared import Slopes
    from analyzer.web.settings import Settings


class RunAsked(Struct, frozen=True):
    """
    All that a program can say of a review; fields as the options of ``progcheck``.

    Parameters
    ----------
    plan : PlanAsked
        What the run is judged by.
    start_s : float or None
        When block 1 began [elapsed s].
    match : {'auto', 'laps', 'clock'} or None
        What may place the blocks.
    session : int or None
        Which session of a multisport file, from 1.
    slopes : {'strava', 'minetti', 'off'}
        How pace is adjusted for hills.
    """

    plan: PlanAsked = PlanAsked()
    start_s: float | None = None
    match: Match | None = None
    session: int | None = None
    slopes: Slopes = "strava"


def reviewed_json(content: bytes, name: str, asked: RunAsked, settings: Settings) -> str:
    """
    Judge one recording; returns what ``progcheck --json`` prints of it.

    Raises
    ------
    ActivityError, PlanError
        As the command line has them.
    RefusedError
        If there are several recordings in the file.
    """
    activity = _only_one(content, name, asked.session)
    plan = plan_of(asked.plan, activity, settings)
    if asked.match is not None:
        plan = replace(plan, match=asked.match)
    if asked.start_s is not None:
        plan = replace(plan, start_s=asked.start_s)
    return dumps(review_activity(activity, plan, slopes=asked.slopes), indent=2) + "\n"


def _only_one(content: bytes, name: str, session: int | None) -> Activity:
    """Return the recording of a file that has one."""
    found: Activity | ActivityError | None = None
    for read in read_each(io.BytesIO(content), session=session, name=name):
        if found is not None:
            problem = f"{name}: several recordings; send an archive to /api/v1/batches"
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
        found = read.activity
    if found is None or isinstance(found, ActivityError):
        raise found or ActivityError(name, "no recording in it")
    return found


def checked_json(text: str, athlete: str | None, day: dt.date | None, settings: Settings) -> str:
    """Return what is understood of a plan's text, or every problem with its place."""
    from analyzer.plans.whose import Whose
    from analyzer.report.plan_json import plan_check_dict
    from analyzer.review.plan_source import find_squad
    from analyzer.review.typed_plan import read_typed

    squad = find_squad(Path(settings.plans or "."), settings.athletes)
    read = read_typed(text, Whose(squad, athlete, day))
    told = plan_check_dict(text, read.plan, read.problems, read.dialect)
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
