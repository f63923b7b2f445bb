"""The messages of some days: to be approved, and taken along as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from analyzer.archive.said import MAX_MESSAGE
from analyzer.web.addresses import days_address
from analyzer.web.answers import as_file, filled
from analyzer.web.house import house_of
from analyzer.web.pages.days import days_of, is_kept, nothing_kept, weeks_beside
from analyzer.web.pages.moments import moment_text

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.web.work.messages import Which


async def messages(request: Request) -> Response:
    """Show the messages of some days."""
    from analyzer.web.work.messages import messages_shown  # with the store's library

    house = house_of(request)
    if not is_kept(house.settings):
        return nothing_kept("squad")
    shown = await house.hands.do(messages_shown, house.settings, days_of(request.query_params))
    before, after = weeks_beside("/messages", shown.first, shown.last)
    days = days_address("", shown.first, shown.last)
    return filled(
        "messages.html",
        here="squad",
        path="/messages",
        shown=shown,
        before=before,
        after=after,
        squad=f"/squad{days}",
        days=days,
        mine=None,
        moment=moment_text,
        most_message=MAX_MESSAGE,
    )


async def archive(request: Request) -> Response:
    """Answer with the messages as files."""
    from analyzer.web.work.messages import messages_zip

    house = house_of(request)
    if not is_kept(house.settings):
        return nothing_kept("squad")
    query = request.query_params
    which: Which = "all" if query.get("which") == "all" else "approved"
    name, made = await house.hands.do(messages_zip, house.settings, days_of(query), which)
    return as_file(made, f"{name}.zip", "application/zip")


ROUTES = (Route("/messages", messages), Route("/messages.zip", archive))
"""Of messages."""
