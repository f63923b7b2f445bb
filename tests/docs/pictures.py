"""``make pictures`` draws the page for the documents: wide and light, and dark on a phone."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from analyzer import review_file
from analyzer.report.html import render_html
from tests.docs.web_pictures import draw_web_pictures
from tests.places import PLAN, ROOT, SAMPLES

PICTURES = {"page.png": (1000, "light", 1.0), "phone.png": (360, "dark", 1.0)}
"""Name: width, scheme, pixels a point."""


def main() -> None:
    """Draw the pictures; they differ by the letters of the machine, so no test compares them."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    content = render_html([review_file(SAMPLES / "greedy-then-blow-up.fit", PLAN)])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page_file = Path(folder) / "review.html"
        page_file.write_text(content, encoding="utf-8")
        started = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, (width, scheme, scale) in PICTURES.items():
            context = started.new_context(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=scale,
            )
            page = context.new_page()
            page.goto(page_file.as_uri())
            page.screenshot(path=ROOT / "docs" / name, full_page=True)
        draw_web_pictures(started, ROOT / "docs")
        started.close()


if __name__ == "__main__":
    main()
