"""The seconds of a block that the score looks at: their mean, their parts, how far off they are."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.prepare.mean import mean, share

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats


class Core(Struct, frozen=True, eq=False, dict=True):
    """
    The seconds of a block that the score looks at; what is asked of them again is kept.

    Parameters
    ----------
    first : int
        Timer second at which the core starts.
    speed_mps, target_mps : array, shape (n,)
        As judged (on the flat at equal effort where slopes are scored) and as
        planned; the target is None where no pace is planned.
    is_moving, is_replaced : array of bool, shape (n,)
        Neither standing nor ramp; not measured.
    """

    first: int
    speed_mps: Floats
    target_mps: Floats | None
    is_moving: Bools
    is_replaced: Bools

    @property
    def seconds(self) -> int:
        """Length of the core."""
        return int(self.speed_mps.size)

    @cached_property
    def is_measured(self) -> Bools:
        """Seconds that were moving and measured."""
        return self.is_moving & ~self.is_replaced

    @cached_property
    def measured_s(self) -> int:
        """How many those are: what the error of the pace rests on."""
        return int(np.count_nonzero(self.is_measured))

    @property
    def is_unseen(self) -> Bools:
        """Seconds of unknown speed: they are in no mean, and the block is judged by the rest."""
        return self.is_replaced & ~self.is_moving

    @property
    def made_up_share(self) -> float:
        """Share of seconds that were made up and count in the mean all the same."""
        return share(self.is_replaced & self.is_moving) if self.seconds else 0.0

    @property
    def unseen_share(self) -> float:
        """Share of seconds of unknown speed."""
        return share(self.is_unseen) if self.seconds else 0.0

    def part(self, first: int, last: int) -> Core:
        """Seconds ``first`` to ``last`` (excluded), counted from the start of the core."""
        cut = slice(first, last)
        target = None if self.target_mps is None else self.target_mps[cut]
        return Core(
            self.first + first,
            self.speed_mps[cut],
            target,
            self.is_moving[cut],
            self.is_replaced[cut],
        )

    @cached_property
    def run_m(self) -> float:
        """Distance over the moving seconds."""
        return float(np.add.reduce(self.speed_mps[self.is_moving]))

    @cached_property
    def mean_speed_mps(self) -> float | None:
        """Distance by time over the moving seconds; None if there are none."""
        moving_s = int(np.count_nonzero(self.is_moving))
        return self.run_m / moving_s if moving_s and self.run_m > 0 else None

    @cached_property
    def deviation_pct(self) -> float | None:
        """``100 ln(v / v_target)``, positive is too fast; None without pace or running."""
        speed = self.mean_speed_mps
        if speed is None or self.target_mps is None:
            return None
        return 100 * math.log(speed / mean(self.target_mps[self.is_moving]))
