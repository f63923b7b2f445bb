"""The page on paper: by weasyprint where it is installed, else by a Chromium of the machine."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import MissingExtraError, OutputError
from analyzer.report.page_style import FIGURE, PRINTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.comparison import SideBySide
    from analyzer.model.review import Review
    from analyzer.model.trends import SquadTrends
    from analyzer.units import Unit

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge", "brave-browser",
)  # fmt: skip
"""Names of the Chromium command, as systems have them."""

ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where it is off the path."""

EXTRA = "pdf"
"""The extra that brings weasyprint."""

PATIENCE_S = 60
"""A browser that takes longer hangs."""

QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-pdf-header-footer",
)  # fmt: skip
"""It prints one file and asks for nothing."""

FIXED_DATE = b"D:20000101000000+00'00'"
"""In place of the moment of printing: the same review gives the same bytes."""


def pdf_of_reviews(reviews: Sequence[Review], units: Unit | None = None) -> bytes:
    """Print the page of one or several reviews."""
    from analyzer.report.html import render_html

    return render_pdf(render_html(reviews, units))


def pdf_of_comparison(side: SideBySide, units: Unit | None = None) -> bytes:
    """Print the page of runs side by side."""
    from analyzer.report.compare.html import DRAWN, render_comparison_html

    return render_pdf(render_comparison_html(side, units), drawn=DRAWN)


def pdf_of_trends(squad: SquadTrends, units: Unit | None = None) -> bytes:
    """Print the page of athletes' trends."""
    from analyzer.report.trends.html import DRAWN, render_trends_html

    return render_pdf(render_trends_html(squad, units), drawn=DRAWN)


def render_pdf(page: str, name: str = "report.pdf", drawn: str = "") -> bytes:
    """
    Print a page.

    Parameters
    ----------
    page : str
        A self-contained HTML page.
    name : str
        Of the file, for errors.
    drawn : str
        Style of the drawings beside that of every page.

    Returns
    -------
    bytes
        A PDF; the same for the same page and the same printer.

    Raises
    ------
    MissingExtraError
        If there is neither weasyprint nor a Chromium.
    OutputError
        If the printer fails.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: it is there, and Pango is not
        browser = find_browser()
        if browser is None:
            needed_for = "a PDF, where there is no Chromium,"
            raise MissingExtraError(EXTRA, needed_for) from None
        return undated(_by_browser(browser, page, name))
    for chatty in ("weasyprint", "fontTools"):  # what they skip of a style is no news to a runner
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    return undated(bytes(HTML(string=_with_drawn_styles(page, drawn)).write_pdf()))


def _with_drawn_styles(page: str, drawn: str = "") -> str:
    """Put the style of the drawings inside them: weasyprint lends them none of the page's."""
    colours = dict(pair.split(":") for pair in PRINTED.split(";"))
    unstroked = ".fig .val,.fig text.hn{stroke:none}"  # no paint-order there
    style = re.sub(r"var\((--\w+)\)", lambda match: colours[match[1]], FIGURE + unstroked + drawn)
    return re.sub(
        r'(<svg class="(?:fig wide|track|small|range)"[^>]*>)',
        lambda m: f"{m[1]}<style>{style}</style>",
        page,
    )


def find_browser() -> str | None:
    """Return a Chromium of this machine, None if there is none."""
    on_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return on_path or next((path for path in ELSEWHERE if Path(path).is_file()), None)


def undated(content: bytes) -> bytes:
    """Put a fixed date in place of the moment of printing, of the same length."""

    def fixed(match: re.Match[bytes]) -> bytes:
        stamp = match[2]
        return match[1] + FIXED_DATE[: len(stamp)].ljust(len(stamp), b"0")

    return re.sub(rb"(/(?:Creation|Mod)Date ?\()(D:[^)]*)", fixed, content)


def _by_browser(browser: str, page: str, name: str) -> bytes:
    """Let a browser print; it sees a folder of its own and nothing else of the user's."""
    with tempfile.TemporaryDirectory(prefix="progcheck-") as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        root = hasattr(os, "geteuid") and os.geteuid() == 0 and sys.platform != "win32"
        command = [
            browser, *QUIET, *(["--no-sandbox"] if root else []),
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603 - a browser looked up by name, files of ours
                command, capture_output=True, timeout=PATIENCE_S, check=True
            )
            return target.read_bytes()
        except subprocess.TimeoutExpired:
            problem = f"{Path(browser).name} did not print it within {PATIENCE_S} s"
        except (OSError, subprocess.CalledProcessError) as error:
            reason = getattr(error, "strerror", None) or "it failed"
            problem = f"{Path(browser).name} could not print it ({reason})"
    raise OutputError(name, f"{problem}; write .html and print that")
