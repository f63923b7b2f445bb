"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.errors import UnknownFormatError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.formats import RECORDINGS, Format

if TYPE_CHECKING:
    from analyzer.parsers.formats import ActivityReader, Reader

_ENDINGS = tuple(each.name for each in RECORDINGS)
*_FIRST, _LAST = (ending.upper() for ending in _ENDINGS)

SUPPORTED = f"{', '.join(_FIRST)} and {_LAST} files, plain or .gz, can be read"

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def format_of(content: bytes, formats: tuple[Format[Reader], ...]) -> Format[Reader] | None:
    """
    Tell the format of a file from its first bytes.

    Parameters
    ----------
    content : bytes
        At least the first 64 KiB.
    formats : tuple of Format
        Those it may be.

    Returns
    -------
    Format or None
        None if it is none of them.
    """
    for each in formats:
        at, magic = each.magic
        if magic and content.startswith(magic, at):
            return each
    root = root_element(content)
    return next((each for each in formats if root in each.roots), None)


def recording_format(content: bytes, source: str) -> Format[ActivityReader]:
    """
    Tell the format of a recording from its first bytes.

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
    known = format_of(content, RECORDINGS)
    if known is not None:
        return known
    if not content.strip():
        problem = "the file is blank" if content else "the file is empty"
        raise UnknownFormatError(source, problem, "", "export it again")
    root = root_element(content)
    if root.lower() == b"html" or content[:256].lower().lstrip().startswith(b"<!doctype html"):
        problem, hint = "a web page, not a recording", "log in and download the file again"
        raise UnknownFormatError(source, problem, "", hint)
    what = f"XML with the root '{root.decode('ascii', 'replace')}'" if root else "unknown data"
    problem = f"neither {', '.join(_FIRST)} nor {_LAST} but {what}"
    raise UnknownFormatError(source, problem, "", SUPPORTED)


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


def name_warning(source: str, content_format: str) -> tuple[RecordingWarning, ...]:
    """Warn where the ending of a name promises another format than the content."""
    promised = [ending for ending in source.lower().split(".")[1:] if ending in _ENDINGS]
    if not promised or promised[-1] == content_format:
        return ()
    facts = {"ending": promised[-1], "format": content_format.upper()}
    return (RecordingWarning("NAME_MISLEADS", facts=facts),)
