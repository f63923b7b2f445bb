"""The plan while it is being written or chosen: what is understood of it, or what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from analyzer.web.answers import as_json, filled
from analyzer.web.body import MAX_FORM
from analyzer.web.house import house_of
from analyzer.web.pages.asked import plan_asked, read_form
from analyzer.web.work.understood import open_plan, understand

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

DECIDED_BY_THE_RUN = ("carried", "fitting")


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
    content = await house.bodies.read(request, MAX_FORM)
    text = await house.hands.do(open_plan, content, name)
    return as_json({"text": text, "is_run": text is None})


ROUTES = (
    Route("/plan", written, methods=["POST"]),
    Route("/plan/file", opened, methods=["POST"]),
)
