"""
Zip archives as streams: no member is ever extracted, no name becomes a path.

What is no activity by content is passed over; a zip inside the zip is opened
once more, as account exports need it. Bytes are counted while they are inflated
and sizes that the archive states about itself are not believed.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from analyzer.errors import ActivityError, DamagedFileError, LimitError
from analyzer.parsers.containers import GZIP, MAX_BYTES, MAX_DEPTH, ZIP
from analyzer.parsers.formats import RECORDINGS
from analyzer.parsers.sniff import format_of
from analyzer.safe_text import escape_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 20_000
MAX_INFLATED = 500 * 1024 * 1024
MAX_RATIO, RATIO_FROM = 200, 10 * 1024 * 1024
"""Members, bytes inflated in all, and how much more than the archive past 10 MB."""

INSIDE = "!/"
"""Stands between an archive in the archive and a member of it."""

CHUNK = 64 * 1024
HEAD = 4096
"""Read first, to see what a member is."""

PASSED_OVER = ("__macosx/", ".ds_store", "thumbs.db")
"""What systems leave in archives."""

ENDINGS = (*(f".{each.name}" for each in RECORDINGS), ".gz")
"""What calls itself a recording."""

_LIMIT = f"the limit of {MAX_BYTES // 1024 // 1024} MiB"

_ERRORS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


class _Budget(Struct):
    """How much may still be inflated, for all members together."""

    source: str
    packed: int
    inflated: int = 0

    def spend(self, size: int) -> None:
        """Count bytes that came out; LimitError past the limits."""
        self.inflated += size
        too_much = self.inflated > MAX_INFLATED
        too_dense = self.inflated > RATIO_FROM and self.inflated > MAX_RATIO * self.packed
        if too_much or too_dense:
            what = f"{MAX_INFLATED // 1024 // 1024} MiB" if too_much else f"{MAX_RATIO} : 1"
            problem = f"it inflates to more than the limit of {what}"
            raise LimitError(self.source, problem, "", "is it what it says it is?")


class Member(NamedTuple):
    """
    A member of an archive, or of one inside it.

    Parameters
    ----------
    label : str
        ``a.zip: member.fit``, cleaned.
    place : str
        Its whole name in the archive, as it stands there; ``inner.zip!/name`` if it is in
        an archive inside it.
    content : bytes or ActivityError
        What it holds, or why that cannot be had.
    """

    label: str
    place: str
    content: bytes | ActivityError


def zip_members(content: bytes, source: str) -> Iterator[Member]:
    """
    Give the activities of an archive, one after the other.

    Parameters
    ----------
    content : bytes
        The archive.
    source : str
        Base name, for errors.

    Yields
    ------
    Member
        In the order of the archive.

    Raises
    ------
    ActivityError
        If the archive cannot be read at all, or a limit is passed.
    """
    yield from _members(content, _Archive(source, "", _Budget(source, len(content)), 1))


class _Archive(NamedTuple):
    """An archive on the way in: its label, what stands before its members, how deep it is."""

    label: str
    before: str
    budget: _Budget
    depth: int


def _members(content: bytes, opened: _Archive) -> Iterator[Member]:
    """Walk over one archive; one inside it costs a level."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except _ERRORS as error:
        problem = f"the zip archive cannot be read ({_reason(error)})"
        raise DamagedFileError(opened.label, problem, "", "download it again") from error
    if len(infos) > MAX_MEMBERS:
        problem = f"more members than the limit of {MAX_MEMBERS}"
        raise LimitError(opened.label, problem, "", "review a part of it")
    with archive:
        for info in infos:
            if not _is_passed_over(info):
                yield from _member(archive, info, opened)


def _is_passed_over(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder, or what a system leaves in archives."""
    name = info.filename.lower()
    return info.is_dir() or name.startswith(PASSED_OVER[0]) or name.endswith(PASSED_OVER[1:])


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, opened: _Archive) -> Iterator[Member]:
    """Give one member: its content, those of an archive that it is, or why it cannot be had."""
    base = info.filename.replace("\\", "/").rstrip("/").rpartition("/")[2]
    label, place = f"{opened.label}: {escape_text(base, 60)}", f"{opened.before}{info.filename}"
    if stat.S_ISLNK(info.external_attr >> 16):
        problem = ActivityError(label, "a link, not a recording", "", "it is not followed")
        yield Member(label, place, problem)
        return
    try:
        data = _content(archive, info, opened.budget)
    except LimitError:
        raise
    except _ERRORS as error:
        words = f"it cannot be unpacked ({_reason(error)})"
        damaged = DamagedFileError(label, words, "", "download the archive again")
        yield Member(label, place, damaged)
        return
    if data is not None:
        yield from _opened(Member(label, place, data), data, opened)
    elif info.file_size > MAX_BYTES and info.filename.lower().endswith(ENDINGS):
        words = f"it claims to be larger than {_LIMIT}, and does not begin as a recording does"
        yield Member(label, place, LimitError(label, words, "", "is it what it says it is?"))


def _opened(member: Member, data: bytes, opened: _Archive) -> Iterator[Member]:
    """Give a member, or the members of an archive that it is."""
    label, place, _ = member
    if data[:2] != ZIP:
        yield member
        return
    if opened.depth >= MAX_DEPTH:
        problem = f"archives inside archives, over the limit of {MAX_DEPTH}"
        yield Member(label, place, LimitError(label, problem, "", "unpack it once"))
        return
    inner = _Archive(label, f"{place}{INSIDE}", opened.budget, opened.depth + 1)
    try:
        yield from _members(data, inner)
    except LimitError:
        raise
    except ActivityError as error:
        yield Member(label, place, error)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes | None:
    """Inflate one member, bytes counted; None for what is no activity by its first bytes."""
    with archive.open(info) as member:
        out = bytearray(member.read(HEAD))
        budget.spend(len(out))
        if not out or not _may_be_activity(bytes(out)):
            return None
        while chunk := member.read(CHUNK):
            out += chunk
            budget.spend(len(chunk))
            if len(out) > MAX_BYTES and out[:2] != ZIP:
                problem = (
                    f"larger than the limit of {MAX_BYTES // 1024 // 1024} MiB for one activity"
                )
                raise LimitError(budget.source, problem, "", "no run is that long")
    return bytes(out)


def _may_be_activity(head: bytes) -> bool:
    """Whether the first bytes are of a recording or a container of some."""
    return head[:2] in (GZIP, ZIP) or format_of(head, RECORDINGS) is not None


def _reason(error: BaseException) -> str:
    """Say in a word what was wrong: encryption, an unknown method, damage."""
    if isinstance(error, NotImplementedError):
        return "an unknown compression method"
    text = str(error).lower()
    if "encrypted" in text or "password" in text:
        return "it is encrypted"
    return text.split("\n")[0][:80] or type(error).__name__
