"""The runs a coach argues about: the order of our scores, and that the page shows what they are."""

import pytest

from tests.cases.formulas import Run, coros_rule, efforts, fitops, laps_hit, training_peaks
from tests.cases.table import CASES, DOC, renewed, review_of

pytestmark = pytest.mark.slow

WORST_FIRST = (
    ("a gear early twice, then collapse", "block 2 a gear early"),
    ("one block ahead, then blow-up", "forced early, then stuck"),
    ("block 2 a gear early", "block 2 as much too slow"),
    ("block 2 a gear early", "last block too fast"),
    ("last block too fast", "perfect"),
    ("60 s stop in block 3", "60 s walked in block 3"),
    ("60 s walked in block 3", "60 s jogged in block 3"),
    ("60 s jogged in block 3", "perfect"),
    ("easy block too fast", "perfect"),
    ("waves of 5 %, 40 s long", "perfect"),
    ("no progression", "slow but steady"),
    ("backwards", "forced early, then stuck"),
)


@pytest.fixture(scope="module")
def reviews():
    """Review every case."""
    return {name: review_of(name) for name in CASES}


def test_the_page_shows_what_the_cases_get():
    """A change that moves a number shows here; `python -m tests.cases.table` renews it."""
    text = DOC.read_text(encoding="utf-8")
    assert text == renewed(text)


@pytest.mark.parametrize(("worse", "better"), WORST_FIRST)
def test_the_worse_run_scores_less(reviews, worse, better):
    """As a coach would order them."""
    assert reviews[worse].score.overall < reviews[better].score.overall


@pytest.mark.parametrize(
    "name",
    ["perfect", "perfect, 4 % noise in every second", "perfect, a phone's GPX",
     "perfect, on a treadmill", "even effort over hills"],
)  # fmt: skip
def test_a_perfect_run_loses_at_most_three_points_and_has_no_finding(reviews, name):
    """Whatever recorded it: the noise is the watch's."""
    assert reviews[name].score.overall >= 97
    assert not [f for f in reviews[name].flags if f.certainty == "clear"]


def test_a_flat_run_is_never_held(reviews):
    """Nor mostly held."""
    assert reviews["no progression"].score.word in ("loose", "not the planned session")


def _blocks(*paces):
    """Blocks of 600 s at even paces, planned at 240 to 210."""
    import numpy as np

    return [
        Run(planned, np.full(600, 1000 / pace))
        for planned, pace in zip((240, 230, 220, 210), paces, strict=True)
    ]


@pytest.mark.parametrize(
    ("paces", "hit", "by_range", "by_percent", "in_time"),
    [
        ((240, 230, 220, 210), 100, 100, 100, 100),
        ((230, 222, 222, 222), 62.5, 21, 100, 62.5),
        ((225, 225, 225, 225), 37.5, 30, 100, 50),
        ((230, 220, 210, 228), 37.5, 0, 94, 50),
        ((225, 225, 228, 232), 37.5, 15, 92.5, 50),
    ],
)
def test_the_formulas_of_others_give_the_figures_we_measured(
    paces, hit, by_range, by_percent, in_time
):
    """
    As their own code gave them when it was run.

    By hand, for (225 x 4) and a range of 5 s/km: only 220 and 230 are within it, at its edge:
    0.6 x 50 % = 30.
    """
    blocks = _blocks(*paces)
    assert laps_hit(blocks) == pytest.approx(hit)
    assert fitops(blocks) == pytest.approx(by_range, abs=1)
    assert efforts(blocks) == pytest.approx(by_percent, abs=0.6)
    assert coros_rule(blocks) == pytest.approx(in_time)


def test_a_colour_by_duration_sees_no_pace():
    """Within 20 % is green."""
    assert training_peaks(3000.0, 3300.0) == "green"
    assert training_peaks(1700.0, 3300.0) == "yellow"
    assert training_peaks(1000.0, 3300.0) == "orange"
