"""FIT files in a chain: where each begins and ends, and what is wrong with its frame."""

from __future__ import annotations

import re
import struct

from msgspec import Struct

from analyzer.errors import DamagedFileError, LimitError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.fit.checksum import crc16

LEAST_HEADER = 12
"""A header has 12 bytes, 14 with a checksum of its own; any size from 12 up is believed."""

CRC_SIZE = 2

MAX_FILES = 500
"""Most files in one chain; a checksum of a file without data takes as long as one of a page."""

FILLED = 64
"""So many equal bytes are no data but what was never written."""

_HOLE = re.compile(rb"\x00{%d,}|\xff{%d,}" % (FILLED, FILLED))


class Frame(Struct, frozen=True):
    """
    One FIT file of a chain.

    ``start`` and ``end`` frame its messages; ``is_whole`` says that its
    checksum matches, so that nothing in it can be damage; ``is_cut`` that the
    file ends before its checksum does.
    """

    start: int
    end: int
    is_whole: bool
    is_cut: bool = False
    warnings: tuple[RecordingWarning, ...] = ()


def frames(content: bytes, source: str) -> tuple[list[Frame], tuple[RecordingWarning, ...]]:
    """
    Find the FIT files of a chain.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for the error.

    Returns
    -------
    list of Frame
        At least one.
    tuple of RecordingWarning
        About what lies behind the last one.

    Raises
    ------
    DamagedFileError
        If not even the first header can be read.
    LimitError
        If the chain has more than 500 files.
    """
    found: list[Frame] = []
    at = 0
    while at < len(content):
        if not _is_header(content, at):
            if not found:
                problem, hint = "the FIT header cannot be read", "copy it from the watch again"
                raise DamagedFileError(source, problem, f"byte {at}", hint)
            return found, _behind(content, at)
        if len(found) == MAX_FILES:
            problem = f"more FIT files in one than the limit of {MAX_FILES}"
            raise LimitError(source, problem, f"byte {at}", "is it one run?")
        frame, at = _frame(content, at)
        found.append(frame)
    return found, ()


def _is_header(content: bytes, at: int) -> bool:
    """Whether a FIT header stands here."""
    size = content[at]
    return size >= LEAST_HEADER and content[at + 8 : at + 12] == b".FIT"


def _behind(content: bytes, at: int) -> tuple[RecordingWarning, ...]:
    """Tell of bytes behind the last file; a little padding is silent."""
    rest = content[at:]
    if len(rest) <= FILLED and not rest.strip(b"\0"):
        return ()
    return (RecordingWarning("BYTES_AFTER_END", "behind_fit", {"count": len(rest)}, byte=at),)


def _frame(content: bytes, at: int) -> tuple[Frame, int]:
    """Read one frame; return it and where the next one would begin."""
    warnings: list[RecordingWarning] = []
    header = content[at]
    (size,) = struct.unpack_from("<I", content, at + 4)
    start = min(at + header, len(content))
    if size == 0 and len(content) - start > CRC_SIZE + 16:
        size = len(content) - start - CRC_SIZE
        warnings.append(RecordingWarning("HEADER_REPAIRED", "no_size", byte=at + 4))
    if header == LEAST_HEADER + 1:
        warnings.append(RecordingWarning("HEADER_REPAIRED", "odd_size", byte=at))
    warnings += _header_crc(content, at, header)
    end = start + size
    following = end + CRC_SIZE
    if following > len(content):
        end = min(end, len(content))
        end = _without_hole(content, start, end)
        return Frame(start, end, is_whole=False, is_cut=True, warnings=tuple(warnings)), len(
            content
        )
    (stated,) = struct.unpack_from("<H", content, end)
    computed = crc16(memoryview(content)[at:end])
    is_whole = stated == computed
    if not is_whole:
        facts = {"computed": computed, "stated": stated}
        warnings.append(RecordingWarning("CRC_MISMATCH", "checksum", facts, byte=end))
        end = _without_hole(content, start, end)
    return Frame(start, end, is_whole, warnings=tuple(warnings)), following


def _header_crc(content: bytes, at: int, header: int) -> list[RecordingWarning]:
    """Check the header's own checksum, where it has one."""
    if header < LEAST_HEADER + CRC_SIZE or at + LEAST_HEADER + CRC_SIZE > len(content):
        return []
    (stated,) = struct.unpack_from("<H", content, at + LEAST_HEADER)
    if stated in (0, crc16(content[at : at + LEAST_HEADER])):
        return []
    return [RecordingWarning("CRC_MISMATCH", "header_checksum", byte=at + LEAST_HEADER)]


def _without_hole(content: bytes, start: int, end: int) -> int:
    """Return where a damaged body stops being data: at a hole of zeros or ones, if it has one."""
    hole = _HOLE.search(content, start, end)
    return hole.start() if hole else end
