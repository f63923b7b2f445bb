"""The terms of a score add up to it, whatever the run."""

import json

import pytest

from analyzer.report.explained import adding_up, explanation_lines
from analyzer.report.json_result import dumps
from analyzer.units import round_half_up
from tests.accuracy.scoring import BEHAVIOURS, PLANS, review_of
from tests.builders.exact import review_of as review_by_hand
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour

RUNS = [(EXAMPLE, behaviour) for behaviour in BEHAVIOURS.values()]
RUNS += [(plan, Behaviour()) for plan in PLANS.values()]
RUNS += [
    (EXAMPLE, Behaviour(cut_s=200.0)),
    (EXAMPLE, Behaviour(paces=dict.fromkeys(range(1, 6), 420.0))),
]


@pytest.fixture(scope="module", params=range(len(RUNS)))
def review(request):
    """Review one runner."""
    plan, behaviour = RUNS[request.param]
    return review_of(plan, behaviour, 900 + request.param)


@pytest.mark.slow
def test_what_was_lost_is_what_the_score_is_short_of(review):
    """100 less all that was lost is the score."""
    told, score = review.score.explanation, review.score
    if score.overall is None:
        assert told is None
        return
    assert 100 - told.lost == pytest.approx(score.overall, abs=1e-9)
    worth = 100 * sum(b.weight for b in told.blocks) + sum(s.worth for s in told.steps)
    assert worth == pytest.approx(100 * score.completion)


def test_the_printed_column_adds_up_to_the_printed_sum(review):
    """To the tenth, as anyone with a pencil finds."""
    if review.score.overall is None:
        return
    lines = [line.plain for line in explanation_lines(review)]
    end = next(i for i, line in enumerate(lines) if line.startswith("Lost in total"))
    lost = [float(line.split()[-1]) for line in lines[:end] if line and _is_row(line)]
    assert sum(lost) == pytest.approx(float(lines[end].split()[-1]), abs=1e-9)
    exact = float(lines[end].split()[-1])
    assert f"100 less {exact:.1f} is {100 - exact:.1f}" in "\n".join(lines)


def test_a_score_that_rounds_twice_says_what_it_was_before(review):
    """87.46 is 87.5 to the tenth and 87 to the whole; the line must not contradict itself."""
    if review.score.overall is None:
        return
    (told,) = [
        line.plain for line in explanation_lines(review) if line.plain.startswith("100 less")
    ]
    shown = int(told.rstrip(".").split()[-1])
    exact = float(told.split(" is ")[1].split(",")[0].split(" ")[0])
    assert shown == round_half_up(review.score.overall)
    assert shown == round_half_up(exact) or "before rounding" in told


def _is_row(line: str) -> bool:
    """Whether a line ends in points."""
    return line[0].isdigit() or line.startswith(
        ("Not run", "Stops", "Changes made", "Too little", "A score is")
    )


def test_the_json_has_the_terms_and_they_add_up(review):
    """But for rounding to three decimals."""
    score = json.loads(dumps(review))["score"]
    if score["overall"] is None:
        assert score["terms"] is None
        return
    terms = score["terms"]
    lost = sum(t["lost"] for t in (*terms["blocks"], *terms["steps"]))
    lost += sum(terms[f"lost_{key}"] for key in ("completion", "stops", "early", "flat", "beyond"))
    assert 100 - lost == pytest.approx(terms["exact"], abs=0.01)


def test_no_line_of_it_is_wider_than_a_terminal():
    """At 80 columns and at 60."""
    review = review_by_hand([(900, 300), (600, 230), (600, 220), (400, 222), (800, 285)])
    for width in (60, 80, 100):
        tables = [line.plain for line in explanation_lines(review, width)]
        assert all(len(line) <= width for line in tables if not line.endswith("."))


@pytest.mark.parametrize(
    ("values", "rounded"),
    [
        ((0.04, 0.04, 0.04), [0.1, 0.0, 0.0]),  # 0.12 is 0.1
        ((1.25, 1.25), [1.3, 1.2]),  # 2.5
        ((0.0, 0.0), [0.0, 0.0]),
        ((3.0, -0.5), [3.0, -0.5]),
    ],
)
def test_rounded_values_add_up_to_the_rounded_sum(values, rounded):
    """Those that lost most get the tenth that is missing."""
    assert adding_up(values) == pytest.approx(rounded)
