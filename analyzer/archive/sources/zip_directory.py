"""How long the list of members of a zip is, asked before anybody reads it."""

from __future__ import annotations

import os
from typing import IO

from analyzer.errors import DamagedFileError, LimitError
from analyzer.parsers.containers import ZIP as MAGIC

MAX_DIRECTORY = 64 * 1024 * 1024
"""The list of members, which is read whole [bytes]."""

_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
_DIRECTORY_AT = 12
"""Where the end of an archive says how long its list of members is."""


def check_directory(file: IO[bytes], label: str) -> None:
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
