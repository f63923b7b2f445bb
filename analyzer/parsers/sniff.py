"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from analyzer.errors import UnknownFormatError
from analyzer.model.activity import RecordingWarning

if TYPE_CHECKING:
    from analyzer.model.activity import FileFormat

Container = Literal["gz", "zip"]

SUPPORTED = "FIT, GPX and TCX files, plain or .gz, can be read"

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def sniff(content: bytes, source: str) -> FileFormat | Container:
    """
    Name the format of a file from its first bytes.

    Parameters
    ----------
    content : bytes
        At least the first 64 KiB.
    source : str
        Base name, for the error.

    Raises
    ------
    UnknownFormatError
        For an empty file, a web page, or anything else.
    """
    if not content:
        raise UnknownFormatError(source, "the file is empty", "", "export it again")
    if content[:2] == b"\x1f\x8b":
        return "gz"
    if content[:2] == b"PK":
        return "zip"
    if content[8:12] == b".FIT":
        return "fit"
    root = root_element(content)
    if root == b"gpx":
        return "gpx"
    if root in (b"TrainingCenterDatabase", b"Activities"):
        return "tcx"
    if not root and not content.strip():
        raise UnknownFormatError(source, "the file is blank", "", "export it again")
    if root.lower() == b"html" or content[:256].lower().lstrip().startswith(b"<!doctype html"):
        problem, hint = "a web page, not a recording", "log in and download the file again"
        raise UnknownFormatError(source, problem, "", hint)
    found = f"XML with the root '{root.decode('ascii', 'replace')}'" if root else "unknown data"
    raise UnknownFormatError(source, f"neither FIT, GPX nor TCX but {found}", "", SUPPORTED)


def root_element(content: bytes) -> bytes:
    """Return the local name of the first element of an XML text; empty if there is none."""
    head = content[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return b""
    at = 0
    while at >= 0:
        behind = _behind_skipped(head, at)
        match = None if behind else _ROOT.match(head, at)
        if match:
            return match.group(1)
        at = head.find(b"<", behind or at + 1)
    return b""


def _behind_skipped(head: bytes, at: int) -> int:
    """Return where a comment or instruction that begins here ends; 0 if none does."""
    for opening, closing in ((b"<!--", b"-->"), (b"<?", b"?>")):
        if head.startswith(opening, at):
            end = head.find(closing, at + len(opening))
            return len(head) if end < 0 else end + len(closing)
    return 0


def name_warning(source: str, found: str) -> tuple[RecordingWarning, ...]:
    """Warn where the ending of a name promises another format than the content."""
    endings = source.lower().split(".")[1:]
    promised = [e for e in endings if e in ("fit", "gpx", "tcx")]
    if not promised or promised[-1] == found:
        return ()
    facts = {"ending": promised[-1], "format": found.upper()}
    return (RecordingWarning("NAME_MISLEADS", facts=facts),)
