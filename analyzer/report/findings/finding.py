"""What a report can say of one kind of finding; each kind has a file of its own beside this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event
    from analyzer.units import Unit


class Subject(Struct, frozen=True):
    """What a text is about: a review, and the unit that it is read in."""

    review: Review
    unit: Unit

    def block(self, index: int | None) -> BlockResult | None:
        """Return a block by its index; None for the whole run."""
        return None if index is None else self.review.blocks[index - 1]


class Telling(Struct, frozen=True):
    """
    One thing that may happen in blocks, as the headline and the message say it.

    Parameters
    ----------
    clause : function of (Event, Named, Subject)
        Part of the headline, without a subject: ``forced the third block 14 s/km too fast``.
    sentence : function of (Event, Subject)
        Whole sentences to the runner.
    brief : str
        What happened, in a word or two, where a message has room for no more.
    """

    clause: Callable[[Event, Named, Subject], str]
    sentence: Callable[[Event, Subject], str]
    brief: str


class Finding(Struct, frozen=True):
    """
    All that reports say of one kind of finding.

    Parameters
    ----------
    title : str
        Beside its block: ``too fast``.
    sign : str
        In front of it; an outline is shown where it is only possible.
    telling : Telling
        In sentences.
    evidence : function of (Flag, Subject)
        The numbers behind it, in a sentence or two; empty where they are unknown.
    perhaps : function of Flag
        A message with ``{block}``, where it is only possible: ``{block} may have faded``.
    of_runs, of_squad : str
        Of runs and of runners that share it, with ``{who}``; empty where the outcome
        of the block says it.
    advice : function of (list of Flag, Subject)
        What to do the next time, from the clear flags of this kind; None: nothing.
    comfort : function of (list of Flag, Subject)
        Something kind that is true of it; empty: nothing.
    timed_title : str
        Its title where it rests on when the pace changed; empty: the title.
    without_block : str
        Its title where it is unknown which block it was in; empty: the title.
    if_hidden : str
        Its title where the recording cannot show it; empty: the title.
    hidden : function of (Flag, Subject)
        Which size would not show.
    """

    title: str
    sign: str
    telling: Telling
    evidence: Callable[[Flag, Subject], str]
    perhaps: Callable[[Flag], str]
    of_runs: str = ""
    of_squad: str = ""
    advice: Callable[[list[Flag], Subject], str | None] | None = None
    comfort: Callable[[list[Flag], Subject], str] | None = None
    timed_title: str = ""
    without_block: str = ""
    if_hidden: str = ""
    hidden: Callable[[Flag, Subject], str] | None = None
