"""Words that several kinds of finding share: paces, what followed, what would not show."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.model.findings import IMPATIENT
from analyzer.report.language import decimal, say
from analyzer.report.measures import (
    full_pace_text,
    is_known,
    joined,
    judged_pace_s_per_km,
    per_unit,
    size_text,
)
from analyzer.units import pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Cost, Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.story.events import Effect, Event
    from analyzer.units import Unit

LISTED = 8
"""More blocks than this are counted and not listed."""


def pace_of(flag: Flag, subject: Subject) -> float | None:
    """Return the pace of a flag's block as every form shows it [s/km], else as the flag has it."""
    block = subject.block(flag.block)
    shown = None if block is None else judged_pace_s_per_km(block)
    return shown if is_known(shown) else getattr(flag.facts, "pace_s_per_km", None)


def pace_against(flag: Flag, subject: Subject) -> str:
    """
    Lay the pace of a block beside the planned one; empty where one of them is unknown.

    And beside the next block's where it was beyond that.
    """
    pace = pace_of(flag, subject)
    planned = getattr(flag.facts, "planned_s_per_km", None)
    if pace is None or planned is None or not (is_known(pace) and is_known(planned)):
        return ""
    facts = {"pace": shown_pace(flag, pace, subject), "planned": pace_text(planned, subject.unit)}
    following = getattr(flag.facts, "next_planned_s_per_km", None)
    if following is not None and following > pace + 0.5:
        return say(
            "{pace} against {planned}, faster even than the block after it ({next}).",
            **facts,
            next=pace_text(following, subject.unit),
        )
    return say("{pace} against {planned}.", **facts)


def shown_pace(flag: Flag, seconds_per_km: float, subject: Subject) -> str:
    """Return the pace of a flag's block with its unit, and that it is the one on the flat."""
    shown = full_pace_text(seconds_per_km, subject.unit)
    block = subject.block(flag.block)
    if block is None or not block.is_adjusted:
        return shown
    return say("{pace} on the flat at equal effort", pace=shown)


def run_paces(blocks: Sequence[BlockResult], unit: Unit) -> str:
    """List the paces of neighbouring blocks; empty if one is unknown or they are many."""
    paces = [judged_pace_s_per_km(block) for block in blocks]
    if len(blocks) > LISTED or not all(is_known(pace) for pace in paces):
        return ""
    return joined([pace_text(pace, unit) for pace in paces if pace is not None])


def planned_paces(blocks: Sequence[BlockResult], unit: Unit) -> str:
    """List the planned paces of neighbouring blocks; empty if one has none or they are many."""
    paces = [block.planned.pace_s_per_km for block in blocks]
    if len(blocks) > LISTED or None in paces:
        return ""
    return joined([pace_text(pace, unit) for pace in paces if pace is not None])


def block_numbers(blocks: Sequence[BlockResult], *, start: bool = False) -> str:
    """Name neighbouring blocks: ``block 3``, ``blocks 2 and 3``, ``blocks 2 to 5``."""
    first, last = blocks[0].index, blocks[-1].index
    if first == last:
        return say("Block {block}", block=first) if start else say("block {block}", block=first)
    facts = {"first": first, "last": last}
    if last == first + 1:
        return (
            say("Blocks {first} and {last}", **facts)
            if start
            else say("blocks {first} and {last}", **facts)
        )
    return (
        say("Blocks {first} to {last}", **facts)
        if start
        else say("blocks {first} to {last}", **facts)
    )


def off_by(event: Event, off: str, subject: Subject) -> str:
    """Say by how much blocks were off, beside what was planned and run where both are numbers."""
    blocks = event.blocks
    facts = {
        "blocks": block_numbers(blocks, start=True),
        "planned": planned_paces(blocks, subject.unit),
        "run": run_paces(blocks, subject.unit),
        "off": off,
    }
    one = len(blocks) == 1
    if not facts["planned"] or not facts["run"]:
        return say("{blocks} was {off}", **facts) if one else say("{blocks} were {off}", **facts)
    if any(block.is_adjusted for block in blocks):
        facts["run"] = say("{paces} on the flat at equal effort", paces=facts["run"])
    return (
        say("{blocks} was planned at {planned} and run at {run}: {off}", **facts)
        if one
        else say("{blocks} were planned at {planned} and run at {run}: {off}", **facts)
    )


def too_fast_text(event: Event | Effect) -> str:
    """Say that blocks were too fast, and by how much where the table shows it."""
    return say("too fast") if event.size is None else say(
        "{size} too fast", size=size_text(event.size)
    )  # fmt: skip


def too_slow_text(event: Event | Effect) -> str:
    """Say that blocks were too slow, and by how much where the table shows it."""
    return say("too slow") if event.size is None else say(
        "{size} too slow", size=size_text(event.size)
    )  # fmt: skip


def cost_text(flag: Flag) -> str:
    """Say what followed a finding: the time lost afterwards; nothing of a stop."""
    cost = flag.cost
    if cost is None or flag.code not in IMPATIENT:
        return ""
    lost = f"{round_half_up(cost.lost_s):.0f} s"
    if cost.se_s is None or not math.isfinite(cost.se_s):
        return say("Followed by a loss of {lost}.", lost=lost)
    error = f"{round_half_up(cost.se_s):.0f}"
    return say("Followed by a loss of {lost}, ± {error}.", lost=lost, error=error)


def gain_and_loss(cost: Cost | None) -> str:
    """Say what impatience gained, and what followed lost; empty where nobody can tell."""
    if cost is None:
        return ""
    lost = f"{round_half_up(cost.lost_s):.0f} s"
    if cost.gained_s is None or not cost.gained_s >= 1:
        return say("Going fast early cost {lost} later.", lost=lost)
    gain = f"{round_half_up(cost.gained_s):.0f} s"
    return say(
        "Going fast early gained {gained}; the later blocks lost {lost}.", gained=gain, lost=lost
    )


def plain_evidence(flag: Flag, subject: Subject) -> str:
    """Tell no more than the size of a finding; empty where even that is unknown."""
    if flag.value is None or not math.isfinite(flag.value):
        return ""
    is_pace = flag.unit == "s/km"
    size = round_half_up(per_unit(flag.value, subject.unit) if is_pace else flag.value, 1)
    return f"{decimal(size, 1)} {f's/{subject.unit}' if is_pace else flag.unit}."


def too_coarse(flag: Flag, subject: Subject) -> str:
    """Say below which size an error would not show."""
    if flag.value is None or flag.unit != "s/km":
        return say("The recording is too coarse for that.")
    return say(
        "An error below {size} would not show in this recording.", size=flag_size(flag, subject)
    )


def flag_size(flag: Flag, subject: Subject) -> str:
    """Return the size of a finding about pace: ``6 s/km``; which side is said elsewhere."""
    seconds = round_half_up(abs(per_unit(flag.value or 0.0, subject.unit)))
    return f"{seconds:.0f} s/{subject.unit}"
