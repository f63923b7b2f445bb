"""What can be asked of a store: each answer is of one moment."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from analyzer.archive.store import ask, listing, saying, sqlite_file
from analyzer.archive.store.access import OpenStore
from analyzer.archive.store.export import check_ending, write_table
from analyzer.archive.store.failures import problem_of, told
from analyzer.archive.store.migrate import VERSIONS
from analyzer.archive.store.packed import unpack
from analyzer.archive.store.records import StoreInfo
from analyzer.archive.store.schema import METADATA, PACKED_REVIEW, RECORDING
from analyzer.errors import StoreError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Iterable, Sequence

    from sqlalchemy.engine import Connection

    from analyzer.archive.records import Print
    from analyzer.archive.said import Said
    from analyzer.archive.store.listing import Listed, Wanted
    from analyzer.archive.store.records import AthleteRow, Kept, StoredRun

MOST_PROBLEMS = 20
"""Most unreadable reviews that a check names."""


class ReadableStore(OpenStore):
    """A store that is open and can be asked."""

    def known(self, contents: Iterable[str]) -> dict[str, Kept]:
        """
        Return what is known of recordings.

        Parameters
        ----------
        contents : iterable of str
            SHA-256 of each, in hex.

        Returns
        -------
        dict of str to Kept
            By content; those that are not there are not in it.
        """
        with self._reading() as connection:
            return ask.known(connection, contents)

    def prints(self) -> list[Print]:
        """Return what each run is recognised by where another file has it too."""
        with self._reading() as connection:
            return ask.prints(connection)

    def said(self, contents: Iterable[str] | None = None) -> dict[str, Said]:
        """Return what was said of recordings, by content; None: of all of which anything was."""
        with self._reading() as connection:
            return saying.said(connection, contents)

    def runs(  # noqa: PLR0913 - each narrows the runs, and any may be left out
        self,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        athletes: Sequence[str] | None = None,
        session: str | None = None,
        stimulus: str | None = None,
        contents: Sequence[str] | None = None,
        is_packed: bool = True,
    ) -> Generator[StoredRun, None, None]:
        """
        Return judged runs by day and moment, a few in memory at a time.

        Parameters
        ----------
        since, until : date, optional
            First and last day; runs of an unknown day are then left out.
        athletes : sequence of str, optional
            Whose.
        session, stimulus : str, optional
            Digests, as `RunRow` has them.
        contents : sequence of str, optional
            Of which recordings.
        is_packed : bool
            False leaves ``packed`` empty, for a tenth of the time.
        """
        asked = ask.Asked(since, until, athletes, session, stimulus, contents, is_packed)
        with self._reading() as connection:
            yield from ask.runs(connection, asked)

    def athletes(self) -> tuple[AthleteRow, ...]:
        """Return everyone of whom there is a recording, by name."""
        with self._reading() as connection:
            return ask.athletes(connection)

    def listed(self, wanted: Wanted, start: int = 0, most: int = 100) -> Listed:
        """
        Return a page of judged runs, the latest first, without their packed reviews.

        Parameters
        ----------
        wanted : Wanted
            Which.
        start, most : int
            From which place in the list on, and how many at most.
        """
        with self._reading() as connection:
            return listing.listed(connection, wanted, start, most)

    def plan_names(self) -> tuple[str, ...]:
        """Return what the plans of the runs are called, in order."""
        with self._reading() as connection:
            return listing.plan_names(connection)

    def check(self) -> list[str]:
        """
        Look through all of a store.

        Returns
        -------
        list of str
            What is wrong, a line each; empty where nothing is.
        """
        problems: list[str] = []
        with told(self.name), self._engine.connect() as connection:
            try:
                if self._is_file:
                    problems += sqlite_file.faults(connection)
                problems += _unreadable(connection)
            except (DatabaseError, sqlite3.DatabaseError) as error:
                problem = problem_of(getattr(error, "orig", error))
                problems.append(f"the file: {problem}")
        return problems

    def info(self) -> StoreInfo:
        """Return a few figures."""
        with self._reading() as connection:
            count, first, last = ask.days(connection)
            return StoreInfo(
                store=self.name,
                version=VERSIONS[-1],
                size_bytes=self._size_bytes(connection),
                athletes=len(ask.athletes(connection)),
                runs=count,
                outcomes=ask.outcomes(connection),
                first_day=first,
                last_day=last,
                said=saying.counted(connection),
            )

    def export(self, path: str) -> int:
        """
        Write all runs as a table, ``.csv`` or ``.parquet``: a row a run.

        Returns
        -------
        int
            How many rows there are.
        """
        check_ending(path)
        with self._reading() as connection:
            runs = list(ask.runs(connection, ask.Asked(is_packed=False)))
            heard = saying.said(connection)
        return write_table(runs, path, heard)

    def _size_bytes(self, connection: Connection) -> int:
        """Return what the store takes on the disk."""
        path = self._target.path
        if path is None:
            size = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")
            names = [table.name for table in METADATA.sorted_tables]
            return sum(int(connection.execute(size, {"name": n}).scalar_one()) for n in names)
        beside = [path, path.with_name(f"{path.name}-wal")]
        return sum(part.stat().st_size for part in beside if part.exists())


def _unreadable(connection: Connection) -> list[str]:
    """Name the recordings whose packed review cannot be read."""
    asked: Any = select(RECORDING.c.label, PACKED_REVIEW.c.packed).join_from(
        PACKED_REVIEW, RECORDING, PACKED_REVIEW.c.recording_id == RECORDING.c.id
    )
    found: list[str] = []
    for label, packed in connection.execution_options(yield_per=ask.AT_ONCE).execute(asked):
        try:
            unpack(packed)
        except StoreError as error:
            found.append(f"{label}: {error.problem}")
    more = len(found) - MOST_PROBLEMS
    return found if more <= 0 else [*found[:MOST_PROBLEMS], f"and {more} more reviews"]
