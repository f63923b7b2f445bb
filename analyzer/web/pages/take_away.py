"""A review in every form, to take along, and the message to paste into a chat."""

from __future__ import annotations

import pickle
from http import HTTPStatus
from pathlib import PurePath
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.routing import Route

from analyzer.report.forms import FORMS
from analyzer.report.language import speaking
from analyzer.report.message import render_message
from analyzer.report.write import render_report
from analyzer.web.answers import as_file, filled
from analyzer.web.house import house_of
from analyzer.web.refusals import RefusedError
from analyzer.web.work.records import PLAN_FILE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.model.review import Review
    from analyzer.units import Unit

KINDS = {
    "html": "text/html",
    "markdown": "text/markdown",
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "json": "application/json",
    "text": "text/plain",
    "pdf": "application/pdf",
}
"""What each form is called on the web."""


async def download(request: Request) -> Response:
    """Answer with a review in one form."""
    house = house_of(request)
    form = FORMS.get(request.path_params["form"])
    if form is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such form of a report")
    kept = house.desk.reviews.get(request.path_params["name"])
    run = house.desk.runs.get(kept.run)
    units = kept.made.asked.units or house.settings.units
    given = (kept.made.review, form.name, units, house.settings.lang)
    content = await house.hands.do(rendered_form, *given)
    stem = PurePath(run.name.rpartition(": ")[2]).name.partition(".")[0] or "run"
    return as_file(content, f"{stem}-review{form.ending}", KINDS[form.name])


def rendered_form(review: bytes, form: str, units: Unit | None, lang: str) -> bytes:
    """Return a review in one form."""
    with speaking(lang):
        read: Review = pickle.loads(review)  # noqa: S301 - packed by `review_run`
        return render_report([read], form, units)


async def message(request: Request) -> Response:
    """Answer with the message to paste into a chat."""
    house = house_of(request)
    made = house.desk.reviews.get(request.path_params["name"]).made
    units = made.asked.units or house.settings.units
    text = await house.hands.do(rendered_message, made.review, units, house.settings.lang)
    if "hx-request" in request.headers:
        return filled("_message.html", text=text)
    return PlainTextResponse(text)


def rendered_message(review: bytes, units: Unit | None, lang: str) -> str:
    """Return the message about a review."""
    with speaking(lang):
        read: Review = pickle.loads(review)  # noqa: S301 - packed by `review_run`
        return render_message(read, units)


async def typed_plan(request: Request) -> Response:
    """Answer with the plan that was typed, as a file that the command line reads."""
    made = house_of(request).desk.reviews.get(request.path_params["name"]).made
    return as_file(f"{made.asked.plan.text.strip()}\n".encode(), PLAN_FILE, KINDS["text"])


ROUTES = (
    Route("/reviews/{name}/plan.txt", typed_plan),
    Route("/reviews/{name}/message", message),
    Route("/reviews/{name}/{form}", download),
)
