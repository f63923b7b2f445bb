"""One way in: a file, a stream or bytes to an Activity, whatever the format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.errors import (
    ActivityError,
    EmptyActivityError,
    LimitError,
    OtherFileError,
    UnknownFormatError,
    no_session,
)
from analyzer.parsers.containers import (
    GZIP,
    MAX_BYTES,
    MAX_DEPTH,
    ZIP,
    Inflated,
    gunzip,
    too_large,
)
from analyzer.parsers.sniff import name_warning, recording_format
from analyzer.parsers.sports import sport_warning
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from analyzer.model.activity import Activity, RecordingWarning

MAX_ARCHIVE = 2 * 1024 * 1024 * 1024
"""An archive of years [bytes]; what comes out of it has its own limits."""


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
    if size > (MAX_ARCHIVE if head[:2] == ZIP else MAX_BYTES):
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
        raise ActivityError(shown, "a folder, not a recording", "", "name a file in it") from None
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
    for read in read_each(source, session=session, name=name):
        yield read.label, read.activity


class Read(NamedTuple):
    """
    One recording of a file.

    Parameters
    ----------
    label : str
        What to call it in messages.
    member : str
        Its whole name in an archive; empty for a file that is none.
    activity : Activity or ActivityError
        The recording, or why it cannot be used.
    content : bytes
        As it lay in the file; empty where it could not be taken out.
    """

    label: str
    member: str
    activity: Activity | ActivityError
    content: bytes = b""


def read_each(
    source: str | Path | BinaryIO, *, session: int | None = None, name: str | None = None
) -> Iterator[Read]:
    """Read every activity of a file, with its place in it; else as `read_all`."""
    content, shown = _whole(source, name)
    if content[:2] != ZIP:
        yield Read(shown, "", read_bytes(content, shown, session=session), content)
        return
    from analyzer.parsers.zips import zip_members

    recordings = 0
    for label, place, data in zip_members(content, shown):
        if isinstance(data, ActivityError):
            recordings += 1
            yield Read(label, place, data)
            continue
        try:
            activity: Activity | ActivityError = read_bytes(data, label, session=session)
        except OtherFileError:
            continue
        except ActivityError as error:
            activity = error
        recordings += 1
        yield Read(label, place, activity, data)
    if not recordings:
        raise _without_recording(content, shown)


def _without_recording(content: bytes, shown: str) -> ActivityError:
    """Say of an archive that no recording is in it, or what it is."""
    from analyzer.parsers.other_files import ARCHIVE, other_file  # only what cannot be read

    other = other_file(content)
    if other is not None and other != ARCHIVE:
        return UnknownFormatError(shown, f"{other.what}, not a recording", "", other.as_run)
    problem = "the zip archive holds no recording"
    return EmptyActivityError(shown, problem, "", "is it the right export?")


def read_bytes(content: bytes, source: str, *, session: int | None = None) -> Activity:
    """Read a recording that is in memory; see `read_activity`."""
    unpacked = _unpacked(content, source)
    known = recording_format(unpacked.content, source)
    activity = known.load()(unpacked.content, source, session)
    if session is not None and not 1 <= session <= activity.sessions:
        raise no_session(session, activity.sessions, source)
    warnings = (
        *name_warning(source, known.name),
        *unpacked.warnings,
        *sport_warning(activity.sport),
        *activity.warnings,
    )
    return replace(activity, warnings=warnings)


def _unpacked(content: bytes, source: str) -> Inflated:
    """Take a recording out of its gzip containers, and refuse an archive."""
    warnings: tuple[RecordingWarning, ...] = ()
    depth = 0
    while content[:2] == GZIP:
        depth += 1
        if depth > MAX_DEPTH:
            problem = f"containers inside containers, over the limit of {MAX_DEPTH}"
            raise LimitError(source, problem, "", "unpack it once")
        inflated = gunzip(content, source)
        content, warnings = inflated.content, (*warnings, *inflated.warnings)
    if content[:2] == ZIP:
        hint = "read it with read_all, or unpack it"
        raise UnknownFormatError(source, "a zip archive, not one recording", "", hint)
    return Inflated(content, warnings)
