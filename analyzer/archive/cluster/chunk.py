"""What a worker of a cluster does with a chunk of files: judge, save, and say little about it."""

from __future__ import annotations

import multiprocessing
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analyzer.archive.batch import MEMORY_BYTES, TIMEOUT_S, judge_task
from analyzer.archive.cluster.connect import Versions, difference
from analyzer.archive.earlier import keeps
from analyzer.archive.judge import content_key
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from analyzer.archive.pool.lost import Lost
from analyzer.archive.records import Found, Result
from analyzer.archive.sources.opening import open_found
from analyzer.archive.store.store import Store
from analyzer.errors import (
    ActivityError,
    ClusterError,
    MissingExtraError,
    ProgcheckError,
    StoreError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analyzer.archive.batch import Task
    from analyzer.archive.rules import Rules
    from analyzer.archive.store.records import Kept

PAUSES_S = (1.0, 5.0, 20.0)
"""Waits before a store is tried again: it may have no room for one more at the moment."""


class Job(NamedTuple):
    """
    What is the same for all chunks of a batch.

    Parameters
    ----------
    rules : Rules
        What files are judged by.
    store : str
        The address of the store, password included.
    versions : Versions
        Of whoever sends it.
    needed : tuple of str
        Files and folders that the rules name, which every worker has to see.
    judging : callable
        Judges one task by the rules, in a process of its own.
    timeout_s : float
        Longest time for a file [s].
    """

    rules: Rules
    store: str
    versions: Versions
    needed: tuple[str, ...] = ()
    judging: Callable[[Rules, Task], Result] = judge_task
    timeout_s: float = TIMEOUT_S

    def __repr__(self) -> str:
        """Say nothing of the address: Dask writes arguments into its logs."""
        return "Job()"


def judge_chunk(job: Job, tasks: Sequence[Task]) -> list[Result | Lost] | ProgcheckError:
    """
    Judge files and save the results; what goes back has neither blocks nor packed reviews.

    Returns
    -------
    list of Result or Lost
        One a file, once all results are in the store.
    ProgcheckError
        What ends the batch: returned, since Dask would log what is raised with its arguments.
    """
    wrong = _unlike(job)
    if wrong:
        return ClusterError("a worker", wrong)
    try:
        outcomes = _in_a_process(partial(job.judging, job.rules), tasks, job.timeout_s)
        judged = [
            outcome if isinstance(outcome, Lost) else outcome._replace(content=task.content)
            for task, outcome in zip(tasks, outcomes, strict=True)
        ]
        _save(job.store, [each for each in judged if isinstance(each, Result)])
    except ProgcheckError as error:
        return error
    return [slim(each) if isinstance(each, Result) else each for each in judged]


def _unlike(job: Job) -> str:
    """Say why this worker would judge in another way than others; empty if it would not."""
    wrong = difference(job.versions)
    if wrong:
        return f"this end has {wrong}: install the same everywhere"
    unseen = next((place for place in job.needed if not Path(place).exists()), None)
    return f"it does not see {unseen}: put it where every machine sees it" if unseen else ""


def key_chunk(places: Sequence[Found]) -> list[str | ActivityError | Lost] | ProgcheckError:
    """Return what each file is known by, or why it cannot be opened; an error ends the batch."""
    try:
        keys = _in_a_process(_key, places)
    except ProgcheckError as error:
        return error
    # Not the fault of a file: this machine has no library for its URL.
    return next((key for key in keys if isinstance(key, MissingExtraError)), keys)


def slim(result: Result) -> Result:
    """Return a result with no more of its run than tells it from others."""
    if result.run is None:
        return result
    return result._replace(run=result.run._replace(blocks=(), findings=(), packed=b""))


def _key(found: Found) -> str | ProgcheckError:
    """Return what one file is known by, or why nobody knows."""
    try:
        return content_key(open_found(found))
    except ProgcheckError as error:
        return error


def _in_a_process(
    work: Callable[[Any], Any], tasks: Sequence[Any], timeout_s: float = TIMEOUT_S
) -> list[Any]:
    """
    Do tasks in a process beside the worker, which dies, hangs and fills up in its place.

    So a bad file is known at once and by its name, and takes no worker along.
    """
    # Dask's nanny makes daemons of its workers, which may have no children; ours end with them.
    multiprocessing.current_process().daemon = False
    _forget_main()
    return [outcome for _, outcome in each(tasks, work, Workers(1, timeout_s, MEMORY_BYTES))]


def _forget_main() -> None:
    """Let a new process not import the program that this one is: Dask's takes a second."""
    main = sys.modules["__main__"]
    main.__spec__ = None
    main.__dict__.pop("__file__", None)


def _save(store: str, results: Sequence[Result]) -> None:
    """Save results; a chunk that was saved before changes nothing."""
    for pause_s in PAUSES_S:
        try:
            return _saved(store, results)
        except StoreError:
            time.sleep(pause_s)
    return _saved(store, results)


def _saved(store: str, results: Sequence[Result]) -> None:
    """Save results by a connection that is held no longer."""
    with Store.open(store) as kept:
        earlier = kept.known([result.content for result in results])
        news = [
            keeps(earlier.get(result.content), result)
            for result in results
            if not _is_settled(earlier.get(result.content), result)
        ]
        kept.save([result for result in news if result.content])


def _is_settled(kept: Kept | None, result: Result) -> bool:
    """
    Whether the batch has taken this very result, and found that another file counts.

    It is here once more then, from a chunk that was done again: a duplicate that is judged by
    the same as before is never sent out.
    """
    return kept is not None and kept.outcome == "duplicate" and kept.inputs == result.inputs
