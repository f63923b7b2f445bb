"""The command line: exit codes, and the one place where errors become a line."""

from __future__ import annotations

import contextlib
import gc
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
        several, 70 a bug of ours, 74 output, 130 interrupted.
    """
    # One thread: a review is short, and numpy's helpers cost more to start than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()  # a review makes no rings worth looking for; looking costs 10 ms
    try:
        from analyzer.cli.group import run  # click loads inside the guard

        code = run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # before the command had begun, or while it told how it ended
        code = 130
    gc.enable()
    return code


def command() -> None:
    """
    Run ``progcheck`` as a process of its own, and end it at once.

    Taking Python apart after the answer is on the screen costs 25 ms that the
    reader waits for the prompt. matplotlib cleans up after itself on the way
    out, so with it loaded the process ends as usual.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    if "matplotlib" in sys.modules:
        sys.exit(code)
    os._exit(code)
