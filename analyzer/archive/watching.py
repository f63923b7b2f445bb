"""A folder that is watched: new files are judged once they are complete."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUIET_S = 2.0
"""A file that nobody has written to for this long is complete, as far as can be seen."""

TICK_MS = 500
"""How often files that may have become complete are looked at."""


class Pending:
    """
    Files that were touched and may still be written.

    Parameters
    ----------
    now : callable
        The clock that files are dated by [s].
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._seen: dict[str, tuple[int, int, float]] = {}

    def touch(self, path: str) -> None:
        """Remember a file that was made or changed."""
        self._seen[path] = (-1, -1, self._now())

    def complete(self) -> list[str]:
        """Return the files that were left alone long enough, and forget them."""
        ready = []
        for path, (size, modified_ns, since) in list(self._seen.items()):
            try:
                found = Path(path).stat()
            except OSError:  # moved on, as a browser renames what it has loaded
                del self._seen[path]
                continue
            if (found.st_size, found.st_mtime_ns) != (size, modified_ns):
                self._seen[path] = (found.st_size, found.st_mtime_ns, self._now())
            elif self._now() - since >= QUIET_S:
                ready.append(path)
                del self._seen[path]
        return sorted(ready)


def completed(folder: str, stop: Callable[[], bool] = lambda: False) -> Iterator[list[str]]:
    """
    Yield the files below a folder that were added or changed, once each is complete.

    The first list is empty: it says that from now on nothing is missed, so that what lies
    there already can be seen to.

    Parameters
    ----------
    folder : str
        Watched with all that is in it.
    stop : callable
        Asked twice a second whether to end.

    Raises
    ------
    MissingExtraError
        If watchfiles is not installed.
    """
    try:
        from watchfiles import Change, watch  # an extra: few watch a folder
    except ImportError as error:
        extra, needed_for = "watch", "watching a folder"
        raise MissingExtraError(extra, needed_for) from error
    pending = Pending()
    is_ready = False
    for changes in watch(folder, rust_timeout=TICK_MS, yield_on_timeout=True, debounce=200):
        if stop():
            return
        if not is_ready:
            is_ready = True
            yield []
        for change, path in changes:
            if change != Change.deleted:
                for file in _files_at(path):
                    pending.touch(file)
        ready = pending.complete()
        if ready:
            yield ready


def _files_at(path: str) -> Iterator[str]:
    """Yield a file, or those in a folder: what is in a new one may be older than its watch."""
    if Path(path).is_file():
        yield path
    for folder, _, names in os.walk(path):
        yield from (str(Path(folder) / name) for name in names)
