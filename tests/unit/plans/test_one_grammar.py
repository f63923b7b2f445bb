"""The exact form means the same to the reader of coaches' texts, wherever that reads it too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from analyzer.plans.coach.read import read_coach
from analyzer.plans.document import Problems, Word
from analyzer.plans.paces import PaceContext
from analyzer.plans.step_text import read_items
from tests.builders.drawn_plans import LENGTHS, PACES

EFFORTS = ["", " easy", " rest", " jog", " cool-down", " walk"]
ONE_PACE = PACES.map(lambda p: " @ " + p.strip("'"))
COUNTS = st.sampled_from(["", "3x", "2 x ", "4 × "])
STEPS = st.builds(
    "{}{}{}".format, COUNTS, LENGTHS, st.one_of(st.sampled_from(EFFORTS), ONE_PACE)
)  # fmt: skip


def exact(text, unit):
    """Return length and target of each block, by the exact form."""
    problems = Problems("", [text])
    drafts = read_items(Word(text, 1, 1), PaceContext(unit, {}), problems)
    assert not problems.collected, text
    return [(d.length, d.pace.target) for d in drafts]


def rounded(value):
    """Return a number, or each of several, to a millimetre."""
    if isinstance(value, tuple):
        return tuple(rounded(v) for v in value)
    return round(value, 3) if isinstance(value, float) else value


def near(blocks):
    """Return lengths and targets as exact as a pace can be written."""
    return [
        (rounded(tuple(length)), target and rounded(astuple(target))) for length, target in blocks
    ]


@given(st.lists(STEPS, min_size=1, max_size=5).map(", ".join))
def test_both_readers_agree_on_the_exact_form(text):
    """Lengths and targets; but what is asked about, or taken for a sum, in both of them."""
    reading = read_coach(text, PaceContext("km", {}))
    if not reading.unclear and len(reading.blocks) == len(exact(text, reading.unit)):
        free = [(b.draft.length, b.draft.pace.target) for b in reading.blocks]
        assert near(free) == near(exact(text, reading.unit))


@pytest.mark.parametrize(
    "text",
    [
        "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km, 10min cool-down",
        "2 mi easy, 3x1mi @ 7:00, 6:50, 6:40 /mi",
        "90s rest, 1h30 @ 5:00-4:50, 400m @ 3:40",
        "20min @ 5:00 -> 4:20, 10min @ <=4:00, open",
    ],
)
def test_free_text_reads_the_exact_form_of_the_documents(text):
    """Nothing of it is asked about."""
    reading = read_coach(text, PaceContext("km", {}))
    assert not reading.unclear
    free = [(b.draft.length, b.draft.pace.target) for b in reading.blocks]
    assert near(free) == near(exact(text, reading.unit))
