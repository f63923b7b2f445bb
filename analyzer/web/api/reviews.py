"""``/api/v1/reviews``: a recording goes in, the JSON of ``progcheck --json`` comes out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, get_args

from starlette.responses import Response
from starlette.routing import Route

from analyzer.model.plan import Match
from analyzer.model.prepared import Slopes
from analyzer.plans.document import MAX_BYTES as MAX_PLAN
from analyzer.web.api.multipart import KIND, Sent, fields_of, kind_of
from analyzer.web.api.query import query_of
from analyzer.web.body import MAX_RECORDING
from analyzer.web.house import house_of
from analyzer.web.pages.asked import seconds_or_none
from analyzer.web.refusals import RefusedError
from analyzer.web.work.for_programs import RunAsked, reviewed_json
from analyzer.web.work.records import PlanAsked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request

    from analyzer.web.house import House

PLAIN = "application/octet-stream"

MAX_WORD = 400
"""Longest of the other fields, as UTF-8 [bytes]."""

MOST_SESSIONS = 100

OPTIONS = ("athlete", "start", "match", "session", "gap")

LIMITS = {
    "run": MAX_RECORDING,
    "plan": MAX_PLAN,
    **dict.fromkeys(OPTIONS, MAX_WORD),
}
"""Fields of the form, and how long each may be [bytes]."""


async def review(request: Request) -> Response:
    """Judge one recording."""
    house = house_of(request)
    is_plain = kind_of(request) == PLAIN
    async with (_plain if is_plain else _form)(request, house) as sent:
        run = sent.get("run")
        if run is None or not run.content or run.filename is None:
            problem = "no recording came: send it as the file 'run', with its name"
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
        name = _base_name(run.filename) or "recording"
        asked = _asked({key: sent[key].text for key in OPTIONS if key in sent}, sent.get("plan"))
        text = await house.hands.do(reviewed_json, run.content, name, asked, house.settings)
    return Response(text, media_type="application/json")


@asynccontextmanager
async def _form(request: Request, house: House) -> AsyncIterator[dict[str, Sent]]:
    """Yield the fields of a form."""
    if kind_of(request) != KIND:
        problem = f"send the recording as {KIND}, or by itself as {PLAIN}"
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem)
    query_of(request)
    async with fields_of(request, house, LIMITS) as sent:
        yield sent


@asynccontextmanager
async def _plain(request: Request, house: House) -> AsyncIterator[dict[str, Sent]]:
    """Yield a recording that is the body, and what its address says beside it."""
    query = query_of(request, "name", "plan", *OPTIONS)
    words = {name: Sent(value.encode(errors="replace")) for name, value in query.items()}
    name = query.get("name", "")
    words.pop("name", None)
    async with house.bodies.whole(request, MAX_RECORDING) as content:
        yield {**words, "run": Sent(content, name)}


def _asked(options: Mapping[str, str], plan: Sent | None) -> RunAsked:
    """Return what is asked for; RefusedError for what is not understood, with its field."""
    session = options.get("session")
    if session is not None and not (session.isascii() and session.isdigit() and len(session) < 4):
        field = "session"
        raise _not_understood(field, "a number from 1 on")
    athlete = options.get("athlete")
    if athlete and plan is None:
        problem = "'athlete' needs a plan: the workout on the watch has its own paces"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    return RunAsked(
        plan=_plan(plan, athlete or None),
        start_s=seconds_or_none(options, "start"),
        match=next((m for m in get_args(Match) if m == _one_of(options, "match", Match)), None),
        session=None if session is None else int(session),
        slopes=next(
            (s for s in get_args(Slopes) if s == _one_of(options, "gap", Slopes)), "strava"
        ),
    )


def _plan(sent: Sent | None, athlete: str | None) -> PlanAsked:
    """Return the plan: a file, what was typed, or the workout in the recording."""
    if sent is None:
        return PlanAsked()
    if sent.filename is None:
        return PlanAsked("text", sent.text, athlete=athlete)
    name = _base_name(sent.filename) or "plan.txt"
    return PlanAsked("file", name=name, content=sent.content, athlete=athlete)


def _one_of(options: Mapping[str, str], name: str, kinds: object) -> str | None:
    """Return a field that has one of some values; None where it is left out."""
    value = options.get(name)
    if value is not None and value not in get_args(kinds):
        raise _not_understood(name, f"one of {', '.join(get_args(kinds))}")
    return value


def _not_understood(name: str, what: str) -> RefusedError:
    """Build the error for a field that says what it cannot."""
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"the field '{name}' is {what}")


def _base_name(name: str) -> str:
    """Return a file's name without the folders it was in."""
    return name.replace("\\", "/").rpartition("/")[2][:200]


ROUTES = (Route("/api/v1/reviews", review, methods=["POST"]),)
"""Of reviews."""
