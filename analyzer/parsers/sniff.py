"""What a file is, by its content and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.errors import UnknownFormatError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.formats import RECORDINGS, Format
from analyzer.parsers.xml_root import root_element

if TYPE_CHECKING:
    from analyzer.parsers.formats import ActivityReader, Reader

_ENDINGS = tuple(each.name for each in RECORDINGS)
*_FIRST, _LAST = (ending.upper() for ending in _ENDINGS)

SUPPORTED = f"{', '.join(_FIRST)} and {_LAST} files, plain or .gz, can be read"


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
        For an empty file, a web page, or anything else; named by what it is.
    """
    known = format_of(content, RECORDINGS)
    if known is not None:
        return known
    if not content.strip():
        problem = "the file is blank" if content else "the file is empty"
        raise UnknownFormatError(source, problem, "", "copy or download it again")
    from analyzer.parsers.other_files import other_file, other_text  # only what cannot be read

    root = root_element(content)
    other = other_file(content) or (None if root else other_text(content))
    if other is not None:
        raise UnknownFormatError(source, f"{other.what}, not a recording", "", other.as_run)
    what = f"XML with the root '{root.decode('ascii', 'replace')}'" if root else "unknown data"
    problem = f"neither {', '.join(_FIRST)} nor {_LAST} but {what}"
    raise UnknownFormatError(source, problem, "", SUPPORTED)


def name_warning(source: str, content_format: str) -> tuple[RecordingWarning, ...]:
    """Warn where the ending of a name promises another format than the content."""
    promised = [ending for ending in source.lower().split(".")[1:] if ending in _ENDINGS]
    if not promised or promised[-1] == content_format:
        return ()
    facts = {"ending": promised[-1], "format": content_format.upper()}
    return (RecordingWarning("NAME_MISLEADS", facts=facts),)
