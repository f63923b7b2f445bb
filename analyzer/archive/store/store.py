"""The store as everybody uses it: opened once, asked and added to, in a file or on a server."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from analyzer.archive.store import ask, listing, saying, sqlite_file
from analyzer.archive.store.export import check_ending, write_table
from analyzer.archive.store.failures import problem_of, told
from analyzer.archive.store.forget import forget
from analyzer.archive.store.migrate import VERSIONS, is_ready, migrate, take_turn
from analyzer.archive.store.packed import unpack
from analyzer.archive.store.postgres import postgres_engine
from analyzer.archive.store.records import StoreInfo
from analyzer.archive.store.save import save_results
from analyzer.archive.store.schema import METADATA, PACKED_REVIEW, RECORDING
from analyzer.archive.store.sqlite_file import WRITES, sqlite_engine
from analyzer.archive.store.target import target_of
from analyzer.errors import ChangedError, StoreError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import (
        Callable,
        Collection,
        Generator,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from typing import Self

    from sqlalchemy.engine import Connection, Engine

    from analyzer.archive.records import Print, Result
    from analyzer.archive.said import Approved, Decided, GivenPlan, Ruling, Said
    from analyzer.archive.store.listing import Listed, Wanted
    from analyzer.archive.store.records import AthleteRow, Kept, StoredRun
    from analyzer.archive.store.target import Target

T = TypeVar("T")

WAIT_S = 30.0
"""How long one waits for another that writes [s]; a batch of results takes well under one."""

MOST_PROBLEMS = 20
"""Most unreadable reviews that a check names."""


class Store:
    """
    Judged runs, kept.

    Use `Store.open`, best in a ``with``. Every failure is a `StoreError` of one line. A
    process that was forked must open a store of its own.

    Parameters
    ----------
    target : Target
        Where it is.
    engine : Engine
        The way to it.
    """

    def __init__(self, target: Target, engine: Engine) -> None:
        self._target = target
        self._engine = engine

    @classmethod
    def open(cls, target: str, *, create: bool = False, wait_s: float = WAIT_S) -> Self:
        """
        Open a store; an older one is brought to this version.

        Parameters
        ----------
        target : str
            A file, or ``postgresql://user:password@host/database``.
        create : bool
            Whether to make one where there is none.
        wait_s : float
            How long to wait for others that write, before it is called locked [s].

        Raises
        ------
        NoStoreError
            If there is none.
        StoreError
            If it cannot be used: damaged, locked, newer, out of reach.
        MissingExtraError
            For PostgreSQL, without psycopg.
        """
        place = target_of(target)
        with told(place.name):
            store = cls(place, _engine(place, create=create, wait_s=wait_s))
            try:
                store._make_ready(create=create)
            except BaseException:
                store.close()
                raise
        return store

    def __enter__(self) -> Self:
        """Use it in a ``with``."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of file and server."""
        self._engine.dispose()

    @property
    def name(self) -> str:
        """What the store is called: the file's name, or the address without user and password."""
        return self._target.name

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

    def save(
        self,
        results: Iterable[Result],
        decided: Mapping[str, Decided] | None = None,
        heirs: Mapping[str, str] | None = None,
    ) -> None:
        """
        Save results, all or none: when this returns they are on the disk.

        What was known of their contents gives way, so that it may be done again. A duplicate
        that is a copy, byte for byte, of the file that counts changes nothing. What people
        said of a recording stays, whatever becomes of its result.

        Parameters
        ----------
        results : iterable of Result
            In any order.
        decided : mapping of str to Decided, optional
            What some of them, by content, were judged by, to be kept in the same moment.
        heirs : mapping of str to str, optional
            Files that count now, by those in whose place they do: what was said of these holds
            for them, unless something was said of them already. Contents both.
        """
        made = list(results)  # before others have to wait
        wanted = sorted((decided or {}).items())  # in one order, as others may write the same
        rows = [(content, self._row(saying.decided_row, each)) for content, each in wanted]
        with self._writing() as connection:
            save_results(connection, made)
            saying.hand_on(connection, heirs or {})
            for content, row in rows:
                saying.set_said(connection, content, row)

    def refuse(self, decided: Decided) -> None:
        """Raise a StoreError for a ruling or plan that cannot be kept; nothing is written."""
        self._row(saying.decided_row, decided)

    def set_ruling(self, content: str, ruling: Ruling | None) -> None:
        """
        Keep where the blocks of a recording lie; None: nobody overrules. The next batch obeys.

        Raises
        ------
        StoreError
            If there is no such recording, or the start is no number of seconds.
        """
        self._say(content, self._row(saying.ruling_row, ruling))

    def set_plan(self, content: str, plan: GivenPlan | None) -> None:
        """Keep by which plan a recording is judged, whatever others there are; None: by those."""
        self._say(content, self._row(saying.plan_row, plan))

    def set_note(self, content: str, note: str | None, over: Collection[str] | None = None) -> None:
        """
        Keep the coach's note on a recording.

        Parameters
        ----------
        content : str
            Of the recording.
        note : str or None
            Of at most `MAX_NOTE` characters; None: no note.
        over : collection of str, optional
            What whoever writes takes for the note that is kept, "" for none. Left out: whatever
            is kept gives way.

        Raises
        ------
        ChangedError
            If another one is kept; it stays.
        """
        self._say(content, self._row(saying.note_row, note), _over("note", over))

    def approve(
        self, content: str, approved: Approved | None, over: Collection[str] | None = None
    ) -> None:
        """
        Keep the message to the athlete as the coach approved it; None takes it back.

        ``over`` is as in `set_note`: what was approved before.
        """
        self._say(content, self._row(saying.approved_row, approved), _over("message", over))

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

    def forget(self, athlete: str) -> int:
        """
        Delete an athlete and all that could tell there was one.

        In a file nothing is left in its bytes either. A server reuses the space; what its
        own logs and backups hold is the team's to delete.

        Returns
        -------
        int
            How many recordings of theirs there were.

        Raises
        ------
        StoreError
            Also if another program reads at that time, which keeps old pages alive: all is
            deleted then, and gone from the bytes once it is done again.
        """
        with self._writing() as connection:
            if self._is_file:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            forgotten = forget(connection, athlete)
        with told(self.name):
            self._clear_away()
        return forgotten

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

    @property
    def _is_file(self) -> bool:
        """Whether the store is a file."""
        return self._target.path is not None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Ask in one transaction: all answers are of one moment."""
        with told(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Write in one transaction: all of it, or nothing."""
        engine = self._engine.execution_options(**{WRITES: True})
        with told(self.name), engine.begin() as connection:
            yield connection

    def _row(self, columns: Callable[[T], saying.Row], value: T) -> saying.Row:
        """Return the columns of what was said; StoreError if it cannot be kept."""
        try:
            return columns(value)
        except saying.UnsayableError as error:
            raise StoreError(self.name, str(error)) from None

    def _say(self, content: str, row: saying.Row, over: saying.Over | None = None) -> None:
        """Keep what was said of a recording; StoreError if there is none."""
        try:
            with self._writing() as connection:
                is_there = saying.set_said(connection, content, row, over)
        except saying.OtherTextError as other:
            raise ChangedError(self.name, other.kept) from None
        if not is_there:
            problem = "there is no such recording: it may have been forgotten meanwhile"
            raise StoreError(self.name, problem)

    def _make_ready(self, *, create: bool) -> None:
        """Make tables where there are none, and bring older ones to this version."""
        with self._engine.connect() as connection:
            if is_ready(connection, self.name, create=create):
                return
        with self._writing() as connection:
            take_turn(connection)
            if not is_ready(connection, self.name, create=create):  # another one was faster
                migrate(connection)

    def _clear_away(self) -> None:
        """Take what was deleted out of the file, or let the server use its space again."""
        if not self._is_file:
            engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                names = ", ".join(table.name for table in METADATA.sorted_tables)
                connection.execute(text(f"VACUUM {names}"))
        elif not sqlite_file.clear_away(self._engine):
            problem = "all is deleted, but another program reads: forget again when it has finished"
            raise StoreError(self.name, problem)

    def _size_bytes(self, connection: Connection) -> int:
        """Return what the store takes on the disk."""
        path = self._target.path
        if path is None:
            size = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")
            names = [table.name for table in METADATA.sorted_tables]
            return sum(int(connection.execute(size, {"name": n}).scalar_one()) for n in names)
        beside = [path, path.with_name(f"{path.name}-wal")]
        return sum(part.stat().st_size for part in beside if part.exists())


def _over(column: str, texts: Collection[str] | None) -> saying.Over | None:
    """Return what a column may have; None: whatever it has."""
    return None if texts is None else saying.Over(column, texts)


def _engine(target: Target, *, create: bool, wait_s: float) -> Engine:
    """Return the way to a store."""
    if target.path is not None:
        return sqlite_engine(target.path, create=create, wait_s=wait_s)
    assert target.url is not None  # noqa: S101 - one of the two is always there
    return postgres_engine(target.url, wait_s)


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
