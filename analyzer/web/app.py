"""The server as a whole: its pages behind the guard, and every error one line."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import create_task_group
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from analyzer.errors import NoStoreError, ProgcheckError
from analyzer.web.answers import refusal
from analyzer.web.api import routes as api
from analyzer.web.batches import Batches
from analyzer.web.fonts import fonts_aside
from analyzer.web.guard import READS, Guard
from analyzer.web.house import House
from analyzer.web.pages import (
    keep,
    kept_run,
    messages,
    plan,
    review,
    runs,
    squad,
    style,
    take_away,
    upload,
)
from analyzer.web.pages.days import nothing_kept
from analyzer.web.read_out import ReadOut
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.web.settings import Settings

ROUTES = (
    *style.ROUTES,
    *review.ROUTES,
    *plan.ROUTES,
    *keep.ROUTES,
    *take_away.ROUTES,
    *squad.ROUTES,
    *runs.ROUTES,
    *kept_run.ROUTES,
    *messages.ROUTES,
    *upload.ROUTES,
    *api.ROUTES,
)
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
    house = House(settings, Batches(settings))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        """Have the processes ready before somebody needs them."""
        app.state.house = house
        with fonts_aside():
            async with create_task_group() as tasks:
                for _ in range(house.hands.count):
                    tasks.start_soon(house.hands.warm_up)
                yield
                tasks.cancel_scope.cancel()
        house.batches.close()

    return Starlette(
        routes=list(ROUTES),
        middleware=[Middleware(ReadOut), Middleware(Guard, token=token, port=port)],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Answer with one line; the server lives on."""
    return refusal(request, error)


async def _nothing_kept(request: Request, error: Exception) -> Response:
    """Say what to do to whoever looks at a store that is not there, as on a server nobody used."""
    path = request.url.path
    if request.method not in READS or path.startswith("/api/"):
        return refusal(request, error)
    return nothing_kept("runs" if path.startswith(("/runs", "/compare")) else "squad")


async def _of_starlette(request: Request, error: Exception) -> Response:
    """Answer in our words where there is no such page, or it is asked for in another way."""
    assert isinstance(error, HTTPException)  # noqa: S101 - that is what it is called for
    words = {404: "there is no such page", 405: "this page is not asked for like this"}
    problem = words.get(error.status_code, str(error.detail))
    answer = refusal(request, RefusedError(error.status_code, problem))
    answer.headers.update(error.headers or {})
    return answer


HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    HTTPException: _of_starlette,
    NoStoreError: _nothing_kept,
    ProgcheckError: _refused,
    OSError: _refused,
    Exception: _refused,
}
"""What is not foreseen is answered outside of all else, and the connection is closed after it."""
