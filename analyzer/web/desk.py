"""What lies on the desk: runs that were dropped and reviews of them, in memory and nowhere else."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from http import HTTPStatus
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.web.work.records import ReadRun, Reviewed

MAX_DESK = 512 * 1024 * 1024
"""Runs that take more together push the oldest off [bytes]."""

MAX_REVIEWS = 128 * 1024 * 1024
"""Reviews of them, likewise [bytes]; that of an hour takes a hundredth of a per cent."""

Item = TypeVar("Item")


class OnDesk(Struct, frozen=True):
    """A review, and the run that it is of."""

    run: str
    made: Reviewed


class Pile(Generic[Item]):
    """
    Things by a name that nobody can guess; the one that was not looked at for longest goes first.

    Parameters
    ----------
    what : str
        What one is called.
    most : int
        How much they may weigh together.
    weigh : callable
        How much one weighs.
    """

    def __init__(self, what: str, most: int, weigh: Callable[[Item], int]) -> None:
        self.what, self.most, self._weigh = what, most, weigh
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._weight = 0

    def put(self, item: Item) -> str:
        """Lay a thing down; returns its name."""
        name = secrets.token_urlsafe(9)
        self._items[name] = item
        self._weight += self._weigh(item)
        while self._weight > self.most and len(self._items) > 1:
            _, gone = self._items.popitem(last=False)
            self._weight -= self._weigh(gone)
        return name

    def get(self, name: str) -> Item:
        """
        Return a thing by its name.

        Raises
        ------
        RefusedError
            If it is no longer there, or never was.
        """
        item = self.find(name)
        if item is None:
            problem = f"this {self.what} is no longer on the desk: drop the file again"
            raise RefusedError(HTTPStatus.NOT_FOUND, problem)
        return item

    def find(self, name: str) -> Item | None:
        """Return a thing by its name; None if it is no longer there, or never was."""
        item = self._items.get(name)
        if item is not None:
            self._items.move_to_end(name)
        return item


class Desk:
    """Runs that were dropped, and reviews of them; all is gone when the server stops."""

    def __init__(self) -> None:
        self.runs: Pile[ReadRun] = Pile("run", MAX_DESK, _bytes_of)
        self.reviews: Pile[OnDesk] = Pile("review", MAX_REVIEWS, _bytes_of_review)


def _bytes_of(run: ReadRun) -> int:
    """Return what a run takes in memory, nearly."""
    return len(run.content) + len(run.activity)


def _bytes_of_review(on_desk: OnDesk) -> int:
    """Return what a review takes in memory, nearly."""
    made = on_desk.made
    return len(made.review) + 2 * len(made.article) + 2 * len(made.splits)
