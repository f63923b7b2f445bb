"""Twice the text is at most twice the work, whatever it is made of; counted, not timed."""

import pytest

from tests.builders.large_inputs import KINDS
from tests.builders.work import calls_in

pytestmark = pytest.mark.slow

PART = 1 / 32
"""Of the largest size; what grows with the square shows here already."""

FIXED = 2000
"""Calls that any reading costs."""

LONGEST_ERROR = 20_000
"""Characters; a text of a quarter of a megabyte is not told back."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_twice_the_text_is_at_most_twice_the_work(kind):
    """Calls of functions at one size and at half of it; the error stays short."""
    large, half = kind(PART), kind(PART / 2)
    assert large.keys() == half.keys()
    for name, read in large.items():
        assert len(read()) < LONGEST_ERROR, name  # and what is made only once is made by now
    grown = {name: (calls_in(half[name]), calls_in(large[name])) for name in large}
    assert {name: n for name, n in grown.items() if n[1] > 2.2 * n[0] + FIXED} == {}
