"""Which finding hides which, and the order they are told in (method 10)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.model.findings import BlowUp, Change, MissedBlock
from analyzer.scorer.block import has_bad_data

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.scorer.flags.rule import Session

BESIDE_LOW_DATA = ("LOW_DATA", "STOPPED", "MISSED_BLOCK", "TRUNCATED")
"""All that bad data can still show."""

HIDDEN_BY_BLOW_UP = ("FADE", "SURGING", "TOO_SLOW", "NON_PROGRESSION")
"""What a clear blow-up explains, from its block on."""


def after_precedence(session: Session, flags: list[Flag]) -> list[Flag]:
    """Remove what another finding explains; flags stay in order of their blocks."""
    bad = {m.block.index for m in session.blocks if has_bad_data(m)}
    kept = [f for f in flags if f.block not in bad or f.code in BESIDE_LOW_DATA]
    kept = _after_blow_up(_once_greedy(kept))
    forced = {f.block for f in kept if f.code == "FAST_START"}
    kept = [f for f in kept if not (f.code == "FADE" and f.block in forced)]
    faded = {f.block for f in kept if f.code == "FADE"}
    kept = [
        f
        for f in kept
        if not (f.code == "BLOW_UP" and f.certainty == "possible" and f.block in faded)
    ]
    uneven = faded | {f.block for f in kept if f.code in ("TOO_FAST", "FAST_START", "LATE_CHANGE")}
    kept = [f for f in kept if not (f.code == "SURGING" and f.block in uneven)]
    if any(_is_missed_by_pace(f) for f in kept):
        kept = [f for f in kept if not is_timing(f)]
        # Against the wrong block of the plan nothing is gained or lost.
        kept = [f if f.code == "STOPPED" else replace(f, cost=None) for f in kept]
    return sorted(kept, key=lambda f: (f.certainty == "cannot_tell", f.block or 0))


def _after_blow_up(flags: list[Flag]) -> list[Flag]:
    """
    Let a clear blow-up explain what follows from it.

    To the executed alignment a blow-up after greedy blocks looks like a block
    left out, so that finding goes too, as do changes of pace after the collapse.
    """
    collapses = [f for f in flags if f.code == "BLOW_UP" and f.certainty == "clear"]
    if not collapses or collapses[0].block is None:
        return flags
    first, evidence = collapses[0].block, collapses[0].facts
    at_s = evidence.at_s if isinstance(evidence, BlowUp) else None

    def is_explained(flag: Flag) -> bool:
        """Whether the collapse explains a finding."""
        if _is_missed_by_pace(flag):
            return True
        if isinstance(flag.facts, Change):
            planned_s = flag.facts.planned_at_s
            return planned_s is None or at_s is None or planned_s >= at_s
        if is_timing(flag):
            return True
        return flag.code in HIDDEN_BY_BLOW_UP and (flag.block or 0) >= first

    return [f for f in flags if not is_explained(f)]


def _once_greedy(flags: list[Flag]) -> list[Flag]:
    """Tell a block that was greedy by pace and by timing once: by timing, the cause."""
    early = {f.block for f in flags if f.code == "GREEDY" and is_timing(f)}
    return [f for f in flags if f.code != "GREEDY" or is_timing(f) or f.block not in early]


def is_timing(flag: Flag) -> bool:
    """Whether a finding rests on where the pace was changed."""
    return flag.code == "LATE_CHANGE" or isinstance(flag.facts, Change)


def _is_missed_by_pace(flag: Flag) -> bool:
    """Whether a block seems to have been left out, by the pace alone."""
    return isinstance(flag.facts, MissedBlock) and flag.facts.by == "pace"
