"""
Zip archives as folders: names are read, nothing is extracted, and no name becomes a path.

An archive inside an archive is copied into a temporary file without a name. It belongs to
the process that opened it and is gone when that process ends, however it ends; a worker
makes its own copy. The last archive of each depth stays open, as files of one archive follow
each other. One thread of a process may use this, and a child never uses what its parent opened.
"""

from __future__ import annotations

import atexit
import os
import stat
import struct
import tempfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, NamedTuple

from analyzer.archive.sources.kinds import is_archive
from analyzer.errors import ActivityError, DamagedFileError, LimitError
from analyzer.parsers.containers import MAX_BYTES, MAX_DEPTH
from analyzer.parsers.containers import ZIP as MAGIC
from analyzer.parsers.zips import MAX_RATIO, RATIO_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator

INSIDE = "!/"
"""Stands between an archive inside an archive, and what is in it."""

MAX_MEMBERS = 200_000
"""An account of many years has tens of thousands, most of them of sleep and steps."""

MAX_DIRECTORY = 64 * 1024 * 1024
"""The list of members, which is read whole [bytes]."""

MAX_INNER = 4 * 1024 * 1024 * 1024
"""An archive inside an archive, on disk [bytes]."""

CHUNK = 1024 * 1024

ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
)

_ENCRYPTED = 0x1
_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
_DIRECTORY_AT = 12
"""Where the end of an archive says how long its list of members is."""


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
        for chunk in _inflated(opened.zip, infos[copy], label, MAX_BYTES):
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


def reason(error: BaseException) -> str:
    """Say in a word what was wrong; the system's own words may hold a path, and are cut off."""
    if isinstance(error, OSError):
        return error.strerror or "it cannot be read"
    text = str(error).lower()
    if isinstance(error, NotImplementedError):
        return "an unknown compression method"
    if "encrypted" in text or "password" in text:
        return "it is encrypted"
    if isinstance(error, zipfile.BadZipFile) and "file is not a zip" in text:
        return "no list of its members"
    return "it is damaged"


def _refused(info: zipfile.ZipInfo) -> str:
    """Say why a member cannot be read; empty if it can."""
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link in an archive, which is not followed"
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
    spooled = tempfile.TemporaryFile(prefix="progcheck-")  # noqa: SIM115 - kept with its archive
    try:
        for chunk in _inflated(outer.zip, infos[0], label, MAX_INNER):
            spooled.write(chunk)
        return _remembered(1, key, spooled, label)
    except BaseException as error:
        spooled.close()
        if isinstance(error, ERRORS):
            problem = f"the archive inside the archive cannot be read ({reason(error)})"
            raise DamagedFileError(label, problem, "", "download it again") from error
        raise


def _on_disk(path: str, label: str) -> Opened:
    """Open an archive on disk, again only if it is another one or has changed."""
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
    _check_directory(file, label)
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


def _check_directory(file: IO[bytes], label: str) -> None:
    """Refuse a list of members that would fill the memory before anybody counts them."""
    if file.seek(0) or file.read(2) != MAGIC:
        problem = "not a zip archive, whatever its name says"
        raise DamagedFileError(label, problem, "", "download it again")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        return  # zipfile says so
    # An archive of 4 GB and more says 0xFFFFFFFF, and its length elsewhere: where the end begins.
    length = int.from_bytes(tail[at + _DIRECTORY_AT : at + _DIRECTORY_AT + 4], "little")
    begins = int.from_bytes(tail[at + _DIRECTORY_AT + 4 : at + _DIRECTORY_AT + 8], "little")
    is_large = 0xFFFFFFFF in (length, begins)
    length = _length_of_large(file, size - len(tail) + at) if is_large else length
    if length > MAX_DIRECTORY:
        limit = MAX_DIRECTORY // 1024 // 1024
        problem = f"its list of members is longer than the limit of {limit} MiB"
        raise LimitError(label, problem, "", "unpack it, and name the folder")


def _length_of_large(file: IO[bytes], end: int) -> int:
    """Return how long the list of members of a large archive (zip64) is; 0 where nothing says."""
    file.seek(max(0, end - 20))
    locator = file.read(20)
    if locator[:4] != b"PK\x06\x07":
        return 0
    file.seek(int.from_bytes(locator[8:16], "little"))
    return int.from_bytes(file.read(56)[40:48], "little")


def _inflated(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, limit: int
) -> Iterator[bytes]:
    """Give the content of a member in pieces; what an archive states of itself is not believed."""
    size = 0
    with archive.open(info) as member:
        while chunk := member.read(CHUNK):
            size += len(chunk)
            if size > limit:
                problem = f"larger than the limit of {limit // 1024 // 1024} MiB"
                raise LimitError(label, problem, "", "no run is that long; is it the right file?")
            if size > RATIO_FROM and size > MAX_RATIO * info.compress_size:
                problem = f"it inflates to more than the limit of {MAX_RATIO} : 1"
                raise LimitError(label, problem, "", "is it what it says it is?")
            yield chunk


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
