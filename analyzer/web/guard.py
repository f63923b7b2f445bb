"""Who may ask: this machine's own browser, with the token of the address that was printed."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse

from analyzer.web.answers import refusal
from analyzer.web.refusals import NoTokenError, RefusedError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

READS = ("GET", "HEAD", "OPTIONS")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none, a form sent without a script has no origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""With every answer: nothing is loaded from elsewhere, and nothing here is shown elsewhere."""

NEEDS_TOKEN = "open the address that 'progcheck serve' printed: it ends with a token"  # noqa: S105


class Guard:
    """
    Lets through what comes from the page or holds the token, and puts `HEADERS` on every answer.

    That one is given, whatever goes wrong behind it, is its work too: errors pass no further.

    Three things are asked, the cheapest first. *Host*: another name that leads to this machine
    is another site's (DNS rebinding). *Origin*: what changes something comes from our own page,
    or from a program, which sends none. *Token*: in the first address, then in a cookie that no
    other site can send; programs send it as ``Authorization: Bearer``.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    token : str
        The secret of this start.
    port : int
        Where the server listens.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.cookie = f"progcheck_{port}"  # a browser shares cookies among the ports of a host
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or let through."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        is_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-store")
                if message["status"] == HTTPStatus.UNAUTHORIZED:
                    headers["WWW-Authenticate"] = "Bearer"
            await send(message)

        request = Request(scope)
        try:
            self._check_place(request)
            if self._is_first(request):
                await self._admit(request)(scope, receive, send_guarded)
                return
            self._check_token(request)
            await self.app(scope, receive, send_guarded)
        except Exception as error:
            if is_begun:
                raise
            await refusal(request, error)(scope, receive, send_guarded)

    def _check_place(self, request: Request) -> None:
        """Refuse what was meant for another host, or comes from another site."""
        host = request.headers.get("host", "")
        if host not in self.hosts:
            problem = "this server answers to 127.0.0.1 and localhost only"
            raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, problem)
        origin = request.headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            raise RefusedError(HTTPStatus.FORBIDDEN, "the request comes from another site")
        needs_origin = request.method not in READS and self.cookie in request.cookies
        if origin is None and needs_origin and not _bearer(request):
            raise RefusedError(HTTPStatus.FORBIDDEN, "the request does not say from which site")

    def _is_first(self, request: Request) -> bool:
        """Whether somebody opens the address that was printed."""
        given = request.query_params.get("token")
        if request.method != "GET" or given is None:
            return False
        return self._is_token(given.strip().rpartition("token=")[2])  # or the address was pasted

    def _admit(self, request: Request) -> RedirectResponse:
        """Keep the token as a cookie, and lead to the page without it in the address."""
        answer = RedirectResponse(f"/{request.url.path.lstrip('/')}", HTTPStatus.SEE_OTHER)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
        return answer

    def _check_token(self, request: Request) -> None:
        """Refuse who does not know the token."""
        given = _bearer(request) or request.cookies.get(self.cookie, "")
        if not self._is_token(given):
            is_program = request.url.path.startswith("/api/")
            status = HTTPStatus.UNAUTHORIZED if is_program else HTTPStatus.FORBIDDEN
            raise NoTokenError(status, NEEDS_TOKEN)

    def _is_token(self, given: str) -> bool:
        """Compare in a time that tells nothing."""
        return secrets.compare_digest(given.encode(), self.token.encode())


def _bearer(request: Request) -> str:
    """Return the token that a program sent; empty if it sent none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""
