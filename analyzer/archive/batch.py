"""A batch: every file that is found is judged once, kept, and accounted for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.account import Account
from analyzer.archive.earlier import held, keeps, with_owner
from analyzer.archive.judge import Judge, content_key
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from analyzer.archive.pool.lost import Lost
from analyzer.archive.records import Found, Result
from analyzer.archive.rules import forget_plans, owner_by_place
from analyzer.archive.said import NOTHING
from analyzer.archive.same_run import SameRuns
from analyzer.archive.sources.opening import open_found
from analyzer.errors import ActivityError

if TYPE_CHECKING:
    from analyzer.archive.records import Outcome
    from analyzer.archive.rules import Rules
    from analyzer.archive.said import Decided
    from analyzer.archive.store.records import Kept
    from analyzer.archive.store.store import Store

Tell = Callable[[Result, int, int], None]
"""Told of each file once its result is kept: the result, how many are done, of how many."""

TIMEOUT_S = 120.0
"""No file that can be read takes this long."""

MEMORY_BYTES = 2 * 1024**3
"""No file that is within the limits of the readers needs as much."""

AT_ONCE = 64
"""Files whose results are looked up, and results that are kept, together."""

WAIT_S = 0.5
"""Longer than this no result waits to be kept."""


class Task(NamedTuple):
    """A file to be judged: its place among all, what it is known by, and what was decided of it."""

    place: int
    found: Found
    content: str
    decided: Decided = NOTHING


class Batch:
    """
    One run over files that were found.

    Parameters
    ----------
    found : sequence of Found
        Every file, in order.
    rules : Rules
        What they are judged by.
    store : Store
        Where results are kept.
    tell : callable
        Told of each file, once.
    """

    def __init__(self, found: Sequence[Found], rules: Rules, store: Store, tell: Tell) -> None:
        forget_plans()
        self.found, self.rules, self.store, self.tell = found, rules, store, tell
        self.account = Account()
        self._same = SameRuns(store.prints())
        self._places: dict[str, int] = {}
        self._earlier: dict[int, Kept] = {}
        self._heirs: dict[str, str] = {}
        self._waiting: list[tuple[int | None, Result]] = []
        self._kept_at = time.monotonic()

    def run(self, jobs: int) -> Account:
        """
        Judge what has to be judged.

        Parameters
        ----------
        jobs : int
            Processes at once.

        Returns
        -------
        Account
            Of every file.

        Raises
        ------
        StoreError
            If results cannot be kept.
        """
        work = partial(judge_task, self.rules)
        return self.settled(each(self._tasks(), work, Workers(jobs, TIMEOUT_S, MEMORY_BYTES)))

    def settled(self, judged: Iterable[tuple[Task, Result | Lost]]) -> Account:
        """Take in all that is judged; returns the account of every file."""
        try:
            for task, outcome in judged:
                result = _lost(task, outcome) if isinstance(outcome, Lost) else outcome
                self._settle(task.place, keeps(self._earlier.pop(task.place, None), result))
        finally:
            self._keep()  # what is judged is kept, whatever ends the batch
        return self.account

    def _tasks(self) -> Iterator[Task]:
        """Yield the files that have to be judged; the others are settled on the way."""
        for start in range(0, len(self.found), AT_ONCE):
            opened = []
            for place in range(start, min(start + AT_ONCE, len(self.found))):
                found = self.found[place]
                content = self._content(place, found)
                if content:
                    opened.append(Task(place, found, content))
            kept = self.store.known([task.content for task in opened])
            for task in opened:
                earlier = kept.get(task.content)
                if earlier is None:
                    yield task
                    continue
                owner = with_owner(task.found, earlier, self.rules)
                owned = task._replace(found=owner, decided=earlier.decided)
                if not self._is_known(owned, earlier):
                    self._earlier[task.place] = earlier
                    yield owned

    def _content(self, place: int, found: Found) -> str:
        """Return what a file is known by; empty where it needs no judging, or cannot be opened."""
        if found.skipped is not None:
            outcome: Outcome = "failed" if found.skipped == "unreadable" else "skipped"
            self._settle(place, Result("", found.label, outcome, found.skipped, found.why))
            return ""
        try:
            content = self._key(found)
        except ActivityError as error:
            why = str(error).removeprefix(f"{error.source}: ")
            self._settle(place, Result("", found.label, "failed", "unreadable", why))
            return ""
        first = self._places.setdefault(content, place)
        if first != place:
            self._settle(place, self._second(found, self.found[first]))
            return ""
        return content

    def _key(self, found: Found) -> str:
        """Return what a file is known by; ActivityError if it cannot be opened."""
        return content_key(open_found(found))

    def _second(self, found: Found, first: Found) -> Result:
        """Return a copy, byte for byte; in the folders of two athletes it is one's, and asked."""
        owners = [owner_by_place(self.rules, each).athlete for each in (first, found)]
        names = [name for name in owners if name]
        asked = ""
        if len(set(names)) > 1:
            asked = f"whose is {found.label}: '{names[0]}' or '{names[1]}'? Both have the recording"
        return Result("", found.label, "duplicate", why=first.label, asked=asked)

    def _is_known(self, task: Task, kept: Kept) -> bool:
        """Settle a file whose result is kept and still holds; whether it was one."""
        result = held(kept, task.found, self.rules)
        if result is not None:
            self._enter(task.place, result, is_new=False)
        return result is not None

    def _settle(self, place: int, result: Result) -> None:
        """Take in a new result: it is told once it is kept."""
        result, changed = self._same.add(result)
        if result.run is not None:  # it counts in place of those that have changed
            self._heirs |= dict.fromkeys((each.content for each in changed), result.content)
        self._waiting.append((place, result))
        # Earlier files hold less of the run.
        self._waiting += [(self._places.get(each.content), each) for each in changed]
        if len(self._waiting) >= AT_ONCE or time.monotonic() - self._kept_at > WAIT_S:
            self._keep()

    def _keep(self) -> None:
        """Put what waits into the store, and then tell of it."""
        waiting = self._waiting
        self._save([result for _, result in waiting if result.content])
        # Not before: what could not be saved is tried once more at the end.
        self._waiting, self._heirs = [], {}
        self._kept_at = time.monotonic()
        # One of an earlier batch is not accounted for in this one. All are, before the first is
        # told of: whoever is told may end the batch, and what is kept is in its account.
        entered = [(place, result) for place, result in waiting if place is not None]
        before = self.account.found
        for place, result in entered:
            self.account.add(place, result, is_new=True)
        for done, (_, result) in enumerate(entered, start=before + 1):
            self.tell(result, min(done, self.account.found), len(self.found))

    def _save(self, results: Iterable[Result]) -> None:
        """Put results into the store."""
        self.store.save(results, heirs=self._heirs)

    def _enter(self, place: int, result: Result, *, is_new: bool) -> None:
        """Account for a file, and tell of it."""
        self.account.add(place, result, is_new=is_new)
        self.tell(result, self.account.found, len(self.found))


_judges: dict[Rules, Judge] = {}
"""The judge of this process; it has read plans and athletes."""


def judge_task(rules: Rules, task: Task) -> Result:
    """Judge one file in a worker."""
    if rules not in _judges:
        _judges[rules] = Judge(rules)
    return _judges[rules].judge(task.found, task.decided)


LOST = {
    "killed": "the process that read it was killed",
    "timeout": f"it took longer than {TIMEOUT_S:.0f} s",
    "memory": f"it needed more than {MEMORY_BYTES // 1024**3} GB of memory",
}
"""Why a file was not judged, where its process did not come back."""


def _lost(task: Task, lost: Lost) -> Result:
    """Say that a file cost its process."""
    if lost.kind == "error":
        why = f"a bug in progcheck ({lost.text}); please report it with the file"
        return Result(task.content, task.found.label, "failed", "killed", why)
    return Result(task.content, task.found.label, "failed", lost.kind, LOST[lost.kind])
