"""Keeping a run that was reviewed: only here does anything of it reach the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from analyzer.model.remarks import MAX_NAME
from analyzer.web.addresses import run_address
from analyzer.web.answers import filled
from analyzer.web.house import house_of
from analyzer.web.pages.asked import read_form, short

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def keep(request: Request) -> Response:
    """Put a review of the desk into the store."""
    from analyzer.web.work.keeping import keep_in_store  # with the store's library

    house = house_of(request)
    form = await read_form(request, house)
    on_desk = house.desk.reviews.get(request.path_params["name"])
    run = house.desk.runs.get(on_desk.run)
    athlete = short(form, "whose", MAX_NAME).strip() or None
    given = (run.content, run.name, on_desk.made.asked, athlete, house.settings)
    line, content = await house.hands.do(keep_in_store, *given)
    return filled("_kept.html", line=line, address=run_address(content) if content else "/runs")


ROUTES = (Route("/reviews/{name}/keep", keep, methods=["POST"]),)
