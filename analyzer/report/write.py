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
from analyzer.report.forms import FORMS, form_of, rendered, rendered_files

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
        If one picture of several runs is asked for.
    """
    return rendered(FORMS[form], FORMS[form].review, reviews, units)


def write_report(
    reviews: Review | Sequence[Review], path: str, units: Unit | None = None
) -> tuple[str, ...]:
    """
    Write a report in the form its ending chooses; a card for each run.

    Parameters
    ----------
    reviews : Review or sequence of Review
        What to report.
    path : str
        Where to; an old file is replaced only by a whole new one. Several cards are numbered:
        ``card-1.png``, ``card-2.png``.
    units : {'km', 'mi'}, optional
        Left out: the plan's.

    Returns
    -------
    tuple of str
        Names of the files that were written.

    Raises
    ------
    OutputError
        If they cannot be written; the old ones are then untouched.
    """
    many = [reviews] if isinstance(reviews, Review) else reviews
    form = form_of(path)
    return write_set(path, rendered_files(form, form.review, many, units))


def write_set(path: str, contents: Sequence[bytes]) -> tuple[str, ...]:
    """
    Write a report that takes one file or several: all of them, or none.

    All are on the disk under temporary names before the first takes its own, so what is
    refused or does not fit leaves the old set as it was. Files of an earlier, longer set
    may be somebody's, and stay.

    Parameters
    ----------
    path : str
        Of the one file; several have a number in front of the ending, as wide as the last.
    contents : sequence of bytes
        Of each file, all of it.

    Returns
    -------
    tuple of str
        Names of the files.

    Raises
    ------
    OutputError
        If one cannot be written; all old ones are then untouched.
    """
    paths = numbered(path, len(contents))
    if len(paths) == 1:
        write_whole(paths[0], contents[0])
    else:
        _replace_all(paths, contents)
    return tuple(Path(each).name for each in paths)


def numbered(path: str, count: int) -> list[str]:
    """Return the paths of a set: ``card.png`` alone, else ``card-1.png``, ``card-2.png``."""
    if count == 1:
        return [path]
    target, digits = Path(path), len(str(count))
    names = (f"{target.stem}-{i:0{digits}}{target.suffix}" for i in range(1, count + 1))
    return [str(target.with_name(name)) for name in names]


def _replace_all(paths: Sequence[str], contents: Sequence[bytes]) -> None:
    """Stage all files of a set, then let each take its name."""
    staged: list[tuple[Path, Path]] = []
    try:
        for path, content in zip(paths, contents, strict=True):
            target = Path(os.path.realpath(path))
            if target.exists() and not target.is_file():
                raise OutputError(target.name, "cannot be written: it is no plain file")
            staged.append((_staged(target, content), target))
        for temporary, target in staged:
            _named(temporary, target)
    finally:
        for temporary, _ in staged:
            _take_away(temporary)  # nothing is left of one that has taken its name


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
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)  # a pipe or a device has no whole to keep
            return
    except OSError as error:
        raise OutputError(Path(path).name or path, _reason(error)) from error
    temporary = _staged(target, content)
    try:
        _named(temporary, target)
    except BaseException:
        _take_away(temporary)
        raise


def _staged(target: Path, content: bytes) -> Path:
    """Write the whole content to a temporary file beside its target, and flush it to the disk."""
    temporary: Path | None = None
    try:
        _take_away_the_dead(target.parent)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX, suffix=SUFFIX)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
    except OSError as error:
        _take_away(temporary)
        raise OutputError(target.name or str(target), _reason(error)) from error
    except BaseException:
        _take_away(temporary)
        raise
    return temporary


def _named(temporary: Path, target: Path) -> None:
    """Let a whole file take its name."""
    try:
        temporary.replace(target)
    except OSError as error:
        raise OutputError(target.name or str(target), _reason(error)) from error


def _take_away(temporary: Path | None) -> None:
    """Remove a temporary file, if there is one."""
    if temporary is not None:
        with contextlib.suppress(OSError):
            temporary.unlink()


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
