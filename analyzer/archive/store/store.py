"""The store as everybody uses it: opened once, asked and added to, in a file or on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import text

from analyzer.archive.store import saying, sqlite_file
from analyzer.archive.store.failures import told
from analyzer.archive.store.forget import forget
from analyzer.archive.store.reading import ReadableStore
from analyzer.archive.store.save import save_results
from analyzer.archive.store.schema import METADATA
from analyzer.errors import ChangedError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from analyzer.archive.records import Result
    from analyzer.archive.said import Approved, Decided, GivenPlan, Ruling

T = TypeVar("T")


class Store(ReadableStore):
    """
    Judged runs, kept.

    Use `Store.open`, best in a ``with``. Every failure is a `StoreError` of one line. A
    process that was forked must open a store of its own. What can be asked of it is in
    `reading`.
    """

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


def _over(column: str, texts: Collection[str] | None) -> saying.Over | None:
    """Return what a column may have; None: whatever it has."""
    return None if texts is None else saying.Over(column, texts)
