"""Runs that are kept: how the processes that work get at them, and where their names lead."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from analyzer.archive.store.packed import unpack
from analyzer.archive.store.store import Store
from analyzer.report.language import speaking
from analyzer.report.links import Links
from analyzer.report.overruling import at_hand
from analyzer.web.addresses import athlete_address, run_address
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analyzer.archive.store.records import StoredRun
    from analyzer.model.review import Review
    from analyzer.web.settings import Settings


@contextmanager
def asking(settings: Settings) -> Iterator[Store]:
    """Ask the server's store, in the server's language; StoreError if it cannot be asked."""
    with (
        speaking(settings.lang),
        at_hand("another page"),
        Store.open(settings.store) as kept,
    ):
        yield kept


def reviews_of(kept: Store, contents: Sequence[str]) -> list[tuple[StoredRun, Review]]:
    """
    Return runs by their contents, in that order.

    Raises
    ------
    RefusedError
        If one of them is not there, or no longer.
    StoreError
        If one of them cannot be read.
    """
    found = {run.content: run for run in kept.runs(contents=contents)}
    if any(content not in found for content in contents):
        problem = f"{kept.name}: this run is not in it, or no longer"
        raise RefusedError(HTTPStatus.NOT_FOUND, problem)
    return [(found[content], unpack(found[content].run.packed)) for content in contents]


def links_of(runs: Iterable[tuple[StoredRun, Review]]) -> Links:
    """Return where the names of athletes and runs lead."""
    addresses = {id(review): run_address(run.content) for run, review in runs}
    return Links(athlete_address, lambda review: addresses.get(id(review), ""))
