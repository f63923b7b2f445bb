"""Reports as files: the ending chooses the form, and there is either the whole file or none."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import OutputError
from analyzer.model.review import Review
from analyzer.report.forms import FORMS, form_of, rendered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.units import Unit


def render_report(reviews: Sequence[Review], form: str, units: Unit | None = None) -> bytes:
    """
    Return a report as bytes; the same reviews give the same bytes.

    Several runs make one page, one table, one JSON list; a picture holds one.

    Parameters
    ----------
    reviews : sequence of Review
        What to report.
    form : str
        Name of one of `FORMS`.
    units : {'km', 'mi'}, optional
        Left out: the plan's.

    Raises
    ------
    ValueError
        If a picture of several runs is asked for.
    """
    row = FORMS[form]
    if len(reviews) != 1 and not row.holds_several:
        msg = f"a {row.ending} file holds one run"
        raise ValueError(msg)
    return rendered(row, row.review, reviews, units)


def write_report(reviews: Review | Sequence[Review], path: str, units: Unit | None = None) -> None:
    """
    Write a report in the form its ending chooses.

    Parameters
    ----------
    reviews : Review or sequence of Review
        What to report.
    path : str
        Where to; an old file is replaced only by a whole new one.
    units : {'km', 'mi'}, optional
        Left out: the plan's.

    Raises
    ------
    OutputError
        If the file cannot be written; the old one is then untouched.
    """
    many = [reviews] if isinstance(reviews, Review) else reviews
    write_whole(path, render_report(many, form_of(path).name, units))


def write_whole(path: str, content: bytes) -> None:
    """
    Replace a file by new content, or leave it as it is.

    A temporary file beside it takes the content, is flushed to the disk, and
    then takes its name. A link stays a link. What a killed run left behind is
    taken away by the next one.

    Parameters
    ----------
    path : str
        Where to.
    content : bytes
        All of it.

    Raises
    ------
    OutputError
        If it cannot be written; the old file is then untouched.
    """
    target = Path(path)
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)  # a pipe or a device has no whole to keep
            return
        _take_away_the_dead(target.parent)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX, suffix=SUFFIX)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise OutputError(target.name or path, _reason(error)) from error
    except BaseException:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise


PREFIX, SUFFIX = ".progcheck-", ".part"
LEFT = re.compile(r"\.progcheck-[a-z0-9_]{8}\.part")
"""Names of temporary files, and of nothing else."""

DEAD_S = 3600.0
"""A temporary file this old belongs to no run any more: writing takes seconds [s]."""


def _take_away_the_dead(folder: Path) -> None:
    """Remove temporary files that runs left which were killed in the middle of writing."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if LEFT.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                age_s = time.time() - entry.stat(follow_symlinks=False).st_mtime
                if age_s > DEAD_S:
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()


def _mode(target: Path) -> int:
    """Return the rights of the old file, else what the user's mask leaves."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    """Say why, and what to do."""
    words = error.strerror or "the report cannot be written"
    hint = "check the folder and its rights" if not isinstance(error, IsADirectoryError) else ""
    return f"cannot be written ({words})" + (f": {hint}" if hint else ": it is a folder")
