"""The drawing of a run: labels where there is room, those that matter first."""

import re
from itertools import pairwise

from analyzer.report.drawing import draw_run
from analyzer.report.html import render_html
from analyzer.report.labels import LabelRow, Labels, apart, ends_first
from tests.builders.reviews import review_with

MANY = tuple((420.0, 330.0 - 4 * i) for i in range(22))
SLOW = (7, 13, 19, 20, 21)
"""Places of the blocks that were off."""


def many_blocks():
    """22 blocks, five of them too slow."""
    paces = tuple(p + (20.0 if i in SLOW else 0.0) for i, (_, p) in enumerate(MANY))
    return review_with(paces, steps=MANY)


def words_of(drawing, kind):
    """Place and words of the labels of a class."""
    found = re.findall(
        rf'<text class="{kind}[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)<', drawing
    )
    return [(float(x), float(y), words) for x, y, words in found]


def drawings_of(review):
    """Return the wide drawing and that of the phone."""
    return draw_run(review, "km", "A finding.").split("</svg>\n")


def test_labels_that_would_touch_give_way_to_those_wanted_more():
    """In the order of the list."""
    assert apart([10.0, 50.0, 12.0, 30.0], 15.0) == [0, 1, 3]


def test_the_fastest_and_the_slowest_pace_of_a_plan_are_labelled_first():
    """The others as far as there is room."""
    assert ends_first([3.0, 5.0, 4.0, 4.5, 3.0]) == [5.0, 3.0, 4.5, 4.0]
    assert ends_first([3.0]) == [3.0]
    assert ends_first([]) == []


def test_twenty_blocks_on_a_phone_are_numbered_those_that_were_off_first():
    """And no number touches the next."""
    phone = drawings_of(many_blocks())[1]
    numbers = words_of(phone, "hn")
    places = [x for x, _, _ in numbers]
    assert {"8", "14"} <= {words for _, _, words in numbers}
    assert len(numbers) >= 10
    assert min(b - a for a, b in pairwise(places)) >= 13


def test_the_paces_of_narrow_blocks_do_not_cover_one_another():
    """One of two neighbours at one height is left out; the table has both."""
    labels = words_of(drawings_of(many_blocks())[0], "val")
    assert len(labels) >= 5
    for i, (x, y, words) in enumerate(labels):
        for u, v, other in labels[:i]:
            assert abs(x - u) >= 34 or abs(y - v) >= 15, (words, other)


def test_a_block_without_a_pace_is_called_not_scored_once():
    """Its heading says it, so the line below does not."""
    review = review_with((300.0, 350.0), steps=((900.0, 300.0), (600.0, None)))
    assert drawings_of(review)[0].count("not scored") == 1


def test_wander_that_does_not_show_is_a_dash():
    """Nought would say that the pace was perfectly even; it drowned in the watch's noise."""
    review = review_with(changes={2: {"steadiness_pct": 0.04}, 3: {"steadiness_pct": 0.0}})
    cells = re.findall(
        r'<td role="cell" class="n sw">.*?</span>([^<]*)</td>', render_html([review])
    )
    assert [cell.replace("\u00a0", " ") for cell in cells] == ["1.8 %", "–", "–", "1.8 %", "1.8 %"]


def test_an_option_keeps_its_dashes():
    """No line of a page ends in the middle of --start."""
    assert '<span class="nb">--start</span>' in render_html([review_with()])


def test_a_pace_keeps_its_unit():
    """Firefox ends a line after the slash of s/km otherwise."""
    review = review_with(changes={2: {"deviation_s_per_km": -14.0, "verdict": "too_fast"}})
    page = render_html([review])
    assert '14\u00a0<span class="nb">s/km</span> too fast</td>' in page


def test_a_label_gives_way_where_another_one_stands():
    """Nearer than its width and its height; one further up or to the side may stand."""
    labels = Labels()
    assert labels.take(100, 50, width=30, height=12)
    assert not labels.take(120, 55, width=30, height=12)
    assert labels.take(120, 62, width=30, height=12)
    assert labels.take(130, 50, width=30, height=12)


def test_labels_on_one_line_never_overlap():
    """The first one wins."""
    row = LabelRow()
    assert [row.take(*ends) for ends in ((0, 20), (15, 35), (20, 40))] == [True, False, True]
