"""One way in: a file, a stream or bytes to an Activity, whatever the format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import ActivityError, EmptyActivityError, LimitError, UnknownFormatError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.containers import MAX_BYTES, MAX_DEPTH, gunzip, too_large
from analyzer.parsers.sniff import name_warning, sniff

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from analyzer.model.activity import Activity

MAX_ARCHIVE = 2 * 1024 * 1024 * 1024
"""An archive of years [bytes]; what comes out of it has its own limits."""

RUNNING = ("running", "walking", "hiking", "generic", "other")
"""Sports that are reviewed without a word."""


def read_activity(
    source: str | Path | BinaryIO, *, session: int | None = None, name: str | None = None
) -> Activity:
    """
    Read a recorded run.

    Parameters
    ----------
    source : str, Path or binary file
        FIT, GPX or TCX by content, plain or ``.gz``.
    session : int, optional
        Which session of a multisport file, counted from 1; left out: the run.
    name : str, optional
        What to call a stream in messages.

    Returns
    -------
    Activity
        With a warning for everything that was odd or repaired.

    Raises
    ------
    ActivityError
        In one line: what is wrong, where, and what to do.
    """
    content, shown = _whole(source, name)
    return read_bytes(content, shown, session=session)


def _whole(source: str | Path | BinaryIO, name: str | None) -> tuple[bytes, str]:
    """Return all bytes of a file or stream, and what to call it."""
    if isinstance(source, str | Path):
        path = Path(source)
        shown = name or path.name or str(source)
        return _content(path, shown), shown
    shown = name or Path(str(getattr(source, "name", "stream"))).name
    try:
        content = source.read(MAX_ARCHIVE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        raise ActivityError(shown, f"cannot be read ({reason})") from error
    _check_size(content, len(content), shown)
    return content, shown


def _check_size(head: bytes, size: int, shown: str) -> None:
    """Refuse what is too large: for one activity, or for an archive."""
    if size > (MAX_ARCHIVE if head[:2] == b"PK" else MAX_BYTES):
        raise too_large(shown)


def _content(path: Path, shown: str) -> bytes:
    """Read a whole file, refused by its size alone where that is known."""
    try:
        with path.open("rb") as file:
            head = file.read(2)
            if path.is_file():
                _check_size(head, path.stat().st_size, shown)
            content = head + file.read(MAX_ARCHIVE)
    except FileNotFoundError:
        hint = "check the name and the folder"
        raise ActivityError(shown, "no such file", "", hint) from None
    except IsADirectoryError:
        raise ActivityError(shown, "a folder, not a recording", "", "name the file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be opened"
        raise ActivityError(shown, f"cannot be read ({reason})") from error
    _check_size(content, len(content), shown)
    return content


def read_all(
    source: str | Path | BinaryIO, *, session: int | None = None, name: str | None = None
) -> Iterator[tuple[str, Activity | ActivityError]]:
    """
    Read every activity of a file: one, or all of a zip archive.

    Files of an archive that are no recordings (settings, courses, tables,
    pictures) are passed over. The archive is read as a stream.

    Parameters
    ----------
    source, session, name
        As for `read_activity`.

    Yields
    ------
    name : str
        What to call it in messages.
    Activity or ActivityError
        The recording, or why it cannot be used.

    Raises
    ------
    ActivityError
        If the file itself, or every recording in an archive, cannot be used.
    """
    content, shown = _whole(source, name)
    if content[:2] != b"PK":
        yield shown, read_bytes(content, shown, session=session)
        return
    from analyzer.parsers.zips import zip_members

    found = 0
    for label, data in zip_members(content, shown):
        if isinstance(data, ActivityError):
            found += 1
            yield label, data
            continue
        try:
            activity: Activity | ActivityError = read_bytes(data, label, session=session)
        except ActivityError as error:
            if is_other_file(error):
                continue
            activity = error
        found += 1
        yield label, activity
    if not found:
        problem = "the zip archive holds no recording"
        raise EmptyActivityError(shown, problem, "", "is it the right export?")


def is_other_file(error: ActivityError) -> bool:
    """Whether a file is settings, a workout or a course: no failure inside an export."""
    return isinstance(error, EmptyActivityError) and error.problem.startswith("no records: a")


def read_bytes(content: bytes, source: str, *, session: int | None = None) -> Activity:
    """Read a recording that is in memory; see `read_activity`."""
    told: tuple[RecordingWarning, ...] = ()
    found = sniff(content, source)
    depth = 0
    while found == "gz":
        depth += 1
        if depth > MAX_DEPTH:
            problem = f"containers inside containers, over the limit of {MAX_DEPTH}"
            raise LimitError(source, problem, "", "unpack it once")
        inflated = gunzip(content, source)
        content, told = inflated.content, (*told, *inflated.warnings)
        found = sniff(content, source)
    if found == "zip":
        hint = "read it with read_all, or unpack it"
        raise UnknownFormatError(source, "a zip archive, not one recording", "", hint)
    told = (*name_warning(source, found), *told)
    activity = _read(content, source, found, session)
    if session is not None and not 1 <= session <= activity.sessions:
        count = "1 session" if activity.sessions == 1 else f"{activity.sessions} sessions"
        raise ActivityError(source, f"there is no session {session}; the file has {count}")
    if activity.sport is not None and activity.sport not in RUNNING:
        facts = {"sport": activity.sport}
        told = (*told, RecordingWarning("SPORT_NOT_RUNNING", facts=facts))
    return replace(activity, warnings=(*told, *activity.warnings))


def _read(content: bytes, source: str, found: str, session: int | None) -> Activity:
    """Load and call the reader of one format; the other libraries stay unloaded."""
    if found == "fit":
        from analyzer.parsers.fit.activity import read_fit

        return read_fit(content, source, session)
    if found == "gpx":
        from analyzer.parsers.gpx import read_gpx

        return read_gpx(content, source)
    from analyzer.parsers.tcx import read_tcx

    return read_tcx(content, source)
