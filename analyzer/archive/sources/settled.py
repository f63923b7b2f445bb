"""Whether a file is still being written, as far as its times tell."""

from __future__ import annotations

from pathlib import Path

QUIET_S = 5.0
"""A file that nobody touched for so long is complete [s]."""


def is_settled(path: str | Path, now: float, quiet_s: float = QUIET_S) -> bool:
    """
    Whether nobody has touched a file for a while.

    Parameters
    ----------
    path : str or Path
        The file; one that is not there, or empty, is not settled.
    now : float
        Seconds since 1970, as ``time.time()`` has them.
    quiet_s : float
        How long it must have been left alone [s].

    Returns
    -------
    bool
        A time in the future comes from another clock and says nothing: it counts by its distance.
    """
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return False
    # A copy may keep the time of its original; when it got its name is in the other one.
    touched = (status.st_mtime, status.st_ctime)
    return status.st_size > 0 and all(abs(now - at) >= quiet_s for at in touched)
