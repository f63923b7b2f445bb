"""``/api/v1/plans/check``: what is understood of a plan, or every problem with its place."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - msgspec looks it up
from http import HTTPStatus
from typing import TYPE_CHECKING

from msgspec import DecodeError, Struct, ValidationError, json
from starlette.responses import Response
from starlette.routing import Route

from analyzer.web.api.multipart import kind_of
from analyzer.web.api.query import query_of
from analyzer.web.body import MAX_FORM
from analyzer.web.house import house_of
from analyzer.web.refusals import RefusedError
from analyzer.web.work.for_programs import checked_json

if TYPE_CHECKING:
    from starlette.requests import Request


class Written(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A plan to be checked.

    Parameters
    ----------
    text : str
        As the coach wrote it, in any dialect.
    athlete : str or None
        By whose paces.
    day : date or None
        Of the run; None: the latest paces.
    """

    text: str
    athlete: str | None = None
    day: dt.date | None = None


async def check(request: Request) -> Response:
    """Check a plan."""
    house = house_of(request)
    query_of(request)
    if kind_of(request) != "application/json":
        problem = 'send JSON, as application/json: {"text": "4x10min @ 4:00 /km"}'
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem)
    content = await house.bodies.read(request, MAX_FORM)
    try:
        written = json.decode(content, type=Written)
    except ValidationError as error:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"the plan: {error}") from None
    except (DecodeError, UnicodeDecodeError, RecursionError):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the body is no JSON") from None
    given = (written.text, written.athlete, written.day)
    text = await house.hands.do(checked_json, *given, house.settings)
    return Response(text, media_type="application/json")


ROUTES = (Route("/api/v1/plans/check", check, methods=["POST"]),)
"""Of plans."""
