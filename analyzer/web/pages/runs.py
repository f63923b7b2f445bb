"""The runs that are kept: a list to look through, an athlete's, and some of them side by side."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.routing import Route

from analyzer.web.addresses import with_query
from analyzer.web.answers import filled
from analyzer.web.house import house_of
from analyzer.web.pages.days import CONTENT, day_of, is_kept, nothing_kept
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.archive.store.listing import Wanted
    from analyzer.web.work.listing import ListShown

LEAST_COMPARED, MOST_COMPARED = 2, 60

NOBODYS = "-"
"""What an address has in place of an athlete for runs of nobody; the name of none."""

FIELDS = ("since", "until", "athlete", "plan", "word", "finding")


async def runs(request: Request) -> Response:
    """Show the list; to a page that has it already, the part that changes."""
    from analyzer.web.work.listing import runs_shown  # with the store's library

    house = house_of(request)
    if not is_kept(house.settings):
        return nothing_kept("runs")
    query = request.query_params
    start = _start(query)
    shown = await house.hands.do(runs_shown, house.settings, _wanted(query), start)
    if not shown.kept:
        return nothing_kept("runs")
    asked = {name: query.get(name, "").strip() for name in FIELDS}
    narrowed = {name: value for name, value in asked.items() if value}
    is_part = "hx-request" in request.headers
    answer = filled(
        "_list.html" if is_part else "runs.html",
        here="runs",
        shown=shown,
        asked=asked,
        chosen=query.getlist("run"),
        is_by_day=True,
        is_part=is_part,
        query=request.url.query,
        pages=_pages("/runs", narrowed, shown),
    )
    answer.headers["Vary"] = "HX-Request"
    if is_part:
        answer.headers["HX-Push-Url"] = with_query("/runs", **narrowed)
    return answer


async def athlete(request: Request) -> Response:
    """Show where an athlete's scores go, and their runs."""
    from analyzer.web.work.athlete import athlete_shown  # with the store's library

    house = house_of(request)
    if not is_kept(house.settings):
        return nothing_kept("squad")
    query = request.query_params
    name = query.get("name", "")
    shown = await house.hands.do(athlete_shown, house.settings, name, _start(query))
    listed = shown.listed
    return filled(
        "athlete.html",
        here="squad",
        athlete=shown,
        lang=house.settings.lang,
        shown=listed,
        chosen=(),
        is_by_day=False,
        is_part=False,
        pages=_pages("/athlete", {"name": shown.name}, listed),
    )


async def compare(request: Request) -> Response:
    """Show runs side by side."""
    from analyzer.web.work.athlete import side_by_side  # with the store's library

    house = house_of(request)
    if not is_kept(house.settings):
        return nothing_kept("runs")
    contents = list(dict.fromkeys(request.query_params.getlist("run")))
    if not all(CONTENT.fullmatch(content) for content in contents):
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such run")
    if not LEAST_COMPARED <= len(contents) <= MOST_COMPARED:
        problem = f"tick {LEAST_COMPARED} to {MOST_COMPARED} runs of one plan in the list of runs"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    article = await house.hands.do(side_by_side, house.settings, contents)
    lang = house.settings.lang
    return filled("compare.html", here="runs", article=article, lang=lang)


def _wanted(query: Mapping[str, str]) -> Wanted:
    """Return which runs an address asks for."""
    from analyzer.archive.store.listing import Wanted

    name = query.get("athlete", "")
    return Wanted(
        since=day_of(query, "since"),
        until=day_of(query, "until"),
        athlete=("" if name == NOBODYS else name) if name else None,
        plan=query.get("plan", "").strip() or None,
        word=query.get("word") or None,
        finding=query.get("finding") or None,
    )


def _start(query: Mapping[str, str]) -> int:
    """Return from which place in the list on."""
    text = query.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _pages(path: str, query: dict[str, str], shown: ListShown) -> dict[str, str]:
    """Return the addresses of the pages with later and with earlier runs; empty for none."""
    from analyzer.web.work.listing import AT_ONCE

    before, behind = max(0, shown.start - AT_ONCE), shown.start + len(shown.runs)
    later = with_query(path, **query, **({"from": str(before)} if before else {}))
    earlier = with_query(path, **query, **{"from": str(behind)})
    return {
        "later": later if shown.start else "",
        "earlier": earlier if behind < shown.total else "",
    }


ROUTES = (
    Route("/runs", runs),
    Route("/athlete", athlete),
    Route("/compare", compare),
)
"""Of runs that are kept."""
