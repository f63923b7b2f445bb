"""Whose each of several reports is: the line above it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from analyzer.model.hidden import RUN, letters_of
from analyzer.report.language import say
from analyzer.report.people import name_text
from analyzer.safe_text import clean_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.review import Review


def unnamed(review: Review) -> Review:
    """Return a review whose title need not say again whose it is."""
    return replace(review, remarks=replace(review.remarks, name=None))


class Headings:
    """Heads reports one after the other; no two are headed alike."""

    def __init__(self) -> None:
        self._count = 0
        self._often: Counter[str] = Counter()

    def above(self, review: Review, file: str = "") -> str:
        """
        Return whose the next report is: ``anna · tuesday.fit``, ``tuesday.fit``.

        Parameters
        ----------
        review : Review
            Of the report; one that tells nobody is ``Run B``.
        file : str
            What to call its file. Left out: by its name.
        """
        self._count += 1
        source = clean_text(file or review.activity.source)
        if review.activity.source == RUN:
            source = say("Run {letter}", letter=letters_of(self._count - 1))
        words = " · ".join(part for part in (name_text(review), source) if part)
        self._often[words] += 1
        often = self._often[words]
        return words if often == 1 else f"{words} ({often})"
