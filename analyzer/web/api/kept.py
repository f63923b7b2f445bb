"""``/api/v1/runs``, ``/athletes``, ``/trends``, ``/squad``: what the store keeps."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from analyzer.web.api.query import days_of, query_of, truth, whole
from analyzer.web.house import house_of
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

CONTENT = re.compile(r"[0-9a-f]{64}")
"""What a recording is known by: the SHA-256 of its bytes."""

PERIOD = ("since", "until")

MOST_RUNS = 500
"""Of one page."""

MOST_START = 10_000_000
"""No store has as many runs."""


async def runs(request: Request) -> Response:
    """List runs."""
    from analyzer.archive.store.listing import Wanted  # with the store's library
    from analyzer.web.work.kept_json import Page, runs_json

    query = query_of(request, *PERIOD, "athlete", "plan", "start", "limit")
    days = days_of(query)
    wanted = Wanted(days.first, days.last, query.get("athlete"), query.get("plan"))
    page = Page(whole(query, "start", 0, 0, MOST_START), whole(query, "limit", 100, 1, MOST_RUNS))
    house = house_of(request)
    return _json(await house.hands.do(runs_json, wanted, page, house.settings))


async def run(request: Request) -> Response:
    """Show the review of a run that is kept."""
    from analyzer.web.work.kept_json import run_json

    query_of(request)
    content = request.path_params["content"]
    if CONTENT.fullmatch(content) is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "a run is known by 64 digits from 0 to f")
    house = house_of(request)
    return _json(await house.hands.do(run_json, content, house.settings))


async def athletes(request: Request) -> Response:
    """List athletes."""
    from analyzer.web.work.kept_json import athletes_json

    query_of(request)
    house = house_of(request)
    return _json(await house.hands.do(athletes_json, house.settings))


async def trends(request: Request) -> Response:
    """Follow athletes over weeks."""
    from analyzer.web.work.kept_json import trends_json

    query = query_of(request, *PERIOD, several="athlete")
    names = [name for name in request.query_params.getlist("athlete") if name]
    house = house_of(request)
    return _json(await house.hands.do(trends_json, names, days_of(query), house.settings))


async def squad(request: Request) -> Response:
    """Lay the squad out on a sheet."""
    from analyzer.web.work.kept_json import squad_json

    query = query_of(request, *PERIOD, "week")
    days, is_week = days_of(query), truth(query, "week")
    if is_week and days.first is not None:
        problem = "'week' is seven days by itself: give 'until', or leave it out"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    is_week = is_week or not any(days)
    house = house_of(request)
    return _json(await house.hands.do(squad_json, days, is_week, house.settings))


def _json(text: str) -> Response:
    """Answer with JSON."""
    return Response(text, media_type="application/json")


ROUTES = (
    Route("/api/v1/runs", runs),
    Route("/api/v1/runs/{content}", run),
    Route("/api/v1/athletes", athletes),
    Route("/api/v1/trends", trends),
    Route("/api/v1/squad", squad),
)
"""Of what is kept."""
