"""What presses of the lap button say about where the pace was changed (method 3.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Floats
    from analyzer.segmenter.bins import Bins

PRESS_S = 5.0
"""How far a press is from the change it marks, on average [s]."""

P_FORGOTTEN = 0.12
"""Probability that a change goes without a press."""

EXTRA = 1.0
"""Presses of a run that mark no change, on average."""

P_UNRELATED = 0.1
"""Probability that the presses of a run have nothing to do with its changes."""

P_AT_CHANGE = 0.95
"""Probability that presses that fit the clock mark the changes, and not the watch's beeps."""


class Reading(Struct, frozen=True):
    """
    One way of reading the presses.

    ``log_weight`` is its prior and how well it explains that there are so many,
    ``marks`` (n + 1,) what it says for a boundary at each edge, in ln;
    ``explained`` presses need no boundary.
    """

    log_weight: float
    marks: Floats
    uses_presses: bool
    explained: int = 0

    def weight_with(self, near_s: float) -> float:
        """
        Weight beside lengths that are off by ``near_s``.

        A boundary that has to fit both press and length loses ``ln(1 + near_s / 5)``
        on average; a reading that explains presses without boundaries is spared
        that, so it is taken off here.
        """
        return self.log_weight - self.explained * math.log1p(near_s / PRESS_S)


def readings(bins: Bins, presses_s: Floats, on_clock_s: Floats) -> tuple[Reading, ...]:
    """
    Weigh what the presses may mean.

    Presses mark the changes, with some forgotten and some extra; or they have
    nothing to do with them. Where they are what the clock alignment rests on,
    they may also have been made when the watch said so, whatever the pace did:
    both readings explain them equally well, and the pace decides.

    Parameters
    ----------
    bins : Bins
        The run.
    presses_s : array
        Timer seconds; may be empty.
    on_clock_s : array
        Those of them that placed the clock alignment; may be empty.

    Returns
    -------
    tuple of Reading
        The one that uses no press last.
    """
    none = Reading(0.0, np.zeros(bins.count + 1), uses_presses=False)
    if not presses_s.size:
        return (none,)
    press_s = max(PRESS_S, bins.width_s / 2)
    off_s = np.abs(bins.edges_s[:, None] - presses_s)
    near = np.exp(-off_s / press_s).sum(axis=1)
    length_s, count = (bins.count + 1) * float(bins.width_s), presses_s.size
    rate = EXTRA / length_s
    marks = np.log(P_FORGOTTEN + (1 - P_FORGOTTEN) * near / (2 * press_s) / rate)
    if on_clock_s.size:
        at_press = math.log(P_FORGOTTEN + (1 - P_FORGOTTEN) / (2 * press_s) / rate)
        by_watch = math.log(1 - P_AT_CHANGE) + on_clock_s.size * at_press
        return (
            Reading(math.log(P_AT_CHANGE), marks, uses_presses=True),
            Reading(by_watch, none.marks, uses_presses=False, explained=on_clock_s.size),
        )
    at_change = Reading(
        math.log(1 - P_UNRELATED) + count * math.log(rate) - EXTRA, marks, uses_presses=True
    )
    by_chance = math.log(P_UNRELATED) + count * math.log(count / length_s) - count
    return at_change, Reading(by_chance, none.marks, uses_presses=False)
