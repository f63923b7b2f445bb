"""How all of it looks: the style of the reports, and the page's own; no other may be used."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from analyzer.report.compare.html import STYLE as COMPARE
from analyzer.report.page_style import PLAN_STYLE as PLAN
from analyzer.report.page_style import STYLE as REPORT
from analyzer.report.squad.html import STYLE as SQUAD
from analyzer.report.trends.html import STYLE as TRENDS

if TYPE_CHECKING:
    from starlette.requests import Request

KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}


async def report_style(request: Request) -> Response:
    """Answer with the style of every report."""
    sheet = "\n".join((REPORT, PLAN, SQUAD, TRENDS, COMPARE))
    return _kept(request, sheet.encode(), KINDS[".css"])


async def static(request: Request) -> Response:
    """Answer with one of our own files; a name that is none of them is not looked for."""
    name = request.path_params["name"]
    known = {
        f"{folder}{each.name}": each
        for folder, place in (("", STATIC), ("vendor/", STATIC / "vendor"))
        for each in place.iterdir()
        if each.is_file()
    }
    file = known.get(name)
    if file is None:
        return Response("not found\n", 404, media_type="text/plain")
    kind = KINDS.get(name[name.rfind(".") :], "application/octet-stream")
    return _kept(request, file.read_bytes(), kind)


def _kept(request: Request, content: bytes, kind: str) -> Response:
    """Answer with what a browser may keep as long as it has not changed."""
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


STATIC = files("analyzer.web") / "static"

ROUTES = (Route("/static/report.css", report_style), Route("/static/{name:path}", static))
