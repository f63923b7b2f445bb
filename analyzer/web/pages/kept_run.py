"""A run that is kept: its review, what the coach notes of it, and the message to the athlete."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.responses import RedirectResponse
from starlette.routing import Route

from analyzer.archive.said import MAX_MESSAGE, Approved
from analyzer.archive.said_text import WHEN
from analyzer.errors import ChangedError
from analyzer.model.remarks import MAX_NOTE
from analyzer.report.forms import FORMS
from analyzer.web.addresses import athlete_address, days_address, run_address
from analyzer.web.answers import as_file, filled
from analyzer.web.house import house_of
from analyzer.web.pages.asked import read_form, short
from analyzer.web.pages.days import content_of, is_kept, nothing_kept
from analyzer.web.pages.moments import moment_text
from analyzer.web.pages.take_away import KINDS
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.web.settings import Settings

WEEK = dt.timedelta(days=6)


async def kept_run(request: Request) -> Response:
    """Show a run."""
    from analyzer.web.work.kept_run import run_shown  # with the store's library

    house = house_of(request)
    content = content_of(request)
    if not is_kept(house.settings):
        return nothing_kept("runs")
    shown = await house.hands.do(run_shown, house.settings, content)
    day = shown.day
    return filled(
        "kept_run.html",
        here="runs",
        shown=shown,
        lang=house.settings.lang,
        message=shown.message,
        mine=None,
        when=WHEN,
        forms=list(FORMS.values()),
        athlete=athlete_address(shown.name) if shown.name else "",
        week="" if day is None else days_address("/squad", day - WEEK, day),
        moment=moment_text,
        most_note=MAX_NOTE,
        most_message=MAX_MESSAGE,
    )


async def download(request: Request) -> Response:
    """Answer with a run in one form."""
    from analyzer.web.work.kept_run import kept_form

    house = house_of(request)
    form = FORMS.get(request.path_params["form"])
    if form is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such form of a report")
    content = content_of(request)
    stem, made = await house.hands.do(kept_form, house.settings, content, form.name)
    return as_file(made, f"{stem}-review{form.ending}", KINDS[form.name])


async def note(request: Request) -> Response:
    """Keep the coach's note."""
    house = house_of(request)
    content = content_of(request)
    form = await read_form(request, house)
    text = _text(form, "note", MAX_NOTE + 2)
    over = _over(form, MAX_NOTE)
    is_seen = "hx-request" in request.headers
    try:
        kept = await run_sync(_keep_note, house.settings, content, text, over)
    except ChangedError as changed:
        if not is_seen:
            raise
        answer = filled("_note_changed.html", status=HTTPStatus.CONFLICT, other=changed.kept)
        answer.headers.update({"HX-Retarget": "#note-changed", "HX-Reswap": "innerHTML"})
        return answer
    if not is_seen:
        return RedirectResponse(run_address(content), HTTPStatus.SEE_OTHER)
    return filled("_note_kept.html", note=kept, at=moment_text(dt.datetime.now(dt.UTC)))


async def message(request: Request) -> Response:
    """Approve a message, or take that back."""
    from analyzer.web.work.kept_run import kept_message

    house = house_of(request)
    content = content_of(request)
    form = await read_form(request, house)
    approved = None
    text = _text(form, "text", 2 * MAX_MESSAGE)
    if form.get("do") != "take_back":
        if not text:
            problem = "the message is empty: write something, or leave it unapproved"
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
        approved = Approved(text, dt.datetime.now(dt.UTC), short(form, "reading", 100))
    is_seen = "hx-request" in request.headers
    over = _over(form, 2 * MAX_MESSAGE)
    mine = None
    try:
        await run_sync(_approve, house.settings, content, approved, over)
    except ChangedError:
        if not is_seen:
            raise
        mine = text
    if not is_seen:
        return RedirectResponse(run_address(content), HTTPStatus.SEE_OTHER)
    shown = await house.hands.do(kept_message, house.settings, content)
    return filled(
        "_approval.html",
        status=HTTPStatus.OK if mine is None else HTTPStatus.CONFLICT,
        message=shown,
        mine=mine,
        moment=moment_text,
        most_message=MAX_MESSAGE,
    )


async def take_back(request: Request) -> Response:
    """Take back where the blocks lie, or the plan that was given to this run alone."""
    house = house_of(request)
    content = content_of(request)
    what = (await read_form(request, house)).get("what", "")
    if what not in ("ruling", "plan"):
        problem = "the field 'what' is 'ruling' or 'plan'"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    await run_sync(_take_back, house.settings, content, what)
    if "hx-request" not in request.headers:
        return RedirectResponse(run_address(content), HTTPStatus.SEE_OTHER)
    return filled("_taken_back.html", when=WHEN)


def _text(form: Mapping[str, str], name: str, most: int) -> str:
    """Return a text of several lines that is no longer than it may be."""
    return short(form, name, most).replace("\r\n", "\n").strip()


def _over(form: Mapping[str, str], most: int) -> list[str] | None:
    """
    Return what a window takes for the text that is kept; None: it does not say.

    ``over`` it was shown; ``sent`` is its own latest one, of which no answer came yet.
    """
    if "over" not in form:
        return None
    return [_text(form, name, most) for name in ("over", "sent") if name in form]


def _keep_note(settings: Settings, content: str, text: str, over: list[str] | None) -> str:
    """Keep a note in the store; returns it as it is kept."""
    from analyzer.web.work.kept import opened

    with opened(settings) as kept:
        kept.set_note(content, text or None, over)
        said = kept.said([content]).get(content)
    return "" if said is None else said.note or ""


def _approve(
    settings: Settings, content: str, approved: Approved | None, over: list[str] | None
) -> None:
    """Keep an approved message in the store, or take it out."""
    from analyzer.web.work.kept import opened

    with opened(settings) as kept:
        kept.approve(content, approved, over)


def _take_back(settings: Settings, content: str, what: str) -> None:
    """Take back one thing that was decided."""
    from analyzer.web.work.kept import opened

    with opened(settings) as kept:
        (kept.set_ruling if what == "ruling" else kept.set_plan)(content, None)


ROUTES = (
    Route("/runs/{content}", kept_run),
    Route("/runs/{content}/note", note, methods=["POST"]),
    Route("/runs/{content}/message", message, methods=["POST"]),
    Route("/runs/{content}/take-back", take_back, methods=["POST"]),
    Route("/runs/{content}/as/{form}", download),
)
"""Of one run that is kept."""
