"""Runs of one plan side by side: which, in which order, and what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.findings import FlagCode
    from analyzer.model.review import Review

SortedBy = Literal["given", "date", "score", "name"]
Outcome = Literal["held", "too_fast", "too_slow", "unfinished", "not_scored"]
"""What became of a block in one run: its verdict, or that it was not run to its end."""

Direction = Literal["rose", "fell", "not_shown"]
"""Where the scores went; not shown: the 90 % ranges overlap."""


class Compared(Struct, frozen=True):
    """One run of several, and what it is called among them."""

    label: str
    review: Review


class SharedBlock(Struct, frozen=True):
    """
    One block of the plan, and in how many runs it had which outcome.

    ``is_same_pace``: every run was judged by the same planned pace, which need
    not be so where a plan is read by the paces of an athlete and a day.
    """

    index: int
    is_same_pace: bool
    held: int
    too_fast: int
    too_slow: int
    unfinished: int
    not_scored: int

    def count(self, outcome: Outcome) -> int:
        """Return in how many runs the block had an outcome."""
        counts: dict[Outcome, int] = {
            "held": self.held,
            "too_fast": self.too_fast,
            "too_slow": self.too_slow,
            "unfinished": self.unfinished,
            "not_scored": self.not_scored,
        }
        return counts[outcome]


class SharedFinding(Struct, frozen=True):
    """A clear finding that a block's verdict does not show, and in how many runs there is one."""

    code: FlagCode
    runs: int


class Change(Struct, frozen=True):
    """From the first scored run to the last one, by date, and what the scores show of it."""

    first: Compared
    last: Compared
    direction: Direction


class SideBySide(Struct, frozen=True):
    """
    Runs of one plan in the order of the rows.

    Parameters
    ----------
    runs : tuple of Compared
        At least two; no two labels are alike.
    blocks : tuple of SharedBlock
        The plan's, in its order.
    findings : tuple of SharedFinding
        The most frequent first.
    change : Change or None
        Of one runner over several days; None where runs cannot be put in such an order.
    sorted_by : {'given', 'date', 'score', 'name'}
        The order of the rows.
    is_squad : bool
        Several runners on one day: each run has a name of its own.
    """

    runs: tuple[Compared, ...]
    blocks: tuple[SharedBlock, ...]
    findings: tuple[SharedFinding, ...]
    change: Change | None
    sorted_by: SortedBy
    is_squad: bool
