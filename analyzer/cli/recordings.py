"""The recordings named on a command line: one loop, which passes over what cannot be used."""

from __future__ import annotations

import sys
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from analyzer.errors import ActivityError, PlanError, SomeFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from analyzer.model.activity import Activity

Result = TypeVar("Result")


class Recording(NamedTuple):
    """
    A recording, and where it came from.

    Parameters
    ----------
    activity : Activity
        What was recorded.
    place : int
        The how many of all it is, from 0.
    run : str
        The file as it was named on the command line.
    member : str
        Its whole name in an archive; empty in a file that is none.
    """

    activity: Activity
    place: int
    run: str
    member: str


class Recordings:
    """
    All recordings of some files; the first two are read at once, to know if there are several.

    Parameters
    ----------
    runs : iterable of str
        Files, archives of them, and ``-`` for stdin.
    session : int, optional
        Which session of a multisport file.

    Attributes
    ----------
    is_single : bool
        Whether there is no second one.
    total, failed : int
        How many there were until now, and how many of them could not be used.
    """

    def __init__(self, runs: Iterable[str], session: int | None = None) -> None:
        self._others = _read(runs, session)
        self._first = list(islice(self._others, 2))
        self.is_single = len(self._first) < 2
        self.total = self.failed = 0

    def each(self, work: Callable[[Recording], Result]) -> Iterator[tuple[int, Result]]:
        """
        Return what some work makes of each recording, with its place, counted from 0.

        What cannot be read or judged is said on stderr, and the others go on.

        Raises
        ------
        ActivityError, PlanError
            Of a single recording.
        """
        for place, (run, member, activity) in enumerate(chain(self._first, self._others)):
            self.total = place + 1
            try:
                if isinstance(activity, ActivityError):
                    raise activity
                result = work(Recording(activity, place, run, member))
            except (ActivityError, PlanError) as error:
                if self.is_single:
                    raise
                click.echo(str(error), err=True)
                self.failed += 1
                continue
            yield place, result

    def raise_failures(self) -> None:
        """Raise `SomeFailedError` if any failed, once the others have been delivered."""
        if self.failed:
            raise SomeFailedError(self.failed, self.total)


def _read(
    runs: Iterable[str], session: int | None
) -> Iterator[tuple[str, str, Activity | ActivityError]]:
    """Read one after the other; what cannot be read comes as its error, and the others go on."""
    from analyzer.parsers.read import read_each

    for run in runs:
        source, name = (sys.stdin.buffer, "stdin") if run == "-" else (run, None)
        try:
            for read in read_each(source, session=session, name=name):
                yield run, read.member, read.activity
        except ActivityError as error:
            yield run, "", error
