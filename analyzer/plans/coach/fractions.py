"""Halves and thirds of a length: ``first half easy, second half @ 4:40``, ``last third @ 4:30``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.plan import Doubt
from analyzer.plans.coach.amounts import less, ratio, shared
from analyzer.plans.coach.listed import LENGTHS
from analyzer.plans.coach.phrases import read_behind
from analyzer.plans.coach.step import Unclear
from analyzer.plans.names import length_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.plans.coach.parts import Whole
    from analyzer.plans.coach.reader import Reader
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.draft import DraftBlock, Length

BETWEEN_STEPS = ("comma", "plus", "then", "sep")
"""Marks between one step and the next; a colon or a bracket says that parts follow."""

PARTS = (("third", "drittel", "tiers", "terci", "terz"), ("quarter", "viertel", "quart", "cuart"))
"""Words of thirds and of quarters; all others are halves."""


def share(reader: Reader, blocks: list[DraftBlock]) -> list[DraftBlock]:
    """Read a half, a third or a quarter of the whole, or of the block before it."""
    token = reader.cursor.take()
    said = token.text.lower()
    count = next((i for i, words in enumerate(PARTS, 3) if any(w in said for w in words)), 2)
    is_first = said.split()[-2].startswith(("first", "erst", "prem", "prim"))
    if reader.halved is None or is_first:
        reader.halved = _whole(reader, blocks, count, is_first=is_first)
    if reader.halved is None:
        msg = f"'{token.text}' of what? Write the length of the whole before it"
        raise Unclear(msg, token)
    part = shared(reader.halved, count)
    step = reader.begin(token, part, reader.unit)
    read_behind(reader.cursor, step, reader.text)
    return reader.made(step)


def _whole(
    reader: Reader, blocks: list[DraftBlock], count: int, *, is_first: bool
) -> Length | None:
    """Return the length that is parted; takes it, or its last part, from the blocks."""
    if reader.whole is not None and len(blocks) == reader.whole.first:
        return reader.whole.length
    if not blocks:
        return None
    block = blocks.pop()
    whole = block.draft.length
    if not is_first:
        part = shared(whole, count)
        left = less(whole, part)
        if left is not None:
            blocks.append(replace(block, draft=replace(block.draft, length=left)))
    return whole


def take_turns(blocks: list[DraftBlock], whole: Whole) -> None:
    """Repeat two blocks until the whole is over: ``10 km alternating 1 km @ 4:45, 1 km @ 4:15``."""
    parts = blocks[whole.first : whole.first + 2]
    turns = [ratio(whole.length, part.draft.length) for part in parts]
    is_pair = len(parts) == 2 and None not in turns
    count = 1 / sum(1 / turn for turn in turns if turn) if is_pair else 0.0
    if count < 1 or abs(count - round(count)) > 1e-6:
        msg = f"what takes turns in {whole.at.text}, and how often? "
        raise Unclear(msg + "Write 5x(1km @ 4:45, 1km @ 4:15)", whole.at)
    blocks[whole.first : whole.first + 2] = parts * round(count)


def drop_head(blocks: list[DraftBlock], tokens: list[Token]) -> Doubt | None:
    """
    Drop a length that nothing is said of where all that follows adds up to it.

    After a comma it may as well be run first: a distance is taken for the sum with a doubt,
    and a time, which looks like a warm-up, is asked about.
    """
    at = next((i for i, b in enumerate(blocks) if b.role is None and not b.draft.pace.target), None)
    if at is None or blocks[at].aim or blocks[at].notes:
        return None
    end = at + 1
    while end < len(blocks) and blocks[end] == blocks[at]:
        end += 1
    is_parted = len({b.draft for b in blocks[end:]}) > 1
    if not is_parted or not any(b.draft.pace.target or b.aim for b in blocks[end:]):
        return None
    for field in (0, 1):
        head = [b.draft.length[field] for b in blocks[at:end]]
        rest = [b.draft.length[field] for b in blocks[end:]]
        if (
            None not in (*head, *rest)
            and abs(sum(map(_number, head)) - sum(map(_number, rest))) < 1
        ):
            head_text = length_text(*blocks[at].draft.length)
            is_listed = at == 0 and end == 1 and _is_listed(tokens)
            if is_listed and field == 0:
                said = tokens[0].text
                msg = (
                    f"{said} before steps that add up to it: their sum, or run first? "
                    f"Write '{said}:' for the sum, '{said} easy,' if it is run first"
                )
                raise Unclear(msg, tokens[0])
            del blocks[at:end]
            return Doubt("TOTAL", (("whole", head_text),)) if is_listed else None
    return None


def _is_listed(tokens: list[Token]) -> bool:
    """Whether a text begins with a length, a mark that stands between steps, and another one."""
    if len(tokens) < 3 or tokens[1].kind not in BETWEEN_STEPS:
        return False
    return tokens[0].kind in LENGTHS and tokens[2].kind in (*LENGTHS, "count")


def _number(value: float | None) -> float:
    """Return a part of a length as a number."""
    return value or 0.0
