"""What can be said of a block that may be another one: nothing that is clear (method 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import OF_THE_RUN, BlowUp
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.alignment import Alignment
    from analyzer.model.findings import Flag
    from analyzer.scorer.flags.rule import Session

DOUBTFUL = 0.4
"""From this probability on a window may hold another block than the plan has there."""


def is_doubtful(alignment: Alignment, block: int) -> bool:
    """Whether a block's window may hold another block, as one may have been left out before it."""
    return alignment.another_probability(block) >= DOUBTFUL


def may_be_cool_down(flags: list[Flag], block: int) -> bool:
    """Whether a block's window may hold a cool-down, as this or an earlier one was not begun."""
    facts = [(flag.block or 0, flag.facts) for flag in flags]
    return any(isinstance(f, BlowUp) and f.may_be_cool_down and b <= block for b, f in facts)


def doubted(session: Session, flags: list[Flag]) -> list[Flag]:
    """Make findings possible at most where nobody knows which block was run."""
    return [
        replace(flag, certainty="possible") if _is_in_doubt(session, flag, flags) else flag
        for flag in flags
    ]


def _is_in_doubt(session: Session, flag: Flag, flags: list[Flag]) -> bool:
    """Whether a clear finding rests on which block it was."""
    if flag.block is None or flag.certainty != "clear" or flag.code in OF_THE_RUN:
        return False
    ends_early = flag.code == "TRUNCATED"  # so it does, whatever was run in its last block
    return is_doubtful(session.alignment, flag.block) or (
        not ends_early and may_be_cool_down(flags, flag.block)
    )
