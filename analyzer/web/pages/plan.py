"""The plan while it is being written or chosen: what is understood of it, or what is wrong."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - msgspec reads the types of a record
from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from starlette.routing import Route

from analyzer.plans.document import MAX_BYTES
from analyzer.web.answers import as_json, filled
from analyzer.web.body import MAX_FORM
from analyzer.web.house import house_of
from analyzer.web.pages.asked import plan_asked, read_form
from analyzer.web.refusals import RefusedError
from analyzer.web.work.understood import check_plan, open_plan, understand

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

DECIDED_BY_THE_RUN = ("carried", "fitting")


class PlanGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A plan that a program wants checked.

    Parameters
    ----------
    text : str
        In any dialect of text.
    athlete : str or None
        By whose paces; None: those of whom the plan names.
    date : date or None
        Of the run; None: the latest paces.
    """

    text: str
    athlete: str | None = None
    date: dt.date | None = None


async def written(request: Request) -> Response:
    """Say what is understood of the plan that the form has."""
    house = house_of(request)
    form = await read_form(request, house)
    asked = plan_asked(form)
    key = form.get("run", "")
    run = house.desk.runs.get(key) if key else None
    day = None if run is None else run.day
    needs_run = asked.kind in DECIDED_BY_THE_RUN and run is not None
    activity = run.activity if run is not None and needs_run else None
    shown = await house.hands.do(understand, asked, day, activity, house.settings)
    return filled("_understood.html", shown=shown, kind=asked.kind)


async def opened(request: Request) -> Response:
    """Return a plan file as text to go on writing."""
    house = house_of(request)
    name = request.query_params.get("name", "").rpartition("/")[2][:200] or "plan"
    content = await house.bodies.read(request, MAX_BYTES + 1)
    text = await house.hands.do(open_plan, content, name)
    return as_json({"text": text, "is_run": text is None})


async def check(request: Request) -> Response:
    """Check a plan for a program: the answer is what became of it, right or wrong."""
    house = house_of(request)
    content = await house.bodies.read(request, MAX_FORM)
    try:
        given = msgspec.json.decode(content, type=PlanGiven)
    except msgspec.ValidationError as error:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"this is not JSON: {error}") from None
    facts = (given.text, given.athlete or None, given.date)
    return as_json(await house.hands.do(check_plan, *facts, house.settings))


ROUTES = (
    Route("/plan", written, methods=["POST"]),
    Route("/plan/file", opened, methods=["POST"]),
    Route("/api/v1/plans/check", check, methods=["POST"]),
)
