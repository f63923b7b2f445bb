"""A plan that is being typed, letter by letter: understood, or wrong at a place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plans.tolerance import block_tolerances
from analyzer.report.plan_drawing import draw_plan
from analyzer.report.plan_json import places_of
from analyzer.review.typed_plan import read_typed
from tests.builders.coach_texts import ASKED, DOUBTED, READ

pytestmark = pytest.mark.slow

YAML = "version: 1\nname: Tuesday\nunits: km\nblocks:\n  - 15min easy\n  - repeat: 3\n    blocks:\n"
YAML += "      - 10min @ 4:00-3:50\n      - {open: true, name: 'jog'}\n"
INTERVALS = "Warmup\n- 15m\n\nMain set 3x\n- 10m 4:00/km Pace\n- 90s rest\n\nCooldown\n- 10m\n"
TEXTS = [text for text, *_ in (*READ, *DOUBTED, *ASKED)]
TEXTS += [YAML, INTERVALS, f"\n\n  {TEXTS[0]}\n"]


def check(text):
    """Hold what was read to what the page needs of it."""
    typed = read_typed(text)
    rows = text.splitlines()
    assert typed.is_empty == (not text.strip("\ufeff \t\n\r\v\f"))
    assert typed.plan is None or not typed.problems
    for problem in typed.problems:
        assert problem.message
        assert problem.line is not None, problem
        assert 1 <= problem.line <= len(rows), problem
        assert problem.column is not None
        assert 1 <= problem.column <= len(rows[problem.line - 1]) + 1, problem
        assert problem.source_line == rows[problem.line - 1]
    for place in places_of(typed.problems, text):
        assert place is not None
        assert 0 <= place.start <= place.end <= len(text)
    if typed.plan is not None:
        drawing = draw_plan(typed.plan, block_tolerances(typed.plan))
        assert drawing.count("<svg") == 2
        assert "nan" not in drawing
        assert "inf" not in drawing.partition("<desc")[0]


@pytest.mark.parametrize("text", TEXTS)
def test_every_beginning_of_a_text_is_understood_or_wrong_somewhere_in_it(text):
    """However far the coach has come."""
    for end in range(len(text) + 1):
        check(text[:end])


@given(
    text=st.sampled_from(TEXTS),
    at=st.integers(0, 200),
    gone=st.integers(0, 6),
    put=st.text("0123456789:x@/,.-+()' \n\tminkeas\ufeff–", max_size=6),
)
def test_a_text_that_is_mended_in_the_middle_is_understood_or_wrong_somewhere_in_it(
    text, at, gone, put
):
    """Letters taken out, others put in."""
    at = min(at, len(text))
    check(text[:at] + put + text[at + gone :])
