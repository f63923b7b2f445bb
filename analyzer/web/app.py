"""The server as a whole: its pages behind the guard, and every error one line."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import create_task_group
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from analyzer.web.answers import refusal
from analyzer.web.guard import Guard
from analyzer.web.hands import make_ready
from analyzer.web.house import House
from analyzer.web.pages import review, style, take_away
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.web.settings import Settings

ROUTES = (*style.ROUTES, *review.ROUTES, *take_away.ROUTES)
"""Every page; a new one is a file with its ``ROUTES`` and a place here."""


def app_of(settings: Settings, token: str, port: int) -> Starlette:
    """
    Return the server's application.

    Parameters
    ----------
    settings : Settings
        What the server was started with.
    token : str
        The secret of this start.
    port : int
        Where it will listen.
    """
    house = House(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        """Have the processes ready before somebody needs them."""
        app.state.house = house
        async with create_task_group() as tasks:
            for _ in range(house.hands.count):
                tasks.start_soon(house.hands.do, make_ready)
            yield
            tasks.cancel_scope.cancel()

    return Starlette(
        routes=list(ROUTES),
        middleware=[Middleware(Guard, token=token, port=port)],
        exception_handlers={HTTPException: _of_starlette, Exception: _refused},
        lifespan=lifespan,
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Answer with one line; the server lives on."""
    return refusal(request, error)


async def _of_starlette(request: Request, error: Exception) -> Response:
    """Answer in our words where there is no such page, or it is asked for in another way."""
    assert isinstance(error, HTTPException)  # noqa: S101 - that is what it is called for
    words = {404: "there is no such page", 405: "this page is not asked for like this"}
    problem = words.get(error.status_code, str(error.detail))
    return refusal(request, RefusedError(error.status_code, problem))
