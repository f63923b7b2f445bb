"""A browser on a server that really runs: a page that complains of nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

    from tests.builders.web_server import Server

WIDTHS = (1040, 360)
"""A desk and a phone."""

SCHEMES = ("light", "dark")


@contextmanager
def visiting(
    browser: Browser, server: Server, width: int = 1040, *, outside_csp: bool = False, **options
) -> Iterator[Page]:
    """
    Open the server's address in a browser of its own.

    Afterwards the page must have complained of nothing and asked nobody else.
    """
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, bypass_csp=outside_csp, **options)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc == urlsplit(server.root).netloc
            or request.url.startswith(("data:", "blob:"))
            else heard.append(f"request: {request.url}")
        ),
    )
    page.goto(server.address)
    try:
        yield page
        assert heard == []
    finally:
        context.close()


def sideways(page: Page) -> int:
    """Return how many pixels of a page stick out of the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
