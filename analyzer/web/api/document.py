"""``/api/v1`` and ``/api/v1/openapi.json``: what there is, and how it is asked for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from analyzer.report.json_result import SCHEMA_VERSION, schema_text
from analyzer.version import __version__
from analyzer.web.answers import as_json
from analyzer.web.api.query import query_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@cache
def document() -> dict[str, Any]:
    """
    Return the OpenAPI document.

    The schema of a review is the one that ``progcheck schema`` prints, and the version is
    that schema's, with progcheck's behind it.
    """
    text = (files("analyzer.web.api") / "openapi.json").read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    made["info"]["version"] = f"{SCHEMA_VERSION}+progcheck.{__version__}"
    made["components"]["schemas"]["Review"] = json.loads(schema_text())
    return made


async def openapi(request: Request) -> Response:
    """Answer with the document."""
    query_of(request)
    return as_json(document())


async def resources(request: Request) -> Response:
    """List what there is, a line each."""
    query_of(request)
    made = document()
    listed = [
        {"path": path, "method": method.upper(), "summary": operation["summary"]}
        for path, operations in made["paths"].items()
        for method, operation in operations.items()
        if method != "parameters"
    ]
    answer = {"version": made["info"]["version"], "resources": listed}
    return as_json(answer | {"document": "/api/v1/openapi.json"})


ROUTES = (Route("/api/v1", resources), Route("/api/v1/openapi.json", openapi))
"""Of the API itself."""
