"""Whoever is refused in the middle of an upload hears why: the rest is read, and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio import move_on_after
from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REST_S = 2.0
"""A program on this machine has sent a gigabyte by then; who has not is cut off."""


class ReadOut:
    """
    Reads what is left of a body before the answer begins.

    A server that answers and closes while somebody still sends resets the connection, and
    the answer is lost with it. Who asked first whether to send (``Expect``) is told at once.

    Parameters
    ----------
    app : ASGI application
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it answer, and see to what it did not read."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_over = False
        is_begun = "expect" not in Headers(scope=scope)

        async def noted() -> Message:
            """Note whether there is more to come."""
            nonlocal is_over, is_begun
            is_begun = True
            message = await receive()
            is_over = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        async def send_after(message: Message) -> None:
            """Read the rest before the answer begins."""
            if message["type"] == "http.response.start" and not is_over:
                if is_begun:
                    with move_on_after(REST_S):
                        while not is_over:
                            await noted()
                if not is_over:
                    MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self.app(scope, noted, send_after)
