"""How findings stand to one another: what comes first, what is the effect of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.findings import Flag, FlagCode

FIRST_IN_A_BLOCK: tuple[FlagCode, ...] = (
    "MISSED_BLOCK", "GREEDY", "LATE_CHANGE", "TOO_FAST", "FAST_START", "FADE", "TOO_SLOW",
    "NON_PROGRESSION", "SURGING", "WALK_BREAK", "BLOW_UP", "TRUNCATED", "LOW_DATA",
)  # fmt: skip
"""What is said first of one block: cause before effect, its end last. Stops are apart."""

FIRST_TO_MEND: tuple[FlagCode, ...] = (
    "MISSED_BLOCK", "GREEDY", "TOO_FAST", "FAST_START", "BLOW_UP", "STOPPED", "FADE",
    "NON_PROGRESSION", "TRUNCATED", "LATE_CHANGE", "TOO_SLOW", "SURGING", "WALK_BREAK", "LOW_DATA",
)  # fmt: skip
"""Which finding the advice is about."""

EFFECTS: Mapping[FlagCode, FlagCode] = {
    "GREEDY": "TOO_FAST", "LATE_CHANGE": "TOO_SLOW", "FADE": "TOO_SLOW",
}  # fmt: skip
"""What a finding does to the pace of its whole block: said in the same clause, as its effect."""

SIDES: Mapping[str, int] = {"TOO_FAST": -1, "TOO_SLOW": 1}
"""Faults of a block's whole pace, and the sign of the deviation that the table then shows."""

EXPLAINED_BY: Mapping[FlagCode, tuple[FlagCode, ...]] = {
    "NON_PROGRESSION": (
        "LATE_CHANGE", "TOO_SLOW", "TOO_FAST", "GREEDY", "FADE", "BLOW_UP", "TRUNCATED",
    ),
    "FAST_START": ("TOO_FAST",),
    "TOO_SLOW": ("BLOW_UP", "TRUNCATED"),
    "FADE": ("BLOW_UP", "TRUNCATED"),
    "LATE_CHANGE": ("BLOW_UP", "TRUNCATED"),
    "SURGING": ("BLOW_UP", "TRUNCATED"),
}  # fmt: skip
"""What needs no words in a block where one of these is said."""

ALONE: tuple[FlagCode, ...] = ("MISSED_BLOCK",)
"""Beside this nothing else happened in a block."""

BESIDE: tuple[FlagCode, ...] = ("WALK_BREAK", "LOW_DATA")
"""What may stand beside a block's verdict: every other finding says itself how it went."""

LAST: tuple[FlagCode, ...] = ("BLOW_UP",)
"""After this one, only what the file itself shows is said: the rest is part of it."""

SHOWN_BY_THE_FILE: tuple[FlagCode, ...] = ("MISSED_BLOCK", "TRUNCATED", "LOW_DATA")
"""What can be said of a run that was not scored, and of blocks after a collapse."""

LATE: FlagCode = "LATE_CHANGE"
"""Where this is clear it says what a doubtful start would say, and with its size."""

UNMEASURED: FlagCode = "LOW_DATA"
"""Why a run may have no score though it was run."""

CONSEQUENCE: FlagCode = "NON_PROGRESSION"
"""A held block right behind a forced one has no step up: the step was taken too soon."""


def is_by_timing(flag: Flag) -> bool:
    """Whether a finding rests on where the pace was changed, and not on the pace."""
    return flag.facts is not None and getattr(flag.facts, "by", None) == "timing"


def event_code(flag: Flag) -> FlagCode:
    """
    Return the event that a finding is.

    A block run at the pace of the next was too fast: that is one fact, not two.
    """
    return "TOO_FAST" if flag.code == "GREEDY" and not is_by_timing(flag) else flag.code
