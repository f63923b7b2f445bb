"""Repeats say the same as what they fold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.plans.folded import Repeat, folded


def unfolded(items):
    """Run every repeat."""
    out: list[object] = []
    for item in items:
        out += item.items * item.times if isinstance(item, Repeat) else (item,)
    return out


def steps(items):
    """Count steps as a watch does: a repeat is one more than its group."""
    return sum(len(i.items) + 1 if isinstance(i, Repeat) else 1 for i in items)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=60), st.booleans())
def test_unfolding_gives_the_input_back_and_never_more_steps(items, only_mixed):
    """Whatever the items are."""
    found = folded(items, only_mixed=only_mixed)
    assert unfolded(found) == items
    assert steps(found) <= len(items)
    if only_mixed:
        assert all(len(set(i.items)) > 1 for i in found if isinstance(i, Repeat))


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ("", ()),
        ("a", ("a",)),
        ("aa", ("a", "a")),  # a repeat of one is two steps as well
        ("aaa", (Repeat(("a",), 3),)),
        ("abab", (Repeat(("a", "b"), 2),)),
        ("wabababc", ("w", Repeat(("a", "b"), 3), "c")),
        ("ababa", (Repeat(("a", "b"), 2), "a")),  # a rest fewer than runs
        ("aabaab", (Repeat(("a", "a", "b"), 2),)),
        ("abcd", ("a", "b", "c", "d")),
    ],
)
def test_groups_that_follow_themselves_are_folded(items, found):
    """Where that saves a step; no repeat stands inside another."""
    assert folded(items) == found


def test_one_item_over_and_over_is_folded_only_if_asked():
    """Its laps would all point at one step."""
    assert folded("waaaa", only_mixed=True) == tuple("waaaa")
    assert folded("waaaa") == ("w", Repeat(("a",), 4))
    assert folded("waaab" + "aaab", only_mixed=True) == ("w", Repeat(tuple("aaab"), 2))
