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
    root = _root_element(content)
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


def _root_element(content: bytes) -> bytes:
    """Return the local name of the first element of an XML text; empty if there is none."""
    head = content[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return b""
    head = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", head, flags=re.DOTALL)
    match = _ROOT.search(head)
    return match.group(1) if match else b""


def name_warning(source: str, found: str) -> tuple[RecordingWarning, ...]:
    """Warn where the ending of a name promises another format than the content."""
    endings = source.lower().split(".")[1:]
    promised = [e for e in endings if e in ("fit", "gpx", "tcx")]
    if not promised or promised[-1] == found:
        return ()
    message = f"named .{promised[-1]}, but the content is {found.upper()}"
    return (RecordingWarning("NAME_MISLEADS", message),)
