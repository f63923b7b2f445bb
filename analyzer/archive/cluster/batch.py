"""The same batch on a cluster: the account and the store are those of a local one."""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.batch import LOST, Batch
from analyzer.archive.cluster.chunk import Job, judge_chunk, key_chunk
from analyzer.archive.cluster.connect import connected, versions
from analyzer.archive.cluster.spread import Way, spread
from analyzer.archive.earlier import LOST_KINDS
from analyzer.archive.pool.lost import Lost
from analyzer.archive.same_run import SameRuns, twins
from analyzer.archive.sources.remote import is_url
from analyzer.archive.store.target import target_of
from analyzer.errors import ActivityError, StoreError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from analyzer.archive.account import Account
    from analyzer.archive.batch import Task, Tell
    from analyzer.archive.cluster.connect import Cluster
    from analyzer.archive.records import Found, Result
    from analyzer.archive.rules import Rules
    from analyzer.archive.store.records import Kept
    from analyzer.archive.store.store import Store

FILES = 200
"""
Most files of a chunk: seven seconds of work, which is what a death costs. The process that does
them takes half a second to start and to judge its first.
"""

LEAST_FILES = 10
"""Fewer are never a chunk while there are more."""

ROUNDS = 4
"""So many chunks each that works gets at least, so that all end at about the same time."""

KEYS = 1000
"""Files of a chunk that is only to be known: reading is much faster than judging."""


class ClusterBatch(Batch):
    """
    One run over files that were found, on a cluster.

    Parameters
    ----------
    found, rules, store, tell
        As of `Batch`; places that workers see as we do, see `as_workers_see`.
    """

    def __init__(self, found: Sequence[Found], rules: Rules, store: Store, tell: Tell) -> None:
        super().__init__(found, rules, store, tell)
        # Workers save before we see that two files hold one run. A batch that ended between
        # leaves both: they are judged again, and the one that counts is chosen again.
        prints = store.prints()
        self._twins = twins(prints)
        self._same = SameRuns(p for p in prints if p.content not in self._twins)
        self._keys: Generator[tuple[Found, str | ActivityError | Lost], None, None]

    def run_on(self, cluster: Cluster, job: Job) -> Account:
        """
        Judge what has to be judged.

        Parameters
        ----------
        cluster : Cluster
            Where.
        job : Job
            By what, and into which store: the one that this batch has.

        Returns
        -------
        Account
            Of every file.

        Raises
        ------
        ClusterError, StoreError
            If scheduler, workers or store are gone; what was judged is kept.
        """
        opened = (found for found in self.found if found.skipped is None)
        keys = spread(cluster, opened, Way(key_chunk, KEYS, priority=1))
        size = files_of_a_chunk(len(self.found), cluster.look())
        judged = spread(cluster, self._tasks(), Way(partial(judge_chunk, job), size))
        with closing(keys) as self._keys, closing(judged):
            return self.settled(judged)

    def _key(self, found: Found) -> str:
        """Take what workers know a file by; they are asked in the order of the files."""
        _, key = next(self._keys)
        if isinstance(key, ActivityError):
            raise key
        if isinstance(key, Lost):
            raise ActivityError(found.label, LOST.get(key.kind, "it cannot be read"))
        return key

    def _is_known(self, task: Task, kept: Kept) -> bool:
        """Settle a file whose result is kept and still holds, and whose run no other file has."""
        return task.content not in self._twins and super()._is_known(task, kept)

    def _save(self, results: Iterable[Result]) -> None:
        """Save what no worker has saved: what is a duplicate, and what no worker came back from."""
        super()._save([r for r in results if r.outcome == "duplicate" or r.reason in LOST_KINDS])


def files_of_a_chunk(files: int, threads: int) -> int:
    """Return how many files go out together, of so many to so many that work."""
    return min(FILES, max(LEAST_FILES, files // (ROUNDS * max(threads, 1))))


def batch_on(  # noqa: PLR0913, PLR0917 - a batch, and where it runs
    address: str, store_address: str, found: Sequence[Found], rules: Rules, store: Store, tell: Tell
) -> Account:
    """
    Run a batch on a cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, ``tcp://host:port``.
    store_address : str
        Of the store, as workers reach it.
    found, rules, store, tell
        As of `Batch`.

    Raises
    ------
    ClusterError, StoreError, MissingExtraError
        If one of them cannot be used.
    """
    rules = rules_as_workers_see(rules)
    named = (rules.plan, rules.plans, rules.athletes)
    needed = tuple(place for place in named if place and _is_there(place))
    job = Job(rules, store_address, versions(), needed)
    with connected(address) as cluster:
        batch = ClusterBatch(as_workers_see(found), rules, store, tell)
        return batch.run_on(cluster, job)


def need_server(store: str) -> None:
    """Refuse a store that workers cannot share, before anything is looked for."""
    target = target_of(store)
    if target.path is not None:
        problem = "workers on other machines cannot share a file: --store postgresql://host/name"
        raise StoreError(target.name, problem)


def as_workers_see(found: Iterable[Found]) -> list[Found]:
    """Return files by places that mean the same in every folder that a worker runs in."""
    return [f if is_url(f.path) else f._replace(path=_whole(f.path)) for f in found]


def rules_as_workers_see(rules: Rules) -> Rules:
    """Return what is judged by, its files by places that mean the same in every folder."""
    plan, plans, athletes = (
        _whole(place) if place and _is_there(place) else place
        for place in (rules.plan, rules.plans, rules.athletes)
    )
    return rules._replace(plan=plan, plans=plans, athletes=athletes)


def _whole(path: str) -> str:
    """Return a whole path; links in it stay, as other machines may have them too."""
    return os.path.abspath(path)  # noqa: PTH100 - a path that may be no text


def _is_there(place: str) -> bool:
    """Whether a text names a file; a plan in one line may be longer than names can be."""
    try:
        return Path(place).exists()
    except (OSError, ValueError):
        return False
