"""Which finding hides which (method 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.findings import APART, BlowUp, Change, MissedBlock
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.findings import Flag, FlagCode
    from analyzer.scorer.flags.rule import Session

BESIDE_LOW_DATA: tuple[FlagCode, ...] = (
    "LOW_DATA", "STOPPED", "WALK_BREAK", "MISSED_BLOCK", "TRUNCATED",
)  # fmt: skip
"""All that bad data can still show."""


OF_A_PACE: tuple[FlagCode, ...] = ("BLOW_UP", "FADE", "SURGING")
"""What nobody can see in a block of which only the pace is known too badly."""


OWN_WAVES_PCT = 5.0
"""Waves of this size are a session of their own: they are why the block was too fast [%]."""


class Hiding(Struct, frozen=True):
    """Findings that another explains: which codes, by which, and where or when (flag, cause)."""

    hidden: tuple[FlagCode, ...]
    by: tuple[FlagCode, ...]
    where: Callable[[Flag, Flag], bool]

    def hides(self, flag: Flag, cause: Flag) -> bool:
        """Whether a flag goes where the cause stands."""
        return flag.code in self.hidden and cause.code in self.by and self.where(flag, cause)


def _in_its_block(flag: Flag, cause: Flag) -> bool:
    """Whether both are of one block."""
    return flag.block == cause.block


def _small_waves(flag: Flag, cause: Flag) -> bool:
    """Whether waves are small enough to be part of what else was wrong with their block."""
    return flag.block == cause.block and (flag.value or 0.0) < OWN_WAVES_PCT


def _near_a_collapse(flag: Flag, cause: Flag) -> bool:
    """Whether waves lie in the block of a possible collapse, or where it was recovered from."""
    return cause.block is not None and flag.block in (cause.block, cause.block + 1)


def _by_pace_beside_timing(flag: Flag, cause: Flag) -> bool:
    """Whether a block was left early as well as run at the next pace: timing is the cause."""
    return flag.block == cause.block and not _is_timing(flag) and _is_timing(cause)


def _from_a_collapse_on(flag: Flag, cause: Flag) -> bool:
    """Whether a clear collapse lies in the flag's block or an earlier one."""
    return _is_clear_in_block(cause) and (flag.block or 0) >= (cause.block or 0)


def _changed_after_a_collapse(flag: Flag, cause: Flag) -> bool:
    """Whether a change of pace was planned after a clear collapse, or nobody knows when."""
    if not _is_timing(flag) or not _is_clear_in_block(cause):
        return False
    planned_s = flag.facts.planned_at_s if isinstance(flag.facts, Change) else None
    collapse_s = cause.facts.at_s if isinstance(cause.facts, BlowUp) else None
    return planned_s is None or collapse_s is None or planned_s >= collapse_s


def _left_out_by_a_collapse(flag: Flag, cause: Flag) -> bool:
    """Whether a block seems left out, which a clear collapse after greedy blocks looks like."""
    return _is_missed_by_pace(flag) and _is_clear_in_block(cause)


def _if_only_possible(flag: Flag, cause: Flag) -> bool:
    """Whether both are of one block, and the flag is not sure but its cause is."""
    is_unsure = flag.certainty == "possible" and cause.certainty == "clear"
    return is_unsure and flag.block == cause.block


def _if_both_are_possible(flag: Flag, cause: Flag) -> bool:
    """Whether both are of one block and neither is sure."""
    return flag.certainty == cause.certainty == "possible" and flag.block == cause.block


def _against_the_wrong_block(flag: Flag, cause: Flag) -> bool:
    """Whether a change of pace is reported beside a block left out: it may be another's change."""
    return _is_timing(flag) and _is_missed_by_pace(cause)


HIDING: tuple[Hiding, ...] = (
    Hiding(("GREEDY",), ("GREEDY",), _by_pace_beside_timing),
    Hiding(("FADE", "SURGING", "TOO_SLOW", "NON_PROGRESSION"), ("BLOW_UP",), _from_a_collapse_on),
    Hiding(("SURGING",), ("BLOW_UP",), _near_a_collapse),
    Hiding(("GREEDY", "LATE_CHANGE"), ("BLOW_UP",), _changed_after_a_collapse),
    Hiding(("MISSED_BLOCK",), ("BLOW_UP",), _left_out_by_a_collapse),
    Hiding(("FADE",), ("FAST_START",), _in_its_block),
    Hiding(("BLOW_UP",), ("FADE",), _if_only_possible),
    Hiding(("FADE",), ("BLOW_UP",), _if_both_are_possible),
    Hiding(("SURGING",), ("FADE", "TOO_FAST", "FAST_START", "LATE_CHANGE"), _small_waves),
    Hiding(("GREEDY", "LATE_CHANGE"), ("MISSED_BLOCK",), _against_the_wrong_block),
)
"""Row after row: what one row hides cannot hide anything in a later one."""


def after_precedence(session: Session, flags: list[Flag]) -> list[Flag]:
    """Remove what another finding explains; flags stay in order of their blocks."""
    kept = _beside_bad_data(session, flags)
    for row in HIDING:
        kept = [flag for flag in kept if not any(row.hides(flag, cause) for cause in kept)]
    if any(_is_missed_by_pace(flag) for flag in kept):
        # Against the wrong block of the plan nothing is gained or lost.
        kept = [flag if flag.code in APART else replace(flag, cost=None) for flag in kept]
    return sorted(kept, key=lambda flag: (flag.certainty == "cannot_tell", flag.block or 0))


def _beside_bad_data(session: Session, flags: list[Flag]) -> list[Flag]:
    """Keep of a block that was hardly measured only what can be seen all the same."""
    bad = {m.block.index for m in session.blocks if m.has_bad_data}
    unsure = {m.block.index for m in session.blocks if m.is_unsure}
    return [
        flag
        for flag in flags
        if (flag.block not in bad or flag.code in BESIDE_LOW_DATA)
        and (flag.block not in unsure or flag.code not in OF_A_PACE)
    ]


def _is_timing(flag: Flag) -> bool:
    """Whether a finding rests on where the pace was changed."""
    return flag.code == "LATE_CHANGE" or isinstance(flag.facts, Change)


def _is_clear_in_block(flag: Flag) -> bool:
    """Whether a finding is clear and has a block."""
    return flag.certainty == "clear" and flag.block is not None


def _is_missed_by_pace(flag: Flag) -> bool:
    """Whether a block may have been left out, by the pace alone, so that none was moved for it."""
    is_by_pace = isinstance(flag.facts, MissedBlock) and flag.facts.by == "pace"
    return is_by_pace and flag.certainty == "possible"
