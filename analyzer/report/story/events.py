"""What happened in each block, neighbours with the same fate together."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.model.findings import FLAG_OF_VERDICT, STANDING, FlagCode, MissedBlock
from analyzer.report.measures import (
    LEAST_DEVIATION_S_PER_KM,
    Size,
    deviation_s_per_km,
    pace_size,
    shift_size,
)
from analyzer.report.story.relations import (
    ALONE,
    BESIDE,
    CONSEQUENCE,
    EFFECTS,
    EXPLAINED_BY,
    FIRST_IN_A_BLOCK,
    LAST,
    SHOWN_BY_THE_FILE,
    SIDES,
    event_code,
    is_by_timing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Certainty, Flag
    from analyzer.model.review import Review
    from analyzer.units import Unit

EventCode = FlagCode | Literal["HELD"]


class Effect(Struct, frozen=True):
    """What an event made of the pace of whole blocks."""

    code: EventCode
    blocks: tuple[BlockResult, ...]
    size: Size | None


class Event(Struct, frozen=True):
    """
    One thing that happened.

    Parameters
    ----------
    code : str
        What: the code of a finding, or ``HELD``.
    blocks : tuple of BlockResult
        Where: neighbours. Empty for the whole run, or where it is unknown which.
    certainty : {'clear', 'possible', 'cannot_tell'}
        How sure it is.
    flags : tuple of Flag
        The findings behind it, those of its effect included; none where a block's
        verdict alone says so.
    size : Size or None
        How far off, from the least to the most of the blocks, as the table shows
        it. None where it shows nothing, or the event has no such size.
    effect : Effect or None
        What it made of the pace of whole blocks.
    """

    code: EventCode
    blocks: tuple[BlockResult, ...]
    certainty: Certainty = "clear"
    flags: tuple[Flag, ...] = ()
    size: Size | None = None
    effect: Effect | None = None

    @property
    def flag(self) -> Flag | None:
        """The finding itself; None where a verdict alone says so."""
        return self.flags[0] if self.flags else None


class _Moment(Struct, frozen=True):
    """One thing that happened in one block."""

    code: EventCode
    block: BlockResult
    flag: Flag | None = None
    effect: Flag | None = None
    is_sized: bool = True


def events(review: Review, unit: Unit) -> tuple[Event, ...]:
    """
    Return what clearly happened in the blocks, in order of time; stops have a place of their own.

    A block that was held is an event too, and so is a verdict without a finding:
    neither is hushed up. Of a run without a score only what the file itself shows
    is an event.
    """
    clear_flags = [f for f in review.flags if f.certainty == "clear" and f.code != STANDING]
    somewhere = [Event(f.code, (), flags=(f,)) for f in clear_flags if block_of(f) is None]
    grouped = _neighbours(_moments_of_blocks(review, clear_flags))
    return (*somewhere, *(_event(group, unit) for group in grouped))


def block_of(flag: Flag) -> int | None:
    """Return the block a finding is told of: its own, or the one it most likely is."""
    if flag.block is None and isinstance(flag.facts, MissedBlock):
        return flag.facts.likely_block
    return flag.block


def _moments_of_blocks(review: Review, flags: Sequence[Flag]) -> list[list[_Moment]]:
    """Return what happened in each block in which anything did."""
    moments: list[list[_Moment]] = []
    is_only_the_file = review.score.overall is None
    for block in review.blocks:
        by_code = _by_event_code([f for f in flags if block_of(f) == block.index])
        in_block = _moments(block, by_code, moments[-1] if moments else [])
        if is_only_the_file:
            in_block = [m for m in in_block if m.code in SHOWN_BY_THE_FILE]
        is_only_the_file = is_only_the_file or any(m.code in LAST for m in in_block)
        moments.append(in_block)
    return [in_block for in_block in moments if in_block]


def _by_event_code(flags: Sequence[Flag]) -> dict[FlagCode, Flag]:
    """Return the findings of one block by the event they are; the first of two counts."""
    by_code: dict[FlagCode, Flag] = {}
    for flag in flags:
        by_code.setdefault(event_code(flag), flag)
    return by_code


def _moments(
    block: BlockResult, by_code: Mapping[FlagCode, Flag], before: Sequence[_Moment]
) -> list[_Moment]:
    """Return what happened in one block, cause before effect."""
    alone = [code for code in ALONE if code in by_code]
    codes = alone or _unexplained(by_code)
    if [c for c in codes if c not in BESIDE] == [CONSEQUENCE] and _is_consequence(block, before):
        codes = [c for c in codes if c in BESIDE]
    moments = [_moment(code, block, by_code) for code in codes]
    is_told = any(code not in BESIDE for code in codes)
    return moments if is_told else [*_by_verdict(block), *moments]


def _unexplained(by_code: Mapping[FlagCode, Flag]) -> list[FlagCode]:
    """Return the codes that no other finding of the block explains or has as its effect."""
    effects = {EFFECTS[code] for code in by_code if code in EFFECTS}
    return [
        code
        for code in FIRST_IN_A_BLOCK
        if code in by_code
        and code not in effects
        and not by_code.keys() & set(EXPLAINED_BY.get(code, ()))
    ]


def _moment(code: FlagCode, block: BlockResult, by_code: Mapping[FlagCode, Flag]) -> _Moment:
    """Put a finding together with its effect on the pace of the block."""
    effect = by_code.get(EFFECTS[code]) if code in EFFECTS else None
    is_sized = code not in SIDES or _size_of(code, block) is not None
    return _Moment(code, block, by_code[code], effect, is_sized=is_sized)


def _by_verdict(block: BlockResult) -> list[_Moment]:
    """Return what a block's verdict alone says of it."""
    if block.verdict == "held":
        return [_Moment("HELD", block)]
    code = FLAG_OF_VERDICT.get(block.verdict)
    return [] if code is None else [_Moment(code, block)]


def _is_consequence(block: BlockResult, before: Sequence[_Moment]) -> bool:
    """Whether a held block took no step up as the one before it was forced."""
    return block.verdict == "held" and any(SIDES.get(m.code) == -1 for m in before)


def _neighbours(moments: Sequence[Sequence[_Moment]]) -> list[list[_Moment]]:
    """
    Put neighbouring blocks together to which the same happened, then what else was there.

    Three blocks too fast, the last of them with a collapse, are one group of
    three and one of one.
    """
    grouped: list[list[_Moment]] = []
    for _, alike in groupby(moments, key=lambda in_block: _kind(in_block[0])):
        blocks = list(alike)
        _append(grouped, [in_block[0] for in_block in blocks])
        others = [moment for in_block in blocks for moment in in_block[1:]]
        for kind in dict.fromkeys(_kind(m) for m in others):
            for moment in (m for m in others if _kind(m) == kind):
                _append(grouped, [moment])
    return grouped


def _append(grouped: list[list[_Moment]], group: list[_Moment]) -> None:
    """Add a group, to the last one if it goes on with that."""
    if grouped:
        last, first = grouped[-1][-1], group[0]
        if _kind(last) == _kind(first) and last.block.index == first.block.index - 1:
            grouped[-1] += group
            return
    grouped.append(group)


def _kind(moment: _Moment) -> tuple[EventCode, bool]:
    """Return what neighbours must share to be one event: what happened, and a size or none."""
    return moment.code, moment.is_sized


def _event(group: Sequence[_Moment], unit: Unit) -> Event:
    """Make one event of what happened alike in neighbouring blocks."""
    code, blocks = group[0].code, tuple(m.block for m in group)
    flags = tuple(m.flag for m in group if m.flag is not None)
    effects = tuple(m.effect for m in group if m.effect is not None)
    return Event(
        code,
        blocks,
        flags=(*flags, *effects),
        size=_size(code, blocks, flags, unit),
        effect=_effect(group, unit),
    )


def _size(
    code: EventCode, blocks: Sequence[BlockResult], flags: Sequence[Flag], unit: Unit
) -> Size | None:
    """Return how far off blocks or their changes were; None of what has no such size."""
    if code in SIDES:
        return _pace_size(code, blocks, unit)
    is_shift = bool(flags) and is_by_timing(flags[0])
    return shift_size(f.value for f in flags) if is_shift else None


def _effect(group: Sequence[_Moment], unit: Unit) -> Effect | None:
    """Return what an event made of the pace of those blocks that came out too fast or too slow."""
    affected = [m for m in group if m.effect is not None]
    if not affected:
        return None
    code = next(event_code(m.effect) for m in affected if m.effect is not None)
    blocks = tuple(m.block for m in affected)
    return Effect(code, blocks, _pace_size(code, blocks, unit))


def _pace_size(code: EventCode, blocks: Iterable[BlockResult], unit: Unit) -> Size | None:
    """Return how far off blocks were, as the table shows it."""
    sizes = [_size_of(code, block) for block in blocks]
    return pace_size([off for off in sizes if off is not None], unit)


def _size_of(code: EventCode, block: BlockResult) -> float | None:
    """Return how far off a block is shown to be [s/km]; None unless it is to that side."""
    off = deviation_s_per_km(block)
    if off is None or abs(off) < LEAST_DEVIATION_S_PER_KM or off * SIDES[code] < 0:
        return None
    return off
