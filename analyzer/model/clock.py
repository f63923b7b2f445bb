"""The two clocks of a recording, and the way from one to the other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Pause


class TimerClock(Struct, frozen=True, eq=False, dict=True):
    """
    Elapsed time less what watch or runner paused.

    Both clocks start at 0 with the first record. During a pause the timer
    stands still, so one timer second can belong to two elapsed ones: the start
    and the end of the pause.

    Parameters
    ----------
    pauses : tuple of Pause
        In order and without overlap; spans on the elapsed clock.
    """

    pauses: tuple[Pause, ...]

    @cached_property
    def _corners(self) -> tuple[Floats, Floats]:
        """The corners of the line timer(elapsed): seconds of both clocks."""
        elapsed, timer, lost = [0.0], [0.0], 0.0
        for pause in self.pauses:
            start, end = max(pause.span.start_s, 0.0), max(pause.span.end_s, 0.0)
            elapsed += [start, end]
            timer += [start - lost, start - lost]
            lost += end - start
        return np.asarray(elapsed), np.asarray(timer)

    def timer_at(self, elapsed_s: Floats) -> Floats:
        """Timer seconds at elapsed seconds (arrays of any shape)."""
        elapsed_s = np.asarray(elapsed_s, dtype=np.float64)
        elapsed, timer = self._corners
        last_elapsed, last_timer = elapsed[-1], timer[-1]
        inside = np.interp(elapsed_s, elapsed, timer)
        beyond = elapsed_s > last_elapsed
        return np.where(beyond, last_timer + (elapsed_s - last_elapsed), np.maximum(inside, 0.0))

    def elapsed_at(self, timer_s: Floats, *, after_pause: bool = True) -> Floats:
        """
        Elapsed seconds at timer seconds.

        Parameters
        ----------
        timer_s : array
            Timer seconds.
        after_pause : bool
            At the very second of a pause: its end (what begins here begins
            after the pause) or its start (what ends here ended before it).
        """
        timer_s = np.asarray(timer_s, dtype=np.float64)
        side: Literal["left", "right"] = "right" if after_pause else "left"
        elapsed, timer = self._corners
        starts = timer[1::2]
        lengths = elapsed[2::2] - elapsed[1::2]
        lost = np.concatenate(([0.0], np.cumsum(lengths)))
        at_s: Floats = timer_s + lost[np.searchsorted(starts, timer_s, side=side)]
        return at_s
