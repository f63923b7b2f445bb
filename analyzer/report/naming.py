"""Blocks named in sentences: what something was done to, where it was done, what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.report.language import noted, say

if TYPE_CHECKING:
    from analyzer.model.review import Review


ORDINALS = (
    noted("first"), noted("second"), noted("third"), noted("fourth"), noted("fifth"),
    noted("sixth"), noted("seventh"), noted("eighth"),
)  # fmt: skip

NUMBERS = (
    noted("no"), noted("one"), noted("two"), noted("three"), noted("four"), noted("five"),
    noted("six"), noted("seven"), noted("eight"), noted("nine"), noted("ten"),
)  # fmt: skip

THE_BLOCKS = (
    noted("The first block"), noted("The second block"), noted("The third block"),
    noted("The fourth block"), noted("The fifth block"), noted("The sixth block"),
    noted("The seventh block"), noted("The eighth block"),
)  # fmt: skip
"""Blocks as what a sentence is about: a case of its own in German."""


class Named(NamedTuple):
    """
    Blocks, named as what something was done to, and as where it was done.

    Every message that has one of them may use the other instead.
    """

    blocks: str
    where: str


def all_blocks(review: Review) -> Named:
    """Name all scored blocks: ``all five blocks``, ``the block``."""
    count = sum(b.verdict != "not_scored" for b in review.blocks)
    if count == 1 and len(review.blocks) > 1:
        return Named(say("the one block with a pace"), say("in the one block with a pace"))
    return _all(count)


def _all(count: int) -> Named:
    """Name all blocks of a plan by their number: ``all five blocks``."""
    if count == 1:
        return Named(say("the block"), say("in the block"))
    if count == 2:
        return Named(say("both blocks"), say("in both blocks"))
    words = number_word(count)
    return Named(say("all {count} blocks", count=words), say("in all {count} blocks", count=words))


def number_word(count: int) -> str:
    """Say a small number in words."""
    return say(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def _ordinal(review: Review, index: int) -> str:
    """Name a block by its place: ``third``, ``last``, ``12th``."""
    if index == len(review.blocks) and index > 1:
        return say("last")
    return say(ORDINALS[index - 1]) if index <= len(ORDINALS) else _in_figures(index)


def _in_figures(n: int) -> str:
    """Write an ordinal in figures: ``12th``, ``21st``, ``22nd``, ``103rd``."""
    if n % 100 in (11, 12, 13):
        return say("{n}th", n=n)
    endings = {1: noted("{n}st"), 2: noted("{n}nd"), 3: noted("{n}rd")}
    ending = endings.get(n % 10, noted("{n}th"))
    return say(ending, n=n)


def where_in(review: Review, index: int, *, with_noun: bool) -> str:
    """Say in which block something was: ``in the third block``, then ``in the fourth``."""
    if len(review.blocks) == 1:
        return say("in the block")
    ordinal = _ordinal(review, index)
    if with_noun:
        return say("in the {ordinal} block", ordinal=ordinal)
    return say("in the {ordinal}", ordinal=ordinal)


def neighbours(review: Review, first: int, last: int, *, with_noun: bool) -> Named:
    """
    Name neighbouring blocks: ``the first two blocks``, then ``the third``, ``the last two``.

    Parameters
    ----------
    review : Review
        Whose blocks they are.
    first, last : int
        Their indices.
    with_noun : bool
        Whether the word "block" has to be said: it has not been yet.
    """
    count, total = last - first + 1, len(review.blocks)
    if count == total:
        return _all(total)
    if count == 1:
        return _one(_ordinal(review, first), with_noun=with_noun)
    if first == 1:
        return _first(count, with_noun=with_noun)
    if last == total:
        return _last(count, with_noun=with_noun)
    if count == 2:
        return _two(_ordinal(review, first), _ordinal(review, last), with_noun=with_noun)
    return Named(
        say("blocks {first} to {last}", first=first, last=last),
        say("in blocks {first} to {last}", first=first, last=last),
    )


def _one(ordinal: str, *, with_noun: bool) -> Named:
    """Name one block by its place."""
    if with_noun:
        return Named(
            say("the {ordinal} block", ordinal=ordinal),
            say("in the {ordinal} block", ordinal=ordinal),
        )
    return Named(say("the {ordinal}", ordinal=ordinal), say("in the {ordinal}", ordinal=ordinal))


def _two(first: str, second: str, *, with_noun: bool) -> Named:
    """Name two blocks in the middle by their places."""
    if with_noun:
        return Named(
            say("the {first} and {second} blocks", first=first, second=second),
            say("in the {first} and {second} blocks", first=first, second=second),
        )
    return Named(
        say("the {first} and {second}", first=first, second=second),
        say("in the {first} and {second}", first=first, second=second),
    )


def _first(count: int, *, with_noun: bool) -> Named:
    """Name the blocks a run began with; two of them are "beide" elsewhere."""
    n = number_word(count)
    if with_noun and count == 2:
        return Named(say("the first two blocks"), say("in the first two blocks"))
    if with_noun:
        return Named(
            say("the first {count} blocks", count=n), say("in the first {count} blocks", count=n)
        )
    if count == 2:
        return Named(say("the first two"), say("in the first two"))
    return Named(say("the first {count}", count=n), say("in the first {count}", count=n))


def _last(count: int, *, with_noun: bool) -> Named:
    """Name the blocks a plan ends with."""
    n = number_word(count)
    if with_noun and count == 2:
        return Named(say("the last two blocks"), say("in the last two blocks"))
    if with_noun:
        return Named(
            say("the last {count} blocks", count=n), say("in the last {count} blocks", count=n)
        )
    if count == 2:
        return Named(say("the last two"), say("in the last two"))
    return Named(say("the last {count}", count=n), say("in the last {count}", count=n))


def the_block(review: Review, index: int) -> str:
    """Name a block as what a sentence is about."""
    if len(review.blocks) == 1:
        return say("The block")
    if index == len(review.blocks):
        return say("The last block")
    if index <= len(THE_BLOCKS):
        return say(THE_BLOCKS[index - 1])
    return say("The {ordinal} block", ordinal=_in_figures(index))


def it_or_them(count: int) -> Named:
    """Name blocks that were named just before: ``it``, ``in it``; ``them``, ``in them``."""
    if count == 1:
        return Named(say("it"), say("in it"))
    return Named(say("them"), say("in them"))


def most_blocks() -> Named:
    """Name more than half of the blocks."""
    return Named(say("most blocks"), say("in most blocks"))
