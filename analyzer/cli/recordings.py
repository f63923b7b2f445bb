"""Every recording of the files named on a command line, one after the other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from analyzer.errors import ActivityError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.activity import Activity


def recordings(runs: tuple[str, ...], session: int | None) -> Iterator[Activity | ActivityError]:
    """
    Read what was named: ``-`` is stdin, a zip archive gives all its recordings.

    What cannot be read comes as its error, so that the others are read on.
    """
    from analyzer.parsers.read import read_all

    for run in runs:
        source = sys.stdin.buffer if run == "-" else run
        try:
            named = "stdin" if run == "-" else None
            for _, activity in read_all(source, session=session, name=named):
                yield activity
        except ActivityError as error:
            yield error
