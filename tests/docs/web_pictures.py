"""The pictures of docs/web.md, from a real server and a real browser."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.served import Visit
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.web_server import serving
from tests.builders.write_fit import write_fit
from tests.places import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

PROSE = "15 min easy\n10 min @ 4:00\n10 min @ 3:95\n10 min @ 3:40, 10 min @ 3:30"
"""A slip of the pen in the third line."""

WIDE = {"width": 1000, "height": 900}
PHONE = {"width": 360, "height": 760}

EDGE, HIGHEST = 16, 1100
"""Paper around a part of a page, and the most that is shown of it [px]."""


def draw_web_pictures(browser: Browser, folder: Path) -> None:
    """Draw every picture that docs/web.md shows into a folder."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        batch = [sys.executable, "-m", "analyzer", "batch", str(SAMPLES / "evening"), "-q"]
        subprocess.run(batch, cwd=here, check=True, timeout=300)
        with serving(here) as server:
            _plan(Visit(browser, server, viewport=WIDE), folder / "web-plan.png")
            _review(Visit(browser, server, viewport=WIDE), folder / "web-review.png")
            phone = Visit(browser, server, viewport=PHONE, color_scheme="dark")
            _readings(phone, here, folder / "web-readings.png")
            _squad(Visit(browser, server, viewport=WIDE), folder / "web-squad.png")


def _plan(visit: Visit, picture: Path) -> None:
    """Write a plan, right and then wrong."""
    page = visit.page
    visit.write_plan(PROSE.replace("3:95", "3:50"))
    page.wait_for_selector("#plan-drawn svg", state="attached")
    visit.write_plan(PROSE)
    page.wait_for_selector("#plan-problems button")
    page.screenshot(path=picture, full_page=True)
    visit.close()


def _review(visit: Visit, picture: Path) -> None:
    """Move the edges of a review."""
    page = visit.reviewed(SAMPLES / "greedy-then-blow-up.fit")
    page.focus(".plate.wide .handle >> nth=1")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".overruled")
    _part(page, ".made", picture)
    visit.close()


def _readings(visit: Visit, here: Path, picture: Path) -> None:
    """Show two readings, on a phone in the dark."""
    plan = (dataclasses.replace(EXAMPLE[0], seconds=720), *EXAMPLE[1:])
    run = here / "tuesday.fit"
    run.write_bytes(write_fit(simulate(plan, Behaviour(), Device(), 3)))
    _part(visit.reviewed(run), ".readings", picture)
    visit.close()


def _part(page: Page, part: str, picture: Path) -> None:
    """Take a part of a page with the paper around it."""
    box = page.locator(part).bounding_box()
    assert box is not None
    clip: FloatRect = {
        "x": box["x"] - EDGE,
        "y": box["y"] - EDGE,
        "width": box["width"] + 2 * EDGE,
        "height": min(box["height"], HIGHEST) + 2 * EDGE,
    }
    page.screenshot(path=picture, full_page=True, clip=clip)


def _squad(visit: Visit, picture: Path) -> None:
    """Show the squad sheet of the sample evening."""
    visit.page.goto(f"{visit.server.root}/squad")
    visit.page.wait_for_selector("main h1")
    visit.page.screenshot(path=picture, full_page=True)
    visit.close()
