"""Sizes in words: how far off, how long, how late; rounded here and nowhere else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.report.language import decimal, say
from analyzer.units import KM_M, UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.units import Unit

LEAST_STOP_S = 5.0
"""A stop of this length or more is shown beside the pace, which is then the moving one [s]."""

LEAST_BREAK_S = 10.0
"""Less of a break than this, reaching into a block from its neighbour, is not shown [s]."""

LEAST_DEVIATION_S_PER_KM = 0.5
"""A block off by less than this is on pace: the table shows no second [s/km]."""

DASH = "–"
"""What is shown for unknown."""


def per_unit(seconds_per_km: float, unit: Unit) -> float:
    """Turn s/km into seconds per km or mile."""
    return seconds_per_km * UNIT_M[unit] / KM_M


def is_known(value: float | None) -> bool:
    """Whether a number is there and finite."""
    return value is not None and math.isfinite(value)


def seconds_text(seconds: float | None) -> str:
    """Say a length of time: ``18 s``, ``3 min``, ``12:30 min``; a dash if it is unknown."""
    if seconds is None or not math.isfinite(seconds):
        return DASH
    whole = round_half_up(seconds)
    if whole < 120:
        return f"{whole:.0f} s"
    if whole % 60 == 0:
        return f"{whole / 60:.0f} min"
    return f"{clock_text(whole)} min" if whole < 3600 else f"{clock_text(whole)} h"


def rough_seconds_text(seconds: float) -> str:
    """Say how long something lasted, in whole minutes from two on: ``90 s``, ``6 min``."""
    return seconds_text(60 * round_half_up(seconds / 60) if seconds >= 120 else seconds)


def distance_text(metres: float, unit: Unit) -> str:
    """``13.65 km`` or ``8.48 mi``."""
    return f"{decimal(round_half_up(metres / UNIT_M[unit], 2), 2)} {unit}"


def full_pace_text(seconds_per_km: float, unit: Unit) -> str:
    """Return a pace with its unit: ``3:48 /km``."""
    return f"{pace_text(seconds_per_km, unit)} /{unit}"


def is_stop_apart(block: BlockResult) -> bool:
    """Whether a block had a stop long enough to be shown beside its pace."""
    return (block.standing_s or 0.0) >= LEAST_STOP_S and block.scored_pace_s_per_km is not None


def is_break_apart(block: BlockResult) -> bool:
    """Whether a block had a break, which is shown beside its pace and is no part of it."""
    return (block.break_s or 0.0) >= LEAST_BREAK_S and block.scored_pace_s_per_km is not None


def run_pace_s_per_km(block: BlockResult) -> float | None:
    """
    Return the one pace of a block that every form shows [s/km]; None is unknown.

    As the watch shows it, over all of the block's time, and without its stops and
    breaks where these are shown beside it.
    """
    if not is_stop_apart(block) and not is_break_apart(block):
        return block.pace_s_per_km
    if not block.is_adjusted:
        return block.scored_pace_s_per_km
    if not block.moving_s or not block.distance_m:
        return block.pace_s_per_km
    run_m = block.distance_m - (block.break_distance_m or 0.0)
    return (block.moving_s - (block.break_s or 0.0)) / run_m * KM_M


def judged_pace_s_per_km(block: BlockResult) -> float | None:
    """
    Return the pace that is held against the plan [s/km]; None is unknown.

    The one that is shown, and where hills count its equal on the flat.
    """
    return block.scored_pace_s_per_km if block.is_adjusted else run_pace_s_per_km(block)


def deviation_s_per_km(block: BlockResult) -> float | None:
    """
    Return how far off a block is said to be [s/km]; negative is too fast, None is unknown.

    Of all its time, as anyone can check; without its stops and breaks where these are
    shown beside it, and on the flat where hills count. From the edge of a range, and 0 in it.
    """
    if block.status in ("missed", "not_seen"):
        return None
    scored, planned = block.scored_pace_s_per_km, block.planned.pace_s_per_km
    off = block.deviation_s_per_km
    is_apart = block.is_adjusted or (block.standing_s or 0.0) >= LEAST_STOP_S
    is_apart = is_apart or is_break_apart(block)
    if is_apart and off is not None and scored is not None and planned is not None:
        off = scored - planned
    return None if off is None or not math.isfinite(off) else _beyond_range(off, block)


def _beyond_range(off: float, block: BlockResult) -> float:
    """Count a deviation from the edge of the range that was planned, where one was."""
    planned, bounds = block.planned.pace_s_per_km, block.planned.pace_range_s_per_km
    if planned is None or bounds is None:
        return off
    fastest, slowest = bounds
    return min(0.0, planned + off - fastest) + max(0.0, planned + off - slowest)


class Size(Struct, frozen=True):
    """How far off neighbouring blocks were, from the least to the most, rounded as it is shown."""

    low: float
    high: float
    unit: Literal["s/km", "s/mi", "s"]


def pace_size(deviations_s_per_km: Iterable[float], unit: Unit) -> Size | None:
    """Round how far blocks were off to whole seconds; None where it is nothing, or unknown."""
    seconds = [round_half_up(abs(per_unit(off, unit))) for off in deviations_s_per_km]
    if not seconds or max(seconds) < 1:
        return None
    return Size(min(seconds), max(seconds), "s/km" if unit == "km" else "s/mi")


def shift_size(shifts_s: Iterable[float | None]) -> Size | None:
    """Put together how far off changes of pace were [s], only as exactly as they were measured."""
    seconds = [abs(s) for s in shifts_s if s is not None and math.isfinite(s)]
    return Size(min(seconds), max(seconds), "s") if seconds else None


def size_text(size: Size) -> str:
    """Say a size: ``14 s/km``, ``9 to 12 s/km``; of changes ``about 90 s``, ``1.5 to 3 min``."""
    if size.unit == "s":
        return _shift_text(size)
    if size.low == size.high:
        return f"{size.low:.0f} {size.unit}"
    return say(
        "{low} to {high} s/{unit}",
        low=f"{size.low:.0f}",
        high=f"{size.high:.0f}",
        unit=size.unit.removeprefix("s/"),
    )


def _shift_text(size: Size) -> str:
    """Say how far off changes were: to ten seconds, from 100 s on to half a minute."""
    if size.high - size.low <= max(15.0, 0.25 * size.high):
        middle = (size.low + size.high) / 2
        time = f"{_tens(middle)} s" if middle < 100 else f"{_half_minutes(middle)} min"
        return say("about {time}", time=time)
    if size.high < 100:
        return say("{low} to {high} s", low=_tens(size.low), high=_tens(size.high))
    return say("{low} to {high} min", low=_half_minutes(size.low), high=_half_minutes(size.high))


def _tens(seconds: float) -> str:
    """Return seconds to ten of them."""
    return f"{10 * round_half_up(seconds / 10):.0f}"


def _half_minutes(seconds: float) -> str:
    """Return minutes to half of one."""
    return decimal(round_half_up(2 * seconds / 60) / 2)


def joined(words: Sequence[str]) -> str:
    """List words: ``4:00, 3:50 and 3:40``."""
    if len(words) < 2:
        return "".join(words)
    return say("{first} and {second}", first=", ".join(words[:-1]), second=words[-1])
