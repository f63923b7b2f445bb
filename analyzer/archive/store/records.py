"""What a store says of what it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.said import NOTHING, Decided

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.records import Outcome, Reason, RunRow


class Kept(NamedTuple):
    """
    What is known of a recording; fields as in `Result`.

    ``why`` of a duplicate is the label of the file that counts. ``decided`` is what a person
    wants it judged by.
    """

    content: str
    label: str
    outcome: Outcome
    reason: Reason | None
    why: str
    athlete: str | None
    day: dt.date | None
    inputs: str
    is_recovered: bool
    asked: str
    decided: Decided = NOTHING


class StoredRun(NamedTuple):
    """A judged run, whose it is, and what its file is called and known by."""

    athlete: str | None
    label: str
    content: str
    is_recovered: bool
    run: RunRow


class AthleteRow(NamedTuple):
    """An athlete, how many runs of theirs there are, and the days of the first and the last."""

    name: str
    runs: int
    first_day: dt.date | None
    last_day: dt.date | None


class SaidInfo(NamedTuple):
    """Of how many recordings a person said something: notes, rulings, plans, messages."""

    notes: int
    rulings: int
    plans: int
    approved: int


class StoreInfo(NamedTuple):
    """
    A store in a few figures.

    Parameters
    ----------
    store : str
        What it is called.
    version : str
        Of its tables.
    size_bytes : int
        What it takes on the disk, its log included.
    athletes, runs : int
        How many there are.
    outcomes : dict of str to int
        What became of how many recordings.
    first_day, last_day : date or None
        Of the runs.
    said : SaidInfo
        What people said of recordings.
    """

    store: str
    version: str
    size_bytes: int
    athletes: int
    runs: int
    outcomes: dict[str, int]
    first_day: dt.date | None
    last_day: dt.date | None
    said: SaidInfo
