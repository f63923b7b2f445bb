"""A member of a zip in pieces, counted while they come out."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from analyzer.errors import LimitError
from analyzer.parsers.zips import MAX_RATIO, RATIO_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1024 * 1024
"""Read at once [bytes]."""

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


def inflated(
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
