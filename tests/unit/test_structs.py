"""Records: what is promised of all of them."""

import pytest

from analyzer.model.activity import Span
from analyzer.structs import replace


def test_a_record_stays_as_it_was_made():
    """Nothing can be written to it, neither a field nor another name."""
    span = Span(1.0, 2.0)
    with pytest.raises(AttributeError):
        span.end_s = 3.0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        span.more = 3.0  # type: ignore[attr-defined]
    assert span == Span(1.0, 2.0)


def test_a_changed_copy_is_checked_as_if_it_were_new():
    """And the record it was made from is as before."""
    span = Span(1.0, 2.0)
    assert replace(span, end_s=3.0) == Span(1.0, 3.0)
    with pytest.raises(ValueError, match="cannot end"):
        replace(span, end_s=0.0)
    assert span == Span(1.0, 2.0)
