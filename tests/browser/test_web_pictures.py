"""docs/web.md shows the page as it is: each picture can be drawn, and is there."""

import re

import pytest

from tests.docs.web_pictures import draw_web_pictures
from tests.places import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web pictures")]

MENTIONED = set(re.findall(r'src="(web-[a-z]+\.png)"', (ROOT / "docs" / "web.md").read_text()))


def test_every_picture_of_the_page_is_drawn_and_shown(browser, tmp_path):
    """Those of the document, no others; `make pictures` draws the same into docs/."""
    draw_web_pictures(browser, tmp_path)
    drawn = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert drawn.keys() == MENTIONED
    assert min(drawn.values()) > 10_000  # nothing is that small but an empty page
    assert {path.name for path in (ROOT / "docs").glob("web-*.png")} == MENTIONED
