"""The way between elapsed and timer seconds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.clock import TimerClock
from tests.builders.exact import pause


def test_without_pauses_the_clocks_agree():
    """Timer is elapsed."""
    at = np.array([0.0, 10.0, 1e5])
    assert TimerClock(()).timer_at(at) == pytest.approx(at)
    assert TimerClock(()).elapsed_at(at) == pytest.approx(at)


def test_the_timer_stands_still_during_a_pause():
    """A pause of 30 s from 100: timer 100 all along, 170 at elapsed 200."""
    clock = TimerClock((pause(100, 130),))
    assert clock.timer_at(np.array([99, 100, 115, 130, 200])) == pytest.approx(
        [99, 100, 100, 100, 170]
    )


def test_the_second_of_a_pause_has_two_elapsed_sides():
    """What ends at timer 100 ends at elapsed 100; what begins there begins at 130."""
    clock = TimerClock((pause(100, 130),))
    assert clock.elapsed_at(np.array([100.0]))[0] == 130
    assert clock.elapsed_at(np.array([100.0]), after_pause=False)[0] == 100


@given(
    st.lists(st.floats(1, 500), min_size=0, max_size=10),
    st.floats(0, 5000),
)
def test_there_and_back_gives_the_same_timer_second(lengths, at):
    """For any pauses: timer(elapsed(t)) = t."""
    pauses, cursor = [], 10.0
    for length in lengths:
        pauses.append(pause(cursor, cursor + length))
        cursor += length + 25.0
    clock = TimerClock(tuple(pauses))
    back = clock.timer_at(clock.elapsed_at(np.array([at])))
    assert back[0] == pytest.approx(at, abs=1e-6)
