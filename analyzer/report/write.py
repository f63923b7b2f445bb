"""Reports as files: the ending chooses the form, and there is either the whole file or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import OutputError

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from analyzer.units import Unit

FORMS = {".png": "png", ".svg": "svg", ".json": "json", ".txt": "text"}
"""Ending: form."""

LATER = (".html", ".md", ".csv", ".pdf")
"""Forms that are promised and not built yet."""


def form_of(path: str) -> str:
    """
    Return the form that a file's ending chooses.

    Raises
    ------
    ValueError
        For an ending that is not known, with those that are.
    """
    ending = Path(path).suffix.lower()
    if ending in FORMS:
        return FORMS[ending]
    known = " ".join(FORMS)
    if ending in LATER:
        msg = f"'{ending}' reports come in a later version; now there are {known}"
    else:
        msg = f"'{Path(path).name}' does not say which form; end it in one of {known}"
    raise ValueError(msg)


def render_report(review: Review, form: str, units: Unit | None = None) -> bytes:
    """Return a report as bytes; the same review gives the same bytes."""
    if form in ("png", "svg"):
        from analyzer.report.figure import render_figure

        return render_figure(review, form, units)
    if form == "json":
        from analyzer.report.json_result import dumps

        return (dumps(review, indent=2) + "\n").encode()
    from analyzer.report.terminal import render

    return (render(review, units=units) + "\n").encode()


def write_report(review: Review, path: str, units: Unit | None = None) -> None:
    """
    Write a report in the form its ending chooses.

    Parameters
    ----------
    review : Review
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
    write_whole(path, render_report(review, form_of(path), units))


def write_whole(path: str, content: bytes) -> None:
    """
    Replace a file by new content, or leave it as it is.

    A temporary file beside it takes the content, is flushed to the disk, and
    then takes its name.
    """
    target = Path(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".progcheck-")
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
