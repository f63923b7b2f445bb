"""A headless Chromium, where there is one; CI installs it."""

import shutil
from pathlib import Path

import pytest

from tests.browser.served import PATIENCE_MS

sync_api = pytest.importorskip("playwright.sync_api")

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def chromium():
    """Path of a Chromium on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser():
    """One browser for all pages."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=OPTIONS)
        yield started
        started.close()


class Tab:
    """A tab that shows one page after the other: a new one for each costs most of a test."""

    def __init__(self, context):
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.heard: list[str] = []
        self.page.on("console", lambda message: self.heard.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        self.page.on("request", lambda request: self.heard.append(f"request: {request.url}"))

    def show(self, address: str) -> list[str]:
        """Load a page; return what it asked for and complained of."""
        self.page.emulate_media(media="null")
        self.page.mouse.move(0, 0)
        self.heard.clear()
        self.page.goto(address)
        return [text for text in self.heard if text != f"request: {address}"]


@pytest.fixture(scope="session")
def tabs(browser):
    """Tabs by the options they were opened with."""
    made: dict[tuple[tuple[str, object], ...], Tab] = {}
    yield made
    for tab in made.values():
        tab.page.context.close()


@pytest.fixture
def opened(browser, tabs, tmp_path: Path):
    """Open a page written to a file; gives the tab and what it asked for and complained of."""

    def open_page(content: str, width: int = 1000, **options):
        path = tmp_path / "review.html"
        path.write_text(content, encoding="utf-8")
        key = (("width", width), *sorted(options.items()))
        if key not in tabs:
            size = {"width": width, "height": 900}
            tabs[key] = Tab(browser.new_context(viewport=size, **options))
        return tabs[key].page, tabs[key].show(path.as_uri())

    return open_page
