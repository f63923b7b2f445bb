"""Lengths in words."""

import pytest

from analyzer.plans.names import length_text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (90, "90 s"), (120, "2 min"), (150, "2:30 min"), (600, "10 min")],
)
def test_a_rest_of_ninety_seconds_is_not_cut_to_miles(seconds, words):
    """A name of "1:30 min rest" was cut to "1:30 mi…" in a narrow table."""
    assert length_text(seconds, None) == words
