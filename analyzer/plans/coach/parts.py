"""Parts of a whole: the last miles of a run, what remains of it, and whether it all adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from analyzer.model.plan import Doubt
from analyzer.plans.coach.amounts import is_nothing, length_of, less, of_unit
from analyzer.plans.coach.fractions import take_turns
from analyzer.plans.coach.phrases import read_behind
from analyzer.plans.coach.step import Unclear
from analyzer.plans.names import length_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.plans.coach.reader import Reader
    from analyzer.plans.coach.step import Step
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.draft import DraftBlock, Length
    from analyzer.units import Unit

UNIT_WORDS = ("km", "k", "kilometre", "kilometer", "kilometres", "kilometers", "minute", "minutes")
ON_TOP = ("plus", "arrow", "sep", "greater")
"""Behind one of these, a last part may come on top of a block with its own pace."""


class Whole(Struct):
    """A length that is made of what follows it."""

    length: Length
    unit: Unit | None
    first: int
    at: Token
    rest: DraftBlock | None = None
    """What is left of it is run like this."""
    is_alternating: bool = False
    """Its two parts take turns until it is over."""


class Reps(NamedTuple):
    """Repeats, and where their blocks are, those between them too; ``-1`` until it is known."""

    step: Step
    first: int
    end: int


class Part(NamedTuple):
    """What is said of a part: its word, its number, and whether that number's unit is said."""

    word: Token
    number: float
    is_unit_said: bool
    is_last: bool


def take_part(reader: Reader, blocks: list[DraftBlock]) -> None:
    """Read ``last 2 miles @ 6:45``, which is taken out of what stands before it."""
    word, mark = reader.cursor.peek(), reader.cursor.peek(-1).kind
    is_last = "last" in (word.kind, reader.cursor.peek(1).kind)
    number, is_unit_said = 1.0, False
    while reader.cursor.peek().kind in ("last", "first", "number", "filler"):
        token = reader.cursor.take()
        number = float(token.text) if token.kind == "number" else number
        is_unit_said = is_unit_said or token.text.lower() in UNIT_WORDS
    if set(word.text.lower().split()) & TWO:
        number = 2.0
    if is_last and not is_unit_said and _are_reps(reader, blocks, number):
        _change_reps(reader, blocks, word, int(number))
        return
    before = blocks[-1].draft.length if blocks and not reader.is_listing else None
    if before and blocks[-1].draft.pace.target and mark in ON_TOP:
        whole = length_text(*before)
        msg = f"'{word.text}': on top of {whole}, or out of it? Write its length without "
        raise Unclear(msg + f"'{word.text}', or both parts of {whole} apart", word)
    if before and not is_last and blocks[-1].role is None and not blocks[-1].draft.pace.target:
        reader.whole = Whole(before, reader.unit, len(blocks) - 1, word, rest=blocks.pop())
        reader.is_listing, before = True, None
    reader.is_listing = reader.is_listing or not (is_last or blocks)
    if reader.whole is not None and len(blocks) == reader.whole.first:
        before = None
    part = Part(word, number, is_unit_said, is_last)
    at, unit, length = _length_of_part(reader, part, before, blocks)
    step = reader.begin(at, length, unit)
    read_behind(reader.cursor, step, reader.text)
    made = reader.made(step)
    if before is None:
        blocks += made
    else:
        _take_out(reader, blocks, length, made, part)


TWO = frozenset({"beiden", "two", "zwei", "deux", "dos", "due"})


def _are_reps(reader: Reader, blocks: list[DraftBlock], number: float) -> bool:
    """Whether ``last 2`` are two of the repeats before it, with at most a rest behind them."""
    reps = reader.reps
    if reps is None or reader.cursor.starts_step() or not reps.step.quotes:
        return False
    is_next = all(b.is_rest or b.role in ("rest", "easy") for b in blocks[reps.end :])
    return is_next and 1 <= number < reps.step.count and number % 1 == 0


def _change_reps(reader: Reader, blocks: list[DraftBlock], word: Token, number: int) -> None:
    """Run the last ones of several repeats at paces of their own."""
    reps = reader.reps
    if reps is None:
        return
    length = reps.step.length
    step = reader.begin(word, length, reps.step.unit, number)
    step.is_rep = True
    read_behind(reader.cursor, step, reader.text)
    step.recovery = None
    made = reader.made(step)
    places = [i for i in range(reps.first, reps.end) if blocks[i].draft.length == length]
    for place, block in zip(places[-number:], made, strict=True):
        blocks[place] = block
    said = word.text if any(c.isdigit() for c in word.text) else f"{word.text} {number}"
    values = (("words", said), ("part", f"{number}x{length_text(*length)}"))
    reader.doubts.append(Doubt("PART_UNIT", values))


def _length_of_part(
    reader: Reader, part: Part, before: Length | None, blocks: list[DraftBlock]
) -> tuple[Token, Unit | None, Length]:
    """Return how long a part is, in its own unit or in that of its whole."""
    word, number = part.word, part.number
    if reader.cursor.starts_step():
        at = reader.cursor.take()
        length, unit = length_of(at)
        return at, unit, length
    if before is None and reader.whole is not None:
        return word, reader.unit, of_unit(number, reader.whole.length, reader.whole.unit)
    like = before or (blocks[-1].draft.length if blocks else None)
    if like is None and number != 1:
        msg = f"{number:g} what? Write '{number:g}min' or '{number:g}km'"
        raise Unclear(msg, word)
    if like is None:
        msg = f"'{word.text}' of what? Write the length of the whole before it"
        raise Unclear(msg, word)
    length = of_unit(number, like, reader.unit)
    if not (before and part.is_unit_said):
        said = word.text if any(c.isdigit() for c in word.text) else f"{word.text} {number:g}"
        values = (("words", said), ("part", length_text(*length)))
        reader.doubts.append(Doubt("PART_UNIT", values))
    return word, reader.unit, length


def _take_out(
    reader: Reader, blocks: list[DraftBlock], length: Length, made: list[DraftBlock], part: Part
) -> None:
    """Put the first or last part of a block in its place."""
    whole = blocks[-1]
    left = less(whole.draft.length, length)
    if left is None:
        said = length_text(*whole.draft.length)
        msg = f"{length_text(*length)} cannot be taken out of {said} before it; "
        raise Unclear(msg + "write each part with its own length", part.word)
    blocks.pop()
    rest = [] if is_nothing(left) else [replace(whole, draft=replace(whole.draft, length=left))]
    blocks += [*rest, *made] if part.is_last else [*made, *rest]
    if rest and part.is_last:
        values = (("part", length_text(*length)), ("whole", length_text(*whole.draft.length)))
        reader.doubts.append(Doubt("PART_OF", values))


def remainder(reader: Reader, blocks: list[DraftBlock], whole: Whole) -> None:
    """Read ``remainder easy``, or ``then 4:45, 4:40``: what is left of the whole."""
    is_said = reader.cursor.peek().kind == "remainder"
    token = reader.cursor.take() if is_said else reader.cursor.peek()
    left: Length | None = whole.length
    for block in blocks[whole.first :]:
        left = less(left, block.draft.length) if left else None
    if left is None or is_nothing(left):
        msg = "nothing that can be told remains of the whole; write a length"
        raise Unclear(msg, token)
    step = reader.begin(token, left, whole.unit)
    read_behind(reader.cursor, step, reader.text)
    blocks += reader.made(step)


def refuse_hollow(reader: Reader, blocks: list[DraftBlock]) -> None:
    """Refuse a length that is said to be made of parts, and no part follows."""
    if reader.whole is not None and reader.whole.first == len(blocks):
        msg = f"what is {reader.whole.at.text} made of? Write its steps, or no colon behind it"
        raise Unclear(msg, reader.whole.at, is_asked=False)


def check_steps(reader: Reader, blocks: list[DraftBlock]) -> None:
    """Refuse a plan of nothing but words."""
    if all(is_nothing(b.draft.length) for b in blocks) and reader.cursor.tokens:
        msg = "no step with a length; write for example 15min easy, 10min @ 4:00"
        reader.unclear.append(Unclear(msg, reader.cursor.tokens[0], is_asked=False))


def check_whole(reader: Reader, blocks: list[DraftBlock]) -> None:
    """Say so where the parts are not as long as the whole."""
    if reader.whole is None:
        return
    refuse_hollow(reader, blocks)
    if reader.whole.is_alternating:
        take_turns(blocks, reader.whole)
        return
    left: Length | None = reader.whole.length
    for block in blocks[reader.whole.first :]:
        left = less(left, block.draft.length) if left else None
        if left is not None and is_nothing(left):
            return
    if reader.whole.rest is not None and left is not None:
        draft = replace(reader.whole.rest.draft, length=left)
        blocks.append(replace(reader.whole.rest, draft=draft))
        return
    reader.doubts.append(Doubt("WHOLE", (("whole", length_text(*reader.whole.length)),)))
