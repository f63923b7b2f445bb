"""The page of trends in a real browser: quiet, within a phone, without faults of accessibility."""

from __future__ import annotations

import functools

import pytest

from analyzer.archive.trends import squad_trends
from analyzer.report.language import speaking
from analyzer.report.trends.html import render_trends_html
from tests.accuracy.athletes import Athlete, drawn_rows
from tests.browser.test_page import OUTSIDE, OVERLAPPING, axe, serious, sheets

ROWS = {
    "Anna": drawn_rows(Athlete(change=45.0, weeks=14), 3),
    "Ben": drawn_rows(Athlete(weeks=3), 4),
    "Cleo": drawn_rows(Athlete(sessions=3, missing=0.3), 7),
    "Dimitri Longname-Papadopoulos": drawn_rows(Athlete(change=-30.0, weeks=60), 6),
}


@functools.cache
def page_of(*names, language="en"):
    """Render the page of some athletes."""
    with speaking(language):
        return render_trends_html(squad_trends({name: ROWS[name] for name in names}))


PAGES = [("Anna",), ("Ben",), ("Cleo",), tuple(ROWS)]


@pytest.mark.parametrize("names", PAGES)
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [1000, 360])
def test_a_page_is_quiet_and_fits(opened, names, language, width):
    """No request, nothing on the console, nobody scrolls sideways, no word lies on another."""
    page, told = opened(page_of(*names, language=language), width)
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVERLAPPING) == []


def test_paper_has_a_sheet_for_the_squad_and_one_for_each_who_can_be_told_of(opened):
    """Ben, of whom nothing can be told, has none of his own."""
    page, _ = opened(page_of(*ROWS))
    assert [sheets(page, paper) for paper in ("A4", "Letter")] == [4, 4]
    page, _ = opened(page_of("Anna"))
    assert [sheets(page, paper) for paper in ("A4", "Letter")] == [1, 1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 360])
def test_axe_finds_no_serious_fault(opened, scheme, width):
    """Contrast, names, roles and order, on paper and in the dark, wide and on a phone."""
    assert axe is not None
    page, _ = opened(page_of(*ROWS), width, color_scheme=scheme, bypass_csp=True)
    assert serious(page) == []


def test_the_longest_names_do_not_widen_a_phone(opened):
    """A name without a space breaks."""
    squad = squad_trends({"x" * 400: ROWS["Anna"], "y" * 400: ROWS["Ben"]})
    page, _ = opened(render_trends_html(squad), 360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
