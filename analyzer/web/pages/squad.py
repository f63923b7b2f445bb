"""The squad sheet of a week, or of any days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from analyzer.web.addresses import days_address
from analyzer.web.answers import filled
from analyzer.web.house import house_of
from analyzer.web.pages.days import days_of, is_kept, nothing_kept, weeks_beside

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def squad(request: Request) -> Response:
    """Show who needs the coach first."""
    from analyzer.web.work.squad import squad_shown  # with the store's library

    house = house_of(request)
    if not is_kept(house.settings):
        return nothing_kept("squad")
    shown = await house.hands.do(squad_shown, house.settings, days_of(request.query_params))
    if shown.is_empty:
        return nothing_kept("squad")
    before, after = weeks_beside("/squad", shown.first, shown.last)
    return filled(
        "squad.html",
        here="squad",
        path="/squad",
        shown=shown,
        lang=house.settings.lang,
        before=before,
        after=after,
        messages=days_address("/messages", shown.first, shown.last),
    )


ROUTES = (Route("/squad", squad),)
"""Of the squad."""
