"""Compressed files as streams: bytes are counted while they are inflated, nothing is extracted."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from analyzer.errors import DamagedFileError, LimitError, UnknownFormatError
from analyzer.model.activity import RecordingWarning

MAX_BYTES = 64 * 1024 * 1024
"""One activity, after inflating; a day at one second is 4 to 26 MB."""

CHUNK = 64 * 1024

MAX_DEPTH = 2
"""Containers inside containers."""


@dataclass(frozen=True, slots=True)
class Inflated:
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
    warnings: list[RecordingWarning] = []
    rest = content
    while rest:
        inflater = before = zlib.decompressobj(31)
        data = rest
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
            place = len(content) - len(rest)
            warnings.append(RecordingWarning("FILE_CUT", "gzip_error", byte=place))
            break
        if not inflater.eof:
            warnings.append(RecordingWarning("FILE_CUT", "gzip_cut", byte=len(content)))
            break
        rest = inflater.unused_data + data
        if rest and rest[:2] != b"\x1f\x8b":
            if rest.strip(b"\0"):
                facts = {"count": len(rest)}
                place = len(content) - len(rest)
                warnings.append(
                    RecordingWarning("BYTES_AFTER_END", "behind_gzip", facts, byte=place)
                )
            break
    if not out:
        raise UnknownFormatError(source, "the gzip file is empty", "", "export it again")
    return Inflated(bytes(out), tuple(warnings))


def _until_the_error(inflater: zlib._Decompress, data: bytes) -> bytes:
    """Inflate byte by byte what a failed step threw away; a wrong checksum loses nothing."""
    out = bytearray()
    try:
        for i in range(len(data)):
            out += inflater.decompress(data[i : i + 1], MAX_BYTES)
    except zlib.error:
        pass
    return bytes(out)
