"""Batches that the server runs: one at a time, into its store, followed by whoever asks."""

from __future__ import annotations

import os
import secrets
import threading
from collections import OrderedDict
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from analyzer.errors import NoStoreError
from analyzer.structs import replace
from analyzer.web.progress import Progress
from analyzer.web.refusals import RefusedError, line_of

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.batch import Tell
    from analyzer.archive.records import Result
    from analyzer.archive.rules import Rules
    from analyzer.web.progress import State
    from analyzer.web.settings import Settings
    from analyzer.web.upload import Upload

MOST_WAITING = 10
"""Uploads that wait for their turn take room on the disk."""

MOST_REMEMBERED = 100
"""Batches that are over and can still be asked about."""

LEAVE_S = 1.0
"""So long the server waits, when it stops, for a batch to put down what is judged [s]."""


class _Ended(Exception):  # noqa: N818 - no error: somebody asked for it
    """A batch was told to end."""


class _Job(Struct, frozen=True, eq=False):
    """What a batch judges, and by what."""

    id: str
    upload: Upload
    rules: Rules


class Batches:
    """
    The batches of a server: one is run at a time, in a thread, by processes of its own.

    All of it may be called from any thread; `start` and `close` take a moment.

    Parameters
    ----------
    settings : Settings
        Of the server: store, plans, athletes.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Progress] = OrderedDict()
        self._waiting: list[_Job] = []
        self._ending: set[str] = set()
        self._runs: threading.Thread | None = None
        self._job: _Job | None = None
        self._is_closed = False

    def check(self) -> None:
        """
        Look, before anything is uploaded, whether a batch can be started now.

        Raises
        ------
        StoreError
            If there is a store, and it cannot be used.
        RefusedError
            If too many wait.
        """
        from analyzer.web.work.kept import opened  # with the store's library

        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                problem = f"{MOST_WAITING} batches wait already: let one of them finish"
                raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, problem)
        with suppress(NoStoreError):
            opened(self._settings).close()

    def start(
        self, upload: Upload, plan: str | None = None, since: dt.date | None = None
    ) -> Progress:
        """
        Have an upload judged; it is dropped when that is over, or cannot begin.

        Parameters
        ----------
        upload : Upload
            All of it.
        plan : str or None
            The file of the plan, as `Upload.plan` returned it. None: the workout in each
            recording, else the server's folder of plans, else the export's own.
        since : date or None
            Runs before this day are passed over.

        Raises
        ------
        PlanError
            If plan or paces cannot be read.
        StoreError, RefusedError
            As `check`.
        """
        from analyzer.web.work.kept import opened

        try:
            self.check()
            rules = _rules(self._settings, upload, plan, since)
            opened(self._settings, create=True).close()
            return self._queue(_Job(secrets.token_urlsafe(9), upload, rules))
        except BaseException:
            upload.drop()
            raise

    def get(self, name: str) -> Progress:
        """Return how far a batch is; RefusedError if there is none of this name."""
        with self._lock:
            return self._progress(name)

    def all(self) -> list[Progress]:
        """Return every batch that is known, the latest first."""
        with self._lock:
            return [self._progress(name) for name in reversed(self._known)]

    def end(self, name: str) -> Progress:
        """
        End a batch, or take it out of the queue; one that is over stays as it is.

        What is judged is kept. One that runs ends when the next result is there.
        """
        with self._lock:
            known = self._progress(name)
            job = next((job for job in self._waiting if job.id == name), None)
            if job is not None:
                self._waiting.remove(job)
                job.upload.drop()
                self._known[name] = replace(known, state="ended", ahead=0)
            elif known.state == "running":
                self._ending.add(name)
                self._known[name] = replace(known, state="ending")
            return self._progress(name)

    def close(self) -> None:
        """End all batches: the server stops. Nothing that was uploaded is left."""
        with self._lock:
            self._is_closed = True
            jobs, runs = [*self._waiting], self._runs
            jobs += [] if self._job is None else [self._job]
            self._waiting.clear()
            self._ending.update(self._known)
        if runs is not None:
            runs.join(LEAVE_S)
        for job in jobs:
            job.upload.drop()

    def _queue(self, job: _Job) -> Progress:
        """Let a batch wait for its turn, and see to it that somebody runs it."""
        with self._lock:
            self._waiting.append(job)
            self._known[job.id] = Progress(job.id)
            over = [name for name, known in self._known.items() if known.is_over]
            for name in over[: max(0, len(over) - MOST_REMEMBERED)]:
                del self._known[name]
            if self._runs is None and not self._is_closed:
                # It dies with the server: what it was at is judged again another time.
                self._runs = threading.Thread(target=self._work_off, name="batches", daemon=True)
                self._runs.start()
            return self._progress(job.id)

    def _work_off(self) -> None:
        """Run what waits, one after the other; what was uploaded for it goes with it."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._runs = None
                    return
                job = self._job = self._waiting.pop(0)
                self._known[job.id] = replace(self._known[job.id], state="running")
            try:
                self._run(job)
            finally:
                job.upload.drop()
                self._job = None

    def _run(self, job: _Job) -> None:
        """Run one batch; however it ends, that is noted."""
        try:
            state, account = self._judge(job)
            self._note(job.id, state=state, account=account)
        except Exception as error:  # noqa: BLE001 - whoever asks is told; the next one begins
            self._note(job.id, state="failed", problem=line_of(error).splitlines()[0])

    def _judge(self, job: _Job) -> tuple[State, dict[str, Any]]:
        """Find, judge and keep; returns how it went, and the account."""
        from analyzer.archive.batch import Batch
        from analyzer.archive.sources.archives import close_archives
        from analyzer.archive.sources.find import find
        from analyzer.archive.store.store import Store

        try:
            found = list(find([job.upload.top], since=job.rules.since))
            self._note(job.id, total=len(found))
            with Store.open(self._settings.store, create=True) as store:
                batch = Batch(found, job.rules, store, self._teller(job.id))
                try:
                    batch.run(os.cpu_count() or 1)
                except _Ended:
                    return "ended", batch.account.as_json()
            return "done", batch.account.as_json()
        finally:
            close_archives()  # what is open is not gone from the disk

    def _teller(self, name: str) -> Tell:
        """Return what is told of each file of a batch."""

        def tell(result: Result, done: int, total: int) -> None:
            """Note how far it is; end it if somebody asked for that."""
            self._note(name, done=done, total=total, latest=result.label)
            if name in self._ending:
                raise _Ended

        return tell

    def _note(self, name: str, **changes: Any) -> None:  # noqa: ANN401 - fields of Progress
        """Note what became of a batch; one that is being ended stays so until it is over."""
        with self._lock:
            known = replace(self._known[name], **changes)
            self._known[name] = known
            if known.is_over:
                self._ending.discard(name)

    def _progress(self, name: str) -> Progress:
        """Return how far a batch is, with how many come before it."""
        known = self._known.get(name)
        if known is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such batch, or no longer")
        if known.state != "waiting":
            return known
        ahead = [job.id for job in self._waiting].index(name)
        is_busy = any(other.state in ("running", "ending") for other in self._known.values())
        return replace(known, ahead=ahead + is_busy)


def _rules(settings: Settings, upload: Upload, plan: str | None, since: dt.date | None) -> Rules:
    """Return what runs are judged by; an error for what cannot be, before any work."""
    from analyzer.archive.kept_sheet import folder_of
    from analyzer.archive.rules import Rules, squad_of
    from analyzer.archive.what_plan import check_plans
    from analyzer.review.plan_source import find_squad

    if upload.is_empty:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "no file came: choose one")
    athletes = settings.athletes
    if athletes is None:
        places = [Path(settings.plans)] if settings.plans else []
        places += [Path(upload.top)] if Path(upload.top).is_dir() else []
        places += [folder_of(settings.store)]
        squad = next((p for place in places if (p := find_squad(place, None)) is not None), None)
        athletes = None if squad is None else str(squad)
    rules = Rules(plan, None if plan else settings.plans, athletes, since)
    squad_of(rules)
    check_plans(rules)
    return rules
