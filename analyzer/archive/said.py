"""
What a person said of one recording: where its blocks lie, by which plan, a note, a message.

It is known by the content of the recording, as the result is, and outlives every result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.structs import replace

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.plan import Match, Plan

MAX_MESSAGE = 4000
"""Longest message that is approved [characters]; one that is written for anybody has up to 700."""


class Ruling(NamedTuple):
    """
    Where the blocks lie, as a person decided; None is not overruled.

    Parameters
    ----------
    start_s : float or None
        Elapsed time of the recording at which block 1 begins; negative: before it began.
    match : {'auto', 'laps', 'clock'} or None
        What may place the blocks.
    """

    start_s: float | None = None
    match: Match | None = None

    def over(self, plan: Plan) -> Plan:
        """Return a plan that places its blocks as the ruling says."""
        if self.match is not None:
            plan = replace(plan, match=self.match)
        if self.start_s is not None:
            plan = replace(plan, start_s=float(self.start_s))
        return plan


class GivenPlan(NamedTuple):
    """
    The plan that a person gave to one recording.

    Parameters
    ----------
    name : str
        What its file is called; empty for a plan that was typed or pasted, in any dialect.
    content : bytes
        The file, or the text in UTF-8.
    """

    name: str
    content: bytes


class Decided(NamedTuple):
    """What a recording is judged by before all else; None: as any other."""

    ruling: Ruling | None = None
    plan: GivenPlan | None = None


NOTHING = Decided()
"""Of nearly all recordings."""


class Approved(NamedTuple):
    """
    A message as the coach approved it.

    Parameters
    ----------
    text : str
        What is sent, with the coach's own changes.
    at_utc : datetime
        When it was approved.
    reading : str
        What `reading_of` says of the review that was seen then: another one is another reading.
    """

    text: str
    at_utc: dt.datetime
    reading: str


class Said(NamedTuple):
    """
    All that was said of a recording; None where nothing was.

    Parameters
    ----------
    ruling : Ruling or None
        Where the blocks lie.
    plan : GivenPlan or None
        By which plan it is judged.
    note : str or None
        The coach's own, for nobody else.
    approved : Approved or None
        The message to the athlete.
    """

    ruling: Ruling | None = None
    plan: GivenPlan | None = None
    note: str | None = None
    approved: Approved | None = None
