"""Records refuse what cannot be, and cannot be changed."""

import numpy as np
import pytest

from analyzer.model.activity import Records, Span
from tests.builders.exact import records_of, speeds_of


def test_time_that_does_not_rise_is_refused():
    """Two records cannot share a second."""
    columns = [np.array([0.0, 1.0, 1.0])] + [np.zeros(3) for _ in range(9)]
    with pytest.raises(ValueError, match="rise"):
        Records(*columns)


def test_ragged_columns_are_refused():
    """All columns have one length."""
    columns = [np.array([0.0, 1.0])] + [np.zeros(3) for _ in range(9)]
    with pytest.raises(ValueError, match="one length"):
        Records(*columns)


def test_records_cannot_be_changed():
    """Columns are read-only: no room can change another's input."""
    with pytest.raises(ValueError, match="read-only"):
        records_of(speeds_of((10, 240))).distance_m[0] = 5.0


def test_a_table_has_a_row_for_each_record():
    """For notebooks: eleven records of ten seconds."""
    frame = records_of(speeds_of((10, 250))).to_frame()
    assert len(frame) == 11
    assert frame["distance_m"].iloc[-1] == pytest.approx(40.0)


def test_a_span_cannot_end_before_it_starts():
    """Misuse is a ValueError."""
    with pytest.raises(ValueError, match="before it starts"):
        Span(2.0, 1.0)
