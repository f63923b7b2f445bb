"""The squad sheet as a coach opens it: quiet, readable by all, on a phone and on paper."""

import pytest

from analyzer.archive.squad import squad_sheet
from analyzer.report.language import LANGUAGES, speaking
from analyzer.report.squad.html import render_squad_html
from tests.browser.test_page import OUTSIDE, serious, sheets
from tests.builders.squads import BY_NEED, DAYS, troubled

pytestmark = pytest.mark.slow

NAMES = ("Anna Berg", "Aaron Kim-Weatherington", "Bartholomew Featherstonehaugh-Cholmondeley",
         "漢字", "Zoë", "w" * 60)  # fmt: skip
"""Short, long, in another script, and one word that nobody can break."""

CROSSING = """
[...document.querySelectorAll('.squad tbody td, .squad tbody th')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 60))
"""
"""Cells whose words stick out of them."""


def page_of(count, language="en"):
    """Make the page of so many athletes, of every kind."""
    names = [f"{NAMES[i % len(NAMES)]} {i}" for i in range(count)]
    kinds = [*BY_NEED.values(), troubled()]
    runs = [(name, kinds[i % len(kinds)]) for i, name in enumerate(names)]
    sheet = squad_sheet([run for run in runs if run[1] is not None], names, DAYS,
                        dict(zip(names, ("better", "worse"), strict=False)))  # fmt: skip
    with speaking(language):
        return render_squad_html(sheet)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1000, 390, 360])
@pytest.mark.parametrize("count", [0, 12, 30])
def test_a_sheet_is_quiet_and_fits_every_screen(opened, count, width, language):
    """No request, nothing on the console, nobody scrolls sideways, no word sticks out."""
    page, told = opened(page_of(count, language), width)
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CROSSING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("count", [0, 12])
def test_axe_finds_no_serious_fault(opened, count, width, scheme):
    """Contrast, names, roles and order."""
    page, _ = opened(page_of(count), width, color_scheme=scheme, bypass_csp=True)
    assert serious(page) == []


def test_a_sheet_takes_a_page_of_paper_for_every_seven_athletes(opened):
    """And no athlete is torn in two."""
    page, _ = opened(page_of(30))
    assert sheets(page, "A4") <= 5
    page.emulate_media(media="print")
    assert page.locator(".squad tr").first.evaluate("e => getComputedStyle(e).breakInside") == (
        "avoid"
    )
