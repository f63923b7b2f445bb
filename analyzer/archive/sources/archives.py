"""
Zip archives as folders: names are read, nothing is extracted, and no name becomes a path.

An archive inside an archive is copied into a temporary file without a name. It belongs to
the process that opened it and is gone when that process ends, however it ends; a worker
makes its own copy. The last archive of each depth stays open, as files of one archive follow
each other. One thread of a process may use this, and a child never uses what its parent opened.
"""

from __future__ import annotations

import atexit
import errno
import os
import stat
import tempfile
import zipfile
from typing import IO, TYPE_CHECKING, NamedTuple

from analyzer.archive.sources.inflating import ERRORS, inflated, reason
from analyzer.archive.sources.kinds import is_archive
from analyzer.archive.sources.remote import copy_remote, is_url
from analyzer.archive.sources.zip_directory import check_directory
from analyzer.errors import ActivityError, DamagedFileError, LimitError
from analyzer.parsers.containers import MAX_BYTES, MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

INSIDE = "!/"
"""Stands between an archive inside an archive, and what is in it."""

MAX_MEMBERS = 200_000
"""An account of many years has tens of thousands, most of them of sleep and steps."""

MAX_INNER = 4 * 1024 * 1024 * 1024
"""An archive inside an archive, on disk [bytes]."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How exports are packed; others may ask for gigabytes of memory before a byte comes out."""

_ENCRYPTED = 0x1


class Member(NamedTuple):
    """
    A file in an archive.

    Parameters
    ----------
    name : str
        As the archive has it.
    copy : int
        How many of this name came before it.
    why : str
        Why it cannot be read.
    """

    name: str
    copy: int
    why: str


class Opened(NamedTuple):
    """An archive that is open: who opened it, what it is, and its members by name."""

    process: int
    key: tuple[object, ...]
    file: IO[bytes]
    zip: zipfile.ZipFile
    members: dict[str, list[zipfile.ZipInfo]]


_open: dict[int, Opened] = {}
"""The last archive of each depth."""

_inherited: list[Opened] = []
"""What a parent opened: closing it would move the place at which the parent reads."""


def members_of(path: str, member: str, label: str) -> Iterator[Member]:
    """
    Name the files in an archive, in its own order.

    Parameters
    ----------
    path : str
        The archive on disk.
    member : str
        The archive in it that is meant; empty for itself.
    label : str
        What it is called in messages.

    Raises
    ------
    ActivityError
        If it cannot be read, or is over a limit.
    """
    for name, infos in _archive(path, member, label).members.items():
        for copy, info in enumerate(infos):
            if not info.is_dir():
                yield Member(name, copy, _refused(info))


def member_bytes(path: str, member: str, copy: int, label: str) -> bytes:
    """
    Read one file of an archive, counted while it is inflated.

    Parameters
    ----------
    path, member, copy
        As in `Found`.
    label : str
        What it is called in messages.

    Raises
    ------
    ActivityError
        If it cannot be had, or is over a limit.
    """
    opened, infos = _place_of(path, member, label)
    if copy >= len(infos):
        raise ActivityError(label, "no longer in the archive", "", "look for it again")
    out = bytearray()
    try:
        for chunk in inflated(opened.zip, infos[copy], label, MAX_BYTES):
            out += chunk
    except ERRORS as error:
        problem = f"it cannot be unpacked ({reason(error)})"
        raise DamagedFileError(label, problem, "", "download the archive again") from error
    return bytes(out)


def close_archives() -> None:
    """Close what is still open; their temporary files are gone with it."""
    for depth in list(_open):
        _forget(depth)


atexit.register(close_archives)


def _refused(info: zipfile.ZipInfo) -> str:
    """Say why a member cannot be read; empty if it can."""
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link in an archive, which is not followed"
    if info.compress_type not in METHODS:
        return "compressed in a way that is not read; unpack the archive"
    return ""


def _archive(path: str, member: str, label: str) -> Opened:
    """Open an archive, or one inside it."""
    outer = _on_disk(path, label)
    if not member:
        return outer
    infos = outer.members.get(member, [])
    key = (*outer.key, member)
    if not infos:
        raise ActivityError(label, "no longer in the archive", "", "look for it again")
    known = _known(1, key)
    if known is not None:
        return known
    _forget(1)
    spooled = _temporary(label)
    try:
        for chunk in inflated(outer.zip, infos[0], label, MAX_INNER):
            spooled.write(chunk)
        return _remembered(1, key, spooled, label)
    except BaseException as error:
        _close(spooled)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_room(label, error) from error
        if isinstance(error, ERRORS):
            problem = f"the archive inside the archive cannot be read ({reason(error)})"
            raise DamagedFileError(label, problem, "", "download it again") from error
        raise


def _temporary(label: str) -> IO[bytes]:
    """Make a file without a name."""
    try:
        return tempfile.TemporaryFile(prefix="progcheck-")
    except OSError as error:
        raise _no_room(label, error) from error


def _no_room(label: str, error: OSError) -> ActivityError:
    """Say that an archive inside an archive cannot be copied."""
    problem = f"no room for a copy of the archive inside the archive ({reason(error)})"
    return ActivityError(label, problem, "", "make room, or unpack the outer archive")


def _close(file: IO[bytes]) -> None:
    """Close a file, also where the disk is too full for what was not written yet."""
    try:
        file.close()
    except OSError:
        return


def _on_disk(path: str, label: str) -> Opened:
    """Open an archive on disk, again only if it is another one or has changed."""
    if is_url(path):
        return _far_away(path, label)
    try:
        status = os.stat(path)  # noqa: PTH116 - a path that may be no text
        key = (path, status.st_size, status.st_mtime_ns, status.st_ino)
        known = _known(0, key)
        if known is not None:
            return known
        _forget(1)
        _forget(0)
        file = open(path, "rb")  # noqa: PTH123, SIM115 - kept with its archive
    except (OSError, ValueError) as error:
        raise ActivityError(label, f"cannot be read ({reason(error)})") from error
    try:
        return _remembered(0, key, file, label)
    except BaseException as error:
        file.close()
        if isinstance(error, ERRORS):
            problem = f"the zip archive cannot be read ({reason(error)})"
            raise DamagedFileError(label, problem, "", "download it again") from error
        raise


def _far_away(url: str, label: str) -> Opened:
    """Open a copy of an archive behind a URL, as its members are read here and there."""
    known = _known(0, (url,))
    if known is not None:
        return known
    _forget(1)
    _forget(0)
    spooled = _temporary(label)
    try:
        copy_remote(url, label, spooled, MAX_INNER)
        return _remembered(0, (url,), spooled, label)
    except BaseException as error:
        _close(spooled)
        if isinstance(error, ERRORS):
            problem = f"the zip archive cannot be read ({reason(error)})"
            raise DamagedFileError(label, problem, "", "download it again") from error
        raise


def _known(depth: int, key: tuple[object, ...]) -> Opened | None:
    """Return an archive that this process has open; None if it is another one."""
    last = _open.get(depth)
    is_same = last is not None and last.key == key and last.process == os.getpid()
    return last if is_same else None


def _forget(depth: int) -> None:
    """Close the last archive of a depth."""
    last = _open.pop(depth, None)
    if last is None:
        return
    if last.process != os.getpid():
        _inherited.append(last)
        return
    last.zip.close()
    last.file.close()


def _remembered(depth: int, key: tuple[object, ...], file: IO[bytes], label: str) -> Opened:
    """Read the list of members, and keep the archive for the next file."""
    check_directory(file, label)
    file.seek(0)
    archive = zipfile.ZipFile(file)
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        problem = f"more members than the limit of {MAX_MEMBERS}"
        raise LimitError(label, problem, "", "unpack it, and name the folder")
    members: dict[str, list[zipfile.ZipInfo]] = {}
    for info in infos:
        members.setdefault(info.filename, []).append(info)
    opened = Opened(os.getpid(), key, file, archive, members)
    _open[depth] = opened
    return opened


def _place_of(path: str, member: str, label: str) -> tuple[Opened, list[zipfile.ZipInfo]]:
    """Find where a member is: in the archive, or in one inside it."""
    outer = _on_disk(path, label)
    if member in outer.members:
        return outer, outer.members[member]
    # A folder's name may end in "!": the longest name that the archive knows is meant.
    at = member.rfind(INSIDE)
    while at > 0:
        if member[:at] in outer.members and is_archive(member[:at]):
            inner = _archive(path, member[:at], label)
            return inner, inner.members.get(member[at + len(INSIDE) :], [])
        at = member.rfind(INSIDE, 0, at)
    raise ActivityError(label, "no longer in the archive", "", "look for it again")


def is_too_deep(depth: int) -> bool:
    """Whether an archive at this depth, counted from 1, is not opened any more."""
    return depth > MAX_DEPTH
