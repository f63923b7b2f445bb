"""The command line: exit codes, and the one place where errors become a line."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """
    Run ``progcheck`` and return its exit code; a traceback never reaches a user.

    Parameters
    ----------
    arguments : list of str, optional
        In place of ``sys.argv[1:]``.

    Returns
    -------
    int
        0 reviewed, 1 asked-for failure, 2 usage, 3 activity, 4 plan, 5 some of
        several, 70 a fault of ours, 74 output, 130 interrupted.
    """
    # One thread: a review is short, and numpy's helpers cost more to start than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from analyzer.cli.group import run

    return run(sys.argv[1:] if arguments is None else arguments)
