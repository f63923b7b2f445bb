"""The two clocks of a recording, and the way from one to the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from analyzer.model.activity import Floats, Pause


@dataclass(frozen=True, slots=True, eq=False)
class TimerClock:
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
    _edges_elapsed: Floats = field(init=False, repr=False)
    _edges_timer: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay down the corners of the line timer(elapsed)."""
        elapsed, timer, lost = [0.0], [0.0], 0.0
        for pause in self.pauses:
            start, end = max(pause.span.start_s, 0.0), max(pause.span.end_s, 0.0)
            elapsed += [start, end]
            timer += [start - lost, start - lost]
            lost += end - start
        object.__setattr__(self, "_edges_elapsed", np.asarray(elapsed))
        object.__setattr__(self, "_edges_timer", np.asarray(timer))

    def timer_at(self, elapsed_s: Floats) -> Floats:
        """Timer seconds at elapsed seconds (arrays of any shape)."""
        elapsed_s = np.asarray(elapsed_s, dtype=np.float64)
        last_elapsed, last_timer = self._edges_elapsed[-1], self._edges_timer[-1]
        inside = np.interp(elapsed_s, self._edges_elapsed, self._edges_timer)
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
        starts = self._edges_timer[1::2]
        lengths = self._edges_elapsed[2::2] - self._edges_elapsed[1::2]
        lost = np.concatenate(([0.0], np.cumsum(lengths)))
        elapsed_s: Floats = timer_s + lost[np.searchsorted(starts, timer_s, side=side)]
        return elapsed_s
