"""Answers: a template filled in, a file to keep, or what is wrong."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from analyzer.errors import PlanError
from analyzer.web.addresses import athlete_address
from analyzer.web.refusals import NoTokenError, line_of, status_of

if TYPE_CHECKING:
    from starlette.requests import Request

TEMPLATES = Environment(
    loader=PackageLoader("analyzer.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Whatever a template is given is text, unless it is marked as finished markup."""

TEMPLATES.globals["athlete_address"] = athlete_address


def filled(template: str, *, status: int = 200, **facts: object) -> HTMLResponse:
    """
    Fill in a template.

    Parameters
    ----------
    template : str
        Its name; a whole page extends ``page.html``, a part of one begins with ``_``.
    status : int
        Of HTTP; it can be shown, too.
    **facts : object
        What it shows; a name that it needs and nobody gave is a bug.
    """
    page = TEMPLATES.get_template(template).render(status=status, **facts)
    return HTMLResponse(page, status)


def as_json(record: object, status: int = 200, media_type: str = "application/json") -> Response:
    """Answer with JSON that a person can read, too."""
    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)
    return Response(text + "\n", status, media_type=media_type)


def as_file(content: bytes, name: str, media_type: str) -> Response:
    """Answer with a file to keep."""
    shown = quote(name, safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{shown}"}
    return Response(content, media_type=media_type, headers=headers)


def refusal(request: Request, error: Exception) -> Response:
    """
    Answer that something is wrong: JSON for programs, a part for the page, else a page.

    Programs get RFC 9457's ``application/problem+json``, a plan's with each of its problems.
    """
    status, line = status_of(error), line_of(error)
    if request.url.path.startswith("/api/"):
        problem: dict[str, object] = {"title": HTTPStatus(status).phrase, "status": status}
        problem |= {"detail": line, "error": type(error).__name__}
        if isinstance(error, PlanError):
            problem["problems"] = [p._asdict() for p in error.problems]
        return as_json(problem, status, "application/problem+json")
    if "hx-request" not in request.headers:
        page = "no_token.html" if isinstance(error, NoTokenError) else "refused.html"
        return filled(page, status=status, line=line)
    answer = filled("_refused.html", status=status, line=line)
    answer.headers.update({"HX-Retarget": "#problem", "HX-Reswap": "innerHTML"})
    return answer
