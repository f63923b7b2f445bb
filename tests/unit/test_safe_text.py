"""Foreign text is one line and cannot do anything."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.safe_text import clean_text, escape_text, is_unsafe


@given(st.text(max_size=400))
def test_no_text_keeps_an_unsafe_character(text):
    """Neither cleaned nor escaped."""
    assert not any(is_unsafe(c) for c in clean_text(text))
    assert not any(is_unsafe(c) for c in escape_text(text))


@given(st.text(max_size=400))
def test_no_text_is_longer_than_allowed(text):
    """120 characters unless told otherwise."""
    assert len(clean_text(text)) <= 120
    assert len(escape_text(text)) <= 120


def test_line_breaks_become_blanks():
    """A name is one line."""
    assert clean_text("Tuesday\n\tprogression ") == "Tuesday progression"


def test_an_escape_is_shown_as_its_code():
    """So that the reader sees what was wrong."""
    assert escape_text("a\x1bb") == r"a\x1bb"
