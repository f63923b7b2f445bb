"""Compressed files as streams: bytes are counted while they are inflated, nothing is extracted."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import DamagedFileError, LimitError, UnknownFormatError
from analyzer.model.activity import RecordingWarning

if TYPE_CHECKING:
    from analyzer.model.activity import WarningKind

GZIP, ZIP = b"\x1f\x8b", b"PK"
"""What the files begin with."""

MAX_BYTES = 64 * 1024 * 1024
"""One activity, after inflating; a day at one second is 4 to 26 MB."""

CHUNK = 64 * 1024

MAX_DEPTH = 2
"""Containers inside containers."""


class Inflated(Struct, frozen=True):
    """What came out of a container, and what was wrong with it."""

    content: bytes
    warnings: tuple[RecordingWarning, ...] = ()


def too_large(source: str) -> LimitError:
    """Build the error for an activity over the limit."""
    problem = f"larger than the limit of {MAX_BYTES // 1024 // 1024} MiB for one activity"
    return LimitError(source, problem, "", "no run is that long; is it the right file?")


def gunzip(content: bytes, source: str) -> Inflated:
    """
    Inflate a gzip file, keeping what comes out before any damage.

    Parameters
    ----------
    content : bytes
        One or several gzip members in a row.
    source : str
        Base name, for errors.

    Raises
    ------
    LimitError
        If more than 64 MiB come out.
    DamagedFileError
        If nothing comes out.
    """
    out = bytearray()
    rest, at = content, 0
    damage: WarningKind = ""
    while rest[:2] == GZIP and not damage:
        at = len(content) - len(rest)
        rest, damage = _member(rest, out, source)
    if not out:
        raise UnknownFormatError(source, "the gzip file is empty", "", "export it again")
    return Inflated(bytes(out), _warnings(damage, at, rest, len(content)))


def _member(data: bytes, out: bytearray, source: str) -> tuple[bytes, WarningKind]:
    """Inflate one gzip member onto what is out already; return what follows it, and its damage."""
    inflater = before = zlib.decompressobj(31)
    try:
        while data and not inflater.eof:
            before = inflater.copy()
            out += inflater.decompress(data[:CHUNK], MAX_BYTES + 1 - len(out))
            data = inflater.unconsumed_tail + data[CHUNK:]
            if len(out) > MAX_BYTES:
                raise too_large(source)
    except zlib.error as error:
        out += _until_the_error(before, data[:CHUNK])
        if not out:
            problem = f"the gzip data cannot be inflated ({error})"
            raise DamagedFileError(source, problem, "byte 0", "download it again") from error
        return b"", "gzip_error"
    if not inflater.eof:
        return b"", "gzip_cut"
    return inflater.unused_data + data, ""


def _warnings(damage: WarningKind, at: int, rest: bytes, size: int) -> tuple[RecordingWarning, ...]:
    """Warn of damage in the last member, which begins at ``at``, or of bytes behind it."""
    if damage:
        place = at if damage == "gzip_error" else size
        return (RecordingWarning("FILE_CUT", damage, byte=place),)
    if rest.strip(b"\0"):
        facts, place = {"count": len(rest)}, size - len(rest)
        return (RecordingWarning("BYTES_AFTER_END", "behind_gzip", facts, byte=place),)
    return ()


def _until_the_error(inflater: zlib._Decompress, data: bytes) -> bytes:
    """Inflate byte by byte what a failed step threw away; a wrong checksum loses nothing."""
    out = bytearray()
    try:
        for i in range(len(data)):
            out += inflater.decompress(data[i : i + 1], MAX_BYTES)
    except zlib.error:
        pass
    return bytes(out)
