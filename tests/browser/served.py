"""A browser at a real server: what the tests of its pages have in common."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.builders.web_server import Server

PLAN = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"
"""The plan every page comes back to, as a coach writes it."""

PATIENCE_MS = 120_000
"""How long to wait for anything: only what never comes takes it, however busy the machine."""

DROP = """
([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(
      new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}
"""


class Visit:
    """
    A visit to a server: a page, and what it asked for and complained of.

    Parameters
    ----------
    browser : Browser
        Started.
    server : Server
        Running.
    **options
        Of the browser's context: ``viewport``, ``color_scheme``, ``has_touch``.
    """

    def __init__(self, browser: Browser, server: Server, **options: object) -> None:
        options.setdefault("viewport", {"width": 1040, "height": 900})
        self.server = server
        self.context = browser.new_context(accept_downloads=True, **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.heard: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.heard.append(message.text))
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(server.address)
        self.page.bring_to_front()  # Enter opens a file in the tab in front only

    def drop(self, path: Path, name: str = "") -> None:
        """Drop a file on the page."""
        content = base64.b64encode(path.read_bytes()).decode()
        self.page.evaluate(DROP, [name or path.name, content])

    def write_plan(self, text: str = PLAN) -> None:
        """Write a plan."""
        if self.page.locator("body.folded").count():
            self.page.click("#change")
        self.page.check("input[name=plan][value=text]")
        self.page.fill("#plan-text", text)

    def reviewed(self, path: Path, plan: str = PLAN) -> Page:
        """Have a run reviewed."""
        self.write_plan(plan)
        self.drop(path)
        self.page.wait_for_selector(".made")
        return self.page

    def leaves(self) -> list[str]:
        """Return what was asked of anybody but the server."""
        return [url for url in self.asked if not url.startswith((self.server.root, "blob:"))]

    def close(self) -> None:
        """End the visit."""
        self.context.close()
