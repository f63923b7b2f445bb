"""How large a fault would have to be, and how well the recording could show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.scorer.method import Z
from analyzer.units import pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.findings import FlagCode
    from analyzer.scorer.flags.rule import Session


class Limit(Struct, frozen=True):
    """From where on one block has a fault, and z errors of it [% of speed]; its planned pace."""

    limit_pct: float
    error_pct: float
    planned_s_per_km: float

    @property
    def is_hidden(self) -> bool:
        """Whether the error is larger than what there would be to see."""
        return self.error_pct > self.limit_pct

    @property
    def error_s_per_km(self) -> float:
        """The error as pace."""
        return self.error_pct * self.planned_s_per_km / 100


class Limits(Struct, frozen=True):
    """The limits of one rule, of every block it could find a fault in."""

    code: FlagCode
    blocks: tuple[Limit, ...]

    @property
    def are_hidden(self) -> bool:
        """Whether at least half of the blocks hide the fault; False without any."""
        hidden = sum(limit.is_hidden for limit in self.blocks)
        return bool(self.blocks) and 2 * hidden >= len(self.blocks)


def tolerance_limits(session: Session, *, is_fast: bool) -> tuple[Limit, ...]:
    """Return the fast or the slow side of the tolerance of each scored block."""
    return tuple(
        Limit(
            m.tolerance.fast_pct if is_fast else m.tolerance.slow_pct,
            Z * m.se_pct,
            pace_s_per_km(m.planned_mps),
        )
        for m in session.blocks
        if m.is_scored and m.tolerance is not None and m.planned_mps is not None
    )
